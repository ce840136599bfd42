import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupCopies } from '../../src/story/copy-index.ts'
import { areCopies, containment, sketchOf } from '../../src/story/near-duplicates.ts'
import { words } from './made-up-news.ts'

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
