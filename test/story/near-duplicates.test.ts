import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  areCopies,
  containment,
  createCopyIndex,
  groupCopies,
  sketchOf,
} from '../../src/story/near-duplicates.ts'
import { seededRandom } from '../bench/random.ts'

/** Words as of a text that nobody else wrote. */
function words(seed: number, count: number): string[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => `w${Math.floor(random() * 5000)}`)
}

test('a text is contained in itself, whatever its length', () => {
  for (const length of [30, 300, 3000]) {
    const sketch = sketchOf(words(length, length))
    assert.equal(containment(sketch, sketch), 1)
  }
})

test('a sketch stays small however long the text', () => {
  assert.ok(sketchOf(words(1, 20_000)).hashes.length <= 200)
})

test('letter case and what stands around the text do not matter', () => {
  const text = words(2, 200)
  const shouted = text.map((word) => word.toUpperCase())
  assert.ok(areCopies(sketchOf(text), sketchOf([...words(3, 30), ...shouted, ...words(4, 30)])))
})

test('an excerpt of a fifth finds its original, wherever it was taken', () => {
  const original = words(5, 600)
  for (const from of [0, 200, 480]) {
    assert.ok(areCopies(sketchOf(original.slice(from, from + 120)), sketchOf(original)), `from word ${from}`)
  }
})

test('a version with every tenth word exchanged is still a copy', () => {
  const original = words(6, 400)
  const edited = original.map((word, at) => (at % 10 === 4 ? `${word}x` : word))
  assert.ok(areCopies(sketchOf(original), sketchOf(edited)))
})

test('two articles that quote the same statement are no copies', () => {
  const quote = words(7, 40)
  const first = [...words(8, 80), ...quote, ...words(9, 80)]
  const second = [...words(10, 60), ...quote, ...words(11, 90)]
  assert.ok(!areCopies(sketchOf(first), sketchOf(second)))
})

test('an item of a long round-up is no excerpt of it', () => {
  const item = words(12, 60)
  assert.ok(!areCopies(sketchOf(item), sketchOf([...words(13, 900), ...item])))
})

test('texts too short to tell are never copies, even when equal', () => {
  const headline = sketchOf('Borussia Dortmund beats Bayern Munich'.split(' '))
  assert.ok(!areCopies(headline, headline))
  assert.deepEqual(
    groupCopies(
      new Map([
        ['a', headline],
        ['b', headline],
      ]),
    ),
    new Map([
      ['a', 'a'],
      ['b', 'b'],
    ]),
  )
})

test('two excerpts that share nothing find together when the full text comes', () => {
  const full = words(14, 500)
  const index = createCopyIndex()
  index.add('beginning', sketchOf(full.slice(0, 200)))
  index.add('end', sketchOf(full.slice(300)))
  assert.notEqual(index.originalOf('beginning'), index.originalOf('end'))
  index.add('full', sketchOf(full))
  assert.equal(index.originalOf('beginning'), 'full')
  assert.equal(index.originalOf('end'), 'full')
})

test('a removed original is not found again, and its copies stay together', () => {
  const text = words(15, 200)
  const index = createCopyIndex()
  index.add('original', sketchOf(text))
  index.add('copy', sketchOf(text.slice(0, 150)))
  index.remove('original')
  assert.equal(index.add('late', sketchOf(text)), 'late')
  assert.equal(index.originalOf('copy'), 'original')
})

test('grouping does not depend on the order of the texts', () => {
  const texts = [
    ['full', words(16, 400)],
    ['cut', words(16, 400).slice(0, 150)],
    [
      'edited',
      words(16, 400)
        .map((word, at) => (at % 12 === 0 ? 'changed' : word))
        .slice(0, 380),
    ],
    ['other', words(17, 300)],
    ['other too', words(17, 280)],
  ] as const
  const entries = texts.map(([id, text]) => [id, sketchOf(text)] as const)
  const expected = groupCopies(new Map(entries))
  assert.equal(expected.get('cut'), 'full')
  assert.equal(expected.get('edited'), 'full')
  assert.equal(expected.get('other too'), 'other')
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      const groups = groupCopies(new Map(shuffled))
      for (const [id] of entries) assert.equal(groups.get(id), expected.get(id))
    }),
  )
})
