/** RSS 2.0 (https://www.rssboard.org/rss-specification), with the whole content and the feed's own address. */
import type { Instant } from '../../article/article.ts'
import { markup, textOf } from '../markup.ts'
import { brand } from '../site.ts'
import type { Entry, Feed } from './entries.ts'

export function rss(feed: Feed): string {
  return textOf(markup`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${feed.title}</title>
<link>${feed.home}</link>
<description>${feed.description}</description>
<language>${feed.language}</language>
<lastBuildDate>${rfc822(feed.updatedAt)}</lastBuildDate>
<generator>${brand}</generator>
<atom:link rel="self" type="application/rss+xml" href="${feed.self}"/>
${feed.entries.map(item)}</channel>
</rss>
`)
}

function item({ id, url, title, html, summary, at, authors }: Entry) {
  return markup`<item>
<title>${title || '…'}</title>
<link>${url}</link>
<guid isPermaLink="false">${id}</guid>
<pubDate>${rfc822(at)}</pubDate>
${authors.map((name) => markup`<dc:creator>${name}</dc:creator>\n`)}<description>${summary}</description>
<content:encoded>${html}</content:encoded>
</item>
`
}

/** `Fri, 20 Nov 2026 07:30:00 GMT` */
function rfc822(at: Instant): string {
  return new Date(at).toUTCString()
}
