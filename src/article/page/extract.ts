/**
 * A news page → its article. Metadata are read before anything is taken away; then the text is found; then what is
 * missing is looked for in the zone between headline and text, where readers find it.
 */
import type { Instant } from '../article.ts'
import { sameness } from '../line.ts'
import { readBlocks } from './blocks.ts'
import { findBody } from './body.ts'
import { boundMarkup } from './bound.ts'
import { findByline, findShownDate, isOutletOnly } from './byline.ts'
import { findWrittenDate } from './declared-dates.ts'
import { parsePage } from './dom.ts'
import { findHeaderZone } from './header-zone.ts'
import { readLinkedArticle } from './json-ld.ts'
import { readCaptions } from './lines.ts'
import { hostOf, readMetadata } from './metadata.ts'
import { findStandfirst, type Standfirst } from './standfirst.ts'

export interface PageOptions {
  /** Where the page was fetched from. */
  readonly url?: string
  /** The `Content-Language` header, used where the page does not say. */
  readonly contentLanguage?: string
}

/** An article as a page shows it; like `ArticleDraft`, but a page may lack a headline. */
export interface PageDraft {
  readonly headline?: string
  readonly standfirst?: string
  readonly authors: readonly string[]
  readonly publishedAt?: Instant
  readonly modifiedAt?: Instant
  /** As declared, a BCP 47 tag of language and perhaps region. */
  readonly language?: string
  readonly image?: string
  /** The canonical address, else the one the page was fetched from. */
  readonly url?: string
  readonly outlet?: string
  /**
   * Paragraphs, headings, list items and table rows in reading order. Begins with the standfirst where the page shows
   * one; a reader that shows both leaves out the first paragraph if it equals `standfirst`.
   */
  readonly body: readonly string[]
  /** The page asks not to be kept (`robots: noarchive`). */
  readonly noarchive: boolean
}

/**
 * Reads an article out of a page's markup (decoded, see `decodeBytes`). What cannot be found is absent, the body then
 * empty. Never throws: the DOM library is not ours, and a page on which it fails is a page without an article.
 */
export function extractPage(html: string, options: PageOptions = {}): PageDraft {
  try {
    return readPage(html, options)
  } catch {
    return { authors: [], body: [], noarchive: false }
  }
}

function readPage(html: string, options: PageOptions): PageDraft {
  const { markup, jsonLd } = boundMarkup(html)
  const document = parsePage(markup)
  const linked = readLinkedArticle(jsonLd)
  const { description, ...metadata } = readMetadata(document, linked, options.url)
  const { headline, outlet } = metadata
  const page = readBlocks(document.body)
  const body = findBody({
    markup,
    page,
    headline,
    description,
    authors: metadata.authors,
    captions: readCaptions(document),
    linkedBody: linked?.body,
  })

  const zone = findHeaderZone(page, body, headline)
  const standfirst = findStandfirst(zone, body, headline, description)
  const isAnonymous = isOutletOnly(metadata.authors, [outlet, linked?.outlet, hostOf(options.url)])
  const shownAuthors = isAnonymous ? findByline(zone) : []
  const language = metadata.language ?? options.contentLanguage
  const dayFirst = !/^en(?:-US)?$/i.test(language ?? '')
  const publishedAt =
    metadata.publishedAt ??
    findShownDate(zone, dayFirst) ??
    findWrittenDate(document, metadata.url ?? options.url, dayFirst)
  return {
    ...metadata,
    authors: shownAuthors.length > 0 ? shownAuthors : metadata.authors,
    ...(publishedAt !== undefined && { publishedAt }),
    ...(standfirst !== undefined && { standfirst: standfirst.text }),
    ...(language !== undefined && { language }),
    body: startWith(
      standfirst,
      body.map((block) => block.text),
    ),
  }
}

/** The body with the standfirst before it, where the page shows one and it is not there already. */
function startWith(standfirst: Standfirst | undefined, body: readonly string[]): readonly string[] {
  if (standfirst === undefined || !standfirst.isShown) return body
  const key = sameness(standfirst.text)
  return body.slice(0, 4).some((text) => sameness(text).includes(key)) ? body : [standfirst.text, ...body]
}

/** The body without a first paragraph that only repeats the standfirst, for whoever shows both. */
export function bodyAfterStandfirst(page: PageDraft): readonly string[] {
  const [first = '', ...rest] = page.body
  const isRepeated = rest.length > 0 && sameness(first) === sameness(page.standfirst ?? '')
  return isRepeated ? rest : page.body
}
