/**
 * One line of the `feed` command: `{id, url?, body | bodyBase64, contentType?}` in, `{id, title, url, language, entries}` out,
 * each entry `{id, title, url, publishedAt, updatedAt, authors, summary, content, image}`.
 */
import { z } from 'zod'
import type { Instant } from '../../article/article.ts'
import { UserError } from '../../errors.ts'
import type { FeedEntry, FeedRefusal } from './feed.ts'
import { parseFeed } from './parse-feed.ts'

/** A feed, with an id that is given back as it came. Bytes, in base64, are decoded by their own charset. */
export const feedInput = z
  .object({
    id: z.union([z.string(), z.number()]),
    url: z.string().nullish(),
    body: z.string().nullish(),
    bodyBase64: z.base64().nullish(),
    contentType: z.string().nullish(),
  })
  .refine(({ body, bodyBase64 }) => typeof body === 'string' || typeof bodyBase64 === 'string', {
    path: ['body'],
    error: 'expected the feed as "body" or as "bodyBase64"',
  })

export interface FeedLine {
  readonly id: string | number
  readonly title: string | null
  /** The site that the feed is of. */
  readonly url: string | null
  readonly language: string | null
  readonly entries: readonly FeedLineEntry[]
}

export interface FeedLineEntry {
  readonly id: string
  readonly title: string | null
  readonly url: string | null
  /** ISO 8601 in UTC, as `updatedAt`. */
  readonly publishedAt: string | null
  readonly updatedAt: string | null
  readonly authors: readonly string[]
  /** HTML, as `content`. */
  readonly summary: string | null
  readonly content: string | null
  readonly image: string | null
}

/** What a refusal means, for a person. */
export const refusalSentences: Readonly<Record<FeedRefusal, string>> = {
  empty: 'There is no text at all where a feed should be.',
  html: 'That is a web page, not a feed.',
  'not-a-feed': 'That is neither RSS, Atom, RDF nor JSON Feed.',
  unreadable: 'That is a feed that cannot be read; it is too damaged.',
}

/** Reads one line. Throws a `ZodError` that names every wrong field, a `UserError` where there is no feed. */
export async function feedLine(input: unknown): Promise<FeedLine> {
  const line = feedInput.parse(input)
  const result = await parseFeed({
    // A text was decoded by whoever read it, whatever its declaration says.
    bytes:
      typeof line.body === 'string'
        ? Buffer.from(`\uFEFF${line.body}`)
        : Buffer.from(line.bodyBase64 ?? '', 'base64'),
    ...(typeof line.contentType === 'string' ? { contentType: line.contentType } : {}),
    ...(typeof line.url === 'string' ? { url: line.url } : {}),
  })
  if (result.kind === 'refused') throw new UserError(`feed-${result.reason}`, refusalSentences[result.reason])
  const { feed } = result
  return {
    id: line.id,
    title: feed.title ?? null,
    url: feed.url ?? null,
    language: feed.language ?? null,
    entries: feed.entries.map(entryLine),
  }
}

function entryLine(entry: FeedEntry): FeedLineEntry {
  return {
    id: entry.id,
    title: entry.title ?? null,
    url: entry.url ?? null,
    publishedAt: isoOf(entry.publishedAt),
    updatedAt: isoOf(entry.updatedAt),
    authors: entry.authors,
    summary: entry.summary ?? null,
    content: entry.content ?? null,
    image: entry.image ?? null,
  }
}

function isoOf(instant: Instant | undefined): string | null {
  return instant === undefined ? null : new Date(instant).toISOString()
}
