import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseFeed } from '../../../src/sources/feed/parse-feed.ts'

const PIECES = [
  '<rss version="2.0">',
  '<channel>',
  '<item>',
  '</item>',
  '</channel>',
  '</rss>',
  '<title>',
  '</title>',
  '<link>',
  '<link/>',
  '</link>',
  '<link href="/x" rel="alternate"/>',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '</feed>',
  '<entry>',
  '</entry>',
  '<content type="xhtml">',
  '<div xmlns="http://www.w3.org/1999/xhtml">',
  '</div>',
  '</content>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<!DOCTYPE x [',
  ']>',
  '<?xml version="1.0"?>',
  '&amp;',
  '&',
  '&#x0;',
  '&#99999999;',
  '<',
  '>',
  '"',
  "'",
  '<pubDate>',
  'Mon, 23 Nov 2026',
  '</pubDate>',
  '<guid isPermaLink="false">',
  '</guid>',
  '<media:group>',
  '<media:content url="x"/>',
  '<rdf:RDF>',
  '</rdf:RDF>',
  '<__proto__>',
  '<a b=c d>',
  '<content mode="base64">',
  'QUJD',
  '\u0000',
  '\ud800',
  '<enclosure url="http://a.example/"/>',
  '<author>',
  '<name>',
  '<xml:base>',
  ' xml:base="http://a.example/"',
  '{',
  '}',
  '[',
  ']',
  '"items":',
  ',',
  'ü',
]

test('whatever the pieces of feeds are put together to, an answer comes', async () => {
  const document = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), {
    maxLength: 60,
  })
  await fc.assert(
    fc.asyncProperty(document, fc.boolean(), async (pieces, hasRoot) => {
      const text = `${hasRoot ? '<rss version="2.0"><channel><item>' : ''}${pieces.join('')}`
      const result = await parseFeed({ bytes: Buffer.from(text), url: 'https://news.example/feed' })
      assert.ok(result.kind === 'feed' || result.kind === 'refused')
      if (result.kind === 'feed') {
        for (const entry of result.feed.entries) {
          assert.ok(entry.id !== '' && entry.title !== '' && entry.summary !== '' && entry.content !== '')
          assert.ok(entry.url === undefined || /^https?:/.test(entry.url))
        }
      }
    }),
    { numRuns: 1500 },
  )
})

test('whatever the bytes are, an answer comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, contentType) => {
      const result = await parseFeed({ bytes, contentType })
      assert.ok(result.kind === 'feed' || result.kind === 'refused')
    }),
    { numRuns: 500 },
  )
})
