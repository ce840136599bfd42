/**
 * An entry of a source as it arrives, and what becomes of it: the feed's own words, and where they are only a teaser and
 * the source allows it, the page behind them.
 */
import type { ArticleDraft, Fulltext, Instant } from '../article/article.ts'
import { bodyAfterStandfirst, type PageDraft } from '../article/page/extract.ts'
import { readFragment } from '../article/page/fragment.ts'
import type { FeedEntry } from './feed/feed.ts'

export interface SourceEntry {
  readonly guid?: string
  readonly headline: string
  readonly url?: string
  readonly publishedAt?: Instant
  readonly updatedAt?: Instant
  readonly authors: readonly string[]
  readonly image?: string
  /** HTML, as the feed gives it. */
  readonly summary?: string
  readonly content?: string
}

/** Undefined for an entry with neither a title nor words: there is nothing to tell. */
export function entryOf(entry: FeedEntry): SourceEntry | undefined {
  const headline = entry.title ?? readFragment(entry.summary ?? entry.content ?? '')[0]?.slice(0, 200)
  if (headline === undefined || headline === '') return undefined
  return {
    guid: entry.id,
    headline,
    authors: entry.authors,
    ...(entry.url === undefined ? {} : { url: entry.url }),
    ...(entry.publishedAt === undefined ? {} : { publishedAt: entry.publishedAt }),
    ...(entry.updatedAt === undefined ? {} : { updatedAt: entry.updatedAt }),
    ...(entry.image === undefined ? {} : { image: entry.image }),
    ...(entry.summary === undefined ? {} : { summary: entry.summary }),
    ...(entry.content === undefined ? {} : { content: entry.content }),
  }
}

/** A body of fewer characters is a teaser. */
const leastBody = 700

/** Whether the feed gives only a teaser, so that the page is worth fetching. */
export function isTeaser(entry: Pick<SourceEntry, 'summary' | 'content'>): boolean {
  const characters = readFragment(entry.content ?? '').reduce((sum, paragraph) => sum + paragraph.length, 0)
  return characters < leastBody
}

/** The feed's words win where an editor wrote them for it; the page brings the body and what the feed left out. */
export function draftOf(entry: SourceEntry, page: PageDraft | undefined, policy: Fulltext): ArticleDraft {
  const teaser = readFragment(entry.summary ?? '')
  const content = readFragment(entry.content ?? '')
  const allowed = policy === 'never' ? [] : content
  const fromPage = page === undefined || page.noarchive || page.body.length === 0 ? undefined : page
  const body =
    (fromPage === undefined ? undefined : bodyAfterStandfirst(fromPage)) ??
    (allowed.length > 0 ? allowed : policy === 'never' ? [] : teaser)
  const standfirst = standfirstOf(teaser, body) ?? page?.standfirst
  const publishedAt = entry.publishedAt ?? page?.publishedAt
  const image = entry.image ?? page?.image
  const url = entry.url ?? page?.url
  const authors = entry.authors.length > 0 ? entry.authors : (page?.authors ?? [])
  return {
    headline: entry.headline,
    body,
    authors,
    ...(standfirst === undefined ? {} : { standfirst }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(page?.language === undefined ? {} : { language: page.language }),
    ...(url === undefined ? {} : { url }),
    ...(image === undefined ? {} : { image }),
    ...(page?.outlet === undefined ? {} : { outlet: page.outlet }),
  }
}

/** A feed's summary serves as standfirst unless it is only how the body begins, or as long as a body. */
function standfirstOf(teaser: readonly string[], body: readonly string[]): string | undefined {
  const text = teaser.join(' ').trim()
  if (text === '' || text.length > 400 || /(?:…|\.\.\.|\[…\])$/u.test(text)) return undefined
  return body.join(' ').startsWith(text.slice(0, 60)) ? undefined : text
}
