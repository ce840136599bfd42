import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CronExpressionParser } from 'cron-parser'
import fc from 'fast-check'
import { dueSlots, healPlannedUntil, type PlannedTo, plannedToNow } from '../../src/digest/due-slots.ts'
import { instantOf, type LocalKey, localOf, localReached } from '../../src/digest/local-clock.ts'
import {
  nextSlots,
  type Schedule,
  scheduleShape,
  slotKey,
  slotsBetween,
  type TimesSchedule,
  weekdays,
} from '../../src/digest/schedule.ts'

const daily = (zone: string, ...times: string[]): TimesSchedule => ({ times, weekdays: [...weekdays], zone })
const cron = (expression: string, zone: string): Schedule => ({ cron: expression, zone })
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
  [
    'cron in Berlin on a day without change',
    cron('30 7 * * 1-5', 'Europe/Berlin'),
    '2026-01-09T00:00Z',
    '2026-01-13T00:00Z',
    ['2026-01-09T06:30Z', '2026-01-12T06:30Z'],
  ],
  [
    'cron in Berlin in spring: four times of the gap and the hour after it are one slot',
    cron('*/15 2-3 * * *', 'Europe/Berlin'),
    '2026-03-28T23:00Z',
    '2026-03-29T12:00Z',
    ['2026-03-29T01:00Z', '2026-03-29T01:15Z', '2026-03-29T01:30Z', '2026-03-29T01:45Z'],
  ],
  [
    'cron in Berlin in autumn: every half hour of the repeated hour comes once',
    cron('*/30 * * * *', 'Europe/Berlin'),
    '2026-10-24T23:45Z',
    '2026-10-25T02:15Z',
    ['2026-10-25T00:00Z', '2026-10-25T00:30Z', '2026-10-25T02:00Z'],
  ],
  [
    'cron in New York skips 02:30 in spring',
    cron('30 2 * * *', 'America/New_York'),
    '2026-03-07T12:00Z',
    '2026-03-09T12:00Z',
    ['2026-03-08T07:00Z', '2026-03-09T06:30Z'],
  ],
  [
    'cron on Lord Howe repeats 01:45 once',
    cron('45 1 * * *', 'Australia/Lord_Howe'),
    '2026-04-04T00:00Z',
    '2026-04-05T20:00Z',
    ['2026-04-04T14:45Z', '2026-04-05T15:15Z'],
  ],
  [
    'cron in Apia: the 30 December 2011 that never was',
    cron('30 7 30 12 *', 'Pacific/Apia'),
    '2011-12-29T00:00Z',
    '2012-01-05T00:00Z',
    ['2011-12-30T10:00Z'],
  ],
  [
    'cron in Casablanca after Ramadan',
    cron('30 7 * * *', 'Africa/Casablanca'),
    '2026-03-21T00:00Z',
    '2026-03-23T00:00Z',
    ['2026-03-21T07:30Z', '2026-03-22T06:30Z'],
  ],
  [
    'Troll changes its clock by two hours',
    daily('Antarctica/Troll', '01:30', '02:30'),
    '2026-03-28T12:00Z',
    '2026-03-29T12:00Z',
    ['2026-03-29T01:00Z'],
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

/** Minutes of the clock on the wall by the instants of a range, as Intl shows it. */
function wallClock(
  zone: string,
  from: number,
  days: number,
): readonly (readonly [at: number, wall: number])[] {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return Array.from({ length: days * 1440 }, (_, minute) => {
    const instant = from + minute * 60_000
    const shown = format.formatToParts(instant)
    const read = (type: string) => Number(shown.find((part) => part.type === type)?.value)
    const wall = Date.UTC(2000 + read('year'), read('month') - 1, read('day'), read('hour'), read('minute'))
    return [instant, wall / 60_000]
  })
}

const changes: readonly (readonly [zone: string, from: string])[] = [
  ['Europe/Berlin', '2026-03-28T00:00Z'],
  ['Europe/Berlin', '2026-10-24T00:00Z'],
  ['America/New_York', '2026-03-07T00:00Z'],
  ['America/New_York', '2026-10-31T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-03T12:00Z'],
  ['Australia/Lord_Howe', '2026-10-02T12:00Z'],
  ['Pacific/Apia', '2011-12-29T00:00Z'],
  ['Africa/Casablanca', '2026-02-14T00:00Z'],
  ['Africa/Casablanca', '2026-03-21T00:00Z'],
  ['Pacific/Chatham', '2026-04-04T00:00Z'],
  ['America/Havana', '2026-11-01T00:00Z'],
]

for (const [zone, from] of changes) {
  test(`${zone} around ${from}: a local time comes when the clock on the wall first shows it or a later one`, () => {
    const clock = wallClock(zone, at(from), 3)
    const [, first] = clock[0] ?? assert.fail('no clock')
    const [, last] = clock.at(-1) ?? assert.fail('no clock')
    for (let local = first + 1; local <= last; local += 7) {
      const [expected] = clock.find(([, wall]) => wall >= local) ?? assert.fail('the clock never shows it')
      assert.equal(instantOf(local, zone), expected, new Date(local * 60_000).toISOString())
    }
    let reached = first
    for (const [index, [instant, wall]] of clock.entries()) {
      reached = Math.max(reached, wall)
      if (index % 5 !== 0) continue
      const given = localReached(instant, zone)
      assert.ok(given >= reached && instantOf(given, zone) <= instant, new Date(instant).toISOString())
      assert.ok(instantOf(given + 1, zone) > instant, new Date(instant).toISOString())
    }
  })
}

test('a schedule as it was stored before there was cron is read as it was', () => {
  const stored = { times: ['07:30'], weekdays: ['mon', 'fri'], zone: 'Europe/Berlin' }
  assert.deepEqual(scheduleShape.parse(JSON.parse(JSON.stringify(stored))), stored)
  const bare = scheduleShape.parse({ times: ['07:30'], zone: 'UTC' })
  assert.deepEqual(bare, daily('UTC', '07:30'))
})

test('a cron schedule is kept as five fields and read back the same', () => {
  const kept = scheduleShape.parse({ cron: ' 30  7 * * mon-fri ', zone: 'UTC' })
  assert.deepEqual(kept, { cron: '30 7 * * MON-FRI', zone: 'UTC' })
  assert.deepEqual(scheduleShape.parse(kept), kept)
  assert.deepEqual(scheduleShape.parse({ cron: '@daily', zone: 'UTC' }), { cron: '0 0 * * *', zone: 'UTC' })
})

const refused: readonly (readonly [schedule: object, path: string, said: RegExp])[] = [
  [{ zone: 'UTC' }, 'times', /^is missing; expected times such as \["07:30"\], or "cron" instead$/],
  [{ times: ['07:30'], cron: '0 8 * * *', zone: 'UTC' }, 'cron', /^stands in place of times and weekdays/],
  [{ weekdays: ['mon'], cron: '0 8 * * *', zone: 'UTC' }, 'cron', /^stands in place of times and weekdays/],
  [{ cron: '0 30 7 * * 1-5', zone: 'UTC' }, 'cron', /^expected five fields without seconds, such as "30 7/],
  [{ cron: '30 7 * *', zone: 'UTC' }, 'cron', /^expected five fields .*, got 4$/],
  [{ cron: '30 24 * * *', zone: 'UTC' }, 'cron', /^the field for the hour cannot be "24"$/],
  [{ cron: '30 7 * * FRI-MON', zone: 'UTC' }, 'cron', /^the field for the weekday cannot be "FRI-MON"$/],
  [{ cron: 'H 7 * * *', zone: 'UTC' }, 'cron', /^the field for the minute cannot be "H"$/],
  [{ cron: '30 7 15W * *', zone: 'UTC' }, 'cron', /^the field for the day cannot be "15W"$/],
  [{ cron: '*/14 * * * *', zone: 'UTC' }, 'cron', /^fires more often than every 15 minutes/],
  [{ cron: '50,59 8 * * *', zone: 'UTC' }, 'cron', /^fires more often than every 15 minutes/],
  [{ cron: '0,50 23,0 * * *', zone: 'UTC' }, 'cron', /^fires more often than every 15 minutes/],
  [{ cron: '0 8 30 2 *', zone: 'UTC' }, 'cron', /^never fires/],
  [{ cron: '0 8 31 4,6,9,11 *', zone: 'UTC' }, 'cron', /^never fires/],
  [{ times: ['07:30'], zone: 'IST' }, 'zone', /^expected an IANA time zone/],
  [{ times: ['07:30'], zone: '+02:00' }, 'zone', /^expected an IANA time zone/],
]

for (const [schedule, path, said] of refused) {
  test(`${JSON.stringify(schedule)} is refused, and the sentence says why`, () => {
    const result = scheduleShape.safeParse(schedule)
    const [issue] = result.error?.issues ?? []
    assert.equal(issue?.path.join('.'), path)
    assert.match(issue?.message ?? '', said)
  })
}

test('what is seldom and what is calm enough is taken', () => {
  for (const expression of [
    '0 8 29 2 *',
    '0 8 * 2 5#5',
    '*/15 * * * *',
    '0,50 23 * * *',
    '55 23 1 * *',
    '0 0,23 * * *',
  ]) {
    assert.ok(scheduleShape.safeParse(cron(expression, 'UTC')).success, expression)
  }
})

const cronDays: readonly (readonly [expression: string, days: readonly string[]])[] = [
  ['0 8 L * *', ['2026-01-31', '2026-02-28', '2026-03-31']],
  ['0 8 1,L 2 *', ['2026-02-01', '2026-02-28', '2027-02-01']],
  ['0 8 * * 5L', ['2026-01-30', '2026-02-27', '2026-03-27']],
  ['0 8 * * MON#2', ['2026-01-12', '2026-02-09', '2026-03-09']],
  ['0 8 29 2 *', ['2028-02-29', '2032-02-29', '2036-02-29']],
  ['0 8 * 2 FRI#5', ['2036-02-29', '2064-02-29', '2092-02-29']],
  ['0 8 13 * FRI', ['2026-01-02', '2026-01-09', '2026-01-13']],
  ['0 8 */10 * MON', ['2026-05-11', '2026-06-01', '2026-08-31']],
  ['0 8 ? JAN 6,7', ['2026-01-03', '2026-01-04', '2026-01-10']],
]

for (const [expression, days] of cronDays) {
  test(`${expression} falls on ${days.join(', ')}`, () => {
    const slots = nextSlots(cron(expression, 'UTC'), at('2026-01-01T12:00Z'), 3)
    assert.deepEqual(
      iso(slots),
      days.map((day) => `${day}T08:00Z`),
    )
  })
}

test('in a zone without changes the slots of an expression are those that cron-parser finds', () => {
  const list = (min: number, max: number, most: number) =>
    fc
      .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: most })
      .map((values) => values.sort((a, b) => a - b).join(','))
  const orStar = (field: fc.Arbitrary<string>) => fc.oneof(fc.constant('*'), field)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 59 }),
      fc.oneof(list(0, 23, 3), fc.constantFrom('*/6', '8-18/5', '*')),
      orStar(fc.oneof(list(1, 28, 3), fc.constantFrom('L', '10-20', '31'))),
      orStar(fc.oneof(list(1, 12, 4), fc.constantFrom('JAN,JUL', '3-9/2'))),
      orStar(fc.oneof(list(0, 7, 2), fc.constantFrom('MON-FRI', '5L', '1#3', 'SUN'))),
      (minute, hour, day, month, weekday) => {
        const expression = `${minute} ${hour} ${day} ${month} ${weekday}`
        const kept = scheduleShape.safeParse(cron(expression, 'UTC'))
        fc.pre(kept.success)
        const since = at('2026-02-03T04:05Z')
        const theirs = CronExpressionParser.parse(expression, { currentDate: new Date(since), tz: 'UTC' })
        assert.deepEqual(
          nextSlots(cron(expression, 'UTC'), since, 5),
          theirs.take(5).map((date) => date.getTime()),
          expression,
        )
      },
    ),
    { numRuns: 100 },
  )
})

test('a slot keeps its local time as its key: of a gap the last one that fell in it', () => {
  const berlin = daily('Europe/Berlin', '02:15', '02:45', '07:30')
  assert.equal(slotKey(berlin, at('2026-03-29T01:00Z')), '2026-03-29T02:45')
  assert.equal(slotKey(berlin, at('2026-03-29T05:30Z')), '2026-03-29T07:30')
  assert.equal(slotKey(berlin, at('2026-10-25T00:15Z')), '2026-10-25T02:15')
  assert.equal(slotKey(berlin, at('2026-10-25T09:00Z')), '2026-10-25T10:00')
})

/** As a process that ticks at these instants finds and posts them: the newest slot due, unless it was posted. */
function post(
  schedule: Schedule,
  planned: PlannedTo,
  ticks: readonly number[],
  posted: string[],
  planning: string[] = [],
): PlannedTo {
  return ticks.reduce((from, now) => {
    const due = dueSlots(schedule, from, now)
    planning.push(...due.slots.map(({ key }) => key))
    const newest = due.slots.at(-1)
    if (newest !== undefined && !posted.includes(newest.key)) posted.push(newest.key)
    return due.planned
  }, planned)
}

const everyMinute = (from: string, minutes: number) =>
  Array.from({ length: minutes }, (_, minute) => at(from) + minute * 60_000)

const ruleChanges: readonly (readonly [
  name: string,
  before: string,
  after: string,
  changedAt: string,
  posted: readonly string[],
])[] = [
  [
    'a slot that was posted and moves to later is not posted again',
    'Etc/GMT-2',
    'Etc/GMT-1',
    '2026-11-20T05:45Z',
    ['2026-11-20T07:30', '2026-11-21T07:30'],
  ],
  [
    'a slot that was not posted and moves to later is posted then',
    'Etc/GMT-2',
    'Etc/GMT-1',
    '2026-11-20T05:15Z',
    ['2026-11-20T07:30', '2026-11-21T07:30'],
  ],
  [
    'a slot that was not posted and moves to earlier, into the past, is posted at once',
    'Etc/GMT-1',
    'Etc/GMT-2',
    '2026-11-20T06:15Z',
    ['2026-11-20T07:30', '2026-11-21T07:30'],
  ],
  [
    'a slot that was posted and moves to earlier is not posted again',
    'Etc/GMT-1',
    'Etc/GMT-2',
    '2026-11-20T06:45Z',
    ['2026-11-20T07:30', '2026-11-21T07:30'],
  ],
  [
    'an island that moves over the date line posts no day twice',
    'Etc/GMT+11',
    'Etc/GMT-13',
    '2026-11-20T19:00Z',
    ['2026-11-20T07:30', '2026-11-21T07:30'],
  ],
]

for (const [name, before, after, changedAt, expected] of ruleChanges) {
  test(`new rules for a zone: ${name}`, () => {
    const ticks = everyMinute('2026-11-19T18:00Z', 2 * 1440 - 60)
    const posted: string[] = []
    const old = daily(before, '07:30')
    const first = plannedToNow(old, at('2026-11-19T18:00Z'))
    const then = post(
      old,
      first,
      ticks.filter((tick) => tick < at(changedAt)),
      posted,
    )
    post(
      daily(after, '07:30'),
      then,
      ticks.filter((tick) => tick >= at(changedAt)),
      posted,
    )
    assert.deepEqual(
      posted.filter((key) => key > '2026-11-20' && key < '2026-11-22'),
      expected,
    )
  })
}

test('a second time of the day that new rules put before the first one’s instant is posted all the same', () => {
  const posted: string[] = []
  const planned = post(
    daily('Etc/GMT-1', '07:30', '08:00'),
    plannedToNow(daily('Etc/GMT-1', '07:30'), at('2026-11-20T00:00Z')),
    [at('2026-11-20T06:31Z')],
    posted,
  )
  post(daily('Etc/GMT-2', '07:30', '08:00'), planned, [at('2026-11-20T06:35Z')], posted)
  assert.deepEqual(posted, ['2026-11-20T07:30', '2026-11-20T08:00'])
})

test('whenever and however the rules change, every local time is planned once and in its order', () => {
  const zones = [
    'Etc/GMT-3',
    'Etc/GMT-2',
    'Etc/GMT-1',
    'Etc/GMT',
    'Etc/GMT+1',
    'Asia/Kolkata',
    'Asia/Kathmandu',
  ]
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(
      times.map((quarters) =>
        quarters.map((quarter) => new Date(quarter * 900_000).toISOString().slice(11, 16)).sort(),
      ),
      fc.array(fc.record({ zone: fc.constantFrom(...zones), minutes: fc.integer({ min: 1, max: 2000 }) }), {
        minLength: 2,
        maxLength: 12,
      }),
      (chosen, steps) => {
        const [first] = steps
        let now = at('2026-05-05T00:00Z')
        let planned: PlannedTo = plannedToNow(daily(first?.zone ?? 'UTC', ...chosen), now)
        const start = planned.key ?? ''
        const keys: string[] = []
        for (const { zone, minutes } of steps) {
          now += minutes * 60_000
          planned = post(daily(zone, ...chosen), planned, [now], [], keys)
        }
        const days = Array.from({ length: 40 }, (_, day) =>
          new Date(at('2026-05-03T00:00Z') + day * 86_400_000).toISOString().slice(0, 10),
        )
        const end = keys.at(-1) ?? start
        assert.deepEqual(
          keys,
          days
            .flatMap((day) => chosen.map((time) => `${day}T${time}`))
            .filter((key) => key > start && key <= end),
        )
      },
    ),
    { numRuns: 100 },
  )
})

test('what an older version planned, without a key, goes on from its instant', () => {
  const berlin = daily('Europe/Berlin', '02:30', '07:30')
  const due = (since: string, now: string) =>
    dueSlots(berlin, { until: at(since) }, at(now)).slots.map(({ key }) => key)
  assert.deepEqual(due('2026-11-20T06:30Z', '2026-11-21T06:30Z'), ['2026-11-21T02:30', '2026-11-21T07:30'])
  // In the repeated hour the first 02:30 is past, also while the clock shows 02:10 for the second time.
  assert.deepEqual(due('2026-10-25T01:10Z', '2026-10-25T06:00Z'), [])
})

test('a clock that is set back posts nothing twice and, once it is right again, loses nothing', () => {
  const schedule = daily('UTC', '07:30', '08:30', '09:30')
  const posted: string[] = []
  let planned: PlannedTo = plannedToNow(schedule, at('2026-11-20T07:00Z'))
  planned = post(schedule, planned, everyMinute('2026-11-20T07:00Z', 100), posted)
  planned = post(schedule, planned, everyMinute('2026-11-20T06:10Z', 10), posted)
  post(schedule, planned, everyMinute('2026-11-20T08:50Z', 60), posted)
  assert.deepEqual(posted, ['2026-11-20T07:30', '2026-11-20T08:30', '2026-11-20T09:30'])
})

test('a clock that was years ahead does not silence a subscription', () => {
  const schedule = daily('UTC', '07:30')
  const posted: string[] = []
  let planned: PlannedTo = plannedToNow(schedule, at('2026-11-20T00:00Z'))
  planned = post(schedule, planned, everyMinute('2026-11-20T07:00Z', 40), posted)
  planned = post(schedule, planned, everyMinute('2031-02-01T12:00Z', 5), posted)
  assert.ok(planned.until > at('2031-01-01T00:00Z'))
  post(schedule, planned, everyMinute('2026-11-20T07:50Z', 2 * 1440), posted)
  assert.deepEqual(posted, ['2026-11-20T07:30', '2031-02-01T07:30', '2026-11-21T07:30', '2026-11-22T07:30'])
})

test('a search is brought back only from where no clock of ours can be', () => {
  const now = at('2026-11-20T07:30Z')
  for (const ahead of [-86_400_000, 0, 2_000, 5 * 60_000]) {
    assert.equal(healPlannedUntil(now + ahead, now), now + ahead)
  }
  assert.equal(healPlannedUntil(now + 6 * 60_000, now), now)
  assert.equal(healPlannedUntil(at('2099-01-01T00:00Z'), now), now)
})

test('however the clock jumps about, right days are posted whole and no slot twice', () => {
  const schedule = daily('Europe/Berlin', '07:30', '12:00', '18:00')
  const day = 86_400_000
  const right = Array.from(
    { length: 4 * 24 * 4 },
    (_, quarter) => at('2026-11-20T00:00Z') + quarter * 900_000,
  )
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -60 * day, max: 60 * day }), { minLength: 1, maxLength: 6 }),
      (errors) => {
        const posted: string[] = []
        let planned: PlannedTo = plannedToNow(schedule, right[0] ?? 0)
        // The first two days the clock is wrong at times, the last two it is right.
        const wrong = right.slice(0, 96).map((tick, index) => tick + (errors[index % 8] ?? 0))
        planned = post(schedule, planned, wrong, posted)
        post(schedule, planned, right.slice(96), posted)
        assert.equal(new Set(posted).size, posted.length)
        for (const key of ['2026-11-22', '2026-11-23'].flatMap((date) =>
          schedule.times.map((time) => `${date}T${time}`),
        )) {
          assert.ok(posted.includes(key), `${key} was lost`)
        }
      },
    ),
    { numRuns: 15 },
  )
})

test('a key says its local time and sorts as it does', () => {
  const keys = ['2011-12-31T23:59', '2012-01-01T00:00', '2026-03-29T02:45'] as LocalKey[]
  assert.deepEqual(keys.toSorted(), keys)
  for (const key of keys) assert.equal(localOf(key) * 60_000, Date.parse(`${key}Z`))
})
