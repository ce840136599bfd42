import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  countSegments,
  macroScore,
  microScore,
  sameDay,
  sameMinute,
  sameNames,
  sameText,
  shingleScore,
} from './extraction-metrics.ts'

describe('the shingle score', () => {
  test('is 1 for the same words, whatever stands between them', () => {
    assert.deepEqual(shingleScore('one two three four five', 'one, two three\n\nfour five!'), {
      precision: 1,
      recall: 1,
      f1: 1,
    })
  })

  test('counts four-word shingles: one more word at the end is one shingle too many', () => {
    assert.deepEqual(shingleScore('a b c d e', 'a b c d e f').precision, 2 / 3)
    assert.equal(shingleScore('a b c d e', 'a b c d e f').recall, 1)
  })

  test('counts a repeated shingle as often as the gold text has it', () => {
    assert.equal(shingleScore('a b c d', 'a b c d a b c d').precision, 1 / 5)
  })

  test('is 0 where a text is missing and 1 where there is none to find', () => {
    assert.equal(shingleScore('a b c d e', '').f1, 0)
    assert.equal(shingleScore('', '').f1, 1)
  })

  test('averages precision and recall over pages before it takes F1 of the two', () => {
    const score = macroScore([
      { precision: 1, recall: 0.5, f1: 0 },
      { precision: 0.5, recall: 1, f1: 0 },
    ])
    assert.deepEqual(score, { precision: 0.75, recall: 0.75, f1: 0.75 })
  })
})

test('segments are sought in the text with its white space made single', () => {
  const counts = countSegments(
    'First  line\nsecond line',
    ['line second', 'third'],
    ['First line', 'nowhere'],
  )
  assert.deepEqual(counts, { found: 1, missed: 1, intruding: 1 })
  assert.deepEqual(microScore([counts, { found: 1, missed: 0, intruding: 0 }]), {
    precision: 2 / 3,
    recall: 2 / 3,
    f1: 2 / 3,
  })
})

test('headlines are the same but for case, punctuation and width', () => {
  assert.ok(sameText('„Wir gehen“ – sagt sie', 'Wir gehen - sagt Sie'))
  assert.ok(!sameText('Wir gehen', 'Wir gehen nicht'))
})

test('authors are a set', () => {
  assert.ok(sameNames(['Anna Berg', 'Olaf Kern'], ['olaf kern', 'Anna Berg']))
  assert.ok(!sameNames(['Anna Berg'], ['Anna Berg', 'dpa']))
  assert.ok(sameNames([], []))
})

test('a day is the same in UTC or in the zone in which it was written', () => {
  const justAfterMidnight = Date.parse('2026-05-03T00:30:00+02:00')
  assert.ok(sameDay('2026-05-03 08:00:00+02:00', justAfterMidnight))
  assert.ok(!sameDay('2026-05-04 08:00:00+02:00', justAfterMidnight))
  assert.ok(!sameDay('2026-05-03 08:00:00+02:00', undefined))
  assert.ok(sameMinute('2026-05-03 00:30:40+02:00', justAfterMidnight))
  assert.ok(!sameMinute('2026-05-03 00:32:00+02:00', justAfterMidnight))
})
