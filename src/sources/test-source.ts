/**
 * What would come of an address before it becomes a source. A feed is tried out as it is; for a page, the feeds of its site are looked
 * for: those a known site keeps, those the page declares, those it links to, and at last the usual places. One is tried out, of
 * several the person chooses. A page without any is read for its links to articles.
 *
 * Feeds of comments are no candidates. Nothing is kept, and every request goes through the safe client.
 */
import type { FoundArticle, SourceCandidate, SourceTest } from '../digest/found-source.ts'
import type { SourceTrouble } from '../digest/source-health.ts'
import { typedAddress } from '../digest/typed-address.ts'
import { type FeedLink, guessFeedUrls, isOfComments } from './discovery.ts'
import { entryOf, type SourceEntry } from './entry.ts'
import type { FeedResult } from './feed/feed.ts'
import type { Fetched, FetchResult } from './fetch-result.ts'
import { ACCEPT_FEED, type HttpRequest } from './http.ts'
import type { PageLinks } from './page-links.ts'
import { siteFeedUrls } from './site-feeds.ts'
import { troubleOf } from './trouble.ts'

export interface SourceTesting {
  readonly fetch: (request: HttpRequest) => Promise<FetchResult>
  /** These run in a worker with a time limit. */
  readonly readFeed: (feed: { bytes: Uint8Array; contentType?: string; url: string }) => Promise<FeedResult>
  readonly readLinks: (page: { bytes: Uint8Array; url: string }) => Promise<PageLinks>
  readonly hasOnlyTeaser: (entry: SourceEntry) => Promise<boolean>
}

/** Somebody waits for the answer. */
const deadlineMs = 10_000
const guessDeadlineMs = 4000
const mostGuesses = 11
const mostCandidates = 10
const mostShown = 3
/** A page that links to fewer is no overview of articles. */
const leastArticleLinks = 3

export async function testSource(typed: string, tools: SourceTesting): Promise<SourceTest> {
  const url = typedAddress(typed)
  if (url === undefined) return { kind: 'problem', problem: 'address', host: '' }
  const host = url.hostname
  const problem = (code: SourceTrouble): SourceTest => ({ kind: 'problem', problem: code, host })
  const fetched = await tools.fetch({ url: url.href, accept: ACCEPT_FEED, deadlineMs })
  const itself = await read(fetched, url.href, tools)
  if (itself.kind === 'found') return itself
  if (itself.kind === 'problem' && itself.problem !== 'no-feed') {
    const known = await oneOf(siteFeedUrls(url).map(asCandidate), host, tools)
    return known ?? problem(itself.problem)
  }
  const links = await linksOf(fetched, tools)
  const found = await oneOf(candidatesFor(url, links.feeds), host, tools)
  if (found !== undefined) return found
  return (await guessed(url, tools)) ?? pageOf(url, fetched, links) ?? problem('no-feed')
}

type Reading = Extract<SourceTest, { kind: 'found' }> | { kind: 'problem'; problem: SourceTrouble }

/** What an answer holds, read as a feed. `no-feed`: it is a page. */
async function read(fetched: FetchResult, asked: string, tools: SourceTesting): Promise<Reading> {
  if (fetched.kind !== 'fetched') return { kind: 'problem', problem: troubleOf(fetched) ?? 'server' }
  const { bytes, url, contentType } = fetched
  const result = await tools
    .readFeed({ bytes, url, ...(contentType === undefined ? {} : { contentType }) })
    .catch((): FeedResult => ({ kind: 'refused', reason: 'unreadable' }))
  if (result.kind === 'refused')
    return { kind: 'problem', problem: result.reason === 'html' ? 'no-feed' : 'unreadable' }
  const { feed } = result
  const entries = newestFirst(feed.entries.flatMap((entry) => entryOf(entry) ?? []))
  const newest = await Promise.all(entries.slice(0, mostShown).map((entry) => articleOf(entry, tools)))
  return {
    kind: 'found',
    source: {
      kind: 'feed',
      address: fetched.permanentUrl ?? asked,
      articles: entries.length,
      newest,
      ...(feed.title === undefined ? {} : { title: feed.title }),
      ...(feed.language === undefined ? {} : { language: feed.language }),
    },
  }
}

function newestFirst(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const time = ({ publishedAt }: SourceEntry) => publishedAt ?? Number.NEGATIVE_INFINITY
  return entries
    .map((entry, at) => ({ entry, at }))
    .sort((a, b) => {
      const [first, second] = [time(a.entry), time(b.entry)]
      return first === second ? a.at - b.at : second - first
    })
    .map(({ entry }) => entry)
}

async function articleOf(entry: SourceEntry, { hasOnlyTeaser }: SourceTesting): Promise<FoundArticle> {
  const { headline, url, publishedAt } = entry
  return {
    headline,
    ...(url === undefined ? {} : { url }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    isWhole: !(await hasOnlyTeaser(entry).catch(() => true)),
  }
}

async function linksOf(fetched: FetchResult, { readLinks }: SourceTesting): Promise<PageLinks> {
  const none: PageLinks = { feeds: [], articles: [] }
  if (fetched.kind !== 'fetched') return none
  return readLinks({ bytes: fetched.bytes, url: fetched.url }).catch(() => none)
}

function candidatesFor(url: URL, links: readonly FeedLink[]): readonly SourceCandidate[] {
  const known = siteFeedUrls(url)
  if (known.length > 0) return known.map(asCandidate)
  const wanted = links.filter((link) => !isOfComments(link))
  const declared = wanted.filter((link) => link.kind === 'declared')
  return (declared.length > 0 ? declared : wanted).map((link) => ({
    address: link.url,
    ...(link.title === undefined ? {} : { title: link.title }),
  }))
}

const asCandidate = (address: string): SourceCandidate => ({ address })

/** One is tried out, of several one is to be chosen; undefined for none. */
async function oneOf(
  candidates: readonly SourceCandidate[],
  host: string,
  tools: SourceTesting,
): Promise<SourceTest | undefined> {
  const [only] = candidates
  if (only === undefined) return undefined
  if (candidates.length > 1) return { kind: 'several', candidates: candidates.slice(0, mostCandidates), host }
  const fetched = await tools.fetch({ url: only.address, accept: ACCEPT_FEED, deadlineMs })
  const reading = await read(fetched, only.address, tools)
  return reading.kind === 'found' ? reading : { ...reading, host }
}

/** The usual places, in turn; a host that does not answer is not asked again. */
async function guessed(url: URL, tools: SourceTesting): Promise<SourceTest | undefined> {
  for (const guess of guessFeedUrls(url.href).slice(0, mostGuesses)) {
    const fetched = await tools.fetch({ url: guess, accept: ACCEPT_FEED, deadlineMs: guessDeadlineMs })
    if (fetched.kind === 'failed' && fetched.status === undefined) return undefined
    const reading = await read(fetched, guess, tools)
    if (reading.kind === 'found' && reading.source.articles > 0) return reading
  }
  return undefined
}

function pageOf(url: URL, fetched: FetchResult, { articles }: PageLinks): SourceTest | undefined {
  if (fetched.kind !== 'fetched' || articles.length < leastArticleLinks) return undefined
  const title = titleOf(fetched)
  return {
    kind: 'found',
    source: {
      kind: 'page',
      address: fetched.permanentUrl ?? url.href,
      articles: articles.length,
      newest: newestFirst(articles)
        .slice(0, mostShown)
        .map(({ headline, url: address, publishedAt }) => ({
          headline,
          isWhole: false,
          ...(address === undefined ? {} : { url: address }),
          ...(publishedAt === undefined ? {} : { publishedAt }),
        })),
      ...(title === undefined ? {} : { title }),
    },
  }
}

/** Pages are named after their host: their titles tell of everything but the outlet. */
function titleOf({ url }: Fetched): string | undefined {
  return URL.parse(url)?.hostname.replace(/^www\./, '')
}
