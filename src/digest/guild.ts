/**
 * What is kept for a server: when it joined and left, its settings, and the digests it made for itself. Every verb names its
 * server, so that nothing a command can call reaches another server's rows.
 */
import type { Instant } from '../article/article.ts'
import type { Digest, DigestDefinition, DigestId } from './definition.ts'
import type { GuildId, RoleId, UserId } from './ledger.ts'

export interface GuildSettings {
  /** Of the digests it makes, and of what the bot says there by itself. */
  readonly language?: string
  /** IANA zone that new schedules begin with. */
  readonly zone?: string
  /** The only role that a digest may mention. */
  readonly roleId?: RoleId
}

/** Undefined keeps a setting as it is; null takes it away. */
export type GuildChange = { readonly [Name in keyof GuildSettings]?: GuildSettings[Name] | null }

export interface Guilds {
  /** `new` where it was never here, `back` where it had left and its data was still kept. */
  readonly joined: (id: GuildId, now: Instant) => Promise<'new' | 'back' | 'known'>
  readonly left: (id: GuildId, now: Instant) => Promise<void>
  /** Servers that joined and did not leave. */
  readonly present: () => Promise<readonly GuildId[]>
  /** Whether the welcome is still to be said. */
  readonly isToWelcome: (id: GuildId) => Promise<boolean>
  /** It was said. */
  readonly welcomed: (id: GuildId, now: Instant) => Promise<void>
  readonly settings: (id: GuildId) => Promise<GuildSettings>
  readonly change: (id: GuildId, change: GuildChange, now: Instant) => Promise<GuildSettings>
  /** Deletes everything kept for servers that left before an instant. */
  readonly forgetLeft: (before: Instant) => Promise<readonly GuildId[]>
}

/** Most digests that one server may make. */
export const mostGuildDigests = 25

/** `by`: who does it. Whoever adds a source is told when it is gone for good. */
export interface GuildDigests {
  /** Those the server made itself, by title. */
  readonly list: (guildId: GuildId) => Promise<readonly Digest[]>
  readonly find: (guildId: GuildId, id: DigestId) => Promise<Digest | undefined>
  /** Errors: `UserError` of code `too-many-digests`. */
  readonly add: (guildId: GuildId, definition: DigestDefinition, now: Instant, by?: UserId) => Promise<Digest>
  /** Undefined where the server has no such digest. */
  readonly replace: (
    guildId: GuildId,
    id: DigestId,
    definition: DigestDefinition,
    now: Instant,
    by?: UserId,
  ) => Promise<Digest | undefined>
  /**
   * Replaces it by what `change` makes of it as it stands, in one step, so that two changes at once both hold. Undefined where the
   * server has no such digest; where `change` gives undefined it stays as it is.
   */
  readonly change: (
    guildId: GuildId,
    id: DigestId,
    change: (standing: DigestDefinition) => DigestDefinition | undefined,
    now: Instant,
    by?: UserId,
  ) => Promise<Digest | undefined>
  /** Withdraws it: nothing is posted any more, editions stay. */
  readonly withdraw: (guildId: GuildId, id: DigestId, now: Instant) => Promise<boolean>
}

/** Something a person has begun and not finished, such as setting up a digest; kept for a day. */
export interface Drafts {
  readonly put: (id: string, owner: string, content: unknown, now: Instant) => Promise<void>
  readonly find: (id: string, owner: string, now: Instant) => Promise<unknown>
  readonly drop: (id: string) => Promise<void>
}
