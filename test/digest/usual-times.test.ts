import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zoneOfLocale } from '../../src/digest/locale-zone.ts'
import { type Schedule, scheduleShape } from '../../src/digest/schedule.ts'
import { usualCodeOf, usualSchedule, usualTimes } from '../../src/digest/usual-times.ts'
import { isZone } from '../../src/digest/zone-ids.ts'

test('each of the usual times is a schedule of its own, and known again however it is written', () => {
  assert.equal(new Set(usualTimes.map(({ code }) => code)).size, usualTimes.length)
  for (const { code } of usualTimes) {
    const schedule = usualSchedule(code, 'Europe/Vienna') ?? assert.fail(code)
    assert.deepEqual(scheduleShape.parse(schedule), schedule)
    assert.equal(usualCodeOf(schedule), code)
    if ('cron' in schedule) continue
    const turned: Schedule = { ...schedule, times: schedule.times.toReversed() }
    assert.equal(usualCodeOf({ ...turned, weekdays: schedule.weekdays.toReversed() }), code)
  }
})

test('other times, and codes that stand for nothing, are not usual', () => {
  assert.equal(usualCodeOf({ times: ['07:31'], weekdays: ['mon'], zone: 'UTC' }), undefined)
  assert.equal(usualCodeOf({ cron: '30 7 * * *', zone: 'UTC' }), undefined)
  assert.equal(usualSchedule('standing', 'UTC'), undefined)
})

test('every language of Discord but the one nobody chose leads to a zone that exists', () => {
  const locales =
    'id da de en-GB es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'
  for (const locale of locales.split(' ')) assert.ok(isZone(zoneOfLocale(locale) ?? ''), locale)
  assert.equal(zoneOfLocale('en-US'), undefined)
})
