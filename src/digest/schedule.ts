/**
 * When a subscription is due. A schedule is data: local times and weekdays, or a cron expression, in an IANA zone. Slots are
 * instants that follow from it. Nothing here reads a clock or sets a timer, so restarts, several processes and daylight
 * saving are matters of data.
 *
 * A local time that a zone skips is due at the first instant after the gap, and several that fall together there are one
 * slot; one that a zone repeats is due once, at its first occurrence (local-clock.ts).
 */
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import { type DayPattern, readCron, sayCronProblem } from './cron.ts'
import {
  instantOf,
  keyOf,
  type LocalKey,
  type LocalMinute,
  localOf,
  localReached,
  minutesADay,
} from './local-clock.ts'
import { isZone } from './zone-ids.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** `07:30`, 24 hours. */
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/
export const mostTimes = 24

export interface TimesSchedule {
  /** Local times, `07:30`. */
  readonly times: readonly string[]
  readonly weekdays: readonly Weekday[]
  readonly zone: string
}

export interface CronSchedule {
  /** Five fields. */
  readonly cron: string
  readonly zone: string
}

export type Schedule = TimesSchedule | CronSchedule

/** In place of a schedule that was kept and that nobody can read any more, such as one in a zone that the runtime does not know: never due. */
export const unreadableSchedule: TimesSchedule = { times: ['00:00'], weekdays: [], zone: 'UTC' }

export function isUnreadable(schedule: Schedule): boolean {
  return 'weekdays' in schedule && schedule.weekdays.length === 0
}

const keys = z
  .strictObject({
    times: z
      .array(
        z
          .string({ error: 'expected a time in quotes, such as "07:30"' })
          .regex(timePattern, { error: 'expected a time such as "07:30"' }),
      )
      .min(1)
      .max(mostTimes)
      .optional()
      .describe('Local times, 24 hours, in quotes: "07:30".'),
    weekdays: z
      .array(z.enum(weekdays, { error: `expected one of ${weekdays.join(', ')}` }))
      .min(1)
      .max(7)
      .optional()
      .meta({
        description: 'The days on which it is posted at these times; every day if left out.',
        default: [...weekdays],
      }),
    cron: z
      .string({ error: 'expected a cron expression in quotes, such as "30 7 * * 1-5"' })
      .max(1000)
      .optional()
      .describe('Instead of times and weekdays: a cron expression of five fields, such as "30 7 * * 1-5".'),
    zone: z
      .string()
      .refine(isZone, { error: 'expected an IANA time zone such as "Europe/Berlin"' })
      .describe('The time zone of the times.'),
  })
  .meta({ oneOf: [{ required: ['times'] }, { required: ['cron'], not: { required: ['weekdays'] } }] })

/** One object in files and in storage; `times` with `weekdays`, or `cron`. */
export const scheduleShape = keys.transform((given, context): Schedule => {
  const { times, cron, zone } = given
  const refuse = (path: string[], message: string) => {
    context.issues.push({ code: 'custom', path, message, input: given })
    return z.NEVER
  }
  if (times !== undefined && cron === undefined) {
    return { times, weekdays: given.weekdays ?? [...weekdays], zone }
  }
  if (cron === undefined) {
    return refuse(['times'], 'is missing; expected times such as ["07:30"], or "cron" instead')
  }
  if (times !== undefined || given.weekdays !== undefined) {
    return refuse(['cron'], 'stands in place of times and weekdays; remove one of the two')
  }
  const result = readCron(cron)
  return result.kind === 'problem' ? refuse(['cron'], sayCronProblem(result)) : { cron: result.cron, zone }
})

/** An instant at which a schedule is due, and the local time it stands for. */
export interface Slot {
  readonly at: Instant
  /** The same for this local time whatever becomes of the zone's rules; where several times fall together, the last of them. */
  readonly key: LocalKey
}

/** A search for slots looks back so far at most. */
export const mostDays = 40

/**
 * All slots after `since` up to and including `until`, in order, without repeats.
 * The range is cut to the last `maxDays` days so that a schedule asleep for years costs nothing.
 */
export function slotsBetween(
  schedule: Schedule,
  since: Instant,
  until: Instant,
  maxDays = mostDays,
): readonly Instant[] {
  return until <= since
    ? []
    : slotsAfter(schedule, localReached(since, schedule.zone), until, maxDays).map(({ at }) => at)
}

/** The slots of all local times after `after` that have come by `until`; cut as `slotsBetween` is. */
export function slotsAfter(
  schedule: Schedule,
  after: LocalMinute,
  until: Instant,
  maxDays = mostDays,
): readonly Slot[] {
  const reached = localReached(until, schedule.zone)
  const from = Math.max(after, reached - maxDays * minutesADay)
  return [...slots(schedule, from, reached)]
}

/** How far ahead a next slot is looked for: a fifth Friday in February may be 40 years away. */
const farthestDays = 41 * 366

/** The first `count` slots after `since`; fewer only if a lifetime holds fewer. */
export function nextSlots(schedule: Schedule, since: Instant, count: number): readonly Instant[] {
  const from = localReached(since, schedule.zone)
  const found: Instant[] = []
  for (const { at } of slots(schedule, from, from + count * farthestDays * minutesADay)) {
    if (found.length >= count) break
    found.push(at)
  }
  return found
}

/**
 * The local time that a slot stands for: what tells slots of one schedule apart for good, where an instant moves when the zone's
 * rules are changed. For an instant that is no slot of the schedule, the local time it has reached.
 */
export function slotKey(schedule: Schedule, slot: Instant): LocalKey {
  const reached = localReached(slot, schedule.zone)
  const [own] = slots(schedule, localReached(slot - 1, schedule.zone), reached)
  return own?.key ?? keyOf(reached)
}

/** Slots of the local times in (after, until], each once its times are all known. */
function* slots(schedule: Schedule, after: LocalMinute, until: LocalMinute): Generator<Slot> {
  let open: Slot | undefined
  for (const local of localTimes(patternOf(schedule), after, until)) {
    const at = instantOf(local, schedule.zone)
    if (open !== undefined && open.at !== at) yield open
    open = { at, key: keyOf(local) }
  }
  if (open !== undefined) yield open
}

function* localTimes(
  { minutes, fallsOn }: DayPattern,
  after: LocalMinute,
  until: LocalMinute,
): Generator<LocalMinute> {
  const lastDay = Math.floor(until / minutesADay)
  for (let day = Math.floor(after / minutesADay); day <= lastDay; day += 1) {
    if (!fallsOn(day)) continue
    for (const minute of minutes) {
      const local = day * minutesADay + minute
      if (local > after && local <= until) yield local
    }
  }
}

function patternOf(schedule: Schedule): DayPattern {
  if ('cron' in schedule) {
    const result = readCron(schedule.cron)
    if (result.kind === 'cron') return result.pattern
    throw new Error(`"${schedule.cron}" ${sayCronProblem(result)}.`)
  }
  const wanted = new Set<string>(schedule.weekdays)
  return {
    minutes: schedule.times.map((time) => localOf(`1970-01-01T${time}` as LocalKey)).sort((a, b) => a - b),
    fallsOn: (day) => wanted.has(weekdayOf(day)),
  }
}

/** 1 January 1970 was a Thursday. */
function weekdayOf(day: number): Weekday | '' {
  return weekdays[(((day + 3) % 7) + 7) % 7] ?? ''
}
