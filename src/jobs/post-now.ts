/**
 * An edition out of turn: a slot of this minute is promised, and a publisher keeps the promise like any other. It may be another process: what
 * came of it is read from the ledger.
 */
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
  /** Wakes those that publish. */
  readonly wake: Pick<Wake, 'call'>
  /** Where this process publishes: resolves when what is promised was dealt with, as far as it can be. */
  readonly publish?: () => Promise<void>
  readonly now: () => Instant
  readonly log: Log
}

const minuteMs = 60_000
/** Whoever asked is told after this, done or not. */
const patienceMs = 15_000
/** Between two looks at what became of it. */
const lookEveryMs = 250

export function createPostNow({ ledger, reports, wake, publish, now, log }: PostingNow): PostNow {
  return async ({ id }) => {
    const at = now()
    const slot = at - (at % minuteMs)
    const isNew = await ledger.planExtra(id, slot, at)
    // Without it the next tick does the same.
    await wake.call().catch((error: unknown) => log.warn({ err: error }, 'publishers.unwoken'))
    const patience = new AbortController()
    const isOver = pause(patienceMs, true, { signal: patience.signal, ref: false }).catch(() => true)
    await Promise.race([publish?.(), isOver])
    const read = async (): Promise<DeliveryReport> =>
      (await reports.at(id, slot)) ?? { kind: 'under-way', isPutOff: false }
    const mayChange = (report: DeliveryReport): boolean => report.kind === 'under-way' && !report.isPutOff
    let report = await read()
    while (mayChange(report) && !(await Promise.race([isOver, pause(lookEveryMs, false)])))
      report = await read()
    patience.abort()
    return { isAgain: !isNew, report }
  }
}
