import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countByDay, lastDays } from '../../src/digest/civil-days.ts'

const at = (iso: string) => Date.parse(iso)

test('days are those of the zone, today last', () => {
  const now = at('2026-11-20T06:00:00Z')
  assert.deepEqual(lastDays(now, 'UTC', 3), [
    { day: '2026-11-18', from: at('2026-11-18T00:00:00Z') },
    { day: '2026-11-19', from: at('2026-11-19T00:00:00Z') },
    { day: '2026-11-20', from: at('2026-11-20T00:00:00Z') },
  ])
  assert.deepEqual(lastDays(now, 'America/Los_Angeles', 1), [
    { day: '2026-11-19', from: at('2026-11-19T08:00:00Z') },
  ])
})

test('a day on which the clock is changed has 23 or 25 hours, and one may begin without a midnight', () => {
  const berlin = lastDays(at('2026-10-26T12:00:00Z'), 'Europe/Berlin', 3).map(({ from }) => from)
  assert.deepEqual(
    berlin.slice(1).map((from, index) => (from - (berlin[index] ?? 0)) / 3_600_000),
    [24, 25],
  )
  const [gap] = lastDays(at('2026-04-24T12:00:00Z'), 'Africa/Cairo', 1)
  assert.equal(gap?.day, '2026-04-24')
  assert.equal(gap?.from, at('2026-04-23T22:00:00Z'))
})

test('instants fall on their days; what was before the first is on none', () => {
  const days = lastDays(at('2026-11-20T06:00:00Z'), 'UTC', 2)
  const instants = [
    '2026-11-18T23:59:59Z',
    '2026-11-19T00:00:00Z',
    '2026-11-19T23:59:59Z',
    '2026-11-20T05:00:00Z',
  ]
  assert.deepEqual(countByDay(days, instants.map(at)), [2, 1])
  assert.deepEqual(countByDay([], instants.map(at)), [])
})
