import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokenise } from '../../src/language/tokens.ts'
import { phraseFinder, sentenceWords } from '../../src/story/phrases.ts'

const finder = phraseFinder([
  ['arrest', 'festgenommen* nimmt…fest in+gewahrsam'],
  ['may', '=may might'],
  ['age', 'vor+#+jahren'],
])

const sentences: readonly (readonly [sentence: string, found: readonly string[]])[] = [
  ['Die Polizei hat zwei Männer festgenommen.', ['arrest']],
  ['Die FESTGENOMMENEN schweigen.', ['arrest']],
  ['Die Polizei nimmt am Abend in Merrow zwei Männer fest.', ['arrest']],
  ['Die Polizei nimmt an eins zwei drei vier fünf sechs sieben acht neun fest.', []],
  ['Fest nimmt er sich das vor.', []],
  ['Er ist in Gewahrsam, sie war in sicherem Gewahrsam.', ['arrest']],
  ['Sie ist in sicherem Gewahrsam.', []],
  ['It may rain.', ['may']],
  ['The vote is put off until May.', []],
  ['Might it rain?', ['may']],
  ['Vor 20 Jahren geschah das, und vor Jahren auch.', ['age']],
  ['Vor Jahren.', []],
  ['', []],
]

for (const [sentence, found] of sentences) {
  test(`"${sentence}" has ${found.length === 0 ? 'none of the phrases' : `a phrase of ${found.join()}`}`, () => {
    assert.deepEqual(finder(sentenceWords(tokenise(sentence))), found)
  })
}

test('lists are named once each and in their order, however many of their phrases there are', () => {
  const words = sentenceWords(tokenise('Might they be festgenommen or in Gewahrsam? They might.'))
  assert.deepEqual(finder(words), ['arrest', 'may'])
})

test('a phrase that could not be looked up is refused where it is written', () => {
  assert.throws(() => phraseFinder([['bad', '#+jahre']]))
  assert.throws(() => phraseFinder([['bad', 'ab*']]))
})
