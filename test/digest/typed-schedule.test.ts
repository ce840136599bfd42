/** What people type for a schedule, in five languages, and what it comes to. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Schedule, scheduleShape, type Weekday, weekdays } from '../../src/digest/schedule.ts'
import { examples } from '../../src/digest/schedule-vocabulary.ts'
import { readSchedule, readZone } from '../../src/digest/typed-schedule.ts'
import { isZone, zoneIds } from '../../src/digest/zone-ids.ts'
import {
  AMBIGUOUS_ROWS,
  CITY_ROWS,
  COMMON_ZONES,
  COUNTRY_ZONES,
  SHARED_ROWS,
} from '../../src/digest/zone-names.ts'
import { scheduleLanguages, suggestZones } from '../../src/digest/zones.ts'

/** What is set already: daily at 06:15 in Vienna. */
const standing: Schedule = { times: ['06:15'], weekdays: [...weekdays], zone: 'Europe/Vienna' }

/** `07:30 18:00 · mon-fri · Europe/Vienna`, each part left out where it is the standing one. */
function brief(schedule: Schedule): string {
  const zone = schedule.zone === standing.zone ? [] : [schedule.zone]
  if ('cron' in schedule) return [schedule.cron, ...zone].join(' · ')
  const days = schedule.weekdays.join(' ')
  return [
    schedule.times.join(' '),
    ...(days === weekdays.join(' ') ? [] : [days.replace('mon tue wed thu fri', 'mon-fri')]),
    ...zone,
  ].join(' · ')
}

const typed: Readonly<Record<string, readonly (readonly [typed: string, read: string])[]>> = {
  en: [
    ['07:30 and 18:00, Mon–Fri, Europe/Berlin', '07:30 18:00 · mon-fri · Europe/Berlin'],
    ['7:30, 18:00', '07:30 18:00'],
    ['18:00;07:30 07:30', '07:30 18:00'],
    ['weekdays at 7:30am', '07:30 · mon-fri'],
    ['every day at noon', '12:00'],
    ['8 PM Sundays New York', '20:00 · sun · America/New_York'],
    ['8', '08:00'],
    ['0730', '07:30'],
    ['07:30:00', '07:30'],
    ['8 and 6 p.m.', '08:00 18:00'],
    ['12am', '00:00'],
    ['12 pm, 12 a. m.', '00:00 12:00'],
    ['7:30 AM', '07:30'],
    ['noon and midnight', '00:00 12:00'],
    ['half past seven on Mondays and Thursdays', '07:30 · mon thu'],
    ['quarter to eight', '07:45'],
    ['seven thirty on weekdays', '07:30 · mon-fri'],
    ['8 o’clock in the evening', '20:00'],
    ['in the morning at 8 and in the evening at 9', '08:00 21:00'],
    ['11 at night', '23:00'],
    ['Fri-Mon 8', '08:00 · mon fri sat sun'],
    ['from Monday through Friday at 8', '08:00 · mon-fri'],
    ['Mon - Fri - 7:30', '07:30 · mon-fri'],
    ['Mon/Wed/Fri 7.30', '07:30 · mon wed fri'],
    ['every day except Sundays at 8', '08:00 · mon-fri sat'],
    ['weekends but not Sunday, 9h', '09:00 · sat'],
    ['weekly on Friday at 17:00', '17:00 · fri'],
    ['every 3 hours', '00:00 03:00 06:00 09:00 12:00 15:00 18:00 21:00'],
    ['every 8h', '00:00 08:00 16:00'],
    ['3 times a day at 8, 12 and 18', '08:00 12:00 18:00'],
    ['twice a day: 8 and 20', '08:00 20:00'],
    ['Mon–Fri', '06:15 · mon-fri'],
    ['Europe/London', '06:15 · Europe/London'],
    ['8pm ET', '20:00 · America/New_York'],
    ['8am Denver (MST)', '08:00 · America/Denver'],
    ['New York, USA 8pm', '20:00 · America/New_York'],
    ['8:00 CET', '08:00'],
    ['8:00 GMT', '08:00 · UTC'],
    ['8:00 UTC+0', '08:00 · UTC'],
    ['at 8, St. John’s', '08:00 · America/St_Johns'],
    ['8 Port-au-Prince', '08:00 · America/Port-au-Prince'],
    ['Sunday 8 Santo Domingo', '08:00 · sun · America/Santo_Domingo'],
    ['8 us/eastern', '08:00 · America/New_York'],
    ['', '06:15'],
  ],
  de: [
    ['7.30 Uhr, werktags', '07:30 · mon-fri'],
    ['täglich um 8 und 18 Uhr', '08:00 18:00'],
    ['taeglich 8 Uhr', '08:00'],
    ['mittags', '12:00'],
    ['Mo, Mi, Fr 7:30', '07:30 · mon wed fri'],
    ['Mo–Fr 7 Uhr 30 und 18 Uhr', '07:30 18:00 · mon-fri'],
    ['um 8 Uhr 18 Uhr', '08:00 18:00'],
    ['montags bis freitags um halb 8', '07:30 · mon-fri'],
    ['Viertel vor acht', '07:45'],
    ['8 Uhr morgens und 8 Uhr abends', '08:00 20:00'],
    ['abends um acht', '20:00'],
    ['täglich außer sonntags 12 Uhr mittags', '12:00 · mon-fri sat'],
    ['um 1 Uhr mittags', '13:00'],
    ['um 12 Uhr nachts', '00:00'],
    ['am Wochenende um 10', '10:00 · sat sun'],
    ['Di, Do 8', '08:00 · tue thu'],
    ['jede Woche So 9 Uhr', '09:00 · sun'],
    ['werktags 8 Uhr MEZ', '08:00 · mon-fri'],
    ['8 Uhr Wien', '08:00'],
    ['8 Uhr in München', '08:00 · Europe/Berlin'],
    ['8 Uhr Muenchen', '08:00 · Europe/Berlin'],
    ['8 Uhr Tokio', '08:00 · Asia/Tokyo'],
    ['8 Uhr deutschland', '08:00 · Europe/Berlin'],
    ['alle 6 Stunden', '00:00 06:00 12:00 18:00'],
    ['8 am Montag', '08:00 · mon'],
    ['3 mal täglich um 8, 12 und 18 Uhr', '08:00 12:00 18:00'],
  ],
  fr: [
    ['lun-ven 7h30', '07:30 · mon-fri'],
    ['du lundi au vendredi à 7 h 30 et 18h, heure de Paris', '07:30 18:00 · mon-fri · Europe/Paris'],
    ['tous les jours à midi sauf le dimanche', '12:00 · mon-fri sat'],
    ['le lundi à 8 heures du soir', '20:00 · mon'],
    ['7 h et demie', '07:30'],
    ['une fois par jour à 8h', '08:00'],
    ['en semaine à 8h', '08:00 · mon-fri'],
    ['le week-end à 10h', '10:00 · sat sun'],
    ['di 8h', '08:00 · sun'],
    ['à 3 h de l’après-midi', '15:00'],
    ['7h30 et 18h, Londres', '07:30 18:00 · Europe/London'],
    ['toutes les deux heures', '00:00 02:00 04:00 06:00 08:00 10:00 12:00 14:00 16:00 18:00 20:00 22:00'],
    ['2 fois par jour, 8h et 20h', '08:00 20:00'],
    ['toutes les 12h', '00:00 12:00'],
    ['minuit, Suisse', '00:00 · Europe/Zurich'],
    ['8h00 heure de Paris', '08:00 · Europe/Paris'],
    ['8h 18 heures', '08:00 18:00'],
    ['tous les jours à 7 h 30', '07:30'],
    ['tous les jours ouvrés à 7h', '07:00 · mon-fri'],
    ['en semaine à 7h30 et 18h', '07:30 18:00 · mon-fri'],
    ['lundi à vendredi', '06:15 · mon-fri'],
    ['midi et demi', '12:30'],
  ],
  es: [
    ['los lunes y jueves a las 8', '08:00 · mon thu'],
    ['de lunes a viernes a las 7 y media de la mañana', '07:30 · mon-fri'],
    ['todos los días a las 8 de la noche, Ciudad de México', '20:00 · America/Mexico_City'],
    ['cada 6 horas', '00:00 06:00 12:00 18:00'],
    ['a mediodía los fines de semana', '12:00 · sat sun'],
    ['una vez al día a las ocho', '08:00'],
    ['a las ocho menos cuarto', '07:45'],
    ['do 8', '08:00 · sun'],
    ['de lunes a viernes menos los miércoles, 9:00', '09:00 · mon tue thu fri'],
    ['8:00 p. m. Bogotá', '20:00 · America/Bogota'],
    ['18:00 hora de España', '18:00 · Europe/Madrid'],
    ['8h00 hora de Madrid', '08:00 · Europe/Madrid'],
    ['todos los días a las 7:30', '07:30'],
    ['todos los días laborables a las 7', '07:00 · mon-fri'],
    ['de lunes a viernes', '06:15 · mon-fri'],
    ['a las 8 de la mañana', '08:00'],
    ['un cuarto para las ocho', '07:45'],
    ['a mediodía y cuarto', '12:15'],
  ],
  'pt-BR': [
    ['segundas 9h', '09:00 · mon'],
    ['segunda a sexta às 7h30 e 18h', '07:30 18:00 · mon-fri'],
    ['segunda-feira, quinta-feira 8h', '08:00 · mon thu'],
    ['2ª a 6ª às 8h', '08:00 · mon-fri'],
    ['todo dia às 8 da noite, horário de Brasília', '20:00 · America/Sao_Paulo'],
    ['dias úteis ao meio-dia', '12:00 · mon-fri'],
    ['18h e meia-noite', '00:00 18:00'],
    ['às sete e meia', '07:30'],
    ['sábados e domingos 9h São Paulo', '09:00 · sat sun · America/Sao_Paulo'],
    ['8h Lisboa', '08:00 · Europe/Lisbon'],
    ['dias úteis às 7h30', '07:30 · mon-fri'],
    ['todos os dias úteis às 7h30min', '07:30 · mon-fri'],
    ['dias da semana às 8h', '08:00 · mon-fri'],
    ['segunda a sexta', '06:15 · mon-fri'],
    ['meio-dia', '12:00'],
    ['meio-dia e meia', '12:30'],
    ['meio-dia e meia-noite', '00:00 12:00'],
    ['quinze para as oito', '07:45'],
    ['dez para as oito', '07:50'],
  ],
}

for (const [locale, rows] of Object.entries(typed)) {
  for (const [text, expected] of rows) {
    test(`"${text}" is ${expected}`, () => {
      const read = readSchedule(text, locale, standing)
      assert.ok(read.kind === 'schedule', JSON.stringify(read))
      assert.equal(brief(read.schedule), expected)
      assert.ok(scheduleShape.safeParse(read.schedule).success)
    })
  }
}

test('what is typed in another language than one’s own is understood, unless the words are one’s own as well', () => {
  for (const [language, rows] of Object.entries(typed)) {
    for (const [text, expected] of rows.filter(([each]) => !/^(?:di|do|8 am) /.test(each))) {
      for (const locale of ['en-US', 'de', 'fr', 'es-419', 'pt-BR', 'ja']) {
        const read = readSchedule(text, locale, standing)
        // A French or Portuguese reader’s "et" and "a" are words of their own language.
        if (language === 'en' && text === '8pm ET') continue
        assert.ok(read.kind === 'schedule', `${locale}: ${text}: ${JSON.stringify(read)}`)
        assert.equal(brief(read.schedule), expected, `${locale}: ${text}`)
      }
    }
  }
})

const crons: readonly (readonly [typed: string, read: string])[] = [
  ['30 7 * * 1-5', '30 7 * * 1-5'],
  ['30 7 * * mon-fri Europe/Berlin', '30 7 * * MON-FRI · Europe/Berlin'],
  ['30 7 * * 1-5, New York', '30 7 * * 1-5 · America/New_York'],
  ['cron: 0 8 1 1 1', '0 8 1 1 1'],
  ['CRON_TZ=Asia/Tokyo 0 8 * * *', '0 8 * * * · Asia/Tokyo'],
  ['@daily London', '0 0 * * * · Europe/London'],
  ['0 8 * * 5L', '0 8 * * 5L'],
]

for (const [text, expected] of crons) {
  test(`"${text}" is a cron expression`, () => {
    const read = readSchedule(text, 'en', standing)
    assert.ok(read.kind === 'schedule', JSON.stringify(read))
    assert.equal(brief(read.schedule), expected)
  })
}

const problems: readonly (readonly [locale: string, typed: string, code: string, facts: object])[] = [
  ['en', '8 blorp', 'schedule-word', { word: 'blorp', example: examples.en }],
  ['de', 'um 8 Uhr Quatschkopf', 'schedule-word', { word: 'Quatschkopf', example: examples.de }],
  ['en', 'montags gegen 8 blorp', 'schedule-word', { word: 'blorp', example: examples.de }],
  ['en', '8 €', 'schedule-word', { word: '€', example: examples.en }],
  ['en', '25:00', 'schedule-time', { typed: '25:00', example: examples.en }],
  ['en', '07:60', 'schedule-time', { typed: '07:60', example: examples.en }],
  ['en', '13 am', 'schedule-time', { typed: '13 am', example: examples.en }],
  ['de', '24 Uhr', 'schedule-time', { typed: '24 Uhr', example: examples.de }],
  ['en', 'every morning', 'schedule-no-time', { example: examples.en }],
  ['en', 'please', 'schedule-no-time', { example: examples.en }],
  ['en', 'weekly at 8', 'schedule-no-day', { example: examples.en }],
  ['en', 'weekends except Saturday and Sunday at 8', 'schedule-no-day', { example: examples.en }],
  ['de', '8–18 Uhr', 'schedule-span', { typed: '8 - 18 Uhr', example: examples.de }],
  ['es', 'de 8 a 18', 'schedule-span', { typed: '8 a 18', example: examples.es }],
  ['en', 'every 20 minutes', 'schedule-interval', { typed: 'every 20 minutes', example: examples.en }],
  ['en', 'every 5 hours', 'schedule-interval', { typed: 'every 5 hours', example: examples.en }],
  ['de', 'alle 2 Wochen montags 8', 'schedule-interval', { typed: 'alle 2 Wochen', example: examples.de }],
  [
    'en',
    Array.from({ length: 25 }, (_, index) => `8:${index + 10}`).join(' '),
    'schedule-many',
    { count: 25, most: 24 },
  ],
  ['en', '8 Berlni', 'zone-like', { typed: 'Berlni', zones: 'Europe/Berlin' }],
  ['en', '8 Europe/Berln', 'zone-like', { typed: 'Europe/Berln', zones: 'Europe/Berlin' }],
  ['en', '8 Europe/Xyzzy', 'zone', { typed: 'Europe/Xyzzy' }],
  ['en', '8 IST', 'zone-several', { typed: 'IST', zones: 'Asia/Kolkata, Europe/Dublin, Asia/Jerusalem' }],
  ['en', '8 Berlin London', 'zone-two', { one: 'Berlin', other: 'London' }],
  ['en', '8 UTC+2', 'zone-offset', { typed: 'UTC+2' }],
  ['en', '0 30 7 * * 1-5', 'cron-seconds', { cron: '30 7 * * 1-5' }],
  ['en', '0 30 7 * * MON-FRI Berlin', 'cron-seconds', { cron: '30 7 * * MON-FRI' }],
  ['en', '30 7 * *', 'cron-fields', { count: 4 }],
  ['en', '30 25 * * *', 'cron-field', { field: 'hour', typed: '25' }],
  ['en', '*/5 * * * *', 'cron-often', { minutes: 15 }],
  ['en', '0 8 30 2 *', 'cron-never', { typed: '30 2 *' }],
  ['en', '0 8 * * * Nowhereland', 'zone', { typed: 'Nowhereland' }],
]

for (const [locale, text, code, facts] of problems) {
  test(`"${text.slice(0, 40)}" is answered with ${code}`, () => {
    assert.deepEqual(readSchedule(text, locale, standing), { kind: 'problem', code, facts })
  })
}

test('every example that a problem shows can be typed', () => {
  for (const language of scheduleLanguages) {
    const read = readSchedule(examples[language], 'ja', standing)
    assert.ok(read.kind === 'schedule' && 'times' in read.schedule, examples[language])
    assert.deepEqual(read.schedule.times, ['07:30', '18:00'])
    assert.deepEqual(read.schedule.weekdays, ['mon', 'tue', 'wed', 'thu', 'fri'] satisfies Weekday[])
  }
})

test('beside a standing cron expression a zone changes the zone, and days need their times', () => {
  const cron: Schedule = { cron: '30 7 * * *', zone: 'UTC' }
  assert.deepEqual(readSchedule('Berlin', 'en', cron), {
    kind: 'schedule',
    schedule: { cron: '30 7 * * *', zone: 'Europe/Berlin' },
  })
  assert.equal(readSchedule('Mondays', 'en', cron).kind, 'problem')
  assert.deepEqual(readSchedule('8', 'en', cron), {
    kind: 'schedule',
    schedule: { times: ['08:00'], weekdays: [...weekdays], zone: 'UTC' },
  })
})

test('whatever is typed, it is read or it is a problem, and a schedule that is read can be kept', () => {
  const words = 'Mo - 8 h 30 Uhr am pm * , / every except to a et UTC 1-5 Berlin bis und 25 @daily ( ) 7:30 ª'
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 12 }).map((parts) => parts.join(' ')),
  )
  fc.assert(
    fc.property(text, fc.constantFrom('en', 'de', 'fr', 'es', 'pt'), (given, locale) => {
      const read = readSchedule(given, locale, standing)
      if (read.kind === 'schedule') assert.ok(scheduleShape.safeParse(read.schedule).success, given)
    }),
    { numRuns: 400 },
  )
})

const zones: readonly (readonly [typed: string, locale: string, home: string, zone: string])[] = [
  ['europe/berlin', 'en', 'UTC', 'Europe/Berlin'],
  ['Berlin', 'en', 'UTC', 'Europe/Berlin'],
  ['wien', 'de', 'UTC', 'Europe/Vienna'],
  ['Nueva York', 'es', 'UTC', 'America/New_York'],
  ['Pékin', 'fr', 'UTC', 'Asia/Shanghai'],
  ['Tóquio', 'pt', 'UTC', 'Asia/Tokyo'],
  ['Kiev', 'en', 'UTC', 'Europe/Kyiv'],
  ['CET', 'de', 'UTC', 'Europe/Berlin'],
  ['CET', 'fr', 'UTC', 'Europe/Paris'],
  ['CET', 'fr', 'Europe/Zurich', 'Europe/Zurich'],
  ['EST', 'en', 'America/Toronto', 'America/Toronto'],
  ['PST', 'en', 'UTC', 'America/Los_Angeles'],
  ['BST', 'en', 'UTC', 'Europe/London'],
  ['IST', 'en', 'Europe/Dublin', 'Europe/Dublin'],
  ['Brasil', 'pt', 'UTC', 'America/Sao_Paulo'],
  ['United States', 'en', 'America/Chicago', 'America/Chicago'],
  ['GMT', 'en', 'Europe/London', 'UTC'],
]

for (const [text, locale, home, zone] of zones) {
  test(`the zone "${text}" typed in ${locale} at ${home} is ${zone}`, () =>
    assert.deepEqual(readZone(text, locale, home), { kind: 'zone', zone }))
}

test('a zone that is none is named with what is like it, or with the choices', () => {
  assert.deepEqual(readZone('Lodnon', 'en', 'UTC'), {
    kind: 'problem',
    code: 'zone-like',
    facts: { typed: 'Lodnon', zones: 'Europe/London' },
  })
  assert.deepEqual(readZone('USA', 'en', 'UTC'), {
    kind: 'problem',
    code: 'zone-several',
    facts: {
      typed: 'USA',
      zones: 'America/New_York, America/Chicago, America/Denver, America/Los_Angeles, America/Adak',
    },
  })
  assert.equal(readZone('+02:00', 'en', 'UTC').kind, 'problem')
})

test('zones are offered while their city or country is being typed, in any of the languages', () => {
  assert.deepEqual(suggestZones('', 3), ['Europe/London', 'Europe/Berlin', 'Europe/Paris'])
  assert.equal(suggestZones('ber', 5)[0], 'Europe/Berlin')
  assert.equal(suggestZones('nueva y', 5)[0], 'America/New_York')
  assert.equal(suggestZones('Österr', 5)[0], 'Europe/Vienna')
  assert.equal(suggestZones('japão', 5)[0], 'Asia/Tokyo')
  assert.equal(suggestZones('america/arg', 1)[0], 'America/Argentina/Buenos_Aires')
  assert.deepEqual(suggestZones('zzzzzz', 5), [])
  assert.equal(suggestZones('a', 25).length, 25)
})

test('every zone that a name leads to is one the runtime knows', () => {
  const named = [
    ...CITY_ROWS.map(([zone]) => zone),
    ...[...SHARED_ROWS, ...AMBIGUOUS_ROWS].flatMap(([, ...each]) => each),
    ...COUNTRY_ZONES.values(),
    ...COMMON_ZONES,
    ...zoneIds(),
  ]
  assert.deepEqual(
    named.filter((zone) => !isZone(zone)),
    [],
  )
})
