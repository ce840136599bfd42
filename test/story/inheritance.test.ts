import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inheritKeys } from '../../src/story/inheritance.ts'

test('of two that become one, the larger keeps its key', () => {
  const former = [
    { key: 1, members: [10, 11] },
    { key: 2, members: [12, 13, 14] },
  ]
  assert.deepEqual(inheritKeys(former, [[10, 11, 12, 13, 14]]), [2])
})

test('among equals the older keeps its key', () => {
  const former = [
    { key: 5, members: [10, 11] },
    { key: 3, members: [12, 13] },
  ]
  assert.deepEqual(inheritKeys(former, [[10, 11, 12, 13]]), [3])
})

test('when one splits, the part with most of its members keeps the key', () => {
  assert.deepEqual(
    inheritKeys(
      [{ key: 1, members: [1, 2, 3, 4, 5] }],
      [
        [1, 2],
        [3, 4, 5],
      ],
    ),
    [undefined, 1],
  )
})

test('no key is kept twice, and what was never anywhere is new', () => {
  const former = [
    { key: 1, members: [1, 2, 3] },
    { key: 2, members: [4] },
  ]
  assert.deepEqual(inheritKeys(former, [[1, 2], [3, 4], [9]]), [1, 2, undefined])
})
