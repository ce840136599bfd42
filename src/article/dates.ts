/**
 * Dates as feeds, mails and news pages write them, read without the host's zone and without `Date.parse`, whose
 * answer for anything but ISO 8601 is an engine's private matter. Order: a count of seconds or milliseconds, ISO 8601,
 * then words: the time is found first, then the zone that follows it, and the date in what is left.
 *
 * Refused (undefined): dates without a year or month, days that do not exist, years outside 1600–2200 (`0001-01-01` is how
 * programs write "no date"), text longer than a date can be, and anything relative ("yesterday"): there is no clock here.
 */
import { Temporal } from 'temporal-polyfill'
import type { Instant } from './article.ts'
import { AFTERNOON, foldDateText, MONTHS, MORNING, ZONE_OFFSETS, ZONE_PLACES } from './date-words.ts'

export interface DateOptions {
  /** IANA name or offset (`+01:00`) of times that name no zone. Default `UTC`. */
  readonly zone?: string
  /** Whether `04/07/2026` is the 4th of July. Default: no with slashes; with dots and hyphens the day is always first. */
  readonly dayFirst?: boolean
}

const MAX_CHARS = 200
const MIN_YEAR = 1600
const MAX_YEAR = 2200

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A time of day in milliseconds; 24:00 and leap seconds roll over into what follows. */
interface Clock {
  readonly ms: number
  /** Minutes east of UTC or an IANA name; absent where the text names none. */
  readonly zone?: number | string
}

/**
 * The instant a text names, in milliseconds since 1970.
 *
 * Sources: ISO 8601 (calendar, week and ordinal dates, basic and extended), W3C NOTE-datetime, RFC 9557 suffixes,
 * RFC 822/2822/5322 with their obsolete forms, C `asctime`.
 */
export function parseDate(text: string, options: DateOptions = {}): Instant | undefined {
  if (text.length > MAX_CHARS) return undefined
  const folded = foldDateText(text)
  if (folded.length > MAX_CHARS || !/\d/.test(folded)) return undefined
  return parseCount(folded) ?? parseIso(folded, options) ?? parseWords(folded, options)
}

/** Whether `Temporal` and we know this zone; so that a wrong setting is told when it is made. */
export function isZone(zone: string): boolean {
  return instantOf({ year: 2026, month: 1, day: 1 }, { ms: 0 }, zone) !== undefined
}

/** Seconds (9 or 10 digits) or milliseconds (13 digits) since 1970. */
function parseCount(text: string): Instant | undefined {
  const match = /^(\d{9,10})(?:\.\d{1,9})?$|^(\d{13})$/.exec(text)
  if (!match) return undefined
  const instant = match[2] === undefined ? Math.round(Number(text) * 1000) : Number(match[2])
  return instant < Date.UTC(MAX_YEAR + 1) ? instant : undefined
}

const ISO =
  /^([\dw-]{4,10})(?:(?:t| ?t?)(\d[\d:]{0,7})(?:[.,](\d{1,12}))?)? ?(z|[+-]\d{1,2}(?::?\d{2}){0,2})?(?:\[([\w/+-]+)\])?$/

function parseIso(text: string, options: DateOptions): Instant | undefined {
  const basic = /^(\d{8})(\d{4}|\d{6})$/.exec(text)
  const match = ISO.exec(basic ? `${basic[1]}t${basic[2]}` : text)
  if (!match) return undefined
  const [, date = '', time, fraction, offset, place] = match
  const day = isoDay(date)
  const ms = time === undefined ? 0 : isoTime(time, fraction)
  if (day === undefined || ms === undefined) return undefined
  const zone = offset === undefined ? place : parseOffset(offset)
  return instantOf(day, zone === undefined ? { ms } : { ms, zone }, options.zone)
}

function isoDay(text: string): Day | undefined {
  const calendar =
    /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})?$/.exec(text)
  if (calendar) return day(calendar[1], calendar[2] ?? '1', calendar[3] ?? '1')
  const week = /^(\d{4})-?w(\d{2})(?:-?([1-7]))?$/.exec(text)
  if (week) return weekDay(Number(week[1]), Number(week[2]), Number(week[3] ?? 1))
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(text)
  return ordinal ? dayOfYear(Number(ordinal[1]), Number(ordinal[2])) : undefined
}

/** ISO week: week 1 holds the 4th of January. */
function weekDay(year: number, week: number, weekday: number): Day | undefined {
  if (week < 1 || week > 53) return undefined
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 })
  const date = fourth.add({ days: (week - 1) * 7 + weekday - fourth.dayOfWeek })
  return week === 53 && date.weekOfYear !== 53
    ? undefined
    : { year: date.year, month: date.month, day: date.day }
}

function dayOfYear(year: number, ordinal: number): Day | undefined {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  if (ordinal < 1 || ordinal > first.daysInYear) return undefined
  const date = first.add({ days: ordinal - 1 })
  return { year: date.year, month: date.month, day: date.day }
}

/** `14`, `14:30`, `1430`, `14:30:05`, `143005`; the fraction belongs to the smallest unit given. */
function isoTime(text: string, fraction: string | undefined): number | undefined {
  const match =
    /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{2})?$/.exec(text)
  if (!match) return undefined
  const [, hour, minute, second] = match
  const unit = second !== undefined ? 1000 : minute !== undefined ? 60_000 : 3_600_000
  const part = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * unit)
  return timeOfDay(Number(hour), Number(minute ?? 0), Number(second ?? 0), part)
}

function timeOfDay(hour: number, minute: number, second: number, ms: number): number | undefined {
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second + ms > 0)) return undefined
  return ((hour * 60 + minute) * 60 + second) * 1000 + ms
}

function parseWords(folded: string, options: DateOptions): Instant | undefined {
  const text = plainSeparators(folded)
  const time = findTime(text)
  if (time === 'impossible') return undefined
  const rest = time === undefined ? text : `${text.slice(0, time.start)} ${text.slice(time.end)}`
  const found = dayByName(rest) ?? dayByNumbers(rest, options)
  return found && instantOf(found, time?.clock ?? { ms: 0 }, options.zone)
}

/** Comments of RFC 822 go; the units of Chinese, Japanese and Korean dates become the signs they stand for. */
function plainSeparators(text: string): string {
  return text
    .replace(/([+-]\d\d:?\d\d) ?\([^()]*\)/g, '$1')
    .replace(/[()]/g, ' ')
    .replace(/(\d) ?[年년]/g, '$1-')
    .replace(/(\d) ?[月월]/g, '$1-')
    .replace(/(\d) ?[日号號일]/g, '$1 ')
    .replace(/(\d) ?[時时點点시] ?(\d{1,2}) ?[分분] ?(\d{1,2}) ?[秒초]/g, '$1:$2:$3')
    .replace(/(\d) ?[時时點点시] ?(\d{1,2}) ?[分분]?/g, '$1:$2')
    .replace(/(\d) ?[時时點点시]/g, '$1:00')
}

const TIME_FORMS = [
  /(?<![\d:])(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?(?![\d:])/,
  /(?<![\d.])(\d{1,2})\.(\d{2})(?= ?(?:uhr|[ap]\.?m\b))/,
  /(?<![\d:])(\d{1,2}) ?h(?: ?(\d{2}))?(?![\p{L}\d])/u,
  /(?<![\d.:])(\d{1,2})(?= ?(?:uhr|[ap]\.?m\b))/,
]

interface FoundTime {
  readonly clock: Clock
  readonly start: number
  readonly end: number
}

function findTime(text: string): FoundTime | 'impossible' | undefined {
  const match = TIME_FORMS.map((form) => form.exec(text)).find((found) => found !== null)
  if (!match) return undefined
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + match[0].length)
  const half = halfOfDay(before, after)
  const hour = onTwelve(Number(match[1]), half.afternoon)
  const ms = timeOfDay(
    hour,
    Number(match[2] ?? 0),
    Number(match[3] ?? 0),
    Number(`0.${match[4] ?? 0}`) * 1000,
  )
  if (ms === undefined) return 'impossible'
  const zone = findZone(after.slice(half.length))
  const end = match.index + match[0].length + half.length + zone.length
  const clock = zone.zone === undefined ? { ms: Math.floor(ms) } : { ms: Math.floor(ms), zone: zone.zone }
  return { clock, start: match.index, end }
}

/** Which half of the day is named, and how many characters after the time name it. */
function halfOfDay(before: string, after: string): { afternoon?: boolean; length: number } {
  const gap = after.startsWith(' ') ? 1 : 0
  const behind = (mark: string) =>
    after.startsWith(mark, gap) && !/^\p{L}/u.test(after.slice(gap + mark.length))
  const ahead = (mark: string) => before.trimEnd().endsWith(mark) && /^\P{ASCII}|\.$/u.test(mark)
  for (const [marks, afternoon] of [
    [MORNING, false],
    [AFTERNOON, true],
  ] as const) {
    const mark = marks.find(behind)
    if (mark !== undefined) return { afternoon, length: gap + mark.length }
    if (marks.some(ahead)) return { afternoon, length: 0 }
  }
  return { length: 0 }
}

function onTwelve(hour: number, afternoon: boolean | undefined): number {
  if (afternoon === undefined || hour > 12) return hour
  return (hour % 12) + (afternoon ? 12 : 0)
}

const UNIT_WORD = /^[ ,]*(?:uhr|hrs?|hs|horas?|ora|ore|heures?|час\p{L}*)?[ ,.]*/u

/** The zone named right after a time: an offset, a name, both (`GMT+0100`), or an IANA name. */
function findZone(after: string): { zone?: number | string; length: number } {
  const skipped = UNIT_WORD.exec(after)?.[0].length ?? 0
  const text = after.slice(skipped)
  const place = /^\[?([a-z]+(?:\/[a-z_+-]+\d*){1,2})\]?/.exec(text)
  if (place?.[1] !== undefined) return { zone: place[1], length: skipped + place[0].length }
  const offset = /^(?:(?:utc|gmt|ut|z) ?)?([+-]\d{1,2}(?::?\d{2})?)(?!\d)/.exec(text)
  if (offset?.[1] !== undefined) return { zone: parseOffset(offset[1]), length: skipped + offset[0].length }
  const name = /^\p{L}+/u.exec(text)?.[0] ?? ''
  const zone = ZONE_OFFSETS.get(name) ?? ZONE_PLACES.get(name)
  return zone === undefined ? { length: 0 } : { zone, length: skipped + name.length }
}

/** Minutes east of UTC of `z`, `+1`, `+01`, `+0100`, `+01:00`. */
function parseOffset(text: string): number {
  const match = /^([+-])(\d{1,2}):?(\d{2})?/.exec(text)
  if (!match) return 0
  const size = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -size : size
}

/** A day whose month is a word, in the orders day-month-year, month-day-year, year-month-day and month-year. */
function dayByName(text: string): Day | undefined {
  const tokens = (text.match(/\d+|\p{L}+/gu) ?? []).filter((token) => /^\d/.test(token) || MONTHS.has(token))
  const orders = [
    (i: number) => dayNamed(tokens[i - 1], tokens[i], tokens[i + 1]),
    (i: number) => dayNamed(tokens[i + 1], tokens[i], tokens[i + 2]),
    (i: number) => dayNamed(tokens[i + 1], tokens[i], tokens[i - 1]),
    (i: number) => dayNamed(tokens[i - 1], tokens[i], tokens[i - 2]),
    (i: number) =>
      tokens.length === 2 && tokens[1]?.length === 4 ? dayNamed('1', tokens[i], tokens[i + 1]) : undefined,
  ]
  for (const order of orders) {
    for (let i = 0; i < tokens.length; i++) {
      const found = order(i)
      if (found) return found
    }
  }
  return undefined
}

function dayNamed(dayText: string | undefined, name: string | undefined, yearText: string | undefined) {
  const month = MONTHS.get(name ?? '')
  if (month === undefined || dayText === undefined || dayText.length > 2) return undefined
  return day(yearText, String(month), dayText)
}

/** `2026-11-23`, `2026. 11. 23`, `23.11.2026`, `23.11.26`, `11/23/2026`. */
function dayByNumbers(text: string, options: DateOptions): Day | undefined {
  const yearFirst = /(?<!\d)(\d{4}) ?[-/.,] ?(\d{1,2}) ?[-/.,] ?(\d{1,2})(?!\d)/.exec(text)
  if (yearFirst) return day(yearFirst[1], yearFirst[2], yearFirst[3])
  const match = /(?<!\d)(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})(?!\d)/.exec(text)
  if (!match) return undefined
  const [, first, separator, second, year] = match
  const dayFirst = separator === '.' || (options.dayFirst ?? separator === '-')
  return dayFirst
    ? (day(year, second, first) ?? day(year, first, second))
    : (day(year, first, second) ?? day(year, second, first))
}

/** A day that exists, or undefined. Two-digit years up to 49 are of this century, as RFC 5322 §4.3 has it. */
function day(
  yearText: string | undefined,
  monthText: string | undefined,
  dayText: string | undefined,
): Day | undefined {
  if (!/^(?:\d{2}|\d{4})$/.test(yearText ?? '')) return undefined
  const written = Number(yearText)
  const year = yearText?.length === 2 ? written + (written < 50 ? 2000 : 1900) : written
  const found = { year, month: Number(monthText), day: Number(dayText) }
  if (!(found.month >= 1 && found.month <= 12 && found.day >= 1)) return undefined
  return found.day <= new Date(Date.UTC(2000, found.month, 0)).getUTCDate() &&
    (found.month !== 2 || found.day < 29 || isLeap(year))
    ? found
    : undefined
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** The instant of a wall clock; clocks set back count the first time, clocks set forward move on (RFC 5545). */
function instantOf(on: Day, clock: Clock, fallbackZone = 'UTC'): Instant | undefined {
  if (on.year < MIN_YEAR || on.year > MAX_YEAR) return undefined
  const zone = clock.zone ?? fallbackZone
  const wall = Date.UTC(on.year, on.month - 1, on.day) + clock.ms
  if (typeof zone === 'number') return Math.abs(zone) <= 16 * 60 ? wall - zone * 60_000 : undefined
  if (/^(?:utc|gmt|z)$/i.test(zone)) return wall
  if (/^[+-]/.test(zone)) return wall - parseOffset(zone) * 60_000
  return inPlace(wall, zone)
}

function inPlace(wall: number, zone: string): Instant | undefined {
  const local = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
  try {
    return local.toZonedDateTime(zone).epochMilliseconds
  } catch {
    return undefined
  }
}

/** The offset that a text writes out (`+01:00`), or its zone's name where that has one; undefined where it has neither. */
export function writtenOffset(text: string): string | undefined {
  if (text.length > MAX_CHARS) return undefined
  const match = /\d ?(?:([+-]\d\d):?(\d\d)|\b(\p{L}{1,5}))(?: ?\([^()]*\)| \d{4})?$/u.exec(foldDateText(text))
  if (!match) return undefined
  if (match[1] !== undefined && match[2] !== undefined) return `${match[1]}:${match[2]}`
  const east = ZONE_OFFSETS.get(match[3] ?? '')
  if (east === undefined) return undefined
  const size = Math.abs(east)
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${east < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}
