/**
 * Schedules as people type them → a schedule, or the problem by a code and facts. English, German, French, Spanish and Portuguese are
 * read, whatever the language of the person: "7:30 und 18 Uhr, werktags, Wien", "weekdays at 7:30am", "lun-ven 7h30", "30 7 * * 1-5".
 *
 * A part that is not typed (times, days, zone) is taken from what is set already. A plain "8" is 08:00. Nothing that was
 * typed is passed over: a word without meaning is named, with an example in the language of the text.
 */
import type { CronProblem } from './cron.ts'
import { mostTimes, type Schedule, type Weekday, weekdays } from './schedule.ts'
import { readText } from './schedule-tokens.ts'
import { examples } from './schedule-vocabulary.ts'
import { readTypedCron } from './typed-cron.ts'
import { type Part, readTimes } from './typed-times.ts'
import {
  findZone,
  foldName,
  haveOneClock,
  type ScheduleLanguage,
  scheduleLanguages,
  slipsAllowed,
  zonesMeant,
} from './zones.ts'

/** `example` is a schedule as it may be typed; everything else that is text was typed by somebody. */
export type ScheduleProblem = {
  readonly kind: 'problem'
  readonly code: ScheduleProblemCode
  readonly facts: Readonly<Record<string, string | number>>
}

export type ScheduleProblemCode =
  /** A word without meaning: `word`, `example`. */
  | 'schedule-word'
  /** What no clock shows: `typed`, `example`. */
  | 'schedule-time'
  /** No time was named: `example`. */
  | 'schedule-no-time'
  /** Weekly, and no day is named; or all days are left out: `example`. */
  | 'schedule-no-day'
  /** From one time to another: `typed`, `example`. */
  | 'schedule-span'
  /** Every so many minutes or weeks: `typed`, `example`. */
  | 'schedule-interval'
  /** More times than a day may have: `count`, `most`. */
  | 'schedule-many'
  /** No zone is called so: `typed`. */
  | 'zone'
  /** Nor this, but these are like it: `typed`, `zones`. */
  | 'zone-like'
  /** Too different zones are called so: `typed`, `zones`. */
  | 'zone-several'
  /** Two zones are named: `one`, `other`. */
  | 'zone-two'
  /** Hours from UTC: `typed`. */
  | 'zone-offset'
  | CronProblem['code']

export type ScheduleRead = { readonly kind: 'schedule'; readonly schedule: Schedule } | ScheduleProblem
export type ZoneRead = { readonly kind: 'zone'; readonly zone: string } | ScheduleProblem

const longestTyped = 1000
const mostNamedZones = 5

/** `locale`: of the person, `pt-BR`; `defaults`: what is set already, and stays where nothing else is typed. */
export function readSchedule(typed: string, locale: string, defaults: Schedule): ScheduleRead {
  const text = typed.slice(0, longestTyped).trim()
  if (text === '') return { kind: 'schedule', schedule: defaults }
  const own = languageOf(locale)
  const cron = readTypedCron(text)
  if (cron !== undefined) {
    const zone: ZoneRead =
      cron.zone === '' ? { kind: 'zone', zone: defaults.zone } : readZone(cron.zone, locale, defaults.zone)
    if (zone.kind === 'problem') return zone
    return cron.result.kind === 'problem'
      ? { kind: 'problem', code: cron.result.code, facts: { ...cron.result.facts } }
      : { kind: 'schedule', schedule: { cron: cron.result.cron, zone: zone.zone } }
  }
  const { language, items } = readText(text, { language: own, zone: defaults.zone })
  const example = examples[language]
  const times = readTimes(items)
  if (times.kind === 'problem') return problem(times.code, { typed: times.typed, example })
  const parts = times.parts
  return unknownIn(parts, example) ?? spanIn(parts, example) ?? scheduleOf(parts, example, defaults)
}

/** A zone as somebody typed it alone: its name, a city, a country, an abbreviation. `home`: the zone that is set already. */
export function readZone(typed: string, locale: string, home: string): ZoneRead {
  const name = typed.slice(0, longestTyped).trim()
  const found = findZone(name, { language: languageOf(locale), zone: home })
  if (found?.kind === 'zone') return { kind: 'zone', zone: found.zone }
  if (found?.kind === 'several') return severalZones(name, found.zones)
  if (/^(?:utc|gmt)?\s*[+\-−]\s*\d/iu.test(name)) return problem('zone-offset', { typed: name })
  const zones = zonesMeant(name, mostNamedZones)
  return zones.length === 0
    ? problem('zone', { typed: name })
    : problem('zone-like', { typed: name, zones: zones.join(', ') })
}

function languageOf(locale: string): ScheduleLanguage {
  const tag = locale.toLowerCase().split('-')[0]
  return scheduleLanguages.find((language) => language === tag) ?? 'en'
}

function problem(code: ScheduleProblemCode, facts: ScheduleProblem['facts']): ScheduleProblem {
  return { kind: 'problem', code, facts }
}

function severalZones(typed: string, zones: readonly string[]): ScheduleProblem {
  return problem('zone-several', { typed, zones: zones.slice(0, mostNamedZones).join(', ') })
}

/** Words side by side are named together; where they are a slip of the finger away from zones, these are named too. */
function unknownIn(parts: readonly Part[], example: string): ScheduleProblem | undefined {
  const start = parts.findIndex((part) => part.kind === 'unknown')
  if (start < 0) return undefined
  const offEnd = parts.findIndex((part, index) => index > start && part.kind !== 'unknown')
  const unknown = parts.slice(start, offEnd < 0 ? parts.length : offEnd)
  const word = unknown.map((part) => part.raw).join(' ')
  const isZone = unknown.some((part) => part.kind === 'unknown' && part.isZone)
  const zones = isZone || slipsAllowed(foldName(word)) > 0 ? zonesMeant(word, mostNamedZones) : []
  if (zones.length > 0) return problem('zone-like', { typed: word, zones: zones.join(', ') })
  return isZone ? problem('zone', { typed: word }) : problem('schedule-word', { word, example })
}

/** "8–18 Uhr": a digest has times, no opening hours. */
function spanIn(parts: readonly Part[], example: string): ScheduleProblem | undefined {
  const said = parts.filter((part) => part.kind !== 'filler')
  for (const [index, part] of said.entries()) {
    const [before, after] = [said[index - 1], said[index + 1]]
    if ((part.kind === 'dash' || part.kind === 'to') && before?.kind === 'at' && after?.kind === 'at') {
      return problem('schedule-span', { typed: `${before.raw} ${part.raw} ${after.raw}`, example })
    }
  }
  return undefined
}

function scheduleOf(parts: readonly Part[], example: string, defaults: Schedule): ScheduleRead {
  const zone = zoneIn(parts, defaults.zone)
  if (zone.kind === 'problem') return zone
  const minutes = new Set(parts.flatMap((part) => (part.kind === 'at' ? part.minutes : [])))
  if (minutes.size > mostTimes) return problem('schedule-many', { count: minutes.size, most: mostTimes })
  const { days, areNamed } = daysIn(parts)
  const isDayMissing = parts.some((part) => part.kind === 'weekly') && !areNamed
  if (isDayMissing || (areNamed && days.length === 0)) return problem('schedule-no-day', { example })
  const isVague = parts.some((part) => part.kind === 'vague')
  const areDaysOrZoneNamed = areNamed || parts.some((part) => part.kind === 'zone')
  if (minutes.size === 0 && (isVague || !areDaysOrZoneNamed)) return problem('schedule-no-time', { example })
  if ('cron' in defaults && minutes.size === 0) {
    return areNamed
      ? problem('schedule-no-time', { example })
      : { kind: 'schedule', schedule: { ...defaults, zone: zone.zone } }
  }
  const standing = 'cron' in defaults ? { times: [], weekdays } : defaults
  const times = minutes.size === 0 ? standing.times : [...minutes].sort((a, b) => a - b).map(timeOf)
  return {
    kind: 'schedule',
    schedule: { times, weekdays: areNamed ? days : standing.weekdays, zone: zone.zone },
  }
}

function timeOf(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(11, 16)
}

/** The one zone that is meant: of a wider name and a city within it, the city's. */
function zoneIn(parts: readonly Part[], home: string): ZoneRead {
  let found: Extract<Part, { kind: 'zone' }> | undefined
  for (const part of parts) {
    if (part.kind === 'offset') return problem('zone-offset', { typed: part.raw })
    if (part.kind !== 'zone') continue
    if (found === undefined || isWithin(part.zone, found)) found = part
    else if (!isWithin(found.zone, part)) return problem('zone-two', { one: found.raw, other: part.raw })
  }
  for (const part of parts) {
    if (part.kind !== 'several') continue
    if (found === undefined || !part.zones.includes(found.zone)) return severalZones(part.raw, part.zones)
  }
  return { kind: 'zone', zone: found?.zone ?? home }
}

function isWithin(zone: string, wider: Extract<Part, { kind: 'zone' }>): boolean {
  if (zone === wider.zone) return true
  if (wider.among === undefined) return false
  return wider.among.includes(zone) || haveOneClock(zone, wider.zone)
}

/** Days, ranges of days, and days left out; `areNamed` is false where the text speaks of none. */
function daysIn(parts: readonly Part[]): { readonly days: readonly Weekday[]; readonly areNamed: boolean } {
  const said = parts.filter((part) => part.kind !== 'filler')
  const wanted = new Set<Weekday>()
  const unwanted = new Set<Weekday>()
  let areLeftOut = false
  for (const [index, part] of said.entries()) {
    if (part.kind === 'except') areLeftOut = true
    if (part.kind === 'at' || part.kind === 'zone') areLeftOut = false
    const days = part.kind === 'days' ? part.days : rangeAt(said, index)
    for (const day of days) (areLeftOut ? unwanted : wanted).add(day)
  }
  const from = wanted.size === 0 ? weekdays : weekdays.filter((day) => wanted.has(day))
  return {
    days: from.filter((day) => !unwanted.has(day)),
    areNamed: wanted.size + unwanted.size > 0,
  }
}

/** The days between two that a dash or a word like "to" joins; "Fri–Mon" goes over the weekend. */
function rangeAt(said: readonly Part[], index: number): readonly Weekday[] {
  const [before, joint, after] = [said[index - 1], said[index], said[index + 1]]
  if (joint?.kind !== 'dash' && joint?.kind !== 'to') return []
  if (before?.kind !== 'days' || after?.kind !== 'days') return []
  if (before.days.length > 1 || after.days.length > 1) return []
  const [first = 'mon'] = before.days
  const [last = 'sun'] = after.days
  const start = weekdays.indexOf(first)
  const length = (weekdays.indexOf(last) - start + 7) % 7
  return Array.from({ length: length + 1 }, (_, step) => weekdays[(start + step) % 7] ?? first)
}
