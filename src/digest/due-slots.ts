/**
 * Which slots of a subscription are due, and from where the next search goes on.
 *
 * A search goes on from the local time that was planned last, not from its instant: when the rules of a zone are changed (a new
 * zone database comes with a restart) the instants of slots move, and their local times stay. So each local time is
 * planned once, however far its instant moved and to whichever side.
 *
 * The clock of the machine may be wrong. Set back, it finds nothing due that was planned already. Set forward and back, it would leave the
 * search far ahead and the subscription silent until then: such a search is brought back to now. What was posted while the
 * clock was ahead stays posted, which the ledger knows by the slot; so nothing doubles. What was let go meanwhile comes in its time.
 */
import type { Instant } from '../article/article.ts'
import { keyOf, type LocalKey, localOf, localReached } from './local-clock.ts'
import { mostDays, type Schedule, type Slot, slotsAfter } from './schedule.ts'

/** How far the slots of a subscription have been planned. */
export interface PlannedTo {
  readonly until: Instant
  /** The local time of that instant by the rules it was planned with; absent in what older versions wrote. */
  readonly key?: LocalKey
}

/** Clocks of several processes may differ by so much before one of them counts as wrong. */
const clockSkewMs = 5 * 60_000
/** A search looks back so far; what the ledger keeps of deliveries must reach as far. */
export const searchedBackMs = mostDays * 24 * 60 * 60 * 1000

/** Where the search of a new or changed schedule begins: what has come by now is past. */
export function plannedToNow(schedule: Schedule, now: Instant): Required<PlannedTo> {
  return { until: now, key: keyOf(localReached(now, schedule.zone)) }
}

/** `plannedUntil`, or `now` where it lies so far ahead that a clock must have been wrong. */
export function healPlannedUntil(plannedUntil: Instant, now: Instant): Instant {
  return plannedUntil > now + clockSkewMs ? now : plannedUntil
}

/**
 * The slots that have come since `planned`, oldest first, and how far they are planned with them. To be written only where the row
 * still stands as `planned`: then of several processes that search at once one plans. `planned` itself is given back
 * where nothing is to be written.
 */
export function dueSlots(
  schedule: Schedule,
  planned: PlannedTo,
  now: Instant,
): { readonly slots: readonly Slot[]; readonly planned: PlannedTo } {
  if (healPlannedUntil(planned.until, now) !== planned.until) {
    return { slots: [], planned: plannedToNow(schedule, now) }
  }
  const after = planned.key === undefined ? localReached(planned.until, schedule.zone) : localOf(planned.key)
  const slots = slotsAfter(schedule, after, now)
  const newest = slots.at(-1)
  if (newest !== undefined) return { slots, planned: { until: newest.at, key: newest.key } }
  // It did not look at all of the time that has passed; should the clock be wrong, that must be seen when it is right again.
  return { slots, planned: planned.until < now - searchedBackMs ? plannedToNow(schedule, now) : planned }
}
