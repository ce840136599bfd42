/** Showing corrections where they were posted: which messages are to be looked at, and what comes of editing one. */
import type { Instant } from '../article/article.ts'
import type { Corrections } from './correction.ts'
import type { EditionId } from './edition.ts'
import type { ChannelId, DeliveryId, GuildId, MessageId, Refusal, RoleId, WorkerId } from './ledger.ts'
import type { RenderedMessage } from './post.ts'

/** A posted message that may have to be edited, claimed by the caller. */
export interface PartToCorrect {
  readonly deliveryId: DeliveryId
  readonly part: number
  readonly editionId: EditionId
  readonly late: boolean
  readonly guildId: GuildId
  readonly channelId: ChannelId
  readonly messageId: MessageId
  /** The role that it mentions above its digest. */
  readonly roleId?: RoleId
  /** The newest correction that it is to show. */
  readonly version: Instant
  /** Names what it shows since it was last edited. */
  readonly shown?: string
  readonly owner: WorkerId
  readonly attempt: number
}

type Claim = Pick<PartToCorrect, 'deliveryId' | 'part' | 'owner'>

export interface CorrectionDesk {
  /** Marks the messages that show what was corrected a moment ago. Gives how many editions that were. */
  readonly spread: (now: Instant) => Promise<number>
  /** Messages to be looked at, of the last day alone, leased to the caller. */
  readonly claim: (claim: {
    readonly owner: WorkerId
    readonly now: Instant
    readonly leaseMs: number
    readonly limit: number
  }) => Promise<readonly PartToCorrect[]>
  /** What is known today of an edition's articles. */
  readonly of: (editionId: EditionId) => Promise<Corrections>
  /** The message is as that version wants it; `shown` where it was edited. */
  readonly settle: (claim: Claim, version: Instant, shown?: string) => Promise<void>
  /** `isUntried`: it is certain that nothing was changed. */
  readonly postpone: (claim: Claim, at: Instant, isUntried: boolean) => Promise<void>
  /** Ends all leases. Only for a process that is alone with its database. */
  readonly endLeases: (now: Instant) => Promise<void>
  /** Forgets what was posted too long ago to be edited. */
  readonly dropOld: (now: Instant) => Promise<void>
}

export type EditOutcome =
  | { readonly kind: 'edited' }
  /** There is nothing left to edit, or it cannot be edited any more. */
  | ({ readonly kind: 'gone' } & Refusal)
  | ({ readonly kind: 'wait'; readonly afterMs: number } & Refusal)
  | ({ readonly kind: 'unknown' } & Refusal)
  | ({ readonly kind: 'bug' } & Refusal)

/** Edits what the bot has posted, in its turn and pinging nobody. Discord's side implements it. */
export interface Editor {
  readonly edit: (
    place: Pick<PartToCorrect, 'channelId' | 'messageId' | 'roleId'>,
    message: RenderedMessage,
    options: { readonly cutOff: AbortSignal },
  ) => Promise<EditOutcome>
  /** How long nothing at all may be sent; 0 where all is well. */
  readonly pauseMs: () => number
}
