import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readQuery } from '../../src/language/search-query.ts'
import { maxSnippetCharacters, type SnippetPart, snippetOf } from '../../src/language/snippet.ts'

const show = (parts: readonly SnippetPart[]): string =>
  parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')

const snippet = (typed: string, language: string, ...paragraphs: string[]): string =>
  show(snippetOf(paragraphs, language, readQuery(typed, [language])))

const sentence = (n: number): string => `This is sentence number ${n} and it says nothing at all.`
const filler = [1, 2, 3, 4, 5, 6].map(sentence).join(' ')

test('whole sentences around the found words are shown where they fit', () => {
  assert.equal(
    snippet('bridge', 'en', `${filler} The council wants a new bridge. It is late. ${filler}`),
    `The council wants a new [bridge]. It is late. ${sentence(1)} ${sentence(2)}`,
  )
})

test('a sentence that is too long is cut at words, with an ellipsis where it was cut', () => {
  const long = `After ${'many long and tiresome '.repeat(8)}debates the council wants a bridge ${'and many other things '.repeat(8)}as well.`
  const shown = snippet('bridge', 'en', long)
  assert.match(shown, /^…(?:\w+ )+debates the council wants a \[bridge\] (?:\w+ )*\w+…$/)
  assert.ok(shown.replace(/[[\]]/g, '').length <= maxSnippetCharacters)
})

test('the paragraph that holds most of the words is shown, and of it the part where they stand together', () => {
  const shown = snippet(
    'bridge council',
    'en',
    'A bridge is a bridge.',
    `Bridge. ${filler} The council spoke of the bridge. ${filler}`,
  )
  assert.match(shown, /^The \[council\] spoke of the \[bridge\]\./)
})

test('words are marked as they stand: inflected, in compounds, hyphenated, unfinished', () => {
  assert.equal(snippet('Brücke ', 'de', 'Die Brücken bleiben.'), 'Die [Brücken] bleiben.')
  assert.equal(snippet('Brücke ', 'de', 'Der Brückenneubau ruht.'), 'Der [Brückenneubau] ruht.')
  assert.equal(snippet('Bruecke ', 'de', 'Die Brücke bleibt.'), 'Die [Brücke] bleibt.')
  assert.equal(
    snippet('Vorpommern ', 'de', 'In Mecklenburg-Vorpommern regnet es.'),
    'In [Mecklenburg-Vorpommern] regnet es.',
  )
  assert.equal(snippet('gover', 'en', 'The government fell.'), 'The [government] fell.')
  assert.equal(snippet('"new bridge"', 'en', 'New lamps, new bridges.'), 'New lamps, [new bridges].')
  assert.equal(snippet("l'état", 'fr', 'C’est l’État.'), 'C’est [l’État].')
  assert.equal(snippet('地震', 'ja', '東京で地震が発生した。'), '東京で[地震]が発生した。')
})

test('words of grammar beside others are not marked', () => {
  assert.equal(snippet('the bridge', 'en', 'The end of the bridge.'), 'The end of the [bridge].')
  assert.equal(snippet('the ', 'en', 'It is the end.'), 'It is [the] end.')
})

test('where nothing is found the beginning is shown, and of nothing nothing', () => {
  assert.equal(snippet('xyzzy', 'en', ' ', 'It rained. It snowed.'), 'It rained. It snowed.')
  assert.match(snippet('xyzzy', 'en', 'word '.repeat(200)), /^(?:word ){30,}word…$/)
  assert.deepEqual(snippetOf([], 'en', readQuery('x', ['en'])), [])
  assert.deepEqual(snippetOf(['', ' '], 'en', readQuery('x', ['en'])), [])
})

/** Every place at which a text holds another. */
function placesOf(part: string, text: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at)
  return places
}

test('a snippet is short, verbatim, cuts no character, and marks a word wherever the text holds one', () => {
  const characters = new Intl.Segmenter('und', { granularity: 'grapheme' })
  const boundaries = (text: string) =>
    new Set([...characters.segment(text)].map(({ index }) => index)).add(text.length)
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.lorem({ maxCount: 6 }) },
    fc.constantFrom('👩‍👩‍👧‍👦', '🇩🇪🇫🇷', 'é', 'e\u0301', 'हिन्दी', '한국', 'กำลัง', '…', '. ', '  ', 'ß-ü', '1️⃣'),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  )
  const paragraph = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' ').replace(/\s+/gu, ' '))
  const held = fc.tuple(paragraph, paragraph, paragraph, fc.boolean())
  fc.assert(
    fc.property(held, ([before, behind, other, hasHit]) => {
      const text = hasHit ? `${before} bridge ${behind}` : before
      const parts = snippetOf([other, text], 'en', readQuery('bridge ', ['en']))
      const shown = parts.map((part) => part.text).join('')
      assert.ok(shown.length <= maxSnippetCharacters, `${shown.length} characters`)
      assert.equal(
        parts.some((part) => part.hit),
        hasHit,
      )
      const bare = shown.replace(/^…|…$/g, '')
      const source = [text, other].find((paragraphs) => paragraphs.includes(bare))
      assert.ok(source !== undefined, `not verbatim: ${shown}`)
      if (bare === '') return
      const edges = boundaries(source)
      const starts = placesOf(bare, source).filter((at) => edges.has(at) && edges.has(at + bare.length))
      assert.ok(starts.length > 0, `cut: ${JSON.stringify(shown)}`)
    }),
    { numRuns: 400 },
  )
})

test('a text that repeats a word without end is read to a bounded length', () => {
  const parts = snippetOf(
    ['bridge '.repeat(200_000)],
    'en',
    readQuery('bridge "bridge bridge bridge"', ['en']),
  )
  const shown = parts.map(({ text }) => text).join('')
  assert.ok(shown.length > 100 && shown.length <= maxSnippetCharacters)
})
