import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partsOf } from '../../src/story/compounds.ts'
import { storyFeatures } from '../../src/story/features.ts'
import { parseFeatures } from '../../src/story/stored-features.ts'

test('terms are stems without grammar and commonplaces, those of the headline first', () => {
  const { terms, topTerms } = storyFeatures({
    id: '1',
    headline: 'Two ferries collided on Tuesday',
    body: ['The captain said the harbour was dark.'],
    language: 'en',
  })
  assert.deepEqual(terms, ['ferri', 'collid', 'captain', 'harbour', 'dark'])
  assert.equal(topTerms, 2)
})

test('a word far down in the body counts only when it recurs', () => {
  const filler = Array.from({ length: 120 }, (_, at) => `padding${at}`).join(' ')
  const { terms } = storyFeatures({
    id: '1',
    headline: 'Bridge closed',
    body: [filler, 'Once: sabotage. Again and again: corrosion, corrosion, corrosion.'],
    language: 'en',
  })
  assert.ok(terms.includes('corros'))
  assert.ok(!terms.includes('sabotag'))
})

test('names and numbers have one form in all languages', () => {
  const german = storyFeatures({
    id: '1',
    headline: 'Besuch von Wolodymyr Selenskyj: 1.200 Beamte',
    language: 'de',
  })
  const ukrainian = storyFeatures({
    id: '2',
    headline: 'Візит: Володимир, 1,200 поліцейських',
    language: 'uk',
  })
  assert.ok(german.anchors.includes('1200'))
  assert.ok(german.anchors.includes('wolodymyr'))
  assert.deepEqual(
    ukrainian.anchors.filter((anchor) => /^[a-z0-9]+$/.test(anchor)),
    ukrainian.anchors,
  )
  assert.ok(ukrainian.anchors.includes('1200'))
})

test('weekdays and months are commonplaces in every language that CLDR knows', () => {
  const russian = storyFeatures({
    id: '1',
    headline: 'Во вторник, 3 марта, паром сел на мель',
    language: 'ru',
  })
  assert.deepEqual(
    russian.terms.filter((term) => /^(вторник|март)/.test(term)),
    [],
  )
  assert.ok(russian.terms.some((term) => term.startsWith('пар')))
})

test('a compound and its first part are compared by their beginnings, too', () => {
  const parts = (term: string, language: string): string[] => partsOf(term, language).map(([part]) => part)
  assert.deepEqual(parts('getriebebau', 'de'), ['getriebebau', 'getrie-'])
  assert.deepEqual(parts('getrieb', 'de'), ['getrieb', 'getrie-'])
  assert.deepEqual(parts('rat', 'de'), ['rat'])
  assert.deepEqual(parts('transmission', 'en'), ['transmission'])
})

test('features survive storage unchanged', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string({ unit: 'grapheme' })),
      (headline, body) => {
        const features = storyFeatures({ id: 'x', headline, body, language: 'en', at: 5 })
        assert.deepEqual(parseFeatures(JSON.stringify(features)), features)
      },
    ),
  )
})

test('a huge text gives small features', () => {
  const word = (at: number): string => `word${at.toString(36)}`
  const body = Array.from(
    { length: 2000 },
    (_, at) => `${word(at)} ${word(at * 3)} ${word(at * 7)} Name${at}`,
  )
  const features = storyFeatures({ id: 'x', headline: body.join(' '), body, language: 'en' })
  assert.ok(JSON.stringify(features).length < 8000)
})

test('an empty article has no features and no time', () => {
  assert.deepEqual(storyFeatures({ id: 'x', headline: '', language: 'und' }), {
    id: 'x',
    language: 'und',
    terms: [],
    topTerms: 0,
    anchors: [],
    copy: { shingles: 0, level: 0, hashes: [] },
  })
})
