/**
 * Schedules in words, in English, German, French, Spanish and Portuguese; in English to everybody else: "07:30 and 18:00, Monday to
 * Friday, Europe/Berlin (Central European Time)". Times are written as the locale writes them, with 12 hours or 24. What is
 * said of times and days can be typed again and is the same schedule.
 */
import cronstrue from 'cronstrue/i18n.js'
import { type CronSchedule, isUnreadable, type Schedule, type Weekday, weekdays } from './schedule.ts'
import { type ScheduleLanguage, scheduleLanguages } from './zones.ts'

interface Phrases {
  readonly everyDay: string
  readonly range: (first: string, last: string) => string
}

const phrases: Readonly<Record<ScheduleLanguage, Phrases>> = {
  en: { everyDay: 'every day', range: (first, last) => `${first} to ${last}` },
  de: { everyDay: 'täglich', range: (first, last) => `${first} bis ${last}` },
  fr: { everyDay: 'tous les jours', range: (first, last) => `du ${first} au ${last}` },
  es: { everyDay: 'todos los días', range: (first, last) => `de ${first} a ${last}` },
  pt: { everyDay: 'todos os dias', range: (first, last) => `de ${first} a ${last}` },
}

/** `locale`: a BCP 47 tag such as `pt-BR`. */
export function sayTimes(schedule: Schedule, locale: string): string {
  if (isUnreadable(schedule)) return '–'
  return `${sayHours(schedule, locale)}, ${sayZone(schedule.zone, locale)}`
}

/** Times and days without the zone: "07:30 and 18:00, Monday to Friday". */
export function sayHours(schedule: Schedule, locale: string): string {
  if ('cron' in schedule) return sayCron(schedule, locale)
  if (isUnreadable(schedule)) return '–'
  const times = schedule.times.map((time) => sayTime(time, locale))
  return `${listOf(times, locale)}, ${sayDays(schedule.weekdays, locale)}`
}

/** "Monday to Friday", "Montag und Donnerstag"; three days or more in a row are a range. */
export function sayDays(days: readonly Weekday[], locale: string): string {
  const { language, tag } = spokenOf(locale)
  const { everyDay, range } = phrases[language]
  if (days.length === weekdays.length) return everyDay
  const name = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' })
  // 1 January 2024 was a Monday.
  const said = (day: Weekday) => name.format(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)))
  return listOf(
    runsOf(days).flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)]
      return run.length > 2 && first && last ? [range(said(first), said(last))] : run.map(said)
    }),
    locale,
  )
}

/** "Europe/Berlin (Central European Time)"; the name alone where it has no other. */
export function sayZone(zone: string, locale: string): string {
  const name = new Intl.DateTimeFormat(spokenOf(locale).tag, { timeZone: zone, timeZoneName: 'longGeneric' })
    .formatToParts(aDay)
    .find((part) => part.type === 'timeZoneName')?.value
  if (name === undefined || /\d/.test(name)) return zone
  return `${zone} (${name.replace(/ \((.*)\)$/u, ', $1')})`
}

/** Names of zones, not their hours, are asked for: any day of our time will do. */
const aDay = Date.UTC(2026, 0, 1)

function sayTime(time: string, locale: string): string {
  const format = new Intl.DateTimeFormat(spokenOf(locale).tag, { timeStyle: 'short', timeZone: 'UTC' })
  return onOneLine(format.format(Date.parse(`1970-01-01T${time}Z`)))
}

/** "7:30 AM" does not break within. */
function onOneLine(times: string): string {
  return times.replace(/(?<=:\d\d) (?=[ap]\.?\s?m)/giu, '\u00a0')
}

/** As cRonstrue puts it; the expression itself where it finds no words. */
function sayCron({ cron }: CronSchedule, locale: string): string {
  const { language, tag } = spokenOf(locale)
  const { hourCycle } = new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).resolvedOptions()
  const [, , day = '*', , weekday = '*'] = cron.split(' ')
  try {
    const words = cronstrue.default.toString(cron, {
      locale: cronLocale(language, tag),
      use24HourTimeFormat: hourCycle === 'h23' || hourCycle === 'h24',
      // A field that begins with a star restricts nothing by itself, so the two must both fit (cron.ts).
      logicalAndDayFields: day.startsWith('*') || weekday.startsWith('*'),
    })
    return onOneLine(words)
  } catch {
    return `\`${cron}\``
  }
}

function cronLocale(language: ScheduleLanguage, tag: string): string {
  if (language !== 'pt') return language
  return tag === 'pt-PT' ? 'pt_PT' : 'pt_BR'
}

function listOf(parts: readonly string[], locale: string): string {
  return new Intl.ListFormat(spokenOf(locale).tag, { type: 'conjunction' }).format(parts)
}

/** Days in a row belong together, over the end of the week too. */
function runsOf(days: readonly Weekday[]): readonly (readonly Weekday[])[] {
  const isOff = (index: number) => !days.includes(weekdays[index % 7] ?? 'mon')
  const start = weekdays.findIndex((_, index) => isOff(index + 6) && !isOff(index))
  const runs: Weekday[][] = [[]]
  for (let step = 0; step < 7; step += 1) {
    const day = weekdays[(start + step + 7) % 7]
    if (day === undefined || !days.includes(day)) runs.push([])
    else runs.at(-1)?.push(day)
  }
  return runs.filter((run) => run.length > 0)
}

/** The language schedules are said in, and the tag that Intl is asked with. */
function spokenOf(locale: string): { readonly language: ScheduleLanguage; readonly tag: string } {
  const language = scheduleLanguages.find((each) => each === locale.toLowerCase().split('-')[0])
  return language === undefined ? { language: 'en', tag: 'en' } : { language, tag: locale }
}
