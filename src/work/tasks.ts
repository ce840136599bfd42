/** Work that burns CPU, as pure functions of plain data: it runs in worker threads, so that nothing holds up an answer. */
import type { ArticleDraft, Fulltext } from '../article/article.ts'
import { decodeBytes } from '../article/charset.ts'
import { describeRefusal, readArticleFile } from '../article/file.ts'
import { bodyAfterStandfirst, extractPage, type PageDraft } from '../article/page/extract.ts'
import type { AnalysedArticle } from '../digest/library.ts'
import { analysisMark, type OutdatedArticle } from '../digest/renewing.ts'
import { analyse } from '../language/analyse.ts'
import { searchStems } from '../language/search-text.ts'
import { draftOf, isTeaser, type SourceEntry } from '../sources/entry.ts'
import { storyFeatures } from '../story/features.ts'
import { type SummaryOptions, summarise } from '../summary/extractive.ts'

export interface FileTask {
  readonly name: string
  readonly bytes: Uint8Array
  /** The outlet where the article names none. */
  readonly outlet: string
  /** The language to assume where the text does not tell. */
  readonly language: string
  readonly limits?: SummaryOptions
}

export type FileOutcome =
  | { readonly kind: 'article'; readonly article: AnalysedArticle }
  | { readonly kind: 'refused'; readonly reason: string }

export function analyseFile(task: FileTask): FileOutcome {
  const read = readArticleFile({ name: task.name, bytes: task.bytes })
  if (read.kind === 'refused') return { kind: 'refused', reason: describeRefusal(read.reason) }
  return { kind: 'article', article: analysed(read.draft, task) }
}

/** Works out everything that is kept about an article: once, for summaries, stories and search alike. */
function analysed(
  { outlet, language, ...draft }: ArticleDraft,
  given: { readonly outlet: string; readonly language: string; readonly limits?: SummaryOptions },
): AnalysedArticle {
  const analysis = analyse({ ...draft, declaredLanguage: language ?? given.language })
  const { brief, summary } = summarise(analysis, given.limits)
  return {
    ...draft,
    outlet: outlet ?? given.outlet,
    language: analysis.language,
    brief,
    summary,
    analysis: analysisMark(given.limits),
    stems: searchStems([draft.headline, draft.standfirst ?? '', ...draft.body], analysis.language),
    minutes: analysis.readingMinutes,
    terms: analysis.terms.map(({ text, kind }) => ({ text, kind })),
    features: JSON.stringify(
      storyFeatures({
        id: '',
        language: analysis.language,
        headline: draft.headline,
        body: draft.body,
        ...(draft.standfirst === undefined ? {} : { standfirst: draft.standfirst }),
        ...(draft.publishedAt === undefined ? {} : { at: draft.publishedAt }),
      }),
    ),
  }
}

export interface EntryTask {
  readonly entry: SourceEntry
  readonly fulltext: Fulltext
  readonly outlet: string
  readonly language: string
  /** The page behind the entry, where it was fetched. */
  readonly page?: { readonly bytes: Uint8Array; readonly contentType?: string; readonly url: string }
  readonly limits?: SummaryOptions
}

/** An entry of a source, with its page where one was fetched → an article ready to be held. */
export function analyseEntry(task: EntryTask): AnalysedArticle {
  const page = task.page === undefined ? undefined : readPage(task.page)
  return analysed(draftOf(task.entry, page, task.fulltext), task)
}

/** Fewer characters of body are no article. */
const leastArticle = 200

/** The article on a page that a person asked for; undefined where there is none. */
export function analysePage(
  page: NonNullable<EntryTask['page']> & Pick<EntryTask, 'limits'>,
): AnalysedArticle | undefined {
  const draft = readPage(page)
  const { headline, noarchive, modifiedAt: _, outlet, ...rest } = draft
  const characters = rest.body.reduce((sum, paragraph) => sum + paragraph.length, 0)
  if (headline === undefined || characters < leastArticle) return undefined
  const whole = { ...rest, headline, url: rest.url ?? page.url, body: bodyAfterStandfirst(draft) }
  const held = analysed(whole, {
    outlet: outlet ?? new URL(page.url).hostname,
    language: 'und',
    ...(page.limits === undefined ? {} : { limits: page.limits }),
  })
  return noarchive ? { ...held, body: [] } : held
}

export interface RenewTask extends Omit<OutdatedArticle, 'articleId' | 'contentHash'> {
  readonly limits?: SummaryOptions
}

/**
 * A held article, analysed again. Where its summary tells what the held text does not (the source allows no more of it to
 * be kept), summary and features stay as they are, and the summary counts as text.
 */
export function renewArticle({ draft, brief, summary, features, ...given }: RenewTask): AnalysedArticle {
  const texts = [draft.headline, draft.standfirst ?? '', ...draft.body]
  const unkept = summary.filter((sentence) => !texts.some((text) => text.includes(sentence)))
  if (unkept.length === 0) return analysed(draft, given)
  return {
    ...analysed({ ...draft, body: [...draft.body, ...unkept] }, given),
    body: draft.body,
    brief,
    summary,
    features,
  }
}

/** Whether the entry's own words are only a teaser. */
export function hasOnlyTeaser(entry: SourceEntry): boolean {
  return isTeaser(entry)
}

function readPage({ bytes, contentType, url }: NonNullable<EntryTask['page']>): PageDraft {
  const { text } = decodeBytes(bytes, { kind: 'html', ...(contentType === undefined ? {} : { contentType }) })
  return extractPage(text, { url })
}
