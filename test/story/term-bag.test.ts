import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addBags, bagOf, eachShared, emptyBag, subtractBag, type TermBag } from '../../src/story/term-bag.ts'

const bag: fc.Arbitrary<TermBag> = fc
  .uniqueArray(fc.nat(200), { maxLength: 60 })
  .map((terms) => bagOf(new Map(terms.map((term) => [term, term % 2 === 0 ? 1 : 0.5]))))

test('adding a bag and taking it away again gives the same bag', () => {
  fc.assert(
    fc.property(bag, bag, (a, b) => {
      assert.deepEqual(subtractBag(addBags(a, b), b), a)
    }),
  )
})

test('adding does not depend on the order, and nothing changes nothing', () => {
  fc.assert(
    fc.property(bag, bag, (a, b) => {
      assert.deepEqual(addBags(a, b), addBags(b, a))
      assert.deepEqual(addBags(a, emptyBag), a)
    }),
  )
})

test('exactly the shared terms are visited, with the counts of both', () => {
  fc.assert(
    fc.property(bag, bag, (a, b) => {
      const seen: [number, number, number][] = []
      eachShared(a, b, (term, inA, inB) => seen.push([term, inA, inB]))
      const expected = [...a.terms].flatMap((term, at) => {
        const other = b.terms.indexOf(term)
        return other < 0 ? [] : [[term, a.counts[at], b.counts[other]]]
      })
      assert.deepEqual(seen, expected)
    }),
  )
})
