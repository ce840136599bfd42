import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { extractPage, type PageDraft } from '../../../src/article/page/extract.ts'

const CASES = resolve(import.meta.dirname, '../../fixtures/pages')

/** Instants as ISO 8601, so that expectations can be read. */
function readable(draft: PageDraft): unknown {
  const iso = (instant: number | undefined) =>
    instant === undefined ? undefined : new Date(instant).toISOString()
  const shown = { ...draft, publishedAt: iso(draft.publishedAt), modifiedAt: iso(draft.modifiedAt) }
  return JSON.parse(JSON.stringify(shown))
}

describe('a golden page gives the expected article', () => {
  for (const name of readdirSync(CASES)) {
    test(name, () => {
      const html = readFileSync(join(CASES, name, 'input.html'), 'utf8')
      const expected: unknown = JSON.parse(readFileSync(join(CASES, name, 'expected.json'), 'utf8'))
      assert.deepEqual(readable(extractPage(html)), expected)
    })
  }
})

const PROSE = 'This is a sentence of some length, with a comma and a stop. '
const LIMIT = { timeout: 20_000 }

/** Pages that cost careless parsers minutes or gigabytes. */
const HOSTILE: Readonly<Record<string, () => string>> = {
  '20,000 nested elements': () =>
    `${'<div>'.repeat(20_000)}<p>${PROSE.repeat(3)}</p>${'</div>'.repeat(20_000)}`,
  '100,000 unclosed elements': () => '<div>'.repeat(100_000),
  '100,000 unclosed inline elements': () => '<b>word '.repeat(100_000),
  '50,000 nested lists': () => '<ul><li>item text here '.repeat(50_000),
  '20,000 nested tables': () => '<table><tr><td>'.repeat(20_000),
  'a text node of 20 MB': () => `<p>${'word, and more. '.repeat(1_300_000)}</p>`,
  '20 MB of less-than signs': () => '<'.repeat(20_000_000),
  'an attribute of 20 MB': () => `<div class="${'a '.repeat(10_000_000)}"><p>${PROSE}</p>`,
  'an attribute without an end': () => `<a title="${'x" y="'.repeat(1_000_000)}`,
  '100,000 scripts without an end': () => '<script>'.repeat(100_000),
  '100,000 broken JSON-LD scripts': () => '<script type="application/ld+json">{"a":1,}}}'.repeat(100_000),
  'deeply nested JSON-LD': () => `<script type="application/ld+json">${'['.repeat(500_000)}</script><p>x`,
  '40,000 metadata fields with unknown entities': () =>
    '<meta name="description" content="&foo; <b>x">'.repeat(40_000),
  'a title of many separators': () => `<title>${'a - '.repeat(500_000)}</title><h1>a</h1>`,
  '20,000 articles': () =>
    '<article><h2><a href=x>Head line</a></h2><p>Some text here, with comma.</p>'.repeat(20_000),
  '50,000 main headings': () => '<h1>Title of it</h1>'.repeat(50_000),
}

describe('a hostile page', () => {
  for (const [name, write] of Object.entries(HOSTILE)) {
    test(`of ${name} ends in time and gives a draft`, LIMIT, () => {
      const draft = extractPage(write())
      assert.ok(draft.body.join('').length <= 1_500_000)
    })
  }

  test('of 20,000 nested elements keeps the paragraph inside', LIMIT, () => {
    const text = 'A paragraph that lies deep inside, with enough words to be read as prose.'
    const html = `${'<div>'.repeat(20_000)}<p>${text}</p>${'</div>'.repeat(20_000)}`
    assert.deepEqual(extractPage(html).body, [text])
  })
})

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<p>',
      '</p>',
      '<div class="share">',
      '</div>',
      '<h1>',
      '<br>',
      '<article>',
      '<a href="x">',
      '<!--',
      '-->',
    ),
    fc.constantFrom(
      '<script type="application/ld+json">',
      '</script>',
      '{"@type":"NewsArticle","author":',
      '<table><tr><td>',
      '</',
    ),
    fc.constantFrom(
      '<meta property="og:title" content="',
      '">',
      '<html lang=',
      '<body>',
      '<title>',
      '<time datetime="',
      '&#0;',
      '&amp',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constant(PROSE),
  )

  test('is read without throwing, into lines that are not empty', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.option(fc.webUrl()), (pieces, url) => {
        const draft = extractPage(pieces.join(''), url === null ? {} : { url })
        for (const line of draft.body) assert.match(line, /^\S[^\n]*$/)
        assert.notEqual(draft.headline, '')
        assert.ok(draft.authors.every((author) => author !== ''))
      }),
      { numRuns: 300 },
    )
  })
})

describe('options', () => {
  test('the page address resolves relative addresses, and stands in for a canonical one', () => {
    const html = '<meta property="og:image" content="/a.png"><h1>A headline of its own</h1>'
    const draft = extractPage(html, { url: 'https://news.example/x/y?utm=1' })
    assert.equal(draft.image, 'https://news.example/a.png')
    assert.equal(draft.url, 'https://news.example/x/y?utm=1')
  })

  test('the language of the response is used where the page names none', () => {
    assert.equal(extractPage('<p>x', { contentLanguage: 'de-CH' }).language, 'de-CH')
    assert.equal(extractPage('<html lang="fr"><p>x', { contentLanguage: 'de-CH' }).language, 'fr')
  })

  test('an address that is not of the web is not passed on', () => {
    const html =
      '<meta property="og:image" content="javascript:alert(1)"><link rel="canonical" href="file:///etc/passwd">'
    const draft = extractPage(html)
    assert.equal(draft.image, undefined)
    assert.equal(draft.url, undefined)
  })
})
