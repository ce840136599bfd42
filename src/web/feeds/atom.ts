/** Atom (RFC 4287). */
import { isoTime } from '../dates.ts'
import { markup, textOf } from '../markup.ts'
import { brand } from '../site.ts'
import type { Entry, Feed } from './entries.ts'

export function atom(feed: Feed): string {
  return textOf(markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
<id>${feed.self}</id>
<title>${feed.title}</title>
<subtitle>${feed.description}</subtitle>
<updated>${isoTime(feed.updatedAt)}</updated>
<link rel="self" type="application/atom+xml" href="${feed.self}"/>
<link rel="alternate" type="text/html" href="${feed.home}"/>
<author><name>${feed.title}</name></author>
<generator>${brand}</generator>
${feed.entries.map(entry)}</feed>
`)
}

function entry({ id, url, title, html, summary, at, updatedAt, authors }: Entry) {
  return markup`<entry>
<id>${id}</id>
<title>${title || '…'}</title>
<link rel="alternate" href="${url}"/>
<published>${isoTime(at)}</published>
<updated>${isoTime(updatedAt)}</updated>
${authors.map((name) => markup`<author><name>${name}</name></author>\n`)}${summary === '' ? '' : markup`<summary>${summary}</summary>\n`}<content type="html">${html}</content>
</entry>
`
}
