import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readQuery, type SearchTerm, unfinishedWord } from '../../src/language/search-query.ts'

const words = (readings: SearchTerm['exact']): readonly string[] =>
  readings.map(({ sequences }) =>
    sequences.map((each) => each.words.join(' ') + (each.isBeginning ? '*' : '')).join(' & '),
  )
const exact = (typed: string, ...languages: string[]) =>
  readQuery(typed, languages).wanted.map((term) => words(term.exact))

test('a word is read in every language held, each reading once', () => {
  assert.deepEqual(exact('Organisationen ', 'de', 'en'), [['organisation', 'organisationen']])
  assert.deepEqual(exact('Rom ', 'de', 'en', 'it'), [['rom']])
})

test('quotes of any language make a phrase, and one that is not closed goes to the end', () => {
  for (const typed of [
    '"new bridge"',
    '“new bridge”',
    '„new bridge“',
    '«new bridge»',
    '「new bridge」',
    '"new bridge',
  ])
    assert.deepEqual(exact(typed, 'en'), [['new bridg', 'new bridge']], typed)
})

test('a minus before a word or phrase excludes it, one inside a word joins it', () => {
  const { wanted, unwanted } = readQuery('bridge -lamp −"old bridge" U-Bahn', ['en'])
  assert.deepEqual(
    wanted.map((term) => words(term.exact)[0]),
    ['bridg', 'u bahn'],
  )
  assert.deepEqual(
    unwanted.map((term) => words(term.exact)[0]),
    ['lamp', 'old bridg'],
  )
})

test('words of grammar help beside others, and are wanted alone', () => {
  const mixed = readQuery('the bridge of', ['en'])
  assert.deepEqual([mixed.wanted.length, mixed.helpful.length, mixed.isTelling], [1, 2, true])
  const alone = readQuery('of the', ['en'])
  assert.deepEqual([alone.wanted.length, alone.helpful.length, alone.isTelling], [2, 0, false])
  assert.equal(readQuery('"the bridge of"', ['en']).helpful.length, 0)
})

test('near a word are compounds of German, spellings of umlauts, and what an unfinished word may become', () => {
  const near = (typed: string, ...languages: string[]) =>
    readQuery(typed, languages).wanted.map((term) => words(term.near))
  assert.deepEqual(near('Brücke ', 'de'), [['bruck*', 'brueck*']])
  assert.deepEqual(near('Brücke ', 'en'), [[]])
  assert.deepEqual(near('Rat ', 'de'), [[]], 'short words begin too many others')
  assert.deepEqual(near('gov', 'en'), [['gov*']])
  assert.deepEqual(near('go', 'en'), [[]])
  assert.deepEqual(near('gov bridge', 'en'), [[], ['bridge*']])
  const [term] = readQuery('governm', ['en'], ['government', 'governments']).wanted
  assert.deepEqual(words(term?.near ?? []), ['governm*', 'govern'])
  const [spelt] = readQuery('Bruecke ', ['de']).wanted
  assert.deepEqual(words(spelt?.respelt ?? []), ['bruck'])
})

test('a script without spaces is parted by its dictionary, and every part must be there', () => {
  assert.deepEqual(exact('東京地震', 'ja'), [['東京 & 地震']])
  assert.deepEqual(exact('"東京地震"', 'ja'), [['東京 地震']])
})

test('what holds no word is no query', () => {
  for (const typed of ['', ' ', '-', '" "', '*', '- -', '👍', '\u0000'])
    assert.deepEqual(readQuery(typed, ['en']).wanted, [], typed)
})

test('a pasted text is read to a bounded length', () => {
  const { wanted } = readQuery(Array.from({ length: 500 }, (_, n) => `word${n}`).join(' '), ['en'])
  assert.equal(wanted.length, 12)
  assert.deepEqual(readQuery('same same same', ['en']).wanted.length, 2, 'the last one is unfinished')
})

test('the unfinished word is the last one, with the cursor right behind it', () => {
  assert.equal(unfinishedWord('Stadtrat Brü'), 'bru')
  assert.equal(unfinishedWord('Stadtrat '), undefined)
  assert.equal(unfinishedWord('"new bri'), undefined)
  assert.equal(unfinishedWord('bridge -la'), undefined)
})
