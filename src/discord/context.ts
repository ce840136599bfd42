/** What every command, button, menu and form is handed. Ports are listed by hand; nothing else can be reached. */
import type { Instant } from '../article/article.ts'
import type { DeliveryReports } from '../digest/delivery-report.ts'
import type { FeedLists } from '../digest/feed-list.ts'
import type { FindFilterEffects } from '../digest/filter-effects.ts'
import type { Follows } from '../digest/follow.ts'
import type { TestSource } from '../digest/found-source.ts'
import type { Drafts, GuildDigests, Guilds } from '../digest/guild.ts'
import type { About, GuildStatus } from '../digest/guild-status.ts'
import type { ChannelId, GuildId, Ledger, RoleId, Subscriptions, UserId } from '../digest/ledger.ts'
import type { Reader, ReadersLibrary } from '../digest/library.ts'
import type { ReadLink } from '../digest/link.ts'
import type { Members } from '../digest/member.ts'
import type { PostNow, PreviewEdition } from '../digest/preview.ts'
import type { ReadersSearch } from '../digest/search.ts'
import type { SourceHealths } from '../digest/source-health.ts'
import type { StoriesPerDay } from '../digest/stories-per-day.ts'
import type { FindStories } from '../digest/story-list.ts'
import type { ReadersExplaining } from '../digest/why.ts'
import type { ForumFacts } from './options/forum.ts'
import type { Say } from './text/say.ts'

/** What is held, as a reader may see it. Nothing else of it can be reached from here. */
export interface Reading {
  readonly library: ReadersLibrary
  readonly search: ReadersSearch
  readonly explaining: ReadersExplaining
  readonly findStories: FindStories
  readonly readLink: ReadLink
}

/** What the bot's side of Discord may ask of the rest. */
export interface Ports {
  readonly readingFor: (reader: Reader) => Reading
  readonly subscriptions: Subscriptions
  readonly follows: Follows
  readonly members: Members
  readonly guilds: Guilds
  readonly guildDigests: GuildDigests
  readonly drafts: Drafts
  readonly health: Ledger['health']
  readonly reports: DeliveryReports
  readonly testSource: TestSource
  readonly feedLists: FeedLists
  readonly sourceHealths: SourceHealths
  readonly filterEffects: FindFilterEffects
  readonly status: GuildStatus
  /** The bytes of a PNG file; undefined where that took too long. */
  readonly drawChart: (chart: StoriesPerDay) => Promise<Uint8Array | undefined>
  readonly about: About
  readonly previewEdition: PreviewEdition
  readonly postNow: PostNow
}

export interface Context extends Omit<Ports, 'readingFor'>, Reading {
  readonly say: Say
  readonly now: Instant
  readonly userId: UserId
  readonly channelId: ChannelId | undefined
  /** Absent in a direct message, and on a server that has not installed the bot. */
  readonly guildId: GuildId | undefined
  /** The language of the reader as Discord names it, spoken here or not. */
  readonly locale: string
  /** The language of the server as Discord names it; that of the reader where there is no server. */
  readonly guildLocale: string
  /** Foreign; undefined where there is no server that has installed the bot. */
  readonly guildName: () => Promise<string | undefined>
  /** Whether the member may manage this server. */
  readonly canManage: boolean
  /** A channel or thread of this server as it is now; undefined where the bot does not see one. */
  readonly channel: (id: ChannelId) => Promise<PickedChannel | undefined>
  readonly role: (id: RoleId) => Promise<KnownRole | undefined>
  /** Every slash command there is. */
  readonly commands: readonly KnownCommand[]
  /** How a command is shown so that a tap runs it: `</headlines:123>`. */
  readonly mention: (command: string) => string
}

export interface KnownCommand {
  /** `headlines`, or `digest setup` for a subcommand. */
  readonly name: string
  readonly forOwners: boolean
}

/** A channel, and what the bot lacks for posting there. */
export interface PickedChannel {
  readonly id: ChannelId
  readonly kind: 'text' | 'announcement' | 'thread' | 'forum' | 'other'
  /** Foreign; absent where the bot does not see the channel. */
  readonly name?: string
  /** Permissions as discord.js names them. */
  readonly missing: readonly string[]
  /** Whether the bot cannot read what was posted there: after an outage it could not see what has arrived. */
  readonly isBlind?: boolean
  /** Absent for what is no forum. */
  readonly forum?: ForumFacts
}

/** A role of this server, and what mentioning it would do. */
export interface KnownRole {
  readonly isEveryone: boolean
  /** Whether a mention by the bot notifies those who have it. */
  readonly canBeMentioned: boolean
}

/** What came with a press, a choice or a form. */
export interface Given {
  /** What was chosen in a menu. */
  readonly values: readonly string[]
  readonly channels: readonly PickedChannel[]
  /** What was written in a form, by custom id. */
  readonly fields: ReadonlyMap<string, readonly string[]>
}
