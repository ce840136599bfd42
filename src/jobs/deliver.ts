/**
 * One delivery, from a claimed promise to its end. Every attempt renders the same messages in the same order: which edition and whether it is
 * late is decided once and recorded with the first part.
 */
import type { Edition } from '../digest/edition.ts'
import type { Delivery, Ledger } from '../digest/ledger.ts'
import { skipReasons } from '../digest/skipped.ts'
import type { Log } from '../log.ts'
import type { EditionsAtHand } from './editions-at-hand.ts'
import { type PartEnd, type PostingPart, postPart } from './post-part.ts'

export interface Delivering extends PostingPart {
  readonly ledger: Ledger
  readonly editions: EditionsAtHand
  readonly log: Log
  /** A delivery that was not begun within this time of its slot is let go. */
  readonly catchUpMs: number
}

/** What is begun later than this after its slot says so. */
const lateMs = 10 * 60_000
/** A delivery without an end is taken up again after this, and after twice as long each time. */
const firstPauseMs = 20_000
const longestPauseMs = 10 * 60_000
/** Whatever Discord says, it is asked again after this. */
const longestWaitMs = 36 * 60 * 60 * 1000
/** Something about it ends the process each time; other deliveries go first anyhow. */
const mostAttempts = 100

/** Posts what of the delivery does not stand yet. Every end is in the ledger when this resolves. */
export async function deliver(job: Delivering, delivery: Delivery): Promise<void> {
  const { ledger, editions, now, log } = job
  const context = { delivery: delivery.id, subscription: delivery.subscription.id, slot: delivery.slot }
  const skip = async (reason: string): Promise<void> => {
    await ledger.markSkipped(delivery, reason, now())
    log.info({ ...context, reason }, 'delivery.skipped')
  }
  if (delivery.attempt > mostAttempts) return giveUp(job, delivery)
  const isBegun = delivery.parts.length > 0
  if (!isBegun && now() - delivery.slot > job.catchUpMs) return skip(skipReasons.missed)
  const edition = await editions.of(delivery)
  if (edition === 'stopped') {
    await ledger.postpone(delivery, { at: now(), reason: 'stopped', uncertain: false, now: now() })
    return
  }
  if (edition === 'nothing' || (edition.items.length === 0 && edition.quiet === undefined))
    return skip(skipReasons.nothing)
  const late = (isBegun ? delivery.late : undefined) ?? now() - delivery.slot > lateMs
  const end = await postAll(job, delivery, edition, late)
  switch (end.kind) {
    case 'sent':
      log.info(
        { ...context, edition: edition.number, stories: edition.items.length, late },
        end.unseen === undefined ? 'delivery.sent' : 'delivery.unseen',
      )
      return
    case 'lost':
      log.debug(context, 'delivery.lost')
      return
    case 'later': {
      const afterMs = Math.min(end.afterMs ?? pauseAfter(delivery.attempt), longestWaitMs)
      const { reason, uncertain } = end
      await ledger.postpone(delivery, { at: now() + afterMs, reason, uncertain, now: now() })
      log.warn({ ...context, reason, uncertain, afterMs }, 'delivery.postponed')
      return
    }
    case 'refused': {
      const { code, reason, how, missing } = end
      // Whoever closed their direct messages is not written to again and again.
      const isToMember = delivery.subscription.place?.kind === 'member'
      const pauses = isToMember && how === 'stop'
      const failure = { code, reason, missing, isToBeTold: how !== 'bug' && !isToMember }
      await ledger.markFailed(delivery, failure, now(), { pauses })
      log[how === 'bug' ? 'error' : 'warn']({ ...context, code, reason, missing }, 'delivery.refused')
    }
  }
}

/** The pause before the next attempt, where Discord names none. */
export function pauseAfter(attempt: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt - 1, 10))
}

type AllEnd =
  | Exclude<PartEnd, { kind: 'stands' | 'unseen' }>
  | { readonly kind: 'sent'; readonly unseen: string | undefined }

async function postAll(
  job: Delivering,
  delivery: Delivery,
  edition: Edition,
  late: boolean,
): Promise<AllEnd> {
  const { ledger, editions, now, stopping } = job
  const messages = editions.messages(edition, late)
  let unseen = unseenBefore(delivery)
  let first = delivery.parts.find((each) => each.part === 0 && each.messageId !== undefined)?.channelId
  let recorded: Promise<boolean> = Promise.resolve(true)
  for (const [part, message] of messages.entries()) {
    if (delivery.parts.some((each) => each.part === part && each.sentAt !== undefined)) continue
    if (!(await recorded)) return { kind: 'lost' }
    if (stopping.aborted) return { kind: 'later', afterMs: 0, reason: 'stopped', uncertain: false }
    const end = await postPart(job, { delivery, edition, late, part, parts: messages.length, message, first })
    if (end.kind !== 'stands' && end.kind !== 'unseen') return end
    if (end.kind === 'unseen') unseen = end.reason
    const posted = end.kind === 'stands' ? end.posted : undefined
    if (part === 0) first = posted?.channelId
    recorded = ledger.recordPart(delivery, part, posted, now())
  }
  // What follows from the end, such as crossposts, is promised for the messages that are recorded by then.
  if (!(await recorded)) return { kind: 'lost' }
  const isSent = await ledger.markSent(delivery, now(), unseen)
  return isSent ? { kind: 'sent', unseen } : { kind: 'lost' }
}

function unseenBefore({ parts }: Delivery): string | undefined {
  return parts.some((each) => each.sentAt !== undefined && each.messageId === undefined)
    ? 'one of its messages was never seen'
    : undefined
}

/** Parts that may stand count as posted, as everywhere. */
async function giveUp({ ledger, now, log }: Delivering, delivery: Delivery): Promise<void> {
  const reason = 'tried too often'
  const isBegun = delivery.parts.length > 0
  if (isBegun) await ledger.markSent(delivery, now(), reason)
  else await ledger.markFailed(delivery, { code: 'tried-too-often', reason }, now())
  log.error(
    { delivery: delivery.id, subscription: delivery.subscription.id, attempt: delivery.attempt },
    'delivery.failed',
  )
}
