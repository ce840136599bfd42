/** An edition out of turn: a slot of this minute is promised, and the publisher keeps the promise like any other. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '../article/article.ts'
import type { DeliveryReport, DeliveryReports } from '../digest/delivery-report.ts'
import type { Ledger } from '../digest/ledger.ts'
import type { PostNow } from '../digest/preview.ts'
import type { Wake } from '../digest/wake.ts'
import type { Log } from '../log.ts'

export interface PostingNow {
  readonly ledger: Pick<Ledger, 'planExtra'>
  readonly reports: Pick<DeliveryReports, 'at'>
  /** Other processes may be those that publish. */
  readonly wake: Pick<Wake, 'call'>
  /** Resolves when what is promised was dealt with, as far as it can be. */
  readonly publish: () => Promise<void>
  readonly now: () => Instant
  readonly log: Log
}

const minuteMs = 60_000
/** Whoever asked is told after this, done or not. */
const patienceMs = 15_000

export function createPostNow({ ledger, reports, wake, publish, now, log }: PostingNow): PostNow {
  return async ({ id }) => {
    const at = now()
    const slot = at - (at % minuteMs)
    const isNew = await ledger.planExtra(id, slot, at)
    // Without it the next tick does the same.
    await wake.call().catch((error: unknown) => log.warn({ err: error }, 'publishers.unwoken'))
    const done = new AbortController()
    await Promise.race([publish(), pause(patienceMs, undefined, { signal: done.signal, ref: false })])
    done.abort()
    const underWay: DeliveryReport = { kind: 'under-way' }
    return { isAgain: !isNew, report: (await reports.at(id, slot)) ?? underWay }
  }
}
