/**
 * Removes what is older than it is held, a few rows at a time: between two steps everything else has its turn, for as long as the step took.
 * A step that was slow makes the next one smaller.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '../article/article.ts'
import type { Ledger } from '../digest/ledger.ts'
import {
  type Place,
  type Retention,
  type RetentionDays,
  type RetentionInstants,
  retentionInstants,
  type Step,
} from '../digest/retention.ts'
import type { Log } from '../log.ts'

export interface Retaining {
  readonly now: () => Instant
  readonly retention: Retention
  readonly ledger: Pick<Ledger, 'dropOld'>
  readonly days: RetentionDays
  readonly log: Log
  /** Ends the work after the step under way; the next round goes on. */
  readonly stopping?: AbortSignal
}

export interface Removed {
  readonly bodies: number
  readonly articles: number
  readonly stories: number
  readonly entries: number
  readonly skipped: number
  readonly editions: number
  readonly deliveries: number
  readonly pages: number
}

/** What a step should take: a fifth of what nobody notices. A slow disk takes longer for the commit alone, however few rows it is for. */
const wantedMs = 10
const leastSize = 10
const mostSize = 200
const pagesAtOnce = 100
/** Merging reads as much again, and more. */
const mergedAtOnce = 16

export async function retain(retaining: Retaining): Promise<Removed> {
  const { retention, ledger, days, now, log } = retaining
  const when = retentionInstants(days, now())
  const all = (work: (limit: number) => Promise<number>) => repeat(retaining, counted(work))
  const tidy = (work: (limit: number) => Promise<boolean>) =>
    repeat(retaining, async (limit) => ({ removed: 0, isLast: !(await work(limit)) }))
  const dropped = {
    bodies: await walk(retaining, when, retention.dropBodies),
    articles: await walk(retaining, when, retention.dropArticles),
    stories: await all((limit) => retention.dropEmptyStories(when, limit)),
    entries: await all((limit) => retention.dropEntries(when, limit)),
    skipped: await all((limit) => retention.dropSkipped(when, limit)),
    editions: await walk(retaining, when, retention.thinEditions),
    deliveries: await all((limit) => ledger.dropOld({ before: when.articlesBefore, now: when.now, limit })),
  }
  await tidy(retention.dropWords)
  await tidy((limit) => retention.tidySearch(Math.min(limit, mergedAtOnce)))
  const removed: Removed = {
    ...dropped,
    pages: await repeat(retaining, async () => {
      const given = await retention.shrink(pagesAtOnce)
      return { removed: given, isLast: given === 0 }
    }),
  }
  if (Object.values(removed).some((count) => count > 0)) log.info(removed, 'retention.done')
  return removed
}

/** Steps through old rows from the oldest to the newest; what is still needed is passed over. */
function walk(
  retaining: Retaining,
  when: RetentionInstants,
  step: (when: RetentionInstants, after: Place | undefined, limit: number) => Promise<Step>,
): Promise<number> {
  let after: Place | undefined
  return repeat(retaining, async (limit) => {
    const { removed, next } = await step(when, after, limit)
    after = next
    return { removed, isLast: next === undefined }
  })
}

interface Outcome {
  readonly removed: number
  readonly isLast: boolean
}

const counted =
  (work: (limit: number) => Promise<number>) =>
  async (limit: number): Promise<Outcome> => {
    const removed = await work(limit)
    return { removed, isLast: removed < limit }
  }

async function repeat({ stopping }: Retaining, work: (limit: number) => Promise<Outcome>): Promise<number> {
  let size = leastSize
  let sum = 0
  while (stopping?.aborted !== true) {
    const began = performance.now()
    const { removed, isLast } = await work(size)
    const tookMs = performance.now() - began
    sum += removed
    if (isLast) break
    size = nextSize(size, tookMs)
    await pause(Math.ceil(tookMs))
  }
  return sum
}

/** Twice as many at most, half as many at least. */
export function nextSize(size: number, tookMs: number): number {
  const factor = Math.min(2, Math.max(0.5, wantedMs / tookMs))
  return Math.min(mostSize, Math.max(leastSize, Math.floor(size * factor)))
}
