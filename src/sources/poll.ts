/**
 * One poll of one source: ask politely, read what came, and say which entries are there and when to ask again.
 * A page given where a feed was meant is searched for its feed; a page without one is read for its links to articles.
 */
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import type { PolledSource } from '../digest/library.ts'
import type { SourceTrouble } from '../digest/source-health.ts'
import { UserError } from '../errors.ts'
import type { FeedLink } from './discovery.ts'
import { entryOf, type SourceEntry } from './entry.ts'
import type { FeedResult } from './feed/feed.ts'
import type { Fetched, FetchResult } from './fetch-result.ts'
import { ACCEPT_FEED, ACCEPT_PAGE, type HttpRequest } from './http.ts'
import type { PageLinks } from './page-links.ts'
import { decidePoll, FRESH_STATE, type PollDecision, type PollState } from './poll-schedule.ts'
import { troubleOf } from './trouble.ts'

export interface PollReport {
  readonly entries: readonly SourceEntry[]
  /** What the source calls itself. */
  readonly title?: string
  readonly language?: string
  /** What is remembered until the next poll. */
  readonly state: string
  /** Undefined: it is gone for good. */
  readonly nextPollAt: Instant | undefined
  /** The address to poll from now on, where it changed. */
  readonly address?: string
  /** A sentence for the owner, about something they can mend; once, until it is over. */
  readonly problem?: string
  /** What stood in the way of reading it. */
  readonly trouble?: SourceTrouble
  /** Whether its entries were never read before. */
  readonly isFirst: boolean
}

export interface PollTools {
  readonly fetch: (request: HttpRequest) => Promise<FetchResult>
  /** These two run in a worker with a time limit. */
  readonly readFeed: (feed: { bytes: Uint8Array; contentType?: string; url: string }) => Promise<FeedResult>
  readonly readLinks: (page: { bytes: Uint8Array; url: string }) => Promise<PageLinks>
  readonly now: () => Instant
  readonly random: () => number
}

/** What is remembered of a source between polls. */
interface Memory {
  readonly poll: PollState
  /** Whether its entries were ever read: until then what is there is first sight, however often reading failed. */
  readonly wasRead: boolean
  /** The problem the owner was last told of; said again only after it was over. */
  readonly said?: string | undefined
}

const memory = z.object({
  poll: z.looseObject({ failures: z.number(), unchanged: z.number() }),
  wasRead: z.boolean(),
  said: z.string().optional(),
})

export async function pollSource(source: PolledSource, tools: PollTools): Promise<PollReport> {
  const { poll: before, wasRead, said } = readMemory(source.state)
  const result = await tools.fetch({
    url: source.address,
    accept: source.kind === 'feed' ? ACCEPT_FEED : ACCEPT_PAGE,
    ...(before.etag === undefined ? {} : { etag: before.etag }),
    ...(before.lastModified === undefined ? {} : { lastModified: before.lastModified }),
  })
  const reading = result.kind === 'fetched' ? await read(source, result, tools) : undefined
  const publishedAt = reading?.entries.flatMap((entry) => entry.publishedAt ?? [])
  const decision = decidePoll(
    before,
    {
      result: reading?.refused ?? result,
      ...(reading?.hints === undefined ? {} : { hints: reading.hints }),
      ...(publishedAt === undefined ? {} : { publishedAt }),
    },
    { now: tools.now(), random: tools.random() },
  )
  const address = reading?.address ?? (decision.notice?.kind === 'moved' ? decision.notice.url : undefined)
  const problem = reading?.problem ?? problemOf(source, result, decision)
  const isRead = reading !== undefined && reading.refused === undefined
  const trouble = reading === undefined ? troubleOf(result) : reading.trouble
  // A failure that has no sentence of its own leaves standing what was said before it.
  const standing = problem ?? (isRead || result.kind === 'not-modified' ? undefined : said)
  return {
    entries: reading?.entries ?? [],
    ...(reading?.title === undefined ? {} : { title: reading.title }),
    ...(reading?.language === undefined ? {} : { language: reading.language }),
    state: JSON.stringify({
      poll: decision.state,
      wasRead: wasRead || isRead,
      said: standing,
    } satisfies Memory),
    nextPollAt: decision.kind === 'again' ? decision.at : undefined,
    ...(address === undefined ? {} : { address }),
    ...(problem === undefined || problem === said ? {} : { problem }),
    ...(trouble === undefined ? {} : { trouble }),
    isFirst: !wasRead,
  }
}

function readMemory(text: string | undefined): Memory {
  const parsed = text === undefined ? undefined : memory.safeParse(JSON.parse(text))
  return parsed?.success === true ? parsed.data : { poll: FRESH_STATE, wasRead: false }
}

interface Reading {
  readonly entries: readonly SourceEntry[]
  readonly title?: string | undefined
  readonly language?: string | undefined
  readonly hints?: NonNullable<Parameters<typeof decidePoll>[1]['hints']>
  readonly address?: string
  readonly problem?: string
  /** What came was no feed: counts as a failure. */
  readonly refused?: FetchResult
  /** Absent where the feed of the site was found and is read next. */
  readonly trouble?: SourceTrouble
}

async function read(source: PolledSource, fetched: Fetched, tools: PollTools): Promise<Reading> {
  const { bytes, contentType, url } = fetched
  if (source.kind === 'page') return { entries: (await tools.readLinks({ bytes, url })).articles }
  const result = await tools
    .readFeed({ bytes, url, ...(contentType === undefined ? {} : { contentType }) })
    .catch(tooMuch)
  if (result.kind === 'feed') {
    const { feed } = result
    return {
      entries: feed.entries.flatMap((entry) => entryOf(entry) ?? []),
      title: feed.title,
      language: feed.language,
      hints: feed.cache,
    }
  }
  const refused: FetchResult = { kind: 'failed', cause: 'corrupt', url, retry: true }
  if (result.reason !== 'html')
    return {
      entries: [],
      refused,
      problem: `${source.address} is no feed that can be read.`,
      trouble: 'unreadable',
    }
  return chooseFeed(source, (await tools.readLinks({ bytes, url })).feeds, refused)
}

/** A feed that takes more time or memory than any should is one that cannot be read, and is asked less and less often. */
function tooMuch(error: unknown): FeedResult {
  if (error instanceof UserError) return { kind: 'refused', reason: 'unreadable' }
  throw error
}

/** A site's own feed is taken where it names one; where it names several, the owner chooses. */
function chooseFeed(source: PolledSource, found: readonly FeedLink[], refused: FetchResult): Reading {
  const declared = found.filter((link) => link.kind === 'declared')
  const [only] = declared.length > 0 ? declared : found
  if (only === undefined) {
    return {
      entries: [],
      refused,
      problem: `${source.address} is a page without a feed. Write "page:" instead of "feed:" to follow its links to articles.`,
      trouble: 'no-feed',
    }
  }
  if (declared.length > 1 || (declared.length === 0 && found.length > 1)) {
    const choice = found
      .slice(0, 5)
      .map((link) => (link.title === undefined ? link.url : `${link.url} (${link.title})`))
    return {
      entries: [],
      refused,
      problem: `${source.address} offers several feeds; name one of them: ${choice.join(', ')}`,
      trouble: 'several-feeds',
    }
  }
  return {
    entries: [],
    refused: { kind: 'failed', cause: 'corrupt', url: only.url, retry: true, retryAfterMs: 1000 },
    address: only.url,
  }
}

function problemOf(source: PolledSource, result: FetchResult, decision: PollDecision): string | undefined {
  if (result.kind === 'refused') return `${source.address} is not read: ${refusals[result.reason]}`
  switch (decision.notice?.kind) {
    case 'gone':
      return `${source.address} is gone for good (410); take it out of digest.yaml.`
    case 'failing':
      return `${source.address} cannot be read for some time now (${result.kind === 'failed' ? result.cause : result.kind}); check the address.`
    case 'moved':
      return `${source.address} has moved for good to ${decision.notice.url}; write that into digest.yaml.`
    default:
      return undefined
  }
}

const refusals = {
  scheme: 'only http and https addresses are.',
  credentials: 'an address with a name or password is not; take them out.',
  address: 'it leads to a private address. The operator can allow the host by ALLOWED_HOSTS.',
  redirects: 'it redirects too often.',
  'too-large': 'it is larger than allowed.',
  encoding: 'it is compressed in a way that is not read.',
} as const
