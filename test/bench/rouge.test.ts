import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootstrap } from './bootstrap.ts'
import { cutAtWords, rouge, rougeWords } from './rouge.ts'

test('a text compared with itself scores 1, and with nothing in common 0', () => {
  assert.deepEqual(rouge('Der Rat tagt heute.', 'der Rat tagt heute', 'de'), { r1: 1, r2: 1, rl: 1 })
  assert.deepEqual(rouge('Der Rat tagt', 'Es regnet stark', 'de'), { r1: 0, r2: 0, rl: 0 })
  assert.deepEqual(rouge('', 'Es regnet', 'de'), { r1: 0, r2: 0, rl: 0 })
})

test('F1 counts a word as often as both texts have it', () => {
  const { r1, r2 } = rouge('the cat the cat', 'the cat sat', 'fr')
  assert.equal(r1, (2 * 2) / (4 + 3))
  assert.equal(r2, (2 * 1) / (3 + 2))
})

test('the longest common subsequence may have gaps but keeps the order', () => {
  assert.equal(rouge('a x b y c', 'a b c', 'fr').rl, (2 * 3) / (5 + 3))
  assert.equal(rouge('c b a', 'a b c', 'fr').rl, (2 * 1) / (3 + 3))
})

test('English is stemmed, other languages are not', () => {
  assert.deepEqual(rougeWords('Elections, elected!', 'en'), ['elect', 'elect'])
  assert.deepEqual(rougeWords('Élections, élues!', 'fr'), ['élections', 'élues'])
})

test('a summary is cut after so many words of white space', () => {
  assert.equal(cutAtWords(' Der 27-jährige  Mann kam. Er ging. ', 3), 'Der 27-jährige Mann')
  assert.equal(cutAtWords('Kurz.', 3), 'Kurz.')
})

test('a bootstrap interval holds the mean, is the same on every run, and narrows with agreement', () => {
  const wide = bootstrap([-5, 5, -4, 6, -3, 7])
  const narrow = bootstrap([1, 1.1, 0.9, 1, 1.1, 0.9])
  assert.ok(wide.low < wide.mean && wide.mean < wide.high)
  assert.ok(narrow.high - narrow.low < wide.high - wide.low)
  assert.deepEqual(bootstrap([-5, 5, -4, 6, -3, 7]), wide)
})
