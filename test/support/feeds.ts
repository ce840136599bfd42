/** Feeds for tests: as a host serves them, with as many entries as asked for. */
import type { HostAnswers } from './host.ts'

export interface FeedItem {
  readonly title: string
  /** Paragraphs of the whole text; only a teaser without. */
  readonly body?: readonly string[]
  readonly date?: string
  /** Its title and place unless told. */
  readonly guid?: string
}

/** Not to be asked for more often than that, where it says so. */
export function rss(title: string, items: readonly FeedItem[], ttlMinutes?: number): string {
  const written = items.map(
    (
      item,
      at,
    ) => `<item><guid isPermaLink="false">${item.guid ?? `${title}-${at}-${item.title}`}</guid><title>${item.title}</title>
<link>/news/${encodeURIComponent(item.guid ?? item.title)}</link><pubDate>${item.date ?? 'Fri, 20 Nov 2026 05:00:00 GMT'}</pubDate>
<description>${item.title}, as everybody expected.</description>${item.body === undefined ? '' : `<content:encoded><![CDATA[${item.body.map((each) => `<p>${each}</p>`).join('')}]]></content:encoded>`}</item>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${title}</title><link>/</link><language>en</language>${ttlMinutes === undefined ? '' : `<ttl>${ttlMinutes}</ttl>`}${written.join('')}</channel></rss>`
}

/** Long enough to count as a whole text. */
export const wholeText: readonly string[] = Array.from(
  { length: 8 },
  (_, at) =>
    `Paragraph ${at + 1}: the ferry company said on Friday that all crossings between Tarrow and Skerra would resume.`,
)

export function sends(text: string, type = 'application/rss+xml'): HostAnswers[string] {
  return (_, response) => void response.writeHead(200, { 'content-type': type }).end(text)
}
