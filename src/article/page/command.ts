/**
 * One line of the `extract` command: `{id, url?, html | htmlBase64, contentType?}` in,
 * `{id, headline, standfirst, authors, publishedAt, language, image, url, body}` out.
 */
import { z } from 'zod'
import { decodeBytes } from '../charset.ts'
import { extractPage } from './extract.ts'

/** A page, with an id that is given back as it came. Bytes, in base64, are decoded by their own charset. */
export const extractInput = z
  .object({
    id: z.union([z.string(), z.number()]),
    url: z.string().nullish(),
    html: z.string().nullish(),
    htmlBase64: z.base64().nullish(),
    contentType: z.string().nullish(),
  })
  .refine(({ html, htmlBase64 }) => typeof html === 'string' || typeof htmlBase64 === 'string', {
    path: ['html'],
    error: 'expected the page as "html" or as "htmlBase64"',
  })

export interface ExtractLine {
  readonly id: string | number
  readonly headline: string | null
  readonly standfirst: string | null
  readonly authors: readonly string[]
  /** ISO 8601 in UTC. */
  readonly publishedAt: string | null
  readonly language: string | null
  readonly image: string | null
  /** The canonical address where the page names one, else the one given. */
  readonly url: string | null
  readonly body: readonly string[]
}

/** Extracts one line. Throws a `ZodError` that names every wrong field. */
export function extractLine(input: unknown): ExtractLine {
  const line = extractInput.parse(input)
  const url = line.url ?? undefined
  const page = extractPage(htmlOf(line), url === undefined ? {} : { url })
  return {
    id: line.id,
    headline: page.headline ?? null,
    standfirst: page.standfirst ?? null,
    authors: page.authors,
    publishedAt: page.publishedAt === undefined ? null : new Date(page.publishedAt).toISOString(),
    language: page.language ?? null,
    image: page.image ?? null,
    url: page.url ?? url ?? null,
    body: page.body,
  }
}

function htmlOf(line: z.output<typeof extractInput>): string {
  if (typeof line.html === 'string') return line.html
  const bytes = Buffer.from(line.htmlBase64 ?? '', 'base64')
  const contentType = line.contentType ?? undefined
  return decodeBytes(bytes, { kind: 'html', ...(contentType === undefined ? {} : { contentType }) }).text
}
