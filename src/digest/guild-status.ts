/** How a server is being served: what became of its newest slots, and what came in of late. Storage implements it. */
import type { Instant } from '../article/article.ts'
import type { DigestId } from './definition.ts'
import type { GuildId, SubscriptionId } from './ledger.ts'
import type { SkipKind } from './skipped.ts'

export type LastDelivery =
  /** `isUnseen`: it counts as posted, and nobody saw whether it was. */
  | {
      readonly kind: 'posted'
      readonly at: Instant
      readonly number: number
      readonly stories: number
      readonly isUnseen: boolean
    }
  | { readonly kind: 'skipped'; readonly at: Instant; readonly why: SkipKind | undefined }
  /** Why stands with the health of the subscription. */
  | { readonly kind: 'failed'; readonly at: Instant }
  /** It is not at its end: the next attempt comes at `at`. */
  | { readonly kind: 'under-way'; readonly at: Instant }

/** An edition that stands in its channel, and that the servers which follow it did not get, or not all of it. */
export interface Unpublished {
  readonly number: number
  /** When it was given up. */
  readonly at: Instant
}

export interface GuildStatus {
  /** What became of the newest slot of each subscription of a server; none for those that had no slot yet. */
  readonly lastDeliveries: (guildId: GuildId) => Promise<ReadonlyMap<SubscriptionId, LastDelivery>>
  /** Of each subscription of a server: the edition that was last to go to the followers of its channel, where that was given up. */
  readonly unpublished: (guildId: GuildId) => Promise<ReadonlyMap<SubscriptionId, Unpublished>>
  /** Articles of these digests seen since an instant: when each was, and when the first of each story was, if that is not longer ago. */
  readonly seen: (
    digestIds: readonly DigestId[],
    since: Instant,
  ) => Promise<{ readonly articles: readonly Instant[]; readonly stories: readonly Instant[] }>
}

/** What is running. */
export interface About {
  readonly version: string
  readonly startedAt: Instant
}
