/**
 * Everything the stand-in knows, in one place: guilds, channels, messages, commands, people, files, and who listens
 * for changes. Values in the maps are never changed, only replaced, so that what was read stays as it was read.
 */
import { allPermissions, channelPermissions, directMessagePermissions } from './permissions.ts'
import { createSigningKeys, type SigningKeys } from './signing-keys.ts'
import { createSnowflakes } from './snowflake.ts'
import type {
  Channel,
  CommandSetting,
  Guild,
  Snowflake,
  StoredMessage,
  WireAttachment,
  WireCommand,
  WireUser,
  WorldChange,
} from './types.ts'

export interface StoredFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly contentType: string
}

export interface Realm {
  readonly applicationId: Snowflake
  readonly applicationName: string
  readonly bot: WireUser
  /** What is sent to the application's interactions endpoint is signed with these. */
  readonly keys: SigningKeys
  /** Where interactions go; undefined: over the gateway. */
  endpointUrl: string | undefined
  readonly guilds: Map<Snowflake, Guild>
  readonly unavailable: Set<Snowflake>
  readonly channels: Map<Snowflake, Channel>
  /** By channel, then by message id, in the order of posting. */
  readonly messages: Map<Snowflake, Map<Snowflake, StoredMessage>>
  /** By guild id, or `''` for global ones; then by command id. */
  readonly commands: Map<string, Map<Snowflake, WireCommand>>
  /** What owners set under Integrations; keys of `command-settings.ts`. */
  readonly commandSettings: Map<string, readonly CommandSetting[]>
  readonly users: Map<Snowflake, WireUser>
  /** DM channel by the other person's id. */
  readonly directMessages: Map<Snowflake, Snowflake>
  readonly closedToDirectMessages: Set<Snowflake>
  /** By path on this server. */
  readonly files: Map<string, StoredFile>
  /** What people have chosen to send along with a command, by id. */
  readonly uploads: Map<Snowflake, WireAttachment>
  now(): number
  nextId(): Snowflake
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin: string
  publish(change: WorldChange): void
  subscribe(listener: (change: WorldChange) => void): () => void
}

/** An empty realm with its bot in it. */
export function createRealm(now: () => number, applicationName: string): Realm {
  const nextId = createSnowflakes(now)
  const listeners = new Set<(change: WorldChange) => void>()
  const applicationId = nextId()
  const bot = makeUser(applicationId, applicationName, true)
  return {
    applicationId,
    applicationName,
    bot,
    keys: createSigningKeys(),
    endpointUrl: undefined,
    guilds: new Map(),
    unavailable: new Set(),
    channels: new Map(),
    messages: new Map(),
    commands: new Map(),
    commandSettings: new Map(),
    users: new Map([[bot.id, bot]]),
    directMessages: new Map(),
    closedToDirectMessages: new Set(),
    files: new Map(),
    uploads: new Map(),
    now,
    nextId,
    origin: '',
    publish(change) {
      for (const listener of [...listeners]) listener(change)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function makeUser(id: Snowflake, name: string, bot = false): WireUser {
  return {
    id,
    username: name.toLowerCase().replaceAll(/[^\p{L}\p{N}._]+/gu, '_'),
    global_name: bot ? null : name,
    discriminator: bot ? '0001' : '0',
    avatar: null,
    ...(bot ? { bot: true } : {}),
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  }
}

/** A person by id; whoever is not known yet comes into being. */
export function someUser(realm: Realm, id: Snowflake, name = `member ${id.slice(-4)}`): WireUser {
  const known = realm.users.get(id)
  if (known !== undefined) return known
  const user = makeUser(id, name)
  realm.users.set(id, user)
  return user
}

/** What a user may do in a channel; 0n where either is unknown to the other. */
export function permissionsIn(realm: Realm, channel: Channel, userId: Snowflake): bigint {
  if (channel.kind === 'dm') {
    const takesPart = channel.wire.recipients?.some((user) => user.id === userId) === true
    return takesPart || userId === realm.bot.id ? directMessagePermissions : 0n
  }
  const guild = channel.guildId === undefined ? undefined : realm.guilds.get(channel.guildId)
  if (guild === undefined) return 0n
  if (guild.ownerId === userId) return allPermissions
  const parent = channel.parentId === undefined ? undefined : realm.channels.get(channel.parentId)
  return channelPermissions(
    guild,
    channel.kind === 'thread' && parent !== undefined ? parent : channel,
    userId,
  )
}

/** Threads of a channel, oldest first. */
export function threadsOf(realm: Realm, channelId: Snowflake): Channel[] {
  return [...realm.channels.values()].filter(
    (channel) => channel.kind === 'thread' && channel.parentId === channelId,
  )
}

export function timestamp(realm: Realm): string {
  return new Date(realm.now()).toISOString()
}

export function storeMessage(realm: Realm, message: StoredMessage): void {
  const channelId = message.wire.channel_id
  const box = realm.messages.get(channelId) ?? new Map<Snowflake, StoredMessage>()
  realm.messages.set(channelId, box)
  box.set(message.wire.id, message)
}

export function removeMessage(realm: Realm, channelId: Snowflake, messageId: Snowflake): void {
  if (realm.messages.get(channelId)?.delete(messageId) === true) {
    realm.publish({ kind: 'message.deleted', channelId, messageId })
  }
}
