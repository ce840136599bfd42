/**
 * Due slots → posted editions, once each. One loop plans what a tick says has come due, claims deliveries a batch at a time, servers in turn,
 * and keeps so many of them under way; a tick that comes meanwhile is planned meanwhile. How fast posts leave is the poster's pace.
 *
 * Claim, do, record; the subscription's memory moves last. What is claimed and not begun when the process is to end is given back; a message
 * on its way is waited for and recorded.
 */
import type { Instant } from '../article/article.ts'
import type { Delivery, GuildId, Ledger, RoleId, WorkerId } from '../digest/ledger.ts'
import type { Library } from '../digest/library.ts'
import type { Poster, RenderEdition } from '../digest/post.ts'
import type { Log } from '../log.ts'
import { createBell } from './bell.ts'
import { createClaims } from './claims.ts'
import type { EditionMaking } from './compose.ts'
import { type Delivering, deliver, pauseAfter } from './deliver.ts'
import { createEditionsAtHand } from './editions-at-hand.ts'
import { type MadeOnce, type MakingOnce, makeOnce } from './make-once.ts'
import { planDue } from './plan.ts'
import { usualLeaseMs } from './post-part.ts'

export interface Publishing extends EditionMaking {
  readonly now: () => Instant
  readonly worker: WorkerId
  readonly ledger: Ledger
  readonly library: Library
  readonly render: RenderEdition
  readonly poster: Poster
  /** The role that a server lets its digests mention. */
  readonly roleOf?: (guildId: GuildId) => Promise<RoleId | undefined>
  readonly log: Log
  /** A slot missed for longer than this is not caught up. */
  readonly catchUpMs: number
  /** How long a claim holds that is not renewed. */
  readonly leaseMs?: number
}

export interface Publisher {
  /** Plans what has come due. Resolves when all of it was dealt with, as far as it can be for now. */
  readonly tick: () => Promise<void>
  /** Begins nothing new; resolves when what is under way has ended and is recorded, within `longestStopMs`. May be asked again. */
  readonly stop: () => Promise<void>
}

/** A slot that was noticed so late is on time. */
const shortestCatchUpMs = 10 * 60_000
/** What has no answer by then is cut off, and looked up after the next start. */
const longestStopMs = 6000
/** After an error of storage. */
const errorPauseMs = 1000
/** A pause of Discord's that is worth a line in the log. */
const longestQuietPauseMs = 5000
/** The loop never turns faster than this with nothing to do. */
const shortestRestMs = 50

/** Goes on at once with what an earlier run has left. */
export function startPublishing(publishing: Publishing): Publisher {
  const { ledger, log, now, poster, worker, leaseMs = usualLeaseMs } = publishing
  const stopping = new AbortController()
  const cutOff = new AbortController()
  const bell = createBell()
  const making: MakingOnce & Publishing = { ...publishing, leaseMs, stopping: stopping.signal }
  const editions = createEditionsAtHand((delivery) => editionFor(making, delivery), publishing.render)
  const catchUpMs = Math.max(publishing.catchUpMs, shortestCatchUpMs)
  const job: Delivering = {
    ...publishing,
    leaseMs,
    editions,
    catchUpMs,
    stopping: stopping.signal,
    cutOff: cutOff.signal,
  }

  const claims = createClaims({
    ledger,
    worker,
    leaseMs,
    now,
    deliver: (delivery) =>
      deliver(job, delivery).catch((error: unknown) => interrupted(job, delivery, error)),
    onEnded: bell.ring,
    log,
  })
  let ticked: (() => void)[] = [() => undefined]
  const planned: (() => void)[] = []
  let isPaused = false

  const planTicked = async (): Promise<void> => {
    if (ticked.length === 0) return
    planned.push(...ticked)
    ticked = []
    await planDue({ ledger, now, catchUpMs, log })
    claims.lookAgain()
  }

  /** One round of work; how long to sleep after it unless somebody rings. */
  const round = async (): Promise<number | undefined> => {
    await planTicked()
    const pauseMs = poster.pauseMs()
    if (pauseMs > longestQuietPauseMs && !isPaused)
      log.warn({ pauseMs: Math.round(pauseMs) }, 'posting.paused')
    isPaused = pauseMs > 0
    if (isPaused) return pauseMs
    await claims.advance()
    if (claims.underWay() > 0) return undefined
    return claims.isIdle() && ticked.length === 0 ? rest() : 0
  }

  /** Nothing is left that could be done now. */
  const rest = async (): Promise<number | undefined> => {
    for (const settle of planned.splice(0)) settle()
    editions.forget()
    const next = await ledger.nextClaimAt()
    claims.lookAgain()
    return next === undefined ? undefined : Math.max(next - now(), shortestRestMs)
  }

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const sleepMs = await round().catch((error: unknown) => {
        log.error({ err: error }, 'publishing.failed')
        return errorPauseMs
      })
      if (sleepMs !== 0) await bell.rung(sleepMs)
    }
  }
  const running = run()

  return {
    tick: () =>
      new Promise((resolve) => {
        if (stopping.signal.aborted) resolve()
        else ticked.push(resolve)
        bell.ring()
      }),
    stop: async () => {
      stopping.abort()
      bell.ring()
      const patience = setTimeout(() => cutOff.abort(), longestStopMs)
      await running
      await claims.close().catch((error: unknown) => log.error({ err: error }, 'publishing.failed'))
      clearTimeout(patience)
      for (const settle of [...planned.splice(0), ...ticked.splice(0)]) settle()
    },
  }
}

/** Storage failed, or a mistake of ours: the delivery is taken up again, and what of it is in doubt stays so. */
async function interrupted(
  { ledger, now, log }: Delivering,
  delivery: Delivery,
  error: unknown,
): Promise<void> {
  log.error({ err: error, delivery: delivery.id }, 'delivery.interrupted')
  const at = now() + pauseAfter(delivery.attempt)
  await ledger
    .postpone(delivery, { at, reason: 'interrupted', uncertain: false, now: now() })
    .catch((again: unknown) => log.error({ err: again, delivery: delivery.id }, 'delivery.interrupted'))
}

/** The edition that was begun, or the one of this slot and memory, or a new one. */
async function editionFor(making: MakingOnce & Publishing, delivery: Delivery): Promise<MadeOnce> {
  const { desk, library } = making
  const { subscription, slot } = delivery
  if (delivery.editionId !== undefined) return (await library.findEdition(delivery.editionId)) ?? 'nothing'
  const previous = subscription.lastEditionId
  const digest = await library.findDigest(subscription.digestId)
  if (digest === undefined) return (await desk.findNext(subscription.digestId, slot, previous)) ?? 'nothing'
  return makeOnce(making, { digest, previous, slot })
}
