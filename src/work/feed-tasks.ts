/** Feeds and lists of feeds, as a worker thread reads them: beside the articles, since a bot that reads only files needs no feed parser. */
import { decodeBytes } from '../article/charset.ts'
import type { FeedResult } from '../sources/feed/feed.ts'
import { type FeedInput, parseFeed } from '../sources/feed/parse-feed.ts'
import { type OpmlFeeds, parseOpml } from '../sources/opml.ts'

/** A feed's bytes; the worker's time limit guards against those made to be slow. */
export function readFeed(feed: FeedInput): Promise<FeedResult> {
  return parseFeed(feed)
}

/** A list of feeds, as a file; undefined where it is no OPML. */
export function readOpml(bytes: Uint8Array): OpmlFeeds | undefined {
  return parseOpml(decodeBytes(bytes, { kind: 'xml' }).text)
}
