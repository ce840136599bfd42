import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNumberWords } from '../../src/language/number-words.ts'

function read(text: string, language: string): number | undefined {
  return readNumberWords(text.split(/[ -]/), 0, language)?.value
}

test('numbers are read as they are written out', () => {
  const cases: readonly (readonly [language: string, text: string, value: number])[] = [
    ['de', 'zwölf', 12],
    ['de', 'Dreiundzwanzig', 23],
    ['de', 'zweihundertfünfzig', 250],
    ['de', 'hundertundeinundzwanzig', 121],
    ['de', 'viertausend', 4000],
    ['de', 'drittes', 3],
    ['en', 'twenty-three', 23],
    ['en', 'two hundred and fifty people', 250],
    ['en', 'five hundred thousand', 500_000],
    ['en', 'second', 2],
    ['fr', 'quatre-vingt-dix-sept', 97],
    ['fr', 'soixante et onze', 71],
    ['fr', 'mille deux cents', 1200],
    ['fr', 'deuxième', 2],
    ['es', 'veintitrés', 23],
    ['es', 'treinta y tres', 33],
    ['es', 'doscientos cincuenta', 250],
    ['it', 'ventotto', 28],
    ['it', 'tremila', 3000],
    ['pt', 'vinte e três', 23],
    ['nl', 'drieëntwintig', 23],
    ['sv', 'tjugotre', 23],
    ['da', 'treogtyve', 23],
    ['no', 'tjuetre', 23],
    ['pl', 'dwadzieścia trzy', 23],
    ['pl', 'dwunastu', 12],
  ]
  for (const [language, text, value] of cases) assert.equal(read(text, language), value, text)
})

test('a number ends where the next one begins, and takes no word that is none', () => {
  assert.deepEqual(readNumberWords(['two', 'and', 'three'], 0, 'en'), { value: 2, words: 1 })
  assert.deepEqual(readNumberWords(['three', 'four'], 0, 'en'), { value: 3, words: 1 })
  assert.deepEqual(readNumberWords(['zweihundert', 'Menschen'], 0, 'de'), { value: 200, words: 1 })
  for (const word of ['Achtung', 'Elfmeter', 'Haus', '']) assert.equal(read(word, 'de'), undefined, word)
  assert.equal(read('seconds', 'en'), undefined)
  assert.equal(read('twelve', 'xx'), undefined)
})

test('"one" is left to the article that it mostly is', () => {
  for (const [language, word] of [
    ['en', 'one'],
    ['de', 'eine'],
    ['fr', 'un'],
    ['es', 'una'],
  ] as const)
    assert.equal(read(word, language), undefined)
})
