/**
 * What is held of a member, and its end. There is no profile: only what the member asked for by a command, under the id that
 * Discord gives them. What a new part of the bot keeps of members is counted and deleted here too.
 *
 * Beside follows and drafts these are stories that moved while Discord let nobody write to the member: they are told with
 * the next answer, once, and forgotten after a month.
 */
import type { Instant, StoryId } from '../article/article.ts'
import type { UserId } from './ledger.ts'

export interface HeldOfMember {
  /** Stories they follow. */
  readonly follows: number
  /** Digests that they have sent to them. */
  readonly digests: number
  /** What they have begun and not finished, such as setting up a digest. */
  readonly drafts: number
  /** Stories of which they could not be told yet. */
  readonly untold: number
  /** Digests and feeds of servers that name them as the one who set them up, to be told when something is in the way. */
  readonly setUp: number
}

export interface Members {
  readonly held: (userId: UserId) => Promise<HeldOfMember>
  /** Deletes all of it; says what there was. */
  readonly forget: (userId: UserId) => Promise<HeldOfMember>
  /** Whether something waits for their next answer: Discord does not let them be written to. */
  readonly isUnreachable: (userId: UserId) => Promise<boolean>
  /** Takes what waits, the newest first: whoever gets it tells it, and nobody else does. */
  readonly takeUntold: (userId: UserId) => Promise<readonly StoryId[]>
  /** Deletes what is too old to be of use. */
  readonly dropOld: (now: Instant) => Promise<void>
}

/** What could not be told for so long is not told any more. */
export const untoldLifeMs = 30 * 24 * 60 * 60 * 1000
