/** How an edition leaves: messages as data, where they go, and what came of posting them. Discord's side implements `Poster`. */
import type { Instant } from '../article/article.ts'
import type { Corrections } from './correction.ts'
import type { Edition } from './edition.ts'
import type { ChannelId, GuildId, PostedMessage, Refusal, RoleId, TagId, UserId } from './ledger.ts'

/** One message in Discord's own JSON: the components of a components V2 message. */
export interface RenderedMessage {
  readonly components: readonly object[]
}

/** How a message comes to notice: without a notification, or by a mention of one role; else as its readers have set. */
export type Noise = { readonly kind: 'silent' } | { readonly kind: 'role'; readonly roleId: RoleId }

/** An edition becomes one or more messages, each within Discord's limits and each bearing its marker. */
export type RenderEdition = (
  edition: Edition,
  options: {
    readonly late: boolean
    /** What has become of its articles since. The messages stay as many, and each story stays in its own. */
    readonly corrections?: Corrections
  },
) => readonly RenderedMessage[]

/** Where a message goes. */
export type Target =
  /** A channel or thread that takes messages as they are. `guildId` is absent for direct messages. */
  | { readonly kind: 'channel'; readonly guildId?: GuildId; readonly channelId: ChannelId }
  /** A new post in a forum, of which the message is the first. */
  | {
      readonly kind: 'forum'
      readonly guildId: GuildId
      readonly channelId: ChannelId
      readonly tagIds: readonly TagId[]
      readonly heading: PostHeading
    }
  /** The direct messages of a person. */
  | { readonly kind: 'member'; readonly userId: UserId }

/** What a forum post is called. */
export interface PostHeading {
  /** Of the digest; foreign. */
  readonly title: string
  /** BCP 47 tag. */
  readonly language: string
  /** Absent for a post that all editions go into. */
  readonly slot?: Instant
  readonly zone: string
  /** Whether the day alone does not tell which edition it is. */
  readonly hasTime: boolean
}

export type PostOutcome =
  | ({ readonly kind: 'posted' } & PostedMessage)
  /** Not posted by this attempt; trying again after that time can help. */
  | ({ readonly kind: 'wait'; readonly afterMs: number } & Refusal)
  /** Posted or not: the answer was lost, or said nothing. */
  | ({ readonly kind: 'unknown' } & Refusal)
  /** Not posted by this attempt, and no later one will be until somebody mends what `reason` says. `bug`: that is us. */
  | ({
      readonly kind: 'refused'
      readonly how: 'stop' | 'tell-owner' | 'bug'
      /** Permissions that the bot lacks, as Discord's client calls them in English: `View Channel`. */
      readonly missing: readonly string[]
    } & Refusal)

export type SearchOutcome =
  | ({ readonly kind: 'found' } & PostedMessage)
  /** It certainly is not there. */
  | { readonly kind: 'absent' }
  /** Nobody can tell, now or later. */
  | ({ readonly kind: 'cannot-look' } & Refusal)
  | ({ readonly kind: 'wait'; readonly afterMs: number } & Refusal)

export type CrosspostOutcome = { readonly kind: 'done' } | Exclude<PostOutcome, { kind: 'posted' }>

export interface Poster {
  /**
   * Posts one message once its turn has come. `nonce`: at most 25 characters; the same nonce within minutes never makes a second message,
   * but in a new forum post, for which Discord knows none. `cutOff` ends the attempt, whatever came of it.
   * `isOurs` is asked when its turn has come: where it says no, nothing is sent.
   */
  readonly post: (
    target: Target,
    message: RenderedMessage,
    options: {
      readonly nonce: string
      readonly cutOff: AbortSignal
      readonly noise?: Noise
      readonly isOurs?: () => boolean
    },
  ) => Promise<PostOutcome>
  /** Looks for a message that bears the marker of (edition, part), posted since an instant. */
  readonly findPosted: (
    target: Target,
    marker: { readonly edition: Pick<Edition, 'id'>; readonly part: number },
    since: Instant,
  ) => Promise<SearchOutcome>
  /** Sends a message on to the servers that follow its channel. Asked twice, Discord does it once. */
  readonly crosspost: (
    message: Pick<PostedMessage, 'channelId' | 'messageId'>,
    cutOff: AbortSignal,
  ) => Promise<CrosspostOutcome>
  /** How long nothing at all may be posted; 0 where all is well. */
  readonly pauseMs: () => number
}
