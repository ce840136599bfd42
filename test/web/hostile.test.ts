/** Foreign text in pages and feeds: whatever an article says, it stays text. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import type { PublishedEdition } from '../../src/digest/archive.ts'
import { type Digest, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId, EditionItem } from '../../src/digest/edition.ts'
import { createAddresses } from '../../src/web/addresses.ts'
import { atom } from '../../src/web/feeds/atom.ts'
import { feedOf } from '../../src/web/feeds/entries.ts'
import { jsonFeed } from '../../src/web/feeds/json-feed.ts'
import { sourcesOpml } from '../../src/web/feeds/opml.ts'
import { rss } from '../../src/web/feeds/rss.ts'
import { sayIn } from '../../src/web/text/say.ts'
import { digestPage } from '../../src/web/views/digest-view.ts'
import { editionPage } from '../../src/web/views/edition-view.ts'
import { searchPage } from '../../src/web/views/search-view.ts'

const site = { ...createAddresses('https://news.example/base'), stylePath: '/style.css' }

const poison = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  ']]>',
  '<!--',
  '</title>',
  '&lt;b&gt;&amp;#60;&#x3c;script>',
  '\u0000\u0008\u000b\u001f\u007f\u0085',
  '\ufffe\uffff\u{1fffe}',
  '\ud800',
  '\udc00x',
  '\u202eevil\u2066\u200f\u061c',
  '{{x}}`',
  'مرحبا',
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...poison), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 5 })
  .map((parts) => parts.join(''))
const address = fc.oneof(
  fc.constantFrom(
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https://x.example/',
    'data:text/html,<script>alert(1)</script>',
    'https://x.example/"onclick="alert(1)',
    "https://x.example/'><script>",
    'https://me:secret@x.example/',
    '//x.example/',
    ' https://x.example/\n<b>',
  ),
  hostile.map((text) => `https://x.example/${text}`),
  hostile,
)

const item = fc.record({
  headline: hostile,
  brief: hostile,
  outlet: hostile,
  url: address,
  section: hostile,
  model: hostile,
  id: hostile,
  isUpdate: fc.boolean(),
})

interface Given {
  readonly headline: string
  readonly brief: string
  readonly outlet: string
  readonly url: string
  readonly section: string
  readonly model: string
  readonly id: string
  readonly isUpdate: boolean
}

function itemOf(given: Given): EditionItem {
  const { headline, brief, outlet, url, section, model } = given
  return {
    storyId: given.id as StoryId,
    articleId: given.id as ArticleId,
    headline,
    brief,
    summary: [{ text: brief, outlet, url }],
    by: 'model',
    model,
    url,
    image: url,
    outlets: [outlet, outlet],
    texts: 1,
    carriers: 1,
    at: 0,
    minutes: 1,
    section,
    ...(given.isUpdate ? { update: { ofNumber: 1, news: [{ text: brief, outlet }] } } : {}),
    carries: [],
    because: '',
  }
}

function digestOf(title: string): Digest {
  const definition = definitionSchema.parse({
    title: 'x',
    language: 'en',
    sources: [{ feed: "https://x.example/feed?a=1&b='2'" }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  return { id: 'wire' as DigestId, ...definition, title, description: title }
}

function editionOf(title: string, given: readonly Given[]): PublishedEdition {
  return {
    id: 'edition00001' as EditionId,
    digestId: 'wire' as DigestId,
    number: 1,
    slot: 0,
    composedAt: 0,
    title,
    language: 'en',
    items: given.map(itemOf),
    hasLead: true,
    sections: 'topics',
    minutes: 1,
    corrections: new Map(),
  }
}

const allowedTags = new Set(
  'html head meta title link body a header main footer p h1 h2 h3 span time article section nav bdi mark ul ol li form label input select option button div small'.split(
    ' ',
  ),
)
const allowedAttributes = new Set(
  'lang charset name content property rel href type title class id datetime dir aria-label action method role for value maxlength aria-describedby selected'.split(
    ' ',
  ),
)

/** Only what the views write: no other tag, no other attribute, no address but of the web. */
function assertTame(html: string): void {
  const { document } = new JSDOM(html).window
  const texts = document.createTreeWalker(document, 128)
  assert.equal(texts.nextNode(), null, 'a comment')
  for (const element of document.querySelectorAll('*')) {
    assert.ok(allowedTags.has(element.localName), `<${element.localName}>`)
    for (const { name, value } of element.attributes) {
      assert.ok(allowedAttributes.has(name), `<${element.localName} ${name}>`)
      if (name === 'href' || name === 'action') assert.match(value, /^(https?:\/\/|\/base\/|#content$)/)
    }
  }
  assert.doesNotMatch(html, /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u)
  assert.ok(html.isWellFormed())
}

/** As a strict parser reads it: any character or entity that XML does not know is an error. */
function parseXml(xml: string): Document {
  assert.ok(xml.isWellFormed())
  return new JSDOM(xml, { contentType: 'application/xml' }).window.document
}

test('no headline, text, name or address becomes a tag, an attribute or a script in a page', () => {
  fc.assert(
    fc.property(hostile, fc.array(item, { minLength: 1, maxLength: 3 }), (title, items) => {
      const digest = digestOf(title)
      const edition = editionOf(title, items)
      const stories = new Map(edition.items.map(({ articleId, storyId }) => [articleId, storyId]))
      assertTame(editionPage(site, { digest, edition, stories, older: 1, newer: 2 }))
      assertTame(digestPage(site, { digest, editions: [edition], isFirst: true }))
      const hits = edition.items.map((each) => ({
        storyId: each.storyId,
        articleId: each.articleId,
        headline: each.headline,
        outlet: title,
        at: 0,
        language: 'en',
        snippet: [
          { text: each.brief, hit: true },
          { text: each.headline, hit: false },
        ],
        ...(each.url === undefined ? {} : { url: each.url }),
      }))
      const frame = { words: title, digests: [digest], within: digest, page: 1, pages: 2 }
      assertTame(searchPage(site, sayIn('de'), { ...frame, result: { hits, total: 1 } }))
    }),
    { numRuns: 25 },
  )
})

test('no text breaks the XML or the JSON of a feed, and its HTML is as tame as a page', () => {
  fc.assert(
    fc.property(
      hostile,
      fc.array(item, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('edition' as const, 'story' as const),
      (title, items, by) => {
        const digest = digestOf(title)
        const editions = [editionOf(title, items)]
        const feed = feedOf(site, { digest, editions, by, file: 'atom.xml' })
        for (const { html, url } of feed.entries) {
          assertTame(html)
          assert.match(url, /^https?:\/\//)
        }
        const asAtom = parseXml(atom(feed))
        assert.equal(asAtom.querySelectorAll('entry').length, feed.entries.length)
        assert.deepEqual(
          [...asAtom.querySelectorAll('content')].map((content) => content.textContent),
          feed.entries.map((entry) => entry.html),
        )
        assert.equal(parseXml(rss(feed)).querySelectorAll('item').length, feed.entries.length)
        assert.equal(parseXml(sourcesOpml(digest, new Map())).querySelectorAll('outline[xmlUrl]').length, 1)
        const json = jsonFeed(feed)
        assert.doesNotMatch(json, /\\u00[01]|\\ud[89a-f]|\\ufff[ef]/i)
        assert.equal(JSON.parse(json).items.length, feed.entries.length)
      },
    ),
    { numRuns: 25 },
  )
})
