/** How deliveries of a subscription went, for its owner. Storage implements it. */
import type { Instant } from '../article/article.ts'
import type { ChannelId, MessageId, SubscriptionId } from './ledger.ts'

/** An edition that stands in the channel. */
export interface PostedEdition {
  readonly number: number
  readonly slot: Instant
  readonly postedAt: Instant
  /** Its first message; absent where that was never seen. */
  readonly messageId?: MessageId
  /** Where that stands; absent in what older versions posted. */
  readonly channelId?: ChannelId
}

export type DeliveryReport =
  | ({ readonly kind: 'posted' } & PostedEdition)
  /** Nothing was posted, and why: in English, as the ledger has it. */
  | { readonly kind: 'skipped' | 'failed'; readonly reason: string }
  /** `isPutOff`: it was tried, and is tried again later. */
  | { readonly kind: 'under-way'; readonly isPutOff: boolean }

export interface DeliveryReports {
  /** The newest edition that the subscription has posted, in whatever channel. */
  readonly newest: (id: SubscriptionId) => Promise<PostedEdition | undefined>
  /** Undefined where no such slot was promised. */
  readonly at: (id: SubscriptionId, slot: Instant) => Promise<DeliveryReport | undefined>
}
