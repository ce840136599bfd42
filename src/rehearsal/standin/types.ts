/**
 * What one can ask of the stand-in Discord: how to start it, what can be read of its world, what a member can do with
 * it, and how to make it misbehave. Nothing here does anything.
 */
import type {
  Snowflake,
  WireChannel,
  WireChoice,
  WireCommand,
  WireMessage,
  WireModal,
  WireOverwrite,
  WireTag,
  WireUser,
} from './wire.ts'

export type * from './wire.ts'

// ---------------------------------------------------------------------------------------------------------- starting

export interface StandInOptions {
  /** 0 (the default) takes any free port. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /** Milliseconds since 1970; decides timestamps, ids, deadlines and windows. Default: the machine's clock. */
  readonly now?: () => number
  /** The bot token that is accepted; default: any. */
  readonly token?: string
  /** Discord's OpenAPI document; when given, every request and every response is checked against it. */
  readonly openapiFile?: string
  /** The same, already opened (`openDocument`): one reading serves many stand-ins. Wins over `openapiFile`. */
  readonly document?: DocumentCheck
  /** Default: one guild with a text channel `news`. */
  readonly guilds?: readonly GuildSeed[]
  readonly application?: {
    readonly name?: string
    readonly approximateGuildCount?: number
    /** Intents beyond the free ones that were granted; default none, so that asking for one closes with 4014. */
    readonly privilegedIntents?: number
  }
  /** Defaults are Discord's: 3,000 ms and 900,000 ms. */
  readonly deadlines?: { readonly firstResponseMs?: number; readonly tokenMs?: number }
  readonly rateLimits?: RateLimitOptions
  /**
   * Of the shards with the same rest of `shard id / maxConcurrency` one may identify in a window; whoever comes sooner is refused (op 9), and
   * it is a violation. Defaults are Discord's: 1, and 5,000 ms of the machine's clock; a window of 0 refuses nobody.
   */
  readonly identifying?: { readonly maxConcurrency?: number; readonly windowMs?: number }
  /** How long a nonce is remembered; Discord says "a few minutes". Default 180,000. */
  readonly nonceWindowMs?: number
  readonly heartbeatIntervalMs?: number
  /** Numbers in [0, 1), for faults with a probability. Default: a seeded generator. */
  readonly random?: () => number
}

/** `'off'` sends no 429 of its own; otherwise the defaults are Discord's, and `perRoute` wins over them. */
export type RateLimitOptions =
  | 'off'
  | {
      /** Default 50. */
      readonly globalPerSecond?: number
      /** Default 10,000 answers of 401, 403 and 429 in 10 minutes, after which everything is refused. */
      readonly invalidPer10Minutes?: number
      /** `route` as in `POST /channels/{channel_id}/messages`. */
      readonly perRoute?: Readonly<Record<string, { readonly limit: number; readonly windowMs: number }>>
    }

export type ChannelKind = 'text' | 'announcement' | 'forum' | 'voice' | 'stage' | 'category'

/** Ids may be left out; a new one is then given. Permissions are Discord's bit fields. */
export interface GuildSeed {
  readonly id?: Snowflake
  readonly name: string
  readonly locale?: string
  readonly ownerId?: Snowflake
  readonly roles?: readonly RoleSeed[]
  readonly channels?: readonly ChannelSeed[]
  readonly members?: readonly MemberSeed[]
  readonly emojis?: readonly { readonly id?: Snowflake; readonly name: string }[]
  /** The name of the channel that takes system messages; default: none. */
  readonly systemChannel?: string
  /** What @everyone may do; default: what Discord gives a new guild. */
  readonly everyonePermissions?: bigint
  /** What the bot's own role adds; default 0n. */
  readonly botPermissions?: bigint
  /** When the bot came, in milliseconds since 1970. Default: now, and for guilds given at the start a month ago. */
  readonly botJoinedAt?: number
}

export interface RoleSeed {
  readonly id?: Snowflake
  readonly name: string
  readonly permissions?: bigint
  readonly mentionable?: boolean
}

export interface OverwriteSeed {
  /** `'bot'` and `'everyone'` stand for the bot's own member and the guild's @everyone role. */
  readonly id: Snowflake | 'bot' | 'everyone'
  /** Left out where `id` says it. */
  readonly type?: 'role' | 'member'
  readonly allow?: bigint
  readonly deny?: bigint
}

export interface ChannelSeed {
  readonly id?: Snowflake
  readonly name: string
  readonly kind?: ChannelKind
  readonly topic?: string
  /** In the list, from 0; by default below those that are there. */
  readonly position?: number
  readonly nsfw?: boolean
  readonly parentId?: Snowflake
  readonly overwrites?: readonly OverwriteSeed[]
  /** Forum channels only. */
  readonly tags?: readonly { readonly id?: Snowflake; readonly name: string; readonly moderated?: boolean }[]
  readonly requireTag?: boolean
}

export interface MemberSeed {
  readonly id?: Snowflake
  readonly name: string
  readonly roles?: readonly Snowflake[]
}

// ------------------------------------------------------------------------------------------------------- the stand-in

export interface StandIn {
  /** For `rest: { api }` of discord.js: `http://127.0.0.1:PORT/api`. */
  readonly api: string
  /** `ws://127.0.0.1:PORT/gateway` */
  readonly gateway: string
  readonly world: World
  readonly admin: Admin
  readonly faults: FaultSwitch
  /** Every REST request in the order in which it came, answered or not. */
  readonly requests: readonly RequestRecord[]
  /** Where a request or an answer of ours breaks Discord's OpenAPI document (none without `openapiFile`), and identifies that came too soon. */
  readonly violations: readonly Violation[]
  readonly gatewaySessions: readonly GatewaySessionView[]
  /** The hands of one person; who they are is made up on first use. `guildId: null` acts outside any guild. */
  member(userId: Snowflake, options?: MemberOptions): MemberHands
  /** Ends every socket and timer. Safe to call twice. */
  close(): Promise<void>
}

export interface MemberOptions {
  /** Default: the first guild. `null`: a DM with the bot, or (with a DM channel id of somebody else) a user install. */
  readonly guildId?: Snowflake | null
  /** Default `en-US`. */
  readonly locale?: string
  /** The app is installed by this person and not in the guild: only five follow-ups, no app permissions. */
  readonly userInstallOnly?: boolean
}

export interface RequestRecord {
  readonly at: number
  readonly method: string
  /** Path with query, without `/api/v10`. */
  readonly path: string
  /** `POST /channels/{channel_id}/messages`, or undefined where no such route exists. */
  readonly route?: string
  /** What was parsed from the body, if anything. */
  readonly body?: unknown
  /** Undefined while it is being answered, or when a fault swallowed the answer. */
  readonly status?: number
  /** Discord's error code where it was refused. */
  readonly code?: number
  /** Which limit it met: its own bucket, the one over all requests, or one shared with others. */
  readonly limited?: 'user' | 'global' | 'shared'
  readonly ms?: number
  readonly violations: readonly Violation[]
}

/** Discord's OpenAPI document, ready to judge (`openDocument` of openapi.ts). */
export interface DocumentCheck {
  request(route: DocumentedRoute, body: unknown, query: URLSearchParams): Violation[]
  response(route: DocumentedRoute, status: number, body: unknown): Violation[]
}

export interface DocumentedRoute {
  readonly method: string
  /** As the document writes it: `/channels/{channel_id}`. */
  readonly path: string
  /** Its operationId. */
  readonly operation: string
}

export interface Violation {
  /** `create_message`, or `identify` on the gateway. */
  readonly operation: string
  readonly direction: 'request' | 'response'
  /** JSON pointer into the body, or `?name` for a query parameter. */
  readonly path: string
  readonly message: string
}

export interface GatewaySessionView {
  readonly id: string
  readonly shard: readonly [number, number]
  readonly intents: number
  readonly connected: boolean
  readonly sequence: number
  readonly resumes: number
  readonly closeCode?: number
}

// ---------------------------------------------------------------------------------------------------------- the world

export interface Role {
  readonly id: Snowflake
  readonly name: string
  readonly permissions: bigint
  readonly position: number
  readonly mentionable: boolean
  /** The user id of the bot whose role this is. */
  readonly botId?: Snowflake
}

export interface Member {
  readonly user: WireUser
  readonly roles: readonly Snowflake[]
  readonly joinedAt: string
}

export interface Guild {
  readonly id: Snowflake
  readonly name: string
  readonly locale: string
  readonly ownerId: Snowflake
  readonly roles: readonly Role[]
  readonly members: readonly Member[]
  readonly emojis: readonly { readonly id: Snowflake; readonly name: string }[]
  readonly joinedAt: string
  readonly systemChannelId?: Snowflake
}

/** `wire` is the channel as Discord sends it. */
export interface Channel {
  readonly id: Snowflake
  readonly kind: ChannelKind | 'thread' | 'dm'
  readonly name: string
  readonly guildId?: Snowflake
  readonly parentId?: Snowflake
  readonly overwrites: readonly WireOverwrite[]
  readonly tags: readonly WireTag[]
  readonly wire: WireChannel
}

/** A message together with what Discord knows and does not send. */
export interface StoredMessage {
  readonly wire: WireMessage
  /** Set where only this person sees it. */
  readonly ephemeralFor?: Snowflake
  /** Who would be notified, after `allowed_mentions` and permissions. All empty: nobody. */
  readonly pings: Pings
  readonly crossposted: boolean
  /** "Thinking…": a deferred answer that has not been filled yet. */
  readonly loading: boolean
}

export interface Pings {
  readonly everyone: boolean
  readonly users: readonly Snowflake[]
  readonly roles: readonly Snowflake[]
}

/** The read side. Everything returned is a value of that moment; it never changes afterwards. */
export interface World {
  readonly applicationId: Snowflake
  readonly bot: WireUser
  /** The application's public key, in hexadecimal digits. */
  readonly verifyKey: string
  guilds(): readonly Guild[]
  guild(id: Snowflake): Guild | undefined
  /** Channels of a guild in their order, without threads. */
  channels(guildId: Snowflake): readonly Channel[]
  channel(id: Snowflake): Channel | undefined
  /** The first channel or thread of that name. Throws when there is none. */
  channelNamed(name: string, guildId?: Snowflake): Channel
  /** Threads of a channel, oldest first, archived ones too. */
  threads(channelId: Snowflake): readonly Channel[]
  /** Oldest first; ephemeral messages only where `viewer` is given and they are that person's. */
  messages(channelId: Snowflake, viewer?: Snowflake): readonly StoredMessage[]
  message(channelId: Snowflake, messageId: Snowflake): StoredMessage | undefined
  /** Registered globally, or for one guild. */
  commands(guildId?: Snowflake): readonly WireCommand[]
  users(): readonly WireUser[]
  user(id: Snowflake): WireUser | undefined
  /** What a user may do in a channel, overwrites included; 0n for strangers. */
  permissions(channelId: Snowflake, userId: Snowflake): bigint
  /** The bytes of an attachment, by its URL. */
  file(url: string): Uint8Array | undefined
  /** Tells of every change, after it happened. Returns the way to stop. */
  subscribe(listener: (change: WorldChange) => void): () => void
  /**
   * The first defined value of `find`, asked now and after each change.
   * Rejects with `what` in its message when nothing came within `timeoutMs` (default 5,000).
   */
  waitFor<T>(find: (change?: WorldChange) => T | undefined, options: WaitOptions): Promise<T>
}

export interface WaitOptions {
  readonly what: string
  readonly timeoutMs?: number
}

export type WorldChange =
  | { readonly kind: 'message.created' | 'message.updated'; readonly message: StoredMessage }
  | { readonly kind: 'message.deleted'; readonly channelId: Snowflake; readonly messageId: Snowflake }
  | { readonly kind: 'channel.created' | 'channel.updated' | 'channel.deleted'; readonly channel: Channel }
  | { readonly kind: 'thread.created' | 'thread.updated' | 'thread.deleted'; readonly channel: Channel }
  | { readonly kind: 'guild.added'; readonly guildId: Snowflake }
  /** `outage`: the guild is still there and only unreachable for now. */
  | { readonly kind: 'guild.removed'; readonly guildId: Snowflake; readonly outage?: boolean }
  /** `role` or `member` where only that changed. */
  | {
      readonly kind: 'guild.updated'
      readonly guildId: Snowflake
      readonly role?: Role
      readonly member?: Member
    }
  | { readonly kind: 'commands.changed'; readonly guildId?: Snowflake }
  | { readonly kind: 'typing'; readonly channelId: Snowflake; readonly userId: Snowflake }
  | { readonly kind: 'interaction.sent' | 'interaction.answered'; readonly interactionId: Snowflake }
  | {
      readonly kind: 'gateway.ready' | 'gateway.resumed' | 'gateway.closed'
      readonly session: GatewaySessionView
    }
  | { readonly kind: 'request.answered'; readonly request: RequestRecord }

/** `id` of the guild as a role stands for everyone. */
export interface CommandSetting {
  readonly type: 'role' | 'user' | 'channel'
  readonly id: Snowflake
  readonly permission: boolean
}

/** What an owner or moderator of the guild could do by hand; the bot hears of it over the gateway. */
export interface Admin {
  addGuild(seed: GuildSeed): Guild
  /** The bot is thrown out. */
  removeGuild(guildId: Snowflake): void
  /** An outage: the guild becomes unavailable, or comes back. */
  setGuildAvailable(guildId: Snowflake, available: boolean): void
  addChannel(guildId: Snowflake, seed: ChannelSeed): Channel
  deleteChannel(channelId: Snowflake): void
  renameChannel(channelId: Snowflake, name: string): void
  setOverwrites(channelId: Snowflake, overwrites: readonly OverwriteSeed[]): void
  setArchived(threadId: Snowflake, archived: boolean, locked?: boolean): void
  setRolePermissions(guildId: Snowflake, roleId: Snowflake | 'bot' | 'everyone', permissions: bigint): void
  setMemberRoles(guildId: Snowflake, userId: Snowflake, roles: readonly Snowflake[]): void
  deleteMessage(channelId: Snowflake, messageId: Snowflake): void
  /** Who may use a command of this bot, as set under Integrations; no name: all its commands. */
  setCommandSettings(guildId: Snowflake, name: string | undefined, settings: readonly CommandSetting[]): void
  /** Interactions go to that address by signed HTTP instead of over the gateway; `null`: the gateway again. Rejects where it fails Discord's check. */
  setEndpoint(url: string | null): Promise<void>
  /** The bot can no longer write to this person (they closed their DMs): 50007. */
  setDirectMessages(userId: Snowflake, open: boolean): void
}

// ------------------------------------------------------------------------------------------------------- interactions

export type OptionValue = string | number | boolean

export interface CommandCall {
  readonly subcommand?: string
  readonly group?: string
  /** How long to wait for an answer beyond Discord's own deadline; default: the token's lifetime. */
  readonly timeoutMs?: number
}

/**
 * One person at their Discord client. Every call sends one interaction and resolves when it is answered as far as a
 * person would say so: a deferred answer resolves when it is filled. What their client would not let them do
 * (no such command, disabled button, missing permission, a required option left out) is a `failed` answer
 * with `by: 'client'`; nothing is then sent.
 */
export interface MemberHands {
  readonly user: WireUser
  /** The names of commands this person's client would offer in that channel. */
  offered(channelId: Snowflake): readonly WireCommand[]
  /** `options` by option name; users, roles, channels and files by their id. */
  command(
    channelId: Snowflake,
    name: string,
    options?: Readonly<Record<string, OptionValue>>,
    call?: CommandCall,
  ): Promise<Answer>
  /** Resolves with `choices` or `failed`. */
  autocomplete(
    channelId: Snowflake,
    name: string,
    options: Readonly<Record<string, OptionValue>>,
    focused: string,
    call?: CommandCall,
  ): Promise<Answer>
  click(channelId: Snowflake, messageId: Snowflake, customId: string, call?: CommandCall): Promise<Answer>
  select(
    channelId: Snowflake,
    messageId: Snowflake,
    customId: string,
    values: readonly string[],
    call?: CommandCall,
  ): Promise<Answer>
  /** Fills the modal this person was last shown with that custom id; `fields` by custom id. */
  submitModal(
    customId: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    call?: CommandCall,
  ): Promise<Answer>
  messageCommand(
    channelId: Snowflake,
    name: string,
    messageId: Snowflake,
    call?: CommandCall,
  ): Promise<Answer>
  userCommand(channelId: Snowflake, name: string, userId: Snowflake, call?: CommandCall): Promise<Answer>
  /** Chooses a file to send along with a command: gives the id that its option takes. */
  upload(name: string, bytes: Uint8Array, contentType?: string): Snowflake
  /** Writes a message as this person. */
  send(channelId: Snowflake, content: string): StoredMessage
  /** The DM channel of this person and the bot. */
  directMessages(): Channel
}

interface Answered {
  readonly interactionId: Snowflake
  readonly token: string
  /** Milliseconds from sending the interaction to its first answer. */
  readonly ackMs: number
  /** The next follow-up or edit after those already seen here; rejects when none comes. */
  next(timeoutMs?: number): Promise<StoredMessage>
}

export type Answer =
  | (Answered & {
      readonly kind: 'message'
      readonly message: StoredMessage
      readonly ephemeral: boolean
      readonly deferred: boolean
    })
  /** The message that carried the component was changed, or (deferred) silently acknowledged and then changed. */
  | (Answered & { readonly kind: 'update'; readonly message: StoredMessage; readonly deferred: boolean })
  | (Answered & { readonly kind: 'modal'; readonly modal: WireModal })
  | (Answered & { readonly kind: 'choices'; readonly choices: readonly WireChoice[] })
  | {
      readonly kind: 'failed'
      /** `client`: never sent. `deadline`: no answer in time. `unfinished`: deferred and never filled. */
      readonly by: 'client' | 'deadline' | 'unfinished' | 'closed'
      readonly reason: string
      readonly interactionId?: Snowflake
      readonly ackMs?: number
    }

// ------------------------------------------------------------------------------------------------------------- faults

export interface FaultSwitch {
  /** From now on matching REST requests meet this fault. Returns the way to take it back. */
  inject(rule: FaultRule): () => void
  /** Takes back every rule and lets hanging requests go (their sockets are closed). */
  clear(): void
  readonly gateway: GatewayFaults
  readonly endpoint: EndpointFaults
}

/** Of the interactions endpoint. */
export interface EndpointFaults {
  /** The next answer is read when that has happened: what follows it may be there before. */
  readLate(after: () => Promise<unknown>): void
  /** Sends once more, byte for byte, every interaction that was sent there, a few at a time. Resolves with the status of each answer. */
  repeat(): Promise<readonly (number | undefined)[]>
}

export interface FaultRule {
  readonly method?: string
  /** Tested against the path without `/api/v10`, with its query. */
  readonly path?: RegExp
  /** Spare this many matching requests first; default 0. */
  readonly skip?: number
  /** Then strike this often; default 1. */
  readonly times?: number
  /** Strike only with this probability; default 1. */
  readonly probability?: number
  readonly effect: FaultEffect
}

/** `after`: Discord did what was asked, and only the answer is lost or replaced. */
export type FaultEffect =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: unknown
      readonly when?: 'before' | 'after'
    }
  | {
      readonly kind: 'rate-limit'
      readonly retryAfterMs: number
      readonly scope?: 'user' | 'global' | 'shared'
    }
  | { readonly kind: 'hang'; readonly when?: 'before' | 'after' }
  | { readonly kind: 'drop'; readonly when?: 'before' | 'after' }
  | { readonly kind: 'malformed'; readonly when?: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly ms: number }

/** Each acts on every connected session, unless told which. */
export interface GatewayFaults {
  close(code: number, reason?: string, sessionId?: string): void
  /** Op 7. */
  reconnect(sessionId?: string): void
  /** Op 9. */
  invalidate(resumable: boolean, sessionId?: string): void
  /** The socket dies without a closing frame. */
  drop(sessionId?: string): void
  /** Heartbeats stay unanswered until the client connects anew. */
  stopAcks(sessionId?: string): void
  /** Refuse the next RESUMEs with op 9 (false). */
  denyResumes(count: number): void
  /** Sends once more every event of that name that is still kept, as after a resume whose sequence was lost. */
  repeat(event: string, sessionId?: string): void
  /** Take in no new connection while true. */
  refuseConnections(refuse: boolean): void
}
