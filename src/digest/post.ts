/** How an edition leaves: messages as data, and what came of posting them. Discord's side implements `Poster`. */
import type { Instant } from '../article/article.ts'
import type { Edition } from './edition.ts'
import type { ChannelId, MessageId } from './ledger.ts'

/** One message in Discord's own JSON: the components of a components V2 message. */
export interface RenderedMessage {
  readonly components: readonly object[]
}

/** An edition becomes one or more messages, each within Discord's limits and each bearing its marker. */
export type RenderEdition = (
  edition: Edition,
  options: { readonly late: boolean },
) => readonly RenderedMessage[]

export type PostOutcome =
  | { readonly kind: 'posted'; readonly messageId: MessageId }
  /** Not posted; trying again later can help. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly reason: string }
  /** Not posted, and it will not be until somebody mends what `reason` says. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Posted or not: the answer was lost. */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface Poster {
  /** Posts one message. `nonce`: at most 25 characters; the same nonce within minutes never makes a second message. */
  readonly post: (channelId: ChannelId, message: RenderedMessage, nonce: string) => Promise<PostOutcome>
  /** Looks for a message that bears the marker of (edition, part) among the channel's messages since an instant. */
  readonly findPosted: (
    channelId: ChannelId,
    marker: { readonly edition: Edition; readonly part: number },
    since: Instant,
  ) => Promise<
    | { readonly kind: 'found'; readonly messageId: MessageId }
    | { readonly kind: 'absent' }
    | { readonly kind: 'cannot-look'; readonly reason: string }
  >
}
