/**
 * The clock on the wall of a zone, to the minute. One rule ties it to instants, for every schedule alike: a local time that the
 * zone skips is the first instant after the gap, one that it repeats is its first occurrence.
 *
 * By that rule local times and instants run in the same order, so a range of the one is a range of the other. Nothing is
 * remembered of a zone's rules: those of the runtime are asked each time.
 */
import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../article/article.ts'

/** Minutes from 1970-01-01T00:00 to a local date and time, as if every day had 24 hours. */
export type LocalMinute = number

/** A local date and time as text that sorts in its order: `2026-10-25T02:30`. */
export type LocalKey = string & { readonly __brand: 'LocalKey' }

export const minutesADay = 24 * 60
const minuteMs = 60_000

/** When a local time comes in a zone. */
export function instantOf(local: LocalMinute, zone: string): Instant {
  const wanted = plainOf(local)
  const resolved = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' })
  if (resolved.toPlainDateTime().equals(wanted)) return resolved.epochMilliseconds
  const gapEnd = resolved.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return (gapEnd ?? resolved).epochMilliseconds
}

/** The last local time that has come by an instant: `instantOf(local, zone) <= at` holds for it and all before, for none after. */
export function localReached(at: Instant, zone: string): LocalMinute {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const wall = here.toPlainDateTime()
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (first.epochMilliseconds >= at) return Math.floor(minutesOf(wall))
  // The clock was set back a while ago and shows times again that have come before, up to where it was set back.
  const setBack = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? here
  const shownBefore = setBack.subtract({ nanoseconds: 1 }).toPlainDateTime().add({ nanoseconds: 1 })
  return Math.ceil(minutesOf(shownBefore)) - 1
}

export function keyOf(local: LocalMinute): LocalKey {
  return new Date(local * minuteMs).toISOString().slice(0, 16) as LocalKey
}

export function localOf(key: LocalKey): LocalMinute {
  return Date.parse(`${key}Z`) / minuteMs
}

function plainOf(local: LocalMinute): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(local * minuteMs)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
}

function minutesOf(wall: Temporal.PlainDateTime): number {
  return wall.toZonedDateTime('UTC').epochMilliseconds / minuteMs
}
