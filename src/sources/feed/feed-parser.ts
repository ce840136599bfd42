/**
 * The second parser: @rowanmanning/feed-parser, for documents that the first refuses. It reads RSS, RDF and Atom by the
 * same names and is content with much less structure. Its dates are safe here: a repaired document has them in UTC.
 */
import { parseFeed } from '@rowanmanning/feed-parser'
import type { ParsedFeed } from './feed.ts'

type Library = ReturnType<typeof parseFeed>
type Item = Library['items'][number]

/** Reads a repaired document; throws what the library throws. */
export function readWithFeedParser(xml: string): ParsedFeed {
  const feed = parseFeed(xml)
  return {
    title: feed.title ?? undefined,
    description: feed.description ?? undefined,
    url: feed.url ?? undefined,
    language: feed.language ?? undefined,
    copyright: feed.copyright ?? undefined,
    authors: feed.authors.map((author) => author.name ?? author.email ?? undefined),
    updated: isoDate(feed.updated ?? feed.published),
    selfUrl: feed.self ?? undefined,
    entries: feed.items.map(fromItem),
  }
}

function fromItem(item: Item) {
  return {
    id: item.id ?? undefined,
    title: item.title ?? undefined,
    url: item.url ?? undefined,
    published: isoDate(item.published),
    updated: isoDate(item.updated),
    authors: item.authors.map((author) => author.name ?? author.email ?? undefined),
    summary: item.description ?? undefined,
    content: item.content ?? undefined,
    image: item.image?.url,
    categories: item.categories.map((category) => category.label ?? category.term),
    enclosures: item.media.map((media) => ({
      url: media.url,
      type: media.mimeType ?? undefined,
      bytes: media.length ?? undefined,
    })),
  }
}

function isoDate(date: Date | null): string | undefined {
  return date === null || Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
