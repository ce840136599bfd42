/**
 * The last parser: feedparser, a stream over sax that goes on after errors and hardly ever refuses. It is asked when the
 * other two have failed. Its dates are safe here: a repaired document has them in UTC.
 */
import FeedParser from 'feedparser'
import type { ParsedEntry, ParsedFeed } from './feed.ts'

/** Reads a repaired document; rejects where the library finds no feed. */
export async function readWithFeedparser(xml: string): Promise<ParsedFeed> {
  const parser = new FeedParser({ addmeta: false, normalize: true, resume_saxerror: true })
  const entries: ParsedEntry[] = []
  parser.end(xml)
  for await (const item of parser) entries.push(fromItem(item))
  const { meta } = parser
  return {
    title: filled(meta?.title),
    description: filled(meta?.description),
    url: filled(meta?.link),
    language: filled(meta?.language),
    copyright: filled(meta?.copyright),
    authors: [filled(meta?.author)],
    updated: isoDate(meta?.date ?? null),
    selfUrl: filled(meta?.xmlurl),
    entries,
  }
}

function fromItem(item: FeedParser.Item): ParsedEntry {
  const hasBoth = item.summary !== item.description
  return {
    id: filled(item.guid),
    title: filled(item.title),
    url: filled(item.link),
    published: isoDate(item.pubdate),
    updated: isoDate(item.date),
    authors: [filled(item.author)],
    summary: filled(item.summary ?? item.description),
    content: hasBoth ? filled(item.description) : undefined,
    image: filled(item.image?.url),
    categories: item.categories ?? [],
    enclosures: (item.enclosures ?? []).map(({ url, type, length }) => ({
      url,
      type,
      bytes: Number(length) || undefined,
    })),
  }
}

const filled = (text: string | null | undefined) => (text === null || text === '' ? undefined : text)

function isoDate(date: Date | null): string | undefined {
  return date === null || Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
