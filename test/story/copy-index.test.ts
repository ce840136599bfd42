import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CopyText, createCopyIndex, groupCopies } from '../../src/story/copy-index.ts'
import { sketchOf } from '../../src/story/near-duplicates.ts'
import { words } from './made-up-news.ts'

function text(id: string, ofWords: readonly string[], at?: number): CopyText {
  return { id, sketch: sketchOf(ofWords), at }
}

/** Excerpts of three texts, of any length and from anywhere; some are equal, some overlap, some share nothing. */
const excerpts: fc.Arbitrary<CopyText[]> = fc
  .array(fc.record({ of: fc.nat(2), from: fc.nat(300), length: fc.integer({ min: 10, max: 400 }) }), {
    maxLength: 16,
  })
  .map((cuts) =>
    cuts.map(({ of, from, length }, at) => text(`t${at}`, words(of, 400).slice(from, from + length), at % 3)),
  )

function originalsOf(
  texts: readonly CopyText[],
  index: { originalOf: (id: string) => string },
): Record<string, string> {
  return Object.fromEntries(texts.map(({ id }) => [id, index.originalOf(id)]).sort())
}

test('who copies whom depends on the texts held, and not on the order in which they came and went', () => {
  fc.assert(
    fc.property(excerpts, excerpts, fc.nat(), (texts, others, seed) => {
      const expected = createCopyIndex()
      expected.update({ add: texts })
      const index = createCopyIndex()
      const strangers = others.map((other) => ({ ...other, id: `x${other.id}` }))
      const mixed = [...texts, ...strangers].sort((a, b) =>
        a.id.length * seed + a.sketch.shingles < b.id.length * seed + b.sketch.shingles ? -1 : 1,
      )
      for (const each of mixed) index.update({ add: [each] })
      for (const { id } of strangers) index.update({ remove: [id] })
      assert.deepEqual(originalsOf(texts, index), originalsOf(texts, expected))
    }),
  )
})

test('what is told as changed is exactly what has changed', () => {
  fc.assert(
    fc.property(excerpts, fc.nat(15), (texts, gone) => {
      const index = createCopyIndex()
      const known = new Map<string, string>()
      for (const each of texts)
        for (const [id, original] of index.update({ add: [each] })) {
          assert.notEqual(known.get(id), original)
          known.set(id, original)
        }
      for (const [id, original] of index.update({ remove: [`t${gone}`] })) known.set(id, original)
      known.delete(`t${gone}`)
      const left = texts.filter(({ id }) => id !== `t${gone}`)
      assert.deepEqual(Object.fromEntries([...known].sort()), originalsOf(left, index))
      assert.deepEqual(index.update({ add: left }), new Map())
    }),
  )
})

test('an original is nobody’s copy, and knows its copies', () => {
  fc.assert(
    fc.property(excerpts, (texts) => {
      const index = createCopyIndex()
      index.update({ add: texts })
      for (const { id } of texts) {
        const original = index.originalOf(id)
        assert.equal(index.originalOf(original), original)
        if (original !== id) assert.ok(index.copiesOf(original).includes(id))
      }
    }),
  )
})

test('of equal texts the oldest is the original', () => {
  const index = createCopyIndex()
  index.update({ add: [text('late', words(1, 100), 30)] })
  index.update({ add: [text('undated', words(1, 100)), text('early', words(1, 100), 10)] })
  assert.deepEqual(index.copiesOf('early'), ['late', 'undated'])
})

test('two excerpts that share nothing find together when the full text comes, and part when it goes', () => {
  const full = words(14, 500)
  const index = createCopyIndex()
  index.update({ add: [text('beginning', full.slice(0, 200)), text('end', full.slice(300))] })
  assert.deepEqual(
    index.update({ add: [text('full', full)] }),
    new Map(Object.entries({ full: 'full', beginning: 'full', end: 'full' })),
  )
  assert.deepEqual(
    index.update({ remove: ['full'] }),
    new Map(Object.entries({ beginning: 'beginning', end: 'end' })),
  )
})

test('the copies of a removed original get the fullest of them, and late ones find it', () => {
  const full = words(15, 200)
  const index = createCopyIndex()
  index.update({
    add: [text('original', full), text('most', full.slice(0, 170)), text('half', full.slice(0, 100))],
  })
  assert.deepEqual(
    index.update({ remove: ['original'] }),
    new Map(Object.entries({ most: 'most', half: 'most' })),
  )
  index.update({ add: [text('late', full.slice(0, 165))] })
  assert.equal(index.originalOf('late'), 'most')
})

test('a text that is written anew is compared anew', () => {
  const index = createCopyIndex()
  index.update({ add: [text('a', words(1, 200)), text('b', words(1, 150)), text('c', words(2, 150))] })
  assert.equal(index.originalOf('b'), 'a')
  assert.deepEqual(
    index.update({ add: [text('a', words(2, 200))] }),
    new Map(Object.entries({ b: 'b', c: 'a' })),
  )
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
  const entries = texts.map(([id, ofWords]) => [id, sketchOf(ofWords)] as const)
  const expected = { full: 'full', cut: 'full', edited: 'full', other: 'other', 'other too': 'other' }
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      assert.deepEqual(groupCopies(new Map(shuffled)), new Map(shuffled.map(([id]) => [id, expected[id]])))
    }),
  )
})
