import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bcubedScore, pairwiseScore } from './cluster-metrics.ts'

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`)

test('a clustering equal to the labels scores 1 whatever the names', () => {
  const labels = ['a', 'a', 'b', 'c', 'c', 'c']
  const clusters = ['z', 'z', 'y', 'x', 'x', 'x']
  assert.deepEqual(pairwiseScore(clusters, labels), { precision: 1, recall: 1, f1: 1 })
  assert.deepEqual(bcubedScore(clusters, labels), { precision: 1, recall: 1, f1: 1 })
})

test('pairs are counted as pairs: two of three right pairs found among four made', () => {
  // labels {1,2,3} {4,5}: 4 pairs; clusters {1,2} {3,4,5}: 4 pairs; common: 1-2 and 4-5
  const score = pairwiseScore(['p', 'p', 'q', 'q', 'q'], ['a', 'a', 'a', 'b', 'b'])
  close(score.precision, 2 / 4)
  close(score.recall, 2 / 4)
})

test('BCubed averages over items', () => {
  // precision: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1
  const score = bcubedScore(['p', 'p', 'q', 'q', 'q'], ['a', 'a', 'a', 'b', 'b'])
  close(score.precision, (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
  close(score.recall, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
})

test('everything apart is precise and finds nothing', () => {
  const score = pairwiseScore(['p', 'q', 'r'], ['a', 'a', 'a'])
  assert.deepEqual(score, { precision: 1, recall: 0, f1: 0 })
})

test('labels that could be confused when joined are kept apart', () => {
  assert.equal(pairwiseScore(['a b', 'a'], ['c', 'b c']).precision, 1)
  assert.equal(bcubedScore(['a b', 'a'], ['c', 'b c']).precision, 1)
})
