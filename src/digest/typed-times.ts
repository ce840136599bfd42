/**
 * Times of day among the parts of a typed schedule: "8", "8 Uhr 30", "8 o’clock in the evening", "halb acht", "abends um 8",
 * "every 3 hours" → minutes of the day. A plain number is an hour of 24. What no clock shows (25:00, 13 am) is refused,
 * and so are periods that schedules do not have (every 20 minutes, every 2 weeks).
 */
import type { Item } from './schedule-tokens.ts'

/** Everything but times stays as it was; each cluster of parts that tells a time became one `at`. */
export type Part =
  | Exclude<
      Item,
      {
        kind:
          | 'time'
          | 'number'
          | 'clock'
          | 'past'
          | 'hourly'
          | 'half'
          | 'hours'
          | 'every'
          | 'count'
          | 'period'
      }
    >
  | { readonly kind: 'at'; readonly minutes: readonly number[]; readonly raw: string }
  /** Morning or evening, and no time with it. */
  | { readonly kind: 'vague'; readonly raw: string }

export type TimesRead =
  | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  | { readonly kind: 'problem'; readonly code: 'schedule-time' | 'schedule-interval'; readonly typed: string }

type Half = Extract<Item, { kind: 'half' }>

export function readTimes(items: readonly Item[]): TimesRead {
  const parts: Part[] = []
  /** A half of the day that was named and waits for its time. */
  let waiting: Half | undefined
  for (let index = 0; index < items.length; ) {
    const item = items[index]
    if (item === undefined) break
    const read = intervalAt(items, index) ?? timeAt(items, index, waiting?.half)
    if (read?.kind === 'problem') return read
    if (read !== undefined) {
      parts.push({ kind: 'at', minutes: read.minutes, raw: read.raw })
      waiting = undefined
      index += read.length
      continue
    }
    index += 1
    // "3 times a day": how often is told by the times themselves.
    if (item.kind === 'number' && items[index]?.kind === 'count') continue
    switch (item.kind) {
      case 'half':
        if (waiting !== undefined) parts.push({ kind: 'vague', raw: waiting.raw })
        waiting = item
        break
      case 'hours':
      case 'every':
      case 'count':
        parts.push({ kind: 'filler', raw: item.raw })
        break
      case 'period':
        return { kind: 'problem', code: 'schedule-interval', typed: item.raw }
      case 'past':
      case 'time':
      case 'number':
      case 'clock':
      case 'hourly':
        return { kind: 'problem', code: 'schedule-time', typed: item.raw }
      default:
        parts.push(item)
    }
  }
  if (waiting !== undefined) parts.push({ kind: 'vague', raw: waiting.raw })
  return { kind: 'parts', parts }
}

type Found =
  | {
      readonly kind: 'found'
      readonly minutes: readonly number[]
      readonly length: number
      readonly raw: string
    }
  | Extract<TimesRead, { kind: 'problem' }>

/** "every 3 hours", "hourly": on the hour, from midnight on. */
function intervalAt(items: readonly Item[], start: number): Found | undefined {
  const [first, second, third] = items.slice(start, start + 3)
  if (first?.kind === 'hourly') {
    return { kind: 'found', minutes: everyHours(1), length: 1, raw: first.raw }
  }
  if (second?.kind !== 'number' || (third?.kind !== 'hours' && third?.kind !== 'period')) return undefined
  if (first?.kind !== 'every') return undefined
  const raw = `${first.raw} ${second.raw} ${third.raw}`
  if (third.kind === 'period' || second.value === 0 || 24 % second.value !== 0) {
    return { kind: 'problem', code: 'schedule-interval', typed: raw }
  }
  return { kind: 'found', minutes: everyHours(second.value), length: 3, raw }
}

function everyHours(hours: number): readonly number[] {
  return Array.from({ length: 24 / hours }, (_, index) => index * hours * 60)
}

/** A time and all that belongs to it: what comes before the hour, and what follows. */
function timeAt(items: readonly Item[], start: number, waiting: Half['half'] | undefined): Found | undefined {
  let index = start
  let shift = 0
  const lead = items[index]
  if (lead?.kind === 'past' && lead.side === 'before') {
    shift = lead.minutes
    index += 1
  }
  const hour = items[index]
  if (hour?.kind === 'clock' && index === start) return clockTime(hour, items[index + 1])
  if (hour?.kind !== 'time' && hour?.kind !== 'number') return undefined
  if (items[index + 1]?.kind === 'count') return undefined
  index += 1
  let minutes = hour.kind === 'time' ? hour.minutes : hourMinutes(hour.value)
  let half: Half['half'] | undefined
  for (; index < items.length; index += 1) {
    const next = items[index]
    if (next?.kind === 'hours') continue
    if (next?.kind === 'half' && half === undefined) half = next.half
    else if (next?.kind === 'past' && next.side === 'after' && minutes !== undefined && minutes % 60 === 0)
      shift += next.minutes
    else if (next?.kind === 'clock' && minutes !== undefined && isSaidOf(minutes, next.minutes))
      minutes = nearClock(minutes, next.minutes)
    else break
  }
  const raw = items
    .slice(start, index)
    .map((item) => item.raw)
    .join(' ')
  const ofDay =
    minutes === undefined ? undefined : inHalf(minutes, half ?? (minutes < 780 ? waiting : undefined))
  if (ofDay === undefined) return { kind: 'problem', code: 'schedule-time', typed: raw }
  return { kind: 'found', minutes: [(ofDay + shift + 1440) % 1440], length: index - start, raw }
}

/** "noon", "meio-dia e meia". */
function clockTime(hour: Extract<Item, { kind: 'clock' }>, next: Item | undefined): Found {
  if (next?.kind !== 'past' || next.side !== 'after') {
    return { kind: 'found', minutes: [hour.minutes], length: 1, raw: hour.raw }
  }
  const minutes = (hour.minutes + next.minutes + 1440) % 1440
  return { kind: 'found', minutes: [minutes], length: 2, raw: `${hour.raw} ${next.raw}` }
}

function hourMinutes(hour: number): number | undefined {
  return hour < 24 ? hour * 60 : undefined
}

/** Undefined where that half of the day has no such time. */
function inHalf(minutes: number, half: Half['half'] | undefined): number | undefined {
  const hour = Math.floor(minutes / 60)
  switch (half) {
    case undefined:
      return minutes
    case 'am':
      if (hour > 12) return undefined
      return hour === 12 ? minutes - 720 : minutes
    case 'pm':
      return hour < 12 ? minutes + 720 : minutes
    case 'night':
      if (hour === 12) return minutes - 720
      return hour >= 6 && hour < 12 ? minutes + 720 : minutes
  }
}

/** "12 Uhr mittags", "1 Uhr mittags", "12 at midnight": noon and midnight said of an hour next to them. */
function isSaidOf(minutes: number, clock: number): boolean {
  const hour = Math.floor(minutes / 60)
  return clock === 0 ? hour === 0 || hour === 12 : hour >= 11 || (hour >= 1 && hour <= 3)
}

function nearClock(minutes: number, clock: number): number {
  if (clock === 0) return minutes % 720
  return minutes < 240 ? minutes + 720 : minutes
}
