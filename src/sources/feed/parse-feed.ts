/**
 * Bytes → feed: decode, repair, then the first library that can read the result. Bytes beyond the limit are not
 * looked at, which makes a long feed a truncated one; a compressed file is opened within the same limit.
 *
 * Bounded in work for any input, but not instant: call it in a worker with a time limit.
 */
import { constants, gunzipSync } from 'node:zlib'
import { decodeBytes } from '../../article/charset.ts'
import type { FeedResult, ParsedFeed } from './feed.ts'
import { readWithFeedParser } from './feed-parser.ts'
import { readWithFeedparser } from './feedparser.ts'
import { readWithFeedsmith } from './feedsmith.ts'
import { finishFeed } from './finish.ts'
import { closeJson, looksLikeJson } from './json-feed.ts'
import { MAX_ENTRIES, repairFeed } from './repair.ts'

export const MAX_FEED_BYTES = 8 * 1024 * 1024

export interface FeedInput {
  readonly bytes: Uint8Array
  /** The HTTP header. */
  readonly contentType?: string
  /** Where the bytes came from after all redirects; relative addresses are resolved against it. */
  readonly url?: string
}

interface Parser {
  readonly name: string
  readonly read: (xml: string) => ParsedFeed | Promise<ParsedFeed>
}

const PARSERS: readonly Parser[] = [
  { name: 'feedsmith', read: (xml) => readWithFeedsmith(xml) },
  { name: '@rowanmanning/feed-parser', read: readWithFeedParser },
  { name: 'feedparser', read: readWithFeedparser },
]

/** Reads RSS, RDF, Atom and JSON Feed. Never throws for what is in the bytes; what cannot be read is refused with a reason. */
export async function parseFeed(input: FeedInput): Promise<FeedResult> {
  const bytes = unpacked(input.bytes)
  const isCut = bytes.length > MAX_FEED_BYTES
  const { text } = decodeBytes(bytes.subarray(0, MAX_FEED_BYTES), {
    kind: 'xml',
    ...(input.contentType === undefined ? {} : { contentType: input.contentType }),
  })
  const result = looksLikeJson(text) ? parseJson(text, input.url) : await parseXml(text, input.url)
  return result.kind === 'feed' && isCut ? { ...result, truncated: true } : result
}

/** Feeds that are stored compressed and served as if they were not. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_FEED_BYTES, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return bytes
  }
}

async function parseXml(text: string, url: string | undefined): Promise<FeedResult> {
  const repaired = repairFeed(text, url)
  if (repaired.kind === 'refused') return repaired
  let best: { feed: ParsedFeed; parser: string } | undefined
  for (const { name, read } of PARSERS) {
    const feed = await attempt(() => read(repaired.xml))
    if (feed === undefined) continue
    if (best === undefined || feed.entries.length > best.feed.entries.length) best = { feed, parser: name }
    if (feed.entries.length >= repaired.entries) break
  }
  if (best === undefined && repaired.entries > 0) return { kind: 'refused', reason: 'unreadable' }
  best ??= { feed: { entries: [] }, parser: 'none' }
  return {
    kind: 'feed',
    feed: finishFeed(best.feed, url),
    parser: best.parser,
    truncated: repaired.truncated,
  }
}

function parseJson(text: string, url: string | undefined): FeedResult {
  const closed = closeJson(text)
  let parsed: ParsedFeed
  try {
    parsed = readWithFeedsmith(closed.text, MAX_ENTRIES + 1)
  } catch {
    return { kind: 'refused', reason: 'not-a-feed' }
  }
  const entries = parsed.entries.slice(0, MAX_ENTRIES)
  const truncated = closed.truncated || entries.length < parsed.entries.length
  return { kind: 'feed', feed: finishFeed({ ...parsed, entries }, url), parser: 'feedsmith', truncated }
}

/** Whatever a library throws at a document, the next one is asked. */
async function attempt<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch {
    return undefined
  }
}
