/** A news page → its article: metadata first, then candidates for the body, the best of them, cleaned line by line. */
import type { Instant } from '../article.ts'
import { sameness } from '../line.ts'
import { readBlocks } from './blocks.ts'
import { boundMarkup } from './bound.ts'
import { findByline, findShownDate, isOutletOnly } from './byline.ts'
import { type Candidate, containerCandidate, linkedCandidate, readabilityCandidate } from './candidates.ts'
import { chooseCandidate, type PageEvidence, proseLength, topicOf } from './choose.ts'
import { removeBoilerplate } from './clean.ts'
import { parsePage } from './dom.ts'
import { findHeaderZone } from './header-zone.ts'
import { readLinkedArticle } from './json-ld.ts'
import { keepArticleLines, readCaptions } from './lines.ts'
import { findWrittenDate, hostOf, readMetadata } from './metadata.ts'
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
  readonly language?: string
  readonly image?: string
  /** The canonical address. */
  readonly url?: string
  readonly outlet?: string
  readonly body: readonly string[]
  /** The page asks not to be kept (`robots: noarchive`). */
  readonly noarchive: boolean
}

/** Reads an article out of a page. Never throws; what cannot be found is absent, the body then empty. */
export function extractPage(html: string, options: PageOptions = {}): PageDraft {
  const { markup, jsonLd } = boundMarkup(html)
  const document = parsePage(markup)
  const linked = readLinkedArticle(jsonLd)
  const {
    description,
    language = options.contentLanguage,
    ...metadata
  } = readMetadata(document, linked, options.url)
  const dayFirst = !/^en(?:-US)?$/i.test(language ?? '')
  const writtenDate = metadata.publishedAt ?? findWrittenDate(document, metadata.url ?? options.url, dayFirst)
  const page = readBlocks(document.body)
  const lines = { headline: metadata.headline, authors: metadata.authors, captions: readCaptions(document) }
  const tidy = (candidate: Candidate | undefined): Candidate[] =>
    candidate === undefined ? [] : [{ ...candidate, blocks: keepArticleLines(candidate.blocks, lines) }]
  const evidence = { headline: metadata.headline, description, linkedLength: linked?.body?.length }
  removeBoilerplate(document, page, metadata.headline)
  const blocks = readBlocks(document.body)
  const candidates = [
    ...tidy(containerCandidate(document.body, blocks)),
    ...tidy(readabilityCandidate('region', document, blocks)),
    ...tidy(linked?.body === undefined ? undefined : linkedCandidate(linked.body, document.body)),
  ]
  const first = chooseCandidate(candidates, evidence)
  if (isPoor(first, evidence)) candidates.push(...tidy(readabilityCandidate('raw', parsePage(markup), page)))
  const body = chooseCandidate(candidates, evidence)?.blocks ?? []
  const zone = findHeaderZone(page, body, metadata.headline)
  const standfirst = findStandfirst(zone, body, metadata.headline, description)
  const shownAuthors = isOutletOnly(metadata.authors, [metadata.outlet, linked?.outlet, hostOf(options.url)])
    ? findByline(zone)
    : []
  const publishedAt = metadata.publishedAt ?? findShownDate(zone, dayFirst) ?? writtenDate
  return {
    ...metadata,
    authors: shownAuthors.length > 0 ? shownAuthors : metadata.authors,
    ...(publishedAt !== undefined && { publishedAt }),
    ...(standfirst !== undefined && { standfirst: standfirst.text }),
    ...(language !== undefined && { language }),
    body: withStandfirst(
      body.map((block) => block.text),
      standfirst,
    ),
  }
}

/** Too little, or about something else: worth trying the page as it came. */
function isPoor(candidate: Candidate | undefined, evidence: PageEvidence): boolean {
  return candidate === undefined || proseLength(candidate) < 500 || topicOf(candidate, evidence) < 0.4
}

/** The body begins with the standfirst where the page shows one. */
function withStandfirst(body: readonly string[], standfirst: Standfirst | undefined): string[] {
  if (standfirst === undefined || !standfirst.isShown) return [...body]
  const key = sameness(standfirst.text)
  return body.slice(0, 4).some((text) => sameness(text).includes(key))
    ? [...body]
    : [standfirst.text, ...body]
}
