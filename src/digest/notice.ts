/**
 * Telling people what only they can mend: a digest that cannot be posted, a feed of the server's own that is gone. Once for each
 * problem of each digest or feed, until all was well again in the meantime.
 *
 * The row is the promise: it is written with the failure itself, and whoever tells it claims all that waits for one person, so that a
 * thousand failures at once are one message. First by direct message to whoever set it up, else where the server has its system
 * messages posted; what reaches nobody stands in `/status` all the same.
 */
import type { Instant, SourceId } from '../article/article.ts'
import type { ChannelId, GuildId, Refusal, SubscriptionId, UserId, WorkerId } from './ledger.ts'
import type { RenderedMessage } from './post.ts'
import type { SourceTrouble } from './source-health.ts'

export type NoticeId = string & { readonly __brand: 'NoticeId' }

export type Problem =
  | ({
      readonly kind: 'delivery'
      readonly subscriptionId: SubscriptionId
      readonly channelId: ChannelId
      /** Permissions that the bot lacked, as discord.js names them. */
      readonly missing: readonly string[]
    } & Refusal)
  | {
      readonly kind: 'source'
      readonly sourceId: SourceId
      readonly address: string
      readonly trouble: SourceTrouble
      readonly since: Instant
    }

export interface ProblemNotice {
  readonly id: NoticeId
  readonly guildId: GuildId
  /** Of the digest that suffers; foreign. */
  readonly digestTitle: string
  readonly problem: Problem
}

/** What waits to be told about one server: the oldest few, and how many there are in all. */
export interface GuildNotices {
  readonly guildId: GuildId
  readonly first: readonly ProblemNotice[]
  readonly count: number
}

/** Everything that waits for one person, claimed by the caller. */
export interface ClaimedNotices {
  /** Whoever set it up, where that is known; else the owner of that server. */
  readonly person: { readonly kind: 'member'; readonly userId: UserId } | { readonly kind: 'owner' }
  /** Names the person within the storage. */
  readonly key: string
  readonly guilds: readonly [GuildNotices, ...GuildNotices[]]
  readonly owner: WorkerId
  /** 1 for the first claim; more means that earlier ones ended without an end. */
  readonly attempt: number
}

/** By direct message, in the server's channel for system messages, or not at all: then `/status` alone shows it. */
export type ToldHow = 'direct' | 'server' | 'nobody'

export interface Notices {
  /** Notes sources of servers' own digests that are gone or have failed for days, and forgets those that are well again. */
  readonly noteSources: (now: Instant) => Promise<void>
  /** What has waited for a moment, by person, the longest waiting first; nobody is told more often than once an hour. */
  readonly claim: (claim: {
    readonly owner: WorkerId
    readonly now: Instant
    readonly leaseMs: number
    readonly limit: number
  }) => Promise<readonly ClaimedNotices[]>
  /** What was claimed is told; with a server, what concerns that one. */
  readonly settle: (
    claim: Pick<ClaimedNotices, 'key' | 'owner'>,
    how: ToldHow,
    now: Instant,
    guildId?: GuildId,
  ) => Promise<void>
  /** Gives what is not told back, to be claimed again at `at`. `isUntried`: it is certain that nothing was sent. */
  readonly postpone: (
    claim: Pick<ClaimedNotices, 'key' | 'owner'>,
    at: Instant,
    isUntried: boolean,
  ) => Promise<void>
  /** Ends all leases. Only for a process that is alone with its database. */
  readonly endLeases: (now: Instant) => Promise<void>
}

/** What comes within so long of the first is told together. */
export const gatherMs = 60_000
/** Nobody is told more often than this. */
export const tellEveryMs = 60 * 60 * 1000
/** A source is told of when it has failed for so long without an end. */
export const failingForMs = 3 * 24 * 60 * 60 * 1000

/** What the bot sees of a server. */
export interface SeenServer {
  readonly ownerId: UserId
  /** Where it has its system messages posted, if the bot may write there. */
  readonly systemChannelId: ChannelId | undefined
  /** As Discord names locales. */
  readonly locale: string
  /** Foreign. */
  readonly name: string
  /** Of the channels asked about those that are there. */
  readonly channels: ReadonlySet<ChannelId>
}

/** What the bot sees of its servers; Discord's side implements it. */
export interface Servers {
  /** `absent` where the bot is not on that server; `later` where nobody can tell now. */
  readonly see: (
    guildId: GuildId,
    channelIds: readonly ChannelId[],
  ) => Promise<
    | { readonly kind: 'seen'; readonly server: SeenServer }
    | { readonly kind: 'absent' }
    | { readonly kind: 'later'; readonly afterMs: number }
  >
  /** How a command is shown so that a tap runs it. */
  readonly mention: (command: string) => string
}

/** A message that tells of problems. */
export interface NoticeMessage {
  /** As Discord names locales. */
  readonly locale: string
  readonly guilds: readonly GuildNotices[]
  /** Those that the bot is on. */
  readonly servers: ReadonlyMap<GuildId, SeenServer>
  readonly mention: Servers['mention']
}

export type RenderNotices = (message: NoticeMessage) => RenderedMessage
