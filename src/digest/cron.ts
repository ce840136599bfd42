/**
 * Cron expressions: five fields (minute, hour, day of the month, month, day of the week) → the local times and days they name.
 * Fields may hold names (MON, JAN), lists, ranges, steps, `L` (last) and `#` (the nth weekday of a month). When such a time comes is
 * not decided here; daylight saving is the local clock's affair.
 *
 * Days follow crontab(5): where day of the month and day of the week are both restricted a day needs one of them, and
 * a field that begins with `*` restricts nothing. Refused are seconds, random fields (`H`), what fires more often than every
 * 15 minutes, and what never fires.
 */
import { CronExpressionParser } from 'cron-parser'
import { minutesADay } from './local-clock.ts'

/** Days since 1970-01-01 of a local date. */
export type LocalDay = number

/** Local times of the day in order, in minutes, and the days that have them. */
export interface DayPattern {
  readonly minutes: readonly number[]
  readonly fallsOn: (day: LocalDay) => boolean
}

const fieldNames = ['minute', 'hour', 'day', 'month', 'weekday'] as const
export type CronFieldName = (typeof fieldNames)[number]

export type CronProblem =
  | { readonly code: 'cron-fields'; readonly facts: { readonly count: number } }
  | { readonly code: 'cron-seconds'; readonly facts: { readonly cron: string } }
  | {
      readonly code: 'cron-field'
      readonly facts: { readonly field: CronFieldName; readonly typed: string }
    }
  | { readonly code: 'cron-often'; readonly facts: { readonly minutes: number } }
  | { readonly code: 'cron-never'; readonly facts: { readonly typed: string } }

export type CronResult =
  | { readonly kind: 'cron'; readonly cron: string; readonly pattern: DayPattern }
  | ({ readonly kind: 'problem' } & CronProblem)

const dayMs = minutesADay * 60_000
const firstDay: LocalDay = Date.UTC(2000, 0, 1) / dayMs
/** The calendar repeats itself after 400 years: what falls on none of these days never comes. */
const daysIn400Years = 146_097
/** A digest is calm. */
export const fewestMinutesApart = 15

const nicknames: ReadonlyMap<string, string> = new Map([
  ['@HOURLY', '0 * * * *'],
  ['@DAILY', '0 0 * * *'],
  ['@MIDNIGHT', '0 0 * * *'],
  ['@WEEKLY', '0 0 * * 0'],
  ['@MONTHLY', '0 0 1 * *'],
  ['@YEARLY', '0 0 1 1 *'],
  ['@ANNUALLY', '0 0 1 1 *'],
])

const remembered = new Map<string, CronResult>()
const mostRemembered = 500

/** `30 7 * * mon-fri` → its pattern, and the expression as it is kept: upper case, single spaces, nicknames written out. */
export function readCron(expression: string): CronResult {
  const known = remembered.get(expression)
  if (known !== undefined) return known
  const result = parseCron(expression)
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(expression, result)
  return result
}

/** The English sentence for files, as in "expected five fields …". */
export function sayCronProblem(problem: CronProblem): string {
  switch (problem.code) {
    case 'cron-fields':
      return `expected five fields (minute hour day month weekday) such as "30 7 * * 1-5", got ${problem.facts.count}`
    case 'cron-seconds':
      return `expected five fields without seconds, such as "${problem.facts.cron}"`
    case 'cron-field':
      return `the field for the ${problem.facts.field} cannot be "${problem.facts.typed}"`
    case 'cron-often':
      return `fires more often than every ${problem.facts.minutes} minutes; a digest is posted less often`
    case 'cron-never':
      return `never fires: there is no such day as "${problem.facts.typed}" asks for`
  }
}

function parseCron(expression: string): CronResult {
  const upper = expression.trim().toUpperCase()
  const fields = (nicknames.get(upper) ?? upper).split(/\s+/).filter((field) => field !== '')
  const [minute, hour, day, month, weekday] = fields
  if (fields.length === 6) {
    return { kind: 'problem', code: 'cron-seconds', facts: { cron: fields.slice(1).join(' ') } }
  }
  if (
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined ||
    fields.length > 5
  ) {
    return { kind: 'problem', code: 'cron-fields', facts: { count: fields.length } }
  }
  for (const [index, field] of fieldNames.entries()) {
    const typed = fields[index] ?? ''
    if (!isField(typed, index)) return { kind: 'problem', code: 'cron-field', facts: { field, typed } }
  }
  const pattern: DayPattern = {
    minutes: timesOfDay(minute, hour),
    fallsOn: dayTest(day, month, weekday),
  }
  const cron = fields.join(' ')
  if (!happens(pattern.fallsOn)) {
    return { kind: 'problem', code: 'cron-never', facts: { typed: `${day} ${month} ${weekday}` } }
  }
  if (isTooOften(pattern)) {
    return { kind: 'problem', code: 'cron-often', facts: { minutes: fewestMinutesApart } }
  }
  return { kind: 'cron', cron, pattern }
}

/** Each field is parsed by itself, so that what is wrong can be named, and days are matched by this file's rule alone. */
function parseField(typed: string, index: number) {
  const expression = fieldNames.map((_, place) => (place === index ? typed : '*')).join(' ')
  return CronExpressionParser.parse(expression).fields
}

function isField(typed: string, index: number): boolean {
  if (/[HW]/.test(typed.replace(/[A-Z]{3}/g, ''))) return false
  try {
    parseField(typed, index)
    return true
  } catch {
    return false
  }
}

function timesOfDay(minute: string, hour: string): readonly number[] {
  const minutes = parseField(minute, 0).minute.values
  const hours = parseField(hour, 1).hour.values
  return hours.flatMap((each) => minutes.map((past) => each * 60 + past))
}

function dayTest(day: string, month: string, weekday: string): (day: LocalDay) => boolean {
  const months = new Set<number>(parseField(month, 3).month.values)
  const isMonthDay = monthDayTest(day)
  const isWeekday = weekdayTest(weekday)
  const isEither = !/^[*?]/.test(day) && !/^[*?]/.test(weekday)
  return (each) => {
    const date = new Date(each * dayMs)
    if (!months.has(date.getUTCMonth() + 1)) return false
    return isEither ? isMonthDay(date) || isWeekday(date) : isMonthDay(date) && isWeekday(date)
  }
}

function monthDayTest(typed: string): (date: Date) => boolean {
  const values = parseField(typed, 2).dayOfMonth.values.map(String)
  const days = new Set(values.map(Number))
  const hasLast = values.includes('L')
  return (date) => days.has(date.getUTCDate()) || (hasLast && date.getUTCDate() === daysOfMonth(date))
}

function weekdayTest(typed: string): (date: Date) => boolean {
  const field = parseField(typed, 4).dayOfWeek
  const values = field.values.map(String)
  const days = new Set(values.filter((value) => !value.endsWith('L')).map((value) => Number(value) % 7))
  const lastDays = new Set(
    values.filter((value) => value.endsWith('L')).map((value) => Number.parseInt(value, 10) % 7),
  )
  return (date) => {
    const weekday = date.getUTCDay()
    const nth = Math.ceil(date.getUTCDate() / 7)
    if (days.has(weekday)) return field.nthDay === 0 || field.nthDay === nth
    return lastDays.has(weekday) && date.getUTCDate() > daysOfMonth(date) - 7
  }
}

function daysOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}

function happens(test: (day: LocalDay) => boolean): boolean {
  for (let day = firstDay; day < firstDay + daysIn400Years; day += 1) if (test(day)) return true
  return false
}

function isTooOften({ minutes, fallsOn }: DayPattern): boolean {
  const [first = 0] = minutes
  const last = minutes.at(-1) ?? first
  const apart = minutes.slice(1).map((each, index) => each - (minutes[index] ?? each))
  if (apart.some((gap) => gap < fewestMinutesApart)) return true
  const overnight = first + minutesADay - last
  return overnight < fewestMinutesApart && happens((day) => fallsOn(day) && fallsOn(day + 1))
}
