/**
 * Due slots → posted editions, once each. A tick plans what is due, then claims and delivers until nothing is left.
 *
 * Claim, do, record; the subscription's memory moves last. A part that was begun and not recorded (a crash, a dropped socket) is posted again with
 * the same nonce while Discord still remembers nonces, and looked for in the channel after that. Where Discord forbids looking, the part
 * counts as posted: not doubling is preferred, and the log says so.
 */
import type { Instant } from '../article/article.ts'
import { composeEdition } from '../digest/compose.ts'
import type { Edition } from '../digest/edition.ts'
import type { Delivery, Ledger, MessageId, Subscription, Subscriptions, WorkerId } from '../digest/ledger.ts'
import type { EditionDesk, Library } from '../digest/library.ts'
import type { Poster, PostOutcome, RenderEdition, RenderedMessage } from '../digest/post.ts'
import { slotsBetween } from '../digest/schedule.ts'
import type { Log } from '../log.ts'

export interface Publishing {
  readonly now: () => Instant
  readonly worker: WorkerId
  readonly subscriptions: Subscriptions
  readonly ledger: Ledger
  readonly desk: EditionDesk
  readonly library: Library
  readonly render: RenderEdition
  readonly poster: Poster
  readonly log: Log
  /** A slot missed for longer than this is not caught up. */
  readonly catchUpMs: number
}

/** How long a claim holds without a record. */
const leaseMs = 60_000
/** Discord remembers an enforced nonce for "the past few minutes"; trusted for this long. */
const nonceTrustMs = 90_000
/** An edition composed later than this after its slot says so. */
const lateMs = 10 * 60_000
/** Before a delivery with an unknown outcome is taken up again. */
const unknownRetryMs = 20_000
const mostAttempts = 12

/** Plans and delivers everything that is due now. */
export async function publishDue(publishing: Publishing, stopping: AbortSignal): Promise<void> {
  const now = publishing.now()
  for (const subscription of await publishing.subscriptions.all()) {
    await plan(publishing, subscription, now)
  }
  while (!stopping.aborted) {
    const delivery = await publishing.ledger.claim(publishing.worker, publishing.now(), leaseMs)
    if (delivery === undefined) return
    await deliver(publishing, delivery).catch(async (error: unknown) => {
      publishing.log.error({ err: error, delivery: delivery.id }, 'delivery.interrupted')
      await publishing.ledger.postpone(delivery.id, 'interrupted', publishing.now() + unknownRetryMs)
    })
  }
}

/** The newest due slot is promised; older ones fold into it, and what is older than the catch-up window is let go. */
async function plan(
  { ledger, catchUpMs, log }: Publishing,
  subscription: Subscription,
  now: Instant,
): Promise<void> {
  const due = slotsBetween(subscription.schedule, subscription.plannedUntil, now)
  const newest = due.at(-1)
  if (newest === undefined) return
  const slots = due.map((slot) => {
    if (slot !== newest) return { slot, skipped: 'folded into a later slot' }
    return now - slot > catchUpMs ? { slot, skipped: 'missed for longer than the catch-up window' } : { slot }
  })
  await ledger.plan({ subscription: subscription.id, slots, plannedUntil: newest })
  log.debug({ subscription: subscription.id, slots: slots.length }, 'slots.planned')
}

async function deliver(publishing: Publishing, delivery: Delivery): Promise<void> {
  const { ledger, log } = publishing
  const context = { delivery: delivery.id, subscription: delivery.subscription.id, slot: delivery.slot }
  if (delivery.attempt > mostAttempts) {
    await ledger.markEnded(delivery.id, { state: 'failed', reason: 'tried too often' }, publishing.now())
    log.error(context, 'delivery.failed')
    return
  }
  const edition = await editionFor(publishing, delivery)
  if (edition === undefined || edition.items.length === 0) {
    await ledger.markEnded(delivery.id, { state: 'skipped', reason: 'nothing new' }, publishing.now())
    log.info(context, 'delivery.skipped')
    return
  }
  const late = edition.composedAt - edition.slot > lateMs
  const messages = publishing.render(edition, { late })
  await ledger.setEdition(delivery.id, edition.id, messages.length, publishing.now())
  for (const [part, message] of messages.entries()) {
    const outcome = await deliverPart(publishing, delivery, edition, part, message)
    if (outcome.kind === 'posted') continue
    if (outcome.kind === 'refused') {
      await ledger.markEnded(delivery.id, { state: 'failed', reason: outcome.reason }, publishing.now())
      log.warn({ ...context, reason: outcome.reason }, 'delivery.refused')
      return
    }
    const afterMs = outcome.kind === 'wait' ? outcome.afterMs : unknownRetryMs
    await ledger.postpone(delivery.id, outcome.reason, publishing.now() + afterMs)
    log.warn({ ...context, reason: outcome.reason, afterMs }, 'delivery.postponed')
    return
  }
  await ledger.markSent(delivery.id, publishing.now())
  log.info({ ...context, edition: edition.number, stories: edition.items.length, late }, 'delivery.sent')
}

/** The edition that was begun, or the one of this slot and memory, or a new one. */
async function editionFor(publishing: Publishing, delivery: Delivery): Promise<Edition | undefined> {
  const { desk, library } = publishing
  const { subscription, slot } = delivery
  if (delivery.editionId !== undefined) return library.findEdition(delivery.editionId)
  const previous = subscription.lastEditionId
  const standing = await desk.findNext(subscription.digestId, slot, previous)
  if (standing !== undefined) return standing
  const digest = await library.findDigest(subscription.digestId)
  if (digest === undefined) return undefined
  const now = publishing.now()
  const candidates = await desk.candidates(digest.id, previous, now)
  const content = composeEdition(digest, candidates, now)
  if (content.items.length === 0) return undefined
  return desk.freeze({ digestId: digest.id, slot, previous, composedAt: now, content })
}

async function deliverPart(
  publishing: Publishing,
  delivery: Delivery,
  edition: Edition,
  part: number,
  message: RenderedMessage,
): Promise<PostOutcome> {
  const { ledger, poster, now, log } = publishing
  const { channelId } = delivery.subscription
  const begun = delivery.parts.find((each) => each.part === part)
  if (begun?.messageId !== undefined) return { kind: 'posted', messageId: begun.messageId }
  if (begun !== undefined && now() - begun.begunAt > nonceTrustMs) {
    const found = await poster.findPosted(channelId, { edition, part }, begun.begunAt)
    if (found.kind === 'cannot-look') {
      log.warn({ delivery: delivery.id, part, reason: found.reason }, 'delivery.uncertain')
      return record(publishing, delivery, part, 'unknown' as MessageId)
    }
    if (found.kind === 'found') return record(publishing, delivery, part, found.messageId)
  }
  await ledger.beginPart(delivery.id, part, now())
  const outcome = await poster.post(channelId, message, nonceOf(delivery, part))
  if (outcome.kind === 'posted') return record(publishing, delivery, part, outcome.messageId)
  if (outcome.kind !== 'unknown') await ledger.cancelPart(delivery.id, part)
  return outcome
}

async function record(
  { ledger, now }: Publishing,
  delivery: Delivery,
  part: number,
  messageId: MessageId,
): Promise<PostOutcome> {
  await ledger.recordPart(delivery.id, part, messageId, now())
  return { kind: 'posted', messageId }
}

/** At most 25 characters, the same for every attempt at (subscription, slot, part). */
export function nonceOf(delivery: Pick<Delivery, 'subscription' | 'slot'>, part: number): string {
  return `${delivery.subscription.id}${Math.floor(delivery.slot / 60_000).toString(36)}.${part}`
}
