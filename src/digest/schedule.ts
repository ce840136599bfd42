/**
 * When a subscription is due. A schedule is data (local times, weekdays, IANA zone); slots are instants that follow
 * from it. Nothing here reads a clock or sets a timer, so restarts, several processes and daylight saving
 * are matters of data.
 *
 * A local time that a zone skips is due at the first instant after the gap; one that a zone repeats is due once, at its
 * first occurrence.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Instant } from '../article/article.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** `07:30`, 24 hours. */
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/

export const scheduleShape = z.strictObject({
  times: z
    .array(
      z
        .string({ error: 'expected a time in quotes, such as "07:30"' })
        .regex(timePattern, { error: 'expected a time such as "07:30"' }),
    )
    .min(1)
    .max(24)
    .describe('Local times, 24 hours, in quotes: "07:30".'),
  weekdays: z
    .array(z.enum(weekdays, { error: `expected one of ${weekdays.join(', ')}` }))
    .min(1)
    .max(7)
    .default([...weekdays])
    .describe('The days on which it is posted; every day if left out.'),
  zone: z
    .string()
    .refine(isZone, { error: 'expected an IANA time zone such as "Europe/Berlin"' })
    .describe('The time zone of the times.'),
})

export type Schedule = Readonly<z.output<typeof scheduleShape>>

/** Whether the runtime knows the zone. Offsets such as `+01:00` are no zones: they know no daylight saving. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** `7:30, 18:00` → `["07:30", "18:00"]`, sorted, each once; undefined where a part is no time. */
export function readTimes(typed: string): readonly string[] | undefined {
  const parts = typed
    .split(/[,;\s]+/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(/^(\d):/, '0$1:'))
  if (parts.length === 0 || parts.length > 24 || parts.some((part) => !timePattern.test(part)))
    return undefined
  return [...new Set(parts)].sort()
}

const dayMs = 24 * 60 * 60 * 1000

/**
 * All slots after `since` up to and including `until`, in order, without repeats.
 * The range is cut to the last `maxDays` days so that a schedule asleep for years costs nothing.
 */
export function slotsBetween(
  schedule: Schedule,
  since: Instant,
  until: Instant,
  maxDays = 40,
): readonly Instant[] {
  const from = Math.max(since, until - maxDays * dayMs)
  if (until <= from) return []
  const wanted = new Set<string>(schedule.weekdays)
  const found = new Set<Instant>()
  // One day more on either side: a zone may lie a day away, and a skipped day moves its slots onto the next.
  let day = localDate(from, schedule.zone).subtract({ days: 1 })
  const last = localDate(until, schedule.zone).add({ days: 1 })
  while (Temporal.PlainDate.compare(day, last) <= 0) {
    const weekday = weekdays[day.dayOfWeek - 1]
    if (weekday !== undefined && wanted.has(weekday)) {
      for (const time of schedule.times) {
        const slot = slotAt(day, time, schedule.zone)
        if (slot > from && slot <= until) found.add(slot)
      }
    }
    day = day.add({ days: 1 })
  }
  return [...found].sort((a, b) => a - b)
}

/** The first `count` slots after `since`; fewer only if a year holds fewer. */
export function nextSlots(schedule: Schedule, since: Instant, count: number): readonly Instant[] {
  for (const days of [2, 9, 370]) {
    const slots = slotsBetween(schedule, since, since + days * dayMs, days + 1)
    if (slots.length >= count || days === 370) return slots.slice(0, count)
  }
  return []
}

function localDate(instant: Instant, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate()
}

/** The instant of a local time on a day: after a gap its end, of a repetition the first. */
function slotAt(day: Temporal.PlainDate, time: string, zone: string): Instant {
  const wanted = day.toPlainDateTime(Temporal.PlainTime.from(time))
  const resolved = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' })
  if (resolved.toPlainDateTime().equals(wanted)) return resolved.epochMilliseconds
  const gapEnd = resolved.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return (gapEnd ?? resolved).epochMilliseconds
}
