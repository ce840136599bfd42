/**
 * Due slots → promises. The newest slot of a subscription that has come is promised; older ones fold into it, and what was missed for longer
 * than the catch-up window is let go. Nothing is posted here.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Instant } from '../article/article.ts'
import { dueSlots, type PlannedTo } from '../digest/due-slots.ts'
import { type DueSubscription, type Ledger, type SlotPlan, unreadableCode } from '../digest/ledger.ts'
import { isUnreadable, nextSlots, type Schedule } from '../digest/schedule.ts'
import { skipReasons } from '../digest/skipped.ts'
import type { Log } from '../log.ts'

export interface Planning {
  readonly ledger: Pick<Ledger, 'due' | 'plan'>
  readonly now: () => Instant
  /** A slot missed for longer than this is not caught up. */
  readonly catchUpMs: number
  readonly log: Log
}

const unreadableReason =
  'Its times or its place cannot be read: they name a time zone, or something else, that is not known here (any more). It rests until its owner chooses its times anew, or sets it up anew.'

/** Subscriptions planned in one transaction; between two of them answers to people have their turn. */
const atOnce = 200

/** Promises everything that is due by now. */
export async function planDue({ ledger, now, catchUpMs, log }: Planning): Promise<void> {
  const until = now()
  const search = createSearch(until)
  for (;;) {
    const due = await ledger.due(until, atOnce)
    if (due.length === 0) return
    const plans = due.map((subscription) => planOf(subscription, search, until, catchUpMs))
    await ledger.plan(plans, until)
    for (const { subscription, refusal } of plans) {
      if (refusal !== undefined) log.error({ subscription, sentence: refusal.reason }, 'schedule.unreadable')
    }
    log.debug(
      { subscriptions: due.length, slots: plans.reduce((sum, { slots }) => sum + slots.length, 0) },
      'slots.planned',
    )
    if (due.length < atOnce) return
    await breathe()
  }
}

function planOf(subscription: DueSubscription, search: Search, now: Instant, catchUpMs: number): SlotPlan {
  const { id, dueAt, schedule, plannedUntil, plannedKey } = subscription
  const from: PlannedTo = { until: plannedUntil, ...(plannedKey === undefined ? {} : { key: plannedKey }) }
  const { slots, planned, nextSlotAt } = search(schedule, from)
  const newest = slots.at(-1)
  return {
    subscription: id,
    dueAt,
    from,
    planned,
    nextSlotAt,
    slots: slots.map((slot) => {
      if (slot !== newest) return { ...slot, skipped: skipReasons.folded }
      return now - slot.at > catchUpMs ? { ...slot, skipped: skipReasons.missed } : slot
    }),
    ...(isUnreadable(schedule) ? { refusal: { code: unreadableCode, reason: unreadableReason } } : {}),
  }
}

type Search = (
  schedule: Schedule,
  from: PlannedTo,
) => ReturnType<typeof dueSlots> & { readonly nextSlotAt: Instant | undefined }

/** Many subscriptions have the same times, and what is found for one of them holds for all. */
function createSearch(now: Instant): Search {
  const found = new Map<string, ReturnType<Search>>()
  return (schedule, from) => {
    const key = JSON.stringify([schedule, from])
    const known = found.get(key)
    if (known !== undefined) return known
    const result = { ...dueSlots(schedule, from, now), nextSlotAt: nextSlots(schedule, now, 1)[0] }
    found.set(key, result)
    return result
  }
}
