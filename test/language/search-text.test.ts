import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchStems } from '../../src/language/search-text.ts'

test('every word is there as its stem, in order, stop words too', () => {
  assert.equal(searchStems(['Councils agreed', '', 'on the bridges.'], 'en'), 'council agre on the bridg')
  assert.equal(searchStems(['Die Brücken des Rates'], 'de'), searchStems(['die Brücke des Rats'], 'de'))
})

test('scripts without spaces are cut into words', () => {
  assert.ok(searchStems(['東京で地震がありました'], 'ja').split(' ').length > 2)
})

test('a long text ends after 3,000 words, and an endless word ends nothing', () => {
  assert.equal(searchStems(['word '.repeat(2000), 'more '.repeat(2000)], 'en').split(' ').length, 3000)
  assert.ok(searchStems(['x'.repeat(1_000_000)], 'en').length <= 40_000)
  assert.equal(searchStems([], 'en'), '')
})
