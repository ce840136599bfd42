import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextSlots, readTimes, type Schedule, slotsBetween, weekdays } from '../../src/digest/schedule.ts'

const daily = (zone: string, ...times: string[]): Schedule => ({ times, weekdays: [...weekdays], zone })
const at = (iso: string) => Date.parse(iso)
const iso = (slots: readonly number[]) =>
  slots.map((slot) => new Date(slot).toISOString().replace(':00.000Z', 'Z'))

const table: readonly (readonly [
  name: string,
  schedule: Schedule,
  since: string,
  until: string,
  slots: readonly string[],
])[] = [
  [
    'Berlin in winter',
    daily('Europe/Berlin', '07:30'),
    '2026-01-10T00:00Z',
    '2026-01-11T23:00Z',
    ['2026-01-10T06:30Z', '2026-01-11T06:30Z'],
  ],
  [
    'Berlin skips 02:30 in spring: the first instant after the gap',
    daily('Europe/Berlin', '02:30'),
    '2026-03-28T12:00Z',
    '2026-03-30T12:00Z',
    ['2026-03-29T01:00Z', '2026-03-30T00:30Z'],
  ],
  [
    'Berlin repeats 02:30 in autumn: once, the first',
    daily('Europe/Berlin', '02:30'),
    '2026-10-24T12:00Z',
    '2026-10-26T12:00Z',
    ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
  ],
  [
    'two times fall together at the end of a gap: one slot',
    daily('Europe/Berlin', '02:15', '02:45'),
    '2026-03-28T22:00Z',
    '2026-03-29T12:00Z',
    ['2026-03-29T01:00Z'],
  ],
  [
    'New York skips 02:30 in spring',
    daily('America/New_York', '02:30'),
    '2026-03-07T12:00Z',
    '2026-03-09T12:00Z',
    ['2026-03-08T07:00Z', '2026-03-09T06:30Z'],
  ],
  [
    'New York repeats 01:30 in autumn',
    daily('America/New_York', '01:30'),
    '2026-10-31T12:00Z',
    '2026-11-02T12:00Z',
    ['2026-11-01T05:30Z', '2026-11-02T06:30Z'],
  ],
  [
    'Lord Howe shifts by half an hour: 02:15 is skipped',
    daily('Australia/Lord_Howe', '02:15'),
    '2026-10-03T00:00Z',
    '2026-10-04T20:00Z',
    ['2026-10-03T15:30Z', '2026-10-04T15:15Z'],
  ],
  [
    'Lord Howe repeats 01:45',
    daily('Australia/Lord_Howe', '01:45'),
    '2026-04-04T00:00Z',
    '2026-04-05T20:00Z',
    ['2026-04-04T14:45Z', '2026-04-05T15:15Z'],
  ],
  [
    'Apia skipped 30 December 2011 whole',
    daily('Pacific/Apia', '07:30'),
    '2011-12-29T00:00Z',
    '2012-01-01T00:00Z',
    ['2011-12-29T17:30Z', '2011-12-30T10:00Z', '2011-12-30T17:30Z', '2011-12-31T17:30Z'],
  ],
  [
    'Casablanca leaves summer time for Ramadan',
    daily('Africa/Casablanca', '07:30'),
    '2026-02-14T12:00Z',
    '2026-02-16T12:00Z',
    ['2026-02-15T07:30Z', '2026-02-16T07:30Z'],
  ],
  [
    'Casablanca returns after Ramadan',
    daily('Africa/Casablanca', '07:30'),
    '2026-03-21T00:00Z',
    '2026-03-23T00:00Z',
    ['2026-03-21T07:30Z', '2026-03-22T06:30Z'],
  ],
]

for (const [name, schedule, since, until, slots] of table) {
  test(name, () => assert.deepEqual(iso(slotsBetween(schedule, at(since), at(until))), slots))
}

test('only the chosen weekdays are due, as the zone counts them', () => {
  const mondays: Schedule = { times: ['00:30'], weekdays: ['mon'], zone: 'Pacific/Auckland' }
  assert.deepEqual(iso(slotsBetween(mondays, at('2026-11-20T00:00Z'), at('2026-12-01T00:00Z'))), [
    '2026-11-22T11:30Z',
    '2026-11-29T11:30Z',
  ])
})

test('the beginning of a range is excluded and its end included', () => {
  const schedule = daily('UTC', '12:00')
  const noon = at('2026-05-05T12:00Z')
  assert.deepEqual(slotsBetween(schedule, noon - 1, noon), [noon])
  assert.deepEqual(slotsBetween(schedule, noon, noon + 1), [])
})

test('the next slots reach over a week without the wanted day', () => {
  const sundays: Schedule = { times: ['10:00'], weekdays: ['sun'], zone: 'UTC' }
  assert.deepEqual(iso(nextSlots(sundays, at('2026-11-23T00:00Z'), 3)), [
    '2026-11-29T10:00Z',
    '2026-12-06T10:00Z',
    '2026-12-13T10:00Z',
  ])
})

test('however a range is cut, the slots of its pieces are the slots of the whole', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC']
  const start = at('2026-03-20T00:00Z')
  const range = 20 * 86_400_000
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.array(fc.integer({ min: 0, max: range }), { maxLength: 8 }),
      (zone, cuts) => {
        const schedule = daily(zone, '01:59', '02:30', '18:00')
        const edges = [0, ...cuts.sort((a, b) => a - b), range].map((edge) => start + edge)
        const pieces = edges
          .slice(1)
          .flatMap((edge, index) => slotsBetween(schedule, edges[index] ?? edge, edge))
        assert.deepEqual(pieces, slotsBetween(schedule, start, start + range))
      },
    ),
    { numRuns: 40 },
  )
})

test('times are read as people type them', () => {
  assert.deepEqual(readTimes('7:30, 18:00'), ['07:30', '18:00'])
  assert.deepEqual(readTimes('18:00;07:30 07:30'), ['07:30', '18:00'])
  for (const wrong of ['', 'noon', '25:00', '7.30', '07:60']) assert.equal(readTimes(wrong), undefined, wrong)
})
