/**
 * One shape for what Depesche and its peers read from a feed, so that they can be measured by one rule. Only what the
 * checks ask for is taken, from the first entry; a reading fails by throwing.
 */
import FeedParser from 'feedparser'
import { type AtomFeed, parseFeed as parseWithFeedsmith, type RdfFeed, type RssFeed } from 'feedsmith'
import RssParser from 'rss-parser'
import { decodeBytes } from '../../src/article/charset.ts'
import { parseFeed } from '../../src/sources/feed/parse-feed.ts'

export interface FeedDocument {
  readonly bytes: Uint8Array
  readonly contentType?: string
  readonly url?: string
}

type Fields = Readonly<Record<string, string | undefined>>

export interface Reading {
  readonly feed: Fields
  readonly entry: Fields
  readonly entries: number
}

export type Reader = (document: FeedDocument) => Promise<Reading>

export const READERS: Readonly<Record<string, Reader>> = {
  depesche: readAsDepesche,
  feedsmith: readAsFeedsmith,
  feedparser: readAsFeedparser,
  'rss-parser': readAsRssParser,
}

const isoDate = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 19)

function isoText(text: string | Date | null | undefined): string | undefined {
  const ms = text === undefined || text === null ? Number.NaN : new Date(text).getTime()
  return Number.isNaN(ms) ? undefined : isoDate(ms)
}

/** Peers are handed text in the right charset: what is compared is the reading of feeds. */
function textOf(document: FeedDocument): string {
  const { bytes, contentType } = document
  return decodeBytes(bytes, contentType === undefined ? { kind: 'xml' } : { kind: 'xml', contentType }).text
}

async function readAsDepesche(document: FeedDocument): Promise<Reading> {
  const result = await parseFeed(document)
  if (result.kind === 'refused') return { feed: {}, entry: {}, entries: 0 }
  const { feed } = result
  const entry = feed.entries[0]
  return {
    feed: {
      title: feed.title,
      link: feed.url,
      description: feed.description,
      info: feed.description,
      copyright: feed.copyright,
      language: feed.language,
      author: feed.authors[0],
      date: isoDate(feed.updatedAt),
    },
    entry: {
      title: entry?.title,
      link: entry?.url,
      id: entry?.id,
      summary: entry?.summary ?? entry?.content,
      content: entry?.content ?? entry?.summary,
      author: entry?.authors[0],
      date: isoDate(entry?.publishedAt ?? entry?.updatedAt),
      updated: isoDate(entry?.updatedAt ?? entry?.publishedAt),
    },
    entries: feed.entries.length,
  }
}

async function readAsFeedsmith(document: FeedDocument): Promise<Reading> {
  const { format, feed } = parseWithFeedsmith(textOf(document))
  if (format === 'rss') return rssOfFeedsmith(feed)
  if (format === 'rdf') return rdfOfFeedsmith(feed)
  return format === 'atom' ? atomOfFeedsmith(feed) : { feed: {}, entry: {}, entries: feed.items?.length ?? 0 }
}

function rssOfFeedsmith(feed: RssFeed.Feed<string>): Reading {
  const item = feed.items?.[0]
  const date = isoText(item?.pubDate ?? item?.dc?.dates?.[0])
  return {
    feed: {
      title: feed.title,
      link: feed.link,
      description: feed.description,
      copyright: feed.copyright,
      language: feed.language ?? feed.dc?.languages?.[0],
      author: feed.managingEditor?.name ?? feed.dc?.creators?.[0],
      date: isoText(feed.pubDate ?? feed.lastBuildDate ?? feed.dc?.dates?.[0]),
    },
    entry: {
      title: item?.title,
      link: item?.link ?? item?.guid?.value,
      id: item?.guid?.value,
      summary: item?.description ?? item?.content?.encoded,
      content: item?.content?.encoded ?? item?.description,
      author: item?.authors?.[0]?.name ?? item?.dc?.creators?.[0],
      date,
      updated: date,
    },
    entries: feed.items?.length ?? 0,
  }
}

function rdfOfFeedsmith(feed: RdfFeed.Feed<string>): Reading {
  const item = feed.items?.[0]
  return {
    feed: {
      title: feed.title,
      link: feed.link,
      description: feed.description,
      language: feed.dc?.languages?.[0],
    },
    entry: {
      title: item?.title,
      link: item?.link,
      id: item?.rdf?.about,
      summary: item?.description ?? item?.content?.encoded,
      content: item?.content?.encoded ?? item?.description,
      author: item?.dc?.creators?.[0],
      date: isoText(item?.dc?.dates?.[0]),
    },
    entries: feed.items?.length ?? 0,
  }
}

function atomOfFeedsmith(feed: AtomFeed.Feed<string>): Reading {
  const entry = feed.entries?.[0]
  const page = (links: typeof feed.links) =>
    links?.find((link) => (link.rel ?? 'alternate') === 'alternate')?.href
  return {
    feed: {
      title: feed.title?.value,
      link: page(feed.links),
      description: feed.subtitle?.value,
      copyright: feed.rights?.value,
      language: feed.xml?.lang,
      author: feed.authors?.[0]?.name,
      date: isoText(feed.updated),
      id: feed.id,
    },
    entry: {
      title: entry?.title?.value,
      link: page(entry?.links),
      id: entry?.id,
      summary: entry?.summary?.value ?? entry?.content?.value,
      content: entry?.content?.value ?? entry?.summary?.value,
      author: entry?.authors?.[0]?.name,
      date: isoText(entry?.published ?? entry?.updated),
      updated: isoText(entry?.updated ?? entry?.published),
    },
    entries: feed.entries?.length ?? 0,
  }
}

async function readAsFeedparser(document: FeedDocument): Promise<Reading> {
  const parser = new FeedParser(document.url === undefined ? {} : { feedurl: document.url })
  parser.end(textOf(document))
  const items: FeedParser.Item[] = []
  for await (const item of parser) items.push(item)
  const { meta } = parser
  const item = items[0]
  return {
    feed: {
      title: meta?.title,
      link: meta?.link,
      description: meta?.description,
      copyright: meta?.copyright,
      language: meta?.language,
      author: meta?.author,
      date: isoText(meta?.date),
    },
    entry: {
      title: item?.title,
      link: item?.link,
      id: item?.guid,
      summary: item?.summary ?? item?.description,
      content: item?.description ?? item?.summary,
      author: item?.author,
      date: isoText(item?.pubdate),
      updated: isoText(item?.date),
    },
    entries: items.length,
  }
}

async function readAsRssParser(document: FeedDocument): Promise<Reading> {
  const feed = await new RssParser().parseString(textOf(document))
  const item = feed.items[0]
  return {
    feed: { title: feed.title, link: feed.link, description: feed.description },
    entry: {
      title: item?.title,
      link: item?.link,
      id: item?.guid,
      summary: item?.summary ?? item?.content,
      content: item?.content ?? item?.summary,
      author: item?.creator,
      date: item?.isoDate?.slice(0, 19),
      updated: item?.isoDate?.slice(0, 19),
    },
    entries: feed.items.length,
  }
}
