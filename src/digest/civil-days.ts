/** The days that a zone's calendar has had of late, and what fell on each. Pure. */
import type { Instant } from '../article/article.ts'
import { instantOf, keyOf, localReached, minutesADay } from './local-clock.ts'
import type { Day } from './stories-per-day.ts'

export interface CivilDay {
  readonly day: Day
  /** Its first instant; it ends where the next begins. */
  readonly from: Instant
}

/** The last `count` days up to and including today, oldest first. */
export function lastDays(now: Instant, zone: string, count: number): readonly CivilDay[] {
  const today = Math.floor(localReached(now, zone) / minutesADay)
  return Array.from({ length: count }, (_, index) => {
    const midnight = (today - count + 1 + index) * minutesADay
    return { day: keyOf(midnight).slice(0, 10), from: instantOf(midnight, zone) }
  })
}

/** How many instants fall on each day; those before the first on none, those after the last on the last. */
export function countByDay(days: readonly CivilDay[], instants: readonly Instant[]): readonly number[] {
  const counts = days.map(() => 0)
  for (const instant of instants) {
    const at = days.findLastIndex(({ from }) => from <= instant)
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}
