/**
 * One message of a delivery: posted once, whatever was lost on the way.
 *
 * A part whose outcome is in doubt (a crash, a dropped socket, an answer that said nothing) is posted again with the same nonce while Discord
 * still remembers nonces, and looked for in the channel after that. Where Discord forbids looking, the part counts as posted: not doubling
 * is preferred, and it is said. A doubt outlives every later answer that only says what became of a later attempt.
 *
 * For a new forum post Discord knows no nonce: one in doubt is never repeated before the forum was looked at, and that not at once. Whoever stood
 * still until the lease was over, or waited for so long for a turn, asks the ledger again before anything is sent.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '../article/article.ts'
import type { Edition } from '../digest/edition.ts'
import type { ChannelId, Delivery, GuildId, Ledger, PostedMessage, RoleId } from '../digest/ledger.ts'
import type { Noise, Poster, PostOutcome, RenderedMessage, Target } from '../digest/post.ts'
import { channelOf, newPostOf, targetOf } from '../digest/target.ts'

export interface PostingPart {
  readonly now: () => Instant
  readonly ledger: Pick<Ledger, 'beginPart' | 'cancelPart'>
  readonly poster: Poster
  readonly leaseMs?: number
  /** The role that a server lets its digests mention. */
  readonly roleOf?: (guildId: GuildId) => Promise<RoleId | undefined>
  /** Aborted when the process is to end: nothing new is begun. */
  readonly stopping: AbortSignal
  /** Aborted when it cannot wait for an answer any more. */
  readonly cutOff: AbortSignal
}

export interface Part {
  readonly delivery: Delivery
  readonly edition: Edition
  readonly late: boolean
  readonly part: number
  readonly parts: number
  readonly message: RenderedMessage
  /** Where the first message of the delivery stands. */
  readonly first?: ChannelId | undefined
}

type Refused = Extract<PostOutcome, { kind: 'refused' }>

export type PartEnd =
  | { readonly kind: 'stands'; readonly posted: PostedMessage }
  /** It counts as posted, and nobody can see whether it was. */
  | { readonly kind: 'unseen'; readonly reason: string }
  /** `afterMs` undefined: after the usual pause. `uncertain`: it may stand already. */
  | {
      readonly kind: 'later'
      readonly afterMs?: number
      readonly reason: string
      readonly uncertain: boolean
    }
  | Refused
  /** Somebody else has the delivery now. */
  | { readonly kind: 'lost' }

/** How long a claim holds without a record, unless told. */
export const usualLeaseMs = 60_000
/** Discord remembers an enforced nonce for "the past few minutes"; trusted for this long. */
const nonceTrustMs = 90_000
/** Pauses before an attempt without an answer is repeated on the spot. */
const repeatsAfterMs = [250, 1500]
/** A wait that Discord asks for is waited out on the spot up to this, and so often. */
const shortWaitMs = 3000
const mostShortWaits = 3

/** What was sent on its way before may arrive so long after nobody waits for it any more. */
const arrivalMs = 5000
/** Discord's codes for a thread that is gone or locked: another takes its place where one is reused. */
const threadGone = '10003'
const threadOver: ReadonlySet<string> = new Set([threadGone, '50083', '160005'])

/** Posts a part that is not recorded yet, or finds that it stands. The caller records it. */
export async function postPart(job: PostingPart, part: Part): Promise<PartEnd> {
  const { delivery, edition } = part
  const begun = delivery.parts.find((each) => each.part === part.part)
  let target = targetOf(delivery.subscription, edition, { ...part, begun })
  if (target === undefined) return { kind: 'unseen', reason: 'its forum post was never seen' }
  let doubtSince = begun?.begunAt
  let anew = false
  let repeats = 0
  let waits = 0
  for (;;) {
    if (doubtSince !== undefined) {
      const sinceMs = job.now() - doubtSince
      if (target.kind === 'forum' && sinceMs < arrivalMs) return arriving(arrivalMs - sinceMs)
      if (target.kind === 'forum' || sinceMs > nonceTrustMs) {
        const seen = await look(job, part, target, doubtSince)
        if (seen !== 'absent') return seen
        doubtSince = undefined
        anew = true
      }
    }
    const noise = await noiseOf(job, part)
    const begunAt = job.now()
    if (!(await begin(job, part, target, anew, begunAt))) return { kind: 'lost' }
    anew = false
    const outcome = await job.poster.post(target, part.message, {
      nonce: nonceOf(delivery, part.part),
      isOurs: () => job.now() - begunAt < (job.leaseMs ?? usualLeaseMs),
      cutOff: job.cutOff,
      ...(noise === undefined ? {} : { noise }),
    })
    switch (outcome.kind) {
      case 'posted': {
        const { kind: _, ...posted } = outcome
        return { kind: 'stands', posted }
      }
      case 'unknown': {
        doubtSince ??= begunAt
        const afterMs = target.kind === 'forum' ? undefined : repeatsAfterMs[repeats]
        if (afterMs === undefined || !(await waitedFor(afterMs, job))) {
          return { kind: 'later', reason: outcome.reason, uncertain: true }
        }
        repeats += 1
        break
      }
      case 'wait': {
        const isShort = outcome.afterMs <= shortWaitMs && waits < mostShortWaits
        if (!isShort || !(await waitedFor(outcome.afterMs, job))) {
          return putOff(job, part, outcome, doubtSince)
        }
        waits += 1
        break
      }
      case 'refused': {
        if (!isThreadOver(part, target, outcome)) return refuse(job, part, target, outcome, doubtSince)
        const seen = doubtSince === undefined ? 'absent' : await look(job, part, target, doubtSince)
        if (seen !== 'absent') return seen
        target = newPostOf(delivery.subscription, edition)
        doubtSince = undefined
        anew = true
      }
    }
  }
}

/** The wait is at most that, whatever the clock did. */
function arriving(afterMs: number): PartEnd {
  return {
    kind: 'later',
    afterMs: Math.min(afterMs, arrivalMs),
    reason: 'its forum post may be on its way',
    uncertain: true,
  }
}

/** A forum post that all editions go into, and that takes no more of them. */
function isThreadOver(part: Part, target: Target, { code }: Refused): boolean {
  return isInReusedPost(part, target) && threadOver.has(code)
}

function isInReusedPost({ delivery, part }: Part, target: Target): boolean {
  return part === 0 && delivery.subscription.place?.kind === 'forum' && target.kind === 'channel'
}

/** A digest of several messages mentions its role once, with the first. */
async function noiseOf({ roleOf }: PostingPart, { delivery, part }: Part): Promise<Noise | undefined> {
  const { guildId, notice, place } = delivery.subscription
  if (notice === 'silent') return { kind: 'silent' }
  const roleId =
    notice === 'role' && part === 0 && place?.kind !== 'member' ? await roleOf?.(guildId) : undefined
  return roleId === undefined ? undefined : { kind: 'role', roleId }
}

function begin(
  { ledger, leaseMs = usualLeaseMs }: PostingPart,
  part: Part,
  target: Target,
  anew: boolean,
  now: Instant,
): Promise<boolean> {
  const { delivery, edition, late, parts } = part
  const channelId = channelOf(target)
  return ledger.beginPart(delivery, {
    editionId: edition.id,
    parts,
    late,
    part: part.part,
    anew,
    ...(channelId === undefined ? {} : { channelId }),
    now,
    leaseUntil: now + leaseMs,
  })
}

/** In a thread that is gone nothing stands. */
async function look(
  { poster }: PostingPart,
  whole: Part,
  target: Target,
  since: Instant,
): Promise<PartEnd | 'absent'> {
  const { edition, part } = whole
  const seen = await poster.findPosted(target, { edition, part }, since)
  switch (seen.kind) {
    case 'found': {
      const { kind: _, ...posted } = seen
      return { kind: 'stands', posted }
    }
    case 'absent':
      return 'absent'
    case 'cannot-look':
      if (isInReusedPost(whole, target) && seen.code === threadGone) return 'absent'
      return { kind: 'unseen', reason: seen.reason }
    case 'wait':
      return { kind: 'later', afterMs: seen.afterMs, reason: seen.reason, uncertain: true }
  }
}

async function putOff(
  { ledger }: PostingPart,
  { delivery, part }: Part,
  { afterMs, reason }: { readonly afterMs: number; readonly reason: string },
  doubtSince: Instant | undefined,
): Promise<PartEnd> {
  if (doubtSince === undefined) await ledger.cancelPart(delivery, part)
  return { kind: 'later', afterMs, reason, uncertain: doubtSince !== undefined }
}

/** A part in doubt may stand although this attempt was refused. In a place that is gone it no longer matters. */
async function refuse(
  job: PostingPart,
  part: Part,
  target: Target,
  refused: Refused,
  doubtSince: Instant | undefined,
): Promise<PartEnd> {
  if (doubtSince !== undefined && refused.how !== 'stop') {
    const seen = await look(job, part, target, doubtSince)
    if (seen !== 'absent') return seen
  }
  await job.ledger.cancelPart(part.delivery, part.part)
  return refused
}

/** False where the process is to end meanwhile. */
function waitedFor(ms: number, { stopping }: PostingPart): Promise<boolean> {
  return pause(ms, true, { signal: stopping }).catch(() => false)
}

/** At most 25 characters, the same for every attempt at (subscription, slot, part). */
export function nonceOf(delivery: Pick<Delivery, 'subscription' | 'slot'>, part: number): string {
  return `${delivery.subscription.id}${Math.floor(delivery.slot / 60_000).toString(36)}.${part}`
}
