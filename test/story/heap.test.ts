import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHeap } from '../../src/story/heap.ts'

test('items come out in order, however they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (items) => {
      const heap = createHeap<number>((a, b) => a - b)
      for (const item of items) heap.push(item)
      const out = items.map(() => heap.pop())
      assert.deepEqual(
        out,
        [...items].sort((a, b) => a - b),
      )
      assert.equal(heap.pop(), undefined)
    }),
  )
})
