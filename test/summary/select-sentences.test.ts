import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ZodError } from 'zod'
import { splitSentences } from '../../src/language/sentences.ts'
import { summariseLine } from '../../src/summary/command.ts'
import { selectSentences } from '../../src/summary/select-sentences.ts'

const TEXT = [
  'The council of Saltmere voted on Monday night for a new bridge over the river Merrow. The bridge is to cost £12 million and to be finished in two years.',
  'However, the county has not yet agreed to pay its share. Mayor Ada Quill said she expected an answer by Christmas.',
  'The old bridge was closed in March after a flood damaged two of its piers. Since then drivers have had to make a detour of 14 kilometres.',
].join('\n')

const wordsOf = (sentences: readonly string[]): number => sentences.join(' ').split(/\s+/u).length

test('sentences are verbatim, in the order of the text, and their indexes count all sentences', () => {
  const all = TEXT.split('\n').flatMap((paragraph) => splitSentences(paragraph, 'en'))
  const { language, sentences, indexes } = selectSentences(TEXT, { sentences: 3 })
  assert.equal(language, 'en')
  assert.equal(sentences.length, 3)
  assert.deepEqual(
    sentences,
    indexes.map((at) => all[at]),
  )
  assert.deepEqual(
    indexes.toSorted((a, b) => a - b),
    indexes,
  )
})

test('with a number of words, whole sentences are chosen until it is reached or passed, and none beyond', () => {
  for (const words of [1, 10, 20, 30, 60]) {
    const { sentences } = selectSentences(TEXT, { words })
    assert.ok(wordsOf(sentences) >= words, `${words}`)
    const least = sentences.map((sentence) => wordsOf([sentence]))
    assert.ok(
      least.every((count) => wordsOf(sentences) - count < words) || sentences.length === 1,
      `${words}`,
    )
  }
})

test('a text shorter than the wanted words is given whole', () => {
  assert.equal(selectSentences(TEXT, { words: 10_000 }).sentences.length, 6)
})

test('a number of characters is never passed, unless the shortest sentence is longer', () => {
  for (const characters of [60, 100, 200, 400]) {
    const { sentences } = selectSentences(TEXT, { characters })
    assert.ok(sentences.length > 0)
    assert.ok(sentences.join(' ').length <= characters, `${characters}`)
  }
  assert.equal(selectSentences(TEXT, { characters: 5 }).sentences.length, 1)
})

test('without a length three sentences are chosen, and none that leans on one left out', () => {
  const { sentences, indexes } = selectSentences(TEXT)
  assert.equal(sentences.length, 3)
  assert.ok(!indexes.includes(2) || indexes.includes(1))
})

test('the title pulls towards its words', () => {
  const text =
    'A market in Saltmere sells fish from the harbour every morning. ' +
    'A library in Tarrow lends books about gardens and birds. ' +
    'A brewery in Merrow plans festivals with music and lanterns.'
  const chosen = (title?: string): string => selectSentences(text, { title, sentences: 1 }).sentences[0] ?? ''
  assert.match(chosen(), /^A market/)
  assert.match(chosen('Merrow brewery: music, lanterns and festivals planned'), /^A brewery/)
})

test('a given language is taken, a useless one is not', () => {
  assert.equal(selectSentences(TEXT, { language: 'en-GB' }).language, 'en')
  assert.equal(selectSentences(TEXT, { language: 'English' }).language, 'en')
})

test('an empty text has no sentences', () => {
  assert.deepEqual(selectSentences('', { words: 20 }), { language: 'und', sentences: [], indexes: [] })
  assert.deepEqual(selectSentences(' \n ').sentences, [])
})

test('whatever the text and length, the choice is verbatim, ascending and not empty', () => {
  const phrase = fc.constantFrom(
    'Der Rat tagt heute. ',
    '„Ja“, sagte er. ',
    'z. B. ',
    'Nein! ',
    '\n',
    '今天天气好。',
    '…',
    '"',
  )
  const lengths = fc.record({
    words: fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
    sentences: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    characters: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(phrase, { maxLength: 40 }), lengths, (phrases, length) => {
      const text = phrases.join('')
      const { sentences, indexes } = selectSentences(text, length)
      assert.equal(sentences.length > 0, text.trim() !== '')
      assert.ok(indexes.every((at, place) => place === 0 || at > (indexes[place - 1] ?? 0)))
      for (const sentence of sentences) assert.ok(text.includes(sentence))
    }),
    { numRuns: 200 },
  )
})

test('the command gives the id back with the choice, and takes nulls for what is not given', () => {
  const line = summariseLine({
    id: 'a1',
    text: TEXT,
    title: null,
    language: null,
    words: 20,
    sentences: null,
  })
  assert.equal(line.id, 'a1')
  assert.equal(line.language, 'en')
  assert.equal(line.sentences.length, line.indexes.length)
})

test('the command refuses what is no such line', () => {
  for (const input of [
    null,
    {},
    { id: 1 },
    { id: 1, text: 2 },
    { id: 1, text: 'a', words: 0 },
    { id: 1, text: 'a', words: 1.5 },
  ]) {
    assert.throws(() => summariseLine(input), ZodError)
  }
})
