/** Work that burns CPU, as pure functions of plain data: it runs in worker threads, so that nothing holds up an answer. */
import type { ArticleDraft, Fulltext } from '../article/article.ts'
import { decodeBytes } from '../article/charset.ts'
import { describeRefusal, readArticleFile } from '../article/file.ts'
import { extractPage, type PageDraft } from '../article/page/extract.ts'
import type { AnalysedArticle } from '../digest/library.ts'
import { analyse } from '../language/analyse.ts'
import { draftOf, isTeaser, type SourceEntry } from '../sources/entry.ts'
import type { FeedResult } from '../sources/feed/feed.ts'
import { type FeedInput, parseFeed } from '../sources/feed/parse-feed.ts'
import { storyFeatures } from '../story/features.ts'
import { summarise } from '../summary/extractive.ts'

export interface FileTask {
  readonly name: string
  readonly bytes: Uint8Array
  /** The outlet where the article names none. */
  readonly outlet: string
  /** The language to assume where the text does not tell. */
  readonly language: string
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
  given: { readonly outlet: string; readonly language: string },
): AnalysedArticle {
  const analysis = analyse({ ...draft, declaredLanguage: language ?? given.language })
  const { brief, summary } = summarise(analysis)
  return {
    ...draft,
    outlet: outlet ?? given.outlet,
    language: analysis.language,
    brief,
    summary,
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
}

/** An entry of a source, with its page where one was fetched → an article ready to be held. */
export function analyseEntry(task: EntryTask): AnalysedArticle {
  const page = task.page === undefined ? undefined : readPage(task.page)
  return analysed(draftOf(task.entry, page, task.fulltext), task)
}

/** A feed's bytes; the worker's time limit guards against those made to be slow. */
export function readFeed(feed: FeedInput): Promise<FeedResult> {
  return parseFeed(feed)
}

/** Whether the entry's own words are only a teaser. */
export function hasOnlyTeaser(entry: SourceEntry): boolean {
  return isTeaser(entry)
}

function readPage({ bytes, contentType, url }: NonNullable<EntryTask['page']>): PageDraft {
  const { text } = decodeBytes(bytes, { kind: 'html', ...(contentType === undefined ? {} : { contentType }) })
  return extractPage(text, { url })
}
