/** Schedules said in words; what is said can be typed again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Schedule, weekdays } from '../../src/digest/schedule.ts'
import { sayTimes } from '../../src/digest/schedule-words.ts'
import { readSchedule } from '../../src/digest/typed-schedule.ts'
import { zoneIds } from '../../src/digest/zone-ids.ts'

const working: Schedule = {
  times: ['07:30', '18:00'],
  weekdays: weekdays.slice(0, 5),
  zone: 'Europe/Berlin',
}
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

const said: readonly (readonly [locale: string, schedule: Schedule, words: string])[] = [
  ['en-GB', working, '07:30 and 18:00, Monday to Friday, Europe/Berlin (Central European Time)'],
  ['en-US', working, '7:30 AM and 6:00 PM, Monday to Friday, Europe/Berlin (Central European Time)'],
  ['de', working, '07:30 und 18:00, Montag bis Freitag, Europe/Berlin (Mitteleuropäische Zeit)'],
  ['fr', working, '07:30 et 18:00, du lundi au vendredi, Europe/Berlin (heure d’Europe centrale)'],
  ['es-ES', working, '7:30 y 18:00, de lunes a viernes, Europe/Berlin (hora de Europa central)'],
  ['es-419', working, '7:30 a.m. y 6:00 p.m., de lunes a viernes, Europe/Berlin (hora de Europa central)'],
  [
    'pt-BR',
    working,
    '07:30 e 18:00, de segunda-feira a sexta-feira, Europe/Berlin (Horário da Europa Central)',
  ],
  ['nl', working, '7:30 AM and 6:00 PM, Monday to Friday, Europe/Berlin (Central European Time)'],
  ['en-GB', { times: ['00:00'], weekdays: [...weekdays], zone: 'UTC' }, '00:00, every day, UTC'],
  ['de', { times: ['08:00'], weekdays: [...weekdays], zone: 'Etc/GMT+5' }, '08:00, täglich, Etc/GMT+5'],
  [
    'de',
    { times: ['08:00'], weekdays: ['sat', 'sun'], zone: 'Europe/London' },
    '08:00, Samstag und Sonntag, Europe/London (Vereinigtes Königreich, Ortszeit)',
  ],
  ['de', { times: ['08:00'], weekdays: ['mon', 'thu'], zone: 'UTC' }, '08:00, Montag und Donnerstag, UTC'],
  [
    'en-GB',
    { times: ['08:00'], weekdays: ['mon', 'tue', 'fri', 'sun'], zone: 'UTC' },
    '08:00, Friday and Sunday to Tuesday, UTC',
  ],
  [
    'en-GB',
    { cron: '30 7 * * MON-FRI', zone: 'Europe/London' },
    'At 07:30, Monday through Friday, Europe/London (United Kingdom Time)',
  ],
  ['en-US', { cron: '30 19 * * 0', zone: 'UTC' }, 'At 07:30 PM, only on Sunday, UTC'],
  ['de', { cron: '0 8 * * 5L', zone: 'UTC' }, 'Um 08:00, am letzten Freitag des Monats, UTC'],
  ['fr', { cron: '0 8 1 * *', zone: 'UTC' }, 'À 08:00, le 1 du mois, UTC'],
  ['es', { cron: '*/30 8-9 * * *', zone: 'UTC' }, 'Cada 30 minutos, entre las 08:00 y las 09:59, UTC'],
  ['pt-BR', { cron: '0 8 1 1 *', zone: 'UTC' }, 'Às 08:00, no dia 1 do mês, somente em janeiro, UTC'],
  ['pt-PT', { cron: '0 8 * * 1', zone: 'UTC' }, 'Às 08:00, somente de segunda-feira, UTC'],
  // A star restricts nothing: both must fit. Without one either does.
  ['en-GB', { cron: '0 8 */2 * 1', zone: 'UTC' }, 'At 08:00, every 2 days in a month, only on Monday, UTC'],
  ['en-GB', { cron: '0 8 13 * 5', zone: 'UTC' }, 'At 08:00, on day 13 of the month, and on Friday, UTC'],
]

test('no line breaks within a time', () => {
  for (const [locale, schedule] of said) assert.doesNotMatch(sayTimes(schedule, locale), /\d [ap]\.?\s?m/i)
})

for (const [locale, schedule, words] of said) {
  test(`in ${locale}: ${words}`, () => assert.equal(plain(sayTimes(schedule, locale)), words))
}

const anySchedule = fc.record(
  {
    times: fc
      .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 24 })
      .map((minutes) =>
        minutes.sort((a, b) => a - b).map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16)),
      ),
    weekdays: fc.subarray([...weekdays], { minLength: 1 }),
    zone: fc.constantFrom(...zoneIds()),
  },
  { noNullPrototype: true },
)

for (const locale of ['en-US', 'en-GB', 'de', 'fr', 'es-ES', 'es-419', 'pt-BR', 'pt-PT']) {
  test(`what is said in ${locale} is read as the same schedule, whatever stands already`, () => {
    fc.assert(
      fc.property(anySchedule, anySchedule, (schedule, standing) => {
        const words = sayTimes(schedule, locale)
        assert.deepEqual(readSchedule(words, locale, standing), { kind: 'schedule', schedule }, words)
      }),
      { numRuns: 150 },
    )
  })
}

test('the most times and the longest names are said whole and read back whole', () => {
  const schedule: Schedule = {
    times: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:59`),
    weekdays: ['mon', 'wed', 'fri', 'sun'],
    zone: 'America/Argentina/Buenos_Aires',
  }
  const standing: Schedule = { cron: '0 8 * * *', zone: 'UTC' }
  for (const locale of ['es-MX', 'pt-BR', 'en-US']) {
    assert.deepEqual(readSchedule(sayTimes(schedule, locale), locale, standing), {
      kind: 'schedule',
      schedule,
    })
  }
})
