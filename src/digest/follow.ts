/**
 * Following a story: a member is told when it moves. Data alone; Discord's side tells.
 *
 * A follow knows what its member was told: what the story held when it began, and every article told since. What the
 * story holds beyond that is news, copies aside. It goes with its story when that merges into another, and ends by
 * itself when the story has been silent for two weeks.
 *
 * Whoever tells claims the follow first, with a lease; a process that dies leaves it to another when the lease runs out.
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { ChannelId, GuildId, UserId, WorkerId } from './ledger.ts'

export type FollowId = string & { readonly __brand: 'FollowId' }

/** Where a member is told: by direct message, or in a thread. */
export type TellPlace = { readonly kind: 'dm' } | { readonly kind: 'thread'; readonly channelId: ChannelId }

export interface Follow {
  readonly id: FollowId
  readonly userId: UserId
  /** The story as it stands today. */
  readonly storyId: StoryId
  /** The server on which the member began to follow; absent in direct messages. */
  readonly guildId?: GuildId
  readonly place: TellPlace
  /** The language in which the member is told, as Discord names it; English where it is absent. */
  readonly locale?: string
  readonly since: Instant
  /** Absent until something was told. */
  readonly toldAt?: Instant
}

/** A follow whose story has moved, claimed by the caller. */
export interface MovedFollow extends Follow {
  /** What the member was not told yet, oldest first; never empty. */
  readonly news: readonly [ArticleId, ...ArticleId[]]
  /** Whoever holds the lease. */
  readonly owner: WorkerId
  /** 1 for the first claim of this news; more means that earlier ones ended without an end. */
  readonly attempt: number
}

/** The most stories that one member follows at a time. */
export const mostFollows = 50
/** A story without a new article for so long is over, and so are its follows. */
export const silentMs = 14 * 24 * 60 * 60 * 1000

export interface Follows {
  /**
   * Begins to follow; a member who follows the story already stays as they are. `gone`: the story holds no
   * article that is for the member there.
   * Errors: `UserError` `too-many-follows` with the fact `most`.
   */
  readonly add: (
    follow: Omit<Follow, 'id' | 'since' | 'toldAt'>,
    now: Instant,
  ) => Promise<'added' | 'exists' | 'gone'>
  /** Whether it was followed. */
  readonly remove: (userId: UserId, storyId: StoryId) => Promise<boolean>
  /** What a member follows, the newest first. */
  readonly ofMember: (userId: UserId) => Promise<readonly Follow[]>
  /** Follows with news, the longest waiting first, leased to the caller; those of silent stories end. */
  readonly moved: (claim: {
    readonly owner: WorkerId
    readonly now: Instant
    readonly leaseMs: number
    readonly limit: number
  }) => Promise<readonly MovedFollow[]>
  /** These articles were told. Counts even where the lease is lost: what was told was told. */
  readonly told: (
    follow: Pick<MovedFollow, 'id' | 'owner'>,
    articleIds: readonly ArticleId[],
    now: Instant,
  ) => Promise<void>
  /** As `told`; the member could not be reached, and is told with the next answer (see `Members.takeUntold`). */
  readonly keptUntold: (
    follow: Pick<MovedFollow, 'id' | 'owner'>,
    articleIds: readonly ArticleId[],
    now: Instant,
  ) => Promise<void>
  /** Gives a claimed follow back, to be claimed again at `at`; `false` where the lease was lost. */
  readonly postpone: (follow: Pick<MovedFollow, 'id' | 'owner'>, at: Instant) => Promise<boolean>
  /** As `postpone`, where it is certain that nothing was sent: the next claim is the first one again. */
  readonly wait: (follow: Pick<MovedFollow, 'id' | 'owner'>, at: Instant) => Promise<boolean>
  /** Forgets all that is known of a member's follows; says how many there were. */
  readonly forgetMember: (userId: UserId) => Promise<number>
}
