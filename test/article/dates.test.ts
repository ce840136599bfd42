import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isZone, parseDate, writtenOffset } from '../../src/article/dates.ts'

const at = (iso: string) => new Date(iso).toISOString()
const read = (text: string, options?: Parameters<typeof parseDate>[1]) => {
  const instant = parseDate(text, options)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

const NOON = '2026-11-23T14:30:00Z'
const DAY = '2026-11-23T00:00:00Z'

const CASES: Record<string, readonly (readonly [text: string, iso: string])[]> = {
  'ISO 8601 and W3C partial dates': [
    ['2026-11-23T14:30:00Z', NOON],
    ['2026-11-23T14:30Z', NOON],
    ['2026-11-23t14:30:00z', NOON],
    ['2026-11-23 14:30:00', NOON],
    ['2026-11-23T15:30:00+01:00', NOON],
    ['2026-11-23T15:30:00+0100', NOON],
    ['2026-11-23T15:30:00+01', NOON],
    ['2026-11-23T15:30:00 +0100', NOON],
    ['2026-11-23T09:30:00-05:00', NOON],
    ['2026-11-23T14:30:00.250Z', '2026-11-23T14:30:00.250Z'],
    ['2026-11-23T14:30:00,250Z', '2026-11-23T14:30:00.250Z'],
    ['2026-11-23T14:30:00.123456789Z', '2026-11-23T14:30:00.123Z'],
    ['2026-11-23T14,5Z', NOON],
    ['20261123T143000Z', NOON],
    ['20261123T1430Z', NOON],
    ['20261123143000', NOON],
    ['20261123', DAY],
    ['2026-11-23', DAY],
    ['2026-11-23Z', DAY],
    ['2026-11', '2026-11-01T00:00:00Z'],
    ['2026', '2026-01-01T00:00:00Z'],
    ['2026-W48-1', DAY],
    ['2026W481', DAY],
    ['2026-W48-1T14:30Z', NOON],
    ['2026-327', DAY],
    ['2026327', DAY],
    ['2026-11-22T24:00:00Z', DAY],
    ['2026-11-23T15:30:00+01:00[Europe/Berlin]', NOON],
    ['2026-11-23T15:30:00[Europe/Berlin]', NOON],
    ['2026-11-23T15:30:00 CET', NOON],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    [' 2026-11-23T14:30:00Z\n', NOON],
  ],
  'RFC 822, 2822 and 5322 with their odd variants': [
    ['Mon, 23 Nov 2026 14:30:00 GMT', NOON],
    ['Mon, 23 Nov 2026 14:30:00 +0000', NOON],
    ['Mon, 23 Nov 2026 14:30 UT', NOON],
    ['23 Nov 2026 14:30:00 Z', NOON],
    ['Mon,23 Nov 2026 15:30:00 +0100', NOON],
    ['Mon, 23 Nov 26 15:30:00 +01:00', NOON],
    ['Monday, 23-Nov-26 14:30:00 GMT', NOON],
    ['Mon, 23 Nov 2026 09:30:00 EST', NOON],
    ['Thu, 23 Jul 2026 10:30:00 EDT', '2026-07-23T14:30:00Z'],
    ['Mon, 23 Nov 2026 06:30:00 PST', NOON],
    ['Mon, 23 Nov 2026 09:30:00 -0500 (EST)', NOON],
    ['Mon, 23 Nov 2026 14:30:00 (UTC)', NOON],
    ['Mon, 23 November 2026 14:30:00 GMT', NOON],
    ['Sun, 23 Nov 2026 14:30:00 GMT', NOON],
    ['Mon, 23 Nov 2026', DAY],
    ['Mon, 3 Nov 2026 4:30:00 GMT', '2026-11-03T04:30:00Z'],
    ['Wed, 19 Aug 98 21:09:54 GMT', '1998-08-19T21:09:54Z'],
    ['Mon, 23 Nov 2026 14:30:00 A', NOON],
    ['Mon, 23 Nov 2026 20:00:00 IST', NOON],
    ['Nov 23, 2026 14:30:00 GMT', NOON],
    ['Mon, Nov 23 2026 14:30:00 GMT', NOON],
  ],
  'asctime and what programs print': [
    ['Mon Nov 23 14:30:00 2026', NOON],
    ['Mon Nov 23 15:30:00 CET 2026', NOON],
    ['Mon Nov 23 15:30:00 +0100 2026', NOON],
    ['Mon Nov 23 2026 15:30:00 GMT+0100 (Mitteleuropäische Normalzeit)', NOON],
    ['1795444200', '2026-11-23T14:30:00Z'],
    ['1795444200000', '2026-11-23T14:30:00Z'],
    ['2026-11-23 14:30:00 UTC', NOON],
    ['2026-11-23 14:30:00.0 +0000 UTC', NOON],
    ['2026/11/23 14:30:00', NOON],
    ['2026-11-23 02:30:00 PM', NOON],
    ['11/23/2026 2:30:00 PM', NOON],
    ['23/11/2026 14:30', NOON],
  ],
  'zone names': [
    ['Mon, 23 Nov 2026 15:30:00 CET', NOON],
    ['Mon, 23 Nov 2026 15:30:00 MEZ', NOON],
    ['Thu, 23 Jul 2026 16:30:00 CEST', '2026-07-23T14:30:00Z'],
    ['Do, 23 Jul 2026 16:30:00 MESZ', '2026-07-23T14:30:00Z'],
    ['Thu, 23 Jul 2026 15:30:00 BST', '2026-07-23T14:30:00Z'],
    ['Mon, 23 Nov 2026 16:30:00 UTC+2', NOON],
    ['Mon, 23 Nov 2026 15:30:00 GMT+0100', NOON],
    ['Mon, 23 Nov 2026 15:30:00 GMT+01:00', NOON],
    ['Mon, 23 Nov 2026 15:30:00 Europe/Berlin', NOON],
    ['Thu, 23 Jul 2026 16:30:00 Europe/Berlin', '2026-07-23T14:30:00Z'],
    ['Mon, 23 Nov 2026 11:30:00 America/Argentina/Buenos_Aires', NOON],
    ['Mon, 23 Nov 2026 23:30:00 JST', NOON],
    ['Nov 23, 2026, 9:30 a.m. ET', NOON],
    ['Mon, 23 Nov 2026 14:30:00 XYZ', NOON],
  ],
  'months and weekdays of many languages': [
    ['Mo, 23 Nov 2026', DAY],
    ['Mo, 23 Nov 2026 15:30:00 +0100', NOON],
    ['23. November 2026, 14:30 Uhr', NOON],
    ['Montag, 23. November 2026 um 14.30 Uhr', NOON],
    ['Stand: 23.11.2026 14:30 Uhr', NOON],
    ['23.11.2026, 15.30 Uhr MEZ', NOON],
    ['23.11.2026', DAY],
    ['23.11.26 14:30', NOON],
    ['23. 11. 2026', DAY],
    ['1. März 2026', '2026-03-01T00:00:00Z'],
    ['Di, 1 Dez 2026', '2026-12-01T00:00:00Z'],
    ['lundi 23 novembre 2026 à 14h30', NOON],
    ['1er août 2026', '2026-08-01T00:00:00Z'],
    ['23 févr. 2026 14 h 30', '2026-02-23T14:30:00Z'],
    ['lunes, 23 de noviembre de 2026', DAY],
    ['mar, 24 nov 2026', '2026-11-24T00:00:00Z'],
    ['mar. 24 mars 2026', '2026-03-24T00:00:00Z'],
    ['23 de novembro de 2026 14:30', NOON],
    ['23/nov/2026 14h30', NOON],
    ['lunedì 23 novembre 2026', DAY],
    ['1 set 2026', '2026-09-01T00:00:00Z'],
    ['maandag 23 november 2026 14:30', NOON],
    ['23 mrt 2026', '2026-03-23T00:00:00Z'],
    ['poniedziałek, 23 listopada 2026, 14:30', NOON],
    ['23 paź 2026', '2026-10-23T00:00:00Z'],
    ['понедельник, 23 ноября 2026 г., 14:30', NOON],
    ['Пн, 23 Ноя 2026 17:30:00 +0300', NOON],
    ['23 мая 2026', '2026-05-23T00:00:00Z'],
    ['Δευ, 23 Νοέ 2026 14:30:00 GMT', NOON],
    ['23 Νοεμβρίου 2026', DAY],
    ['2026. november 23., hétfő 14:30', NOON],
    ['2026-július-13T9:15-05:00', '2026-07-13T14:15:00Z'],
    ['2026년 11월 23일 14:30:00', NOON],
    ['2026년 11월 23일 (월) 오후 2시 30분', NOON],
    ['2026-11-23 오후 2:30:00', NOON],
    ['2026. 11. 23. 오후 2:30', NOON],
    ['2026年11月23日', DAY],
    ['2026年11月23日 14時30分', NOON],
    ['2026年11月23日(月) 14:30', NOON],
    ['2026年11月23日 下午2:30', NOON],
    ['２０２６年１１月２３日', DAY],
    ['23 Kasım 2026', DAY],
    ['23. listopadu 2026', DAY],
    ['November 2026', '2026-11-01T00:00:00Z'],
    ['23rd of November, 2026', DAY],
    ['Nov. 23, 2026', DAY],
    ["23 Nov '26", DAY],
  ],
  'twelve-hour times': [
    ['23 Nov 2026 12:00 AM', DAY],
    ['23 Nov 2026 12:30 pm', '2026-11-23T12:30:00Z'],
    ['November 23, 2026 at 2:30pm', NOON],
    ['November 23, 2026 2pm', '2026-11-23T14:00:00Z'],
    ['23 nov 2026 2:30 p. m.', NOON],
  ],
}

for (const [name, rows] of Object.entries(CASES)) {
  test(`${name} are read`, () => {
    for (const [text, iso] of rows) assert.equal(read(text), at(iso), text)
  })
}

test('what is no date, or none that exists, is undefined', () => {
  const none = [
    '',
    ' ',
    'yesterday',
    'soon',
    'Mon',
    '14:30',
    '23 Nov',
    'Nov 23',
    '0001-01-01T00:00:00Z',
    '9999-12-31',
    '2026-02-30',
    '2026-13-01',
    '31.11.2026',
    '29 Feb 2026',
    'Mon, 32 Nov 2026 14:30:00 GMT',
    '2026-11-23T25:00:00Z',
    '23 Nov 2026 14:61',
    '2026-W54-1',
    '2025-W53-1',
    '2026-366',
    '00/00/0000',
    'Mon, 23 Nov 2026 14:30 +9900',
    '[Europe/Atlantis] 1',
    `${'1 '.repeat(5000)}Nov 2026`,
    '99999999999999999999',
    '٢٣',
  ]
  for (const text of none) assert.equal(read(text), undefined, text)
})

test('a time without a zone is in the zone that was passed in, summer time included', () => {
  assert.equal(read('2026-11-23 15:30', { zone: 'Europe/Berlin' }), at(NOON))
  assert.equal(read('2026-07-23 16:30', { zone: 'Europe/Berlin' }), at('2026-07-23T14:30:00Z'))
  assert.equal(read('Mon, 23 Nov 2026 09:30', { zone: 'America/New_York' }), at(NOON))
  assert.equal(read('23.11.2026 20:00', { zone: '+05:30' }), at(NOON))
  assert.equal(read('2026-11-23T14:30:00Z', { zone: 'Europe/Berlin' }), at(NOON), 'a named zone wins')
})

test('an hour that the clocks skip moves on, an hour they repeat counts the first time', () => {
  assert.equal(read('2026-03-29 02:30', { zone: 'Europe/Berlin' }), at('2026-03-29T01:30:00Z'))
  assert.equal(read('2026-10-25 02:30', { zone: 'Europe/Berlin' }), at('2026-10-25T00:30:00Z'))
})

test('an ambiguous date with slashes is month first unless told otherwise, with dots day first', () => {
  assert.equal(read('04/07/2026'), at('2026-04-07T00:00:00Z'))
  assert.equal(read('04/07/2026', { dayFirst: true }), at('2026-07-04T00:00:00Z'))
  assert.equal(read('04.07.2026'), at('2026-07-04T00:00:00Z'))
  assert.equal(read('04-07-2026', { dayFirst: false }), at('2026-04-07T00:00:00Z'))
})

test('the zone of the host makes no difference', () => {
  const before = process.env.TZ
  try {
    process.env.TZ = 'Pacific/Auckland'
    assert.equal(read('23 Nov 2026 14:30'), at(NOON))
    assert.equal(read('2026-11-23T14:30:00'), at(NOON))
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test('a zone is known or not', () => {
  assert.ok(isZone('Europe/Berlin') && isZone('UTC') && isZone('+02:00'))
  assert.ok(!isZone('Europe/Atlantis') && !isZone(''))
})

test('whatever the text is, the answer is an instant of the years that are read, or none', () => {
  const pieces = fc.constantFrom(
    '23',
    '11',
    '2026',
    'Nov',
    '.',
    '-',
    '/',
    ':',
    ' ',
    'T',
    'Z',
    '+01:00',
    'W48',
    'PM',
    '年',
    '月',
    '日',
    '24',
    '99',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 40 }),
        fc.array(pieces).map((some) => some.join('')),
      ),
      (text) => {
        const instant = parseDate(text)
        assert.ok(
          instant === undefined || (Number.isInteger(instant) && new Date(instant).getUTCFullYear() <= 2201),
        )
      },
    ),
    { numRuns: 3000 },
  )
})

test('the offset that a text writes out is found', () => {
  assert.equal(writtenOffset('Mon, 23 Nov 2026 14:30:00 +0100'), '+01:00')
  assert.equal(writtenOffset('2026-11-23T14:30:00-05:00'), '-05:00')
  assert.equal(writtenOffset('Mon, 23 Nov 2026 14:30:00 IST'), '+05:30')
  assert.equal(writtenOffset('Mon Nov 23 14:30:00 CET 2026'), '+01:00')
  assert.equal(writtenOffset('Mon, 23 Nov 2026 14:30:00'), undefined)
  assert.equal(writtenOffset('2026-11-23'), undefined)
})
