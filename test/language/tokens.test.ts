import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stemmerFor } from '../../src/language/stems.ts'
import { stopWordLanguages, stopWordsOf } from '../../src/language/stop-words.ts'
import { countWords, foldWord, tokenise } from '../../src/language/tokens.ts'

const WORDS: readonly (readonly [language: string, text: string, words: readonly string[]])[] = [
  [
    'de',
    'Der 27-jährige Müller zahlt 1.200,50 Euro.',
    ['Der', '27-jährige', 'Müller', 'zahlt', '1.200,50', 'Euro'],
  ],
  ['en', "Putin's plan isn't ready (yet).", ['Putin', 's', 'plan', 'isn', 't', 'ready', 'yet']],
  ['fr', 'L’État n’a rien dit à 10h30.', ['L', 'État', 'n', 'a', 'rien', 'dit', 'à', '10h30']],
  ['uk', 'П’ять об’єктів', ['П’ять', 'об’єктів']],
  ['he', 'צה״ל הודיע', ['צה״ל', 'הודיע']],
  ['ca', 'col·laborar avui', ['col·laborar', 'avui']],
  ['ja', '高速道路の事故', ['高速', '道路', 'の', '事故']],
  ['zh', '今天天气很好。', ['今天', '天气', '很好']],
  ['th', 'ขนมปังแพงขึ้น', ['ขนมปัง', 'แพง', 'ขึ้น']],
  ['hi', 'रोटी महंगी है।', ['रोटी', 'महंगी', 'है']],
  ['ar', 'ارتفع سعر الخبز.', ['ارتفع', 'سعر', 'الخبز']],
]

test('words are cut as each script cuts them', () => {
  for (const [language, text, words] of WORDS) assert.deepEqual(tokenise(text, language), words, text)
})

test('text without words has none', () => {
  for (const text of ['', ' — … !', '🙂']) assert.deepEqual(tokenise(text), [])
})

test('a hostile text is cut in linear time', () => {
  assert.equal(tokenise('a-'.repeat(200_000)).length, 1)
  assert.equal(tokenise('-'.repeat(400_000)).length, 0)
})

test('words are counted between spaces, and by the dictionary where there are none', () => {
  assert.equal(countWords("l'État a dit : non", 6), 5)
  assert.equal(countWords('今天天气很好', 4), 4)
})

test('full-width letters and capitals fold', () => {
  assert.equal(foldWord('ＮＡＴＯ'), 'nato')
})

test('inflected forms of a word share a stem', () => {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['de', 'Verhandlungen', 'Verhandlung'],
    ['en', 'elections', 'election'],
    ['fr', 'manifestations', 'manifestation'],
    ['ru', 'выборов', 'выборы'],
    ['sv', 'bilarna', 'bilar'],
    ['no', 'bilene', 'biler'],
  ]
  for (const [language, a, b] of pairs) assert.equal(stemmerFor(language)(a), stemmerFor(language)(b), a)
})

test('a language without a stemmer keeps its words, and so does a word too long to be one', () => {
  assert.equal(stemmerFor('ja')('道路'), '道路')
  assert.equal(stemmerFor('xx')('Wörter'), 'wörter')
  assert.equal(stemmerFor('de')('S'.repeat(60)), 's'.repeat(60))
  assert.equal(stemmerFor('__proto__')('A'), 'a')
})

test('stop words are grammar, never news', () => {
  const news = [
    'jahr',
    'tag',
    'zeit',
    'ende',
    'year',
    'first',
    'temps',
    'jour',
    'año',
    'tiempo',
    'день',
    'год',
  ]
  for (const language of stopWordLanguages) {
    for (const word of news) assert.ok(!stopWordsOf(language).has(word), `${language}: ${word}`)
  }
  assert.ok(stopWordsOf('de').has('nicht') && stopWordsOf('en').has('the') && stopWordsOf('fr').has('les'))
})

test('stop words are lower case and single words', () => {
  for (const language of stopWordLanguages) {
    for (const word of stopWordsOf(language)) assert.match(word, /^\S+$/u)
    for (const word of stopWordsOf(language)) assert.equal(word, word.toLowerCase())
  }
  assert.equal(stopWordsOf('xx').size, 0)
  assert.equal(stopWordsOf('constructor').size, 0)
})
