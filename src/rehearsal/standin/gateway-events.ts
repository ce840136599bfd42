/**
 * Which gateway event a change of the world becomes, and which sessions hear of it: events/gateway.mdx, List of
 * Intents. Message texts are blanked for bots without the message-content intent, except in DMs, in their own
 * messages and where they are mentioned.
 */
import { GatewayIntentBits as I } from 'discord-api-types/v10'
import { gatewayGuild, wireGuild, wireMember, wirePartialMember, wireRole } from './objects.ts'
import type { Realm } from './realm.ts'
import type { Channel, Snowflake, StoredMessage, WorldChange } from './types.ts'

export interface Dispatch {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
  /** A session must have one of these; 0: everybody hears it. */
  readonly intents: number
  /** Decides the shard; DMs go to shard 0. */
  readonly guildId?: Snowflake
  /** What sessions without the message-content intent get. */
  readonly redacted?: Readonly<Record<string, unknown>>
}

/** The events that follow from one change; none for what Discord keeps to itself. */
export function dispatchesOf(realm: Realm, change: WorldChange): Dispatch[] {
  switch (change.kind) {
    case 'message.created':
      return messageEvent(realm, 'MESSAGE_CREATE', change.message)
    case 'message.updated':
      return messageEvent(realm, 'MESSAGE_UPDATE', change.message)
    case 'message.deleted':
      return deletedMessage(realm, change.channelId, change.messageId)
    case 'channel.created':
      return [channelEvent('CHANNEL_CREATE', change.channel)]
    case 'channel.updated':
      return [channelEvent('CHANNEL_UPDATE', change.channel)]
    case 'channel.deleted':
      return [channelEvent('CHANNEL_DELETE', change.channel)]
    case 'thread.created':
      return [channelEvent('THREAD_CREATE', change.channel)]
    case 'thread.updated':
      return [channelEvent('THREAD_UPDATE', change.channel)]
    case 'thread.deleted':
      return [channelEvent('THREAD_DELETE', change.channel)]
    case 'guild.added':
      return [guildCreate(realm, change.guildId)].flatMap((one) => one ?? [])
    case 'guild.removed':
      return [guildDelete(change.guildId, change.outage ?? false)]
    case 'guild.updated':
      return guildUpdates(realm, change)
    default:
      return []
  }
}

export function guildCreate(realm: Realm, guildId: Snowflake): Dispatch | undefined {
  const guild = realm.guilds.get(guildId)
  if (guild === undefined) return undefined
  return { event: 'GUILD_CREATE', data: gatewayGuild(realm, guild), intents: I.Guilds, guildId }
}

export function guildDelete(guildId: Snowflake, outage: boolean): Dispatch {
  const data = { id: guildId, ...(outage ? { unavailable: true } : {}) }
  return { event: 'GUILD_DELETE', data, intents: I.Guilds, guildId }
}

function channelEvent(event: string, channel: Channel): Dispatch {
  const { guildId } = channel
  const data =
    event === 'THREAD_DELETE'
      ? { id: channel.id, guild_id: guildId, parent_id: channel.parentId, type: channel.wire.type }
      : { ...channel.wire, ...(event === 'THREAD_CREATE' ? { newly_created: true } : {}) }
  return { event, data, intents: I.Guilds, ...(guildId === undefined ? {} : { guildId }) }
}

function guildUpdates(realm: Realm, change: Extract<WorldChange, { kind: 'guild.updated' }>): Dispatch[] {
  const { guildId, role, member } = change
  const guild = realm.guilds.get(guildId)
  if (guild === undefined) return []
  if (role !== undefined) {
    const data = { guild_id: guildId, role: wireRole(role) }
    return [{ event: 'GUILD_ROLE_UPDATE', data, intents: I.Guilds, guildId }]
  }
  if (member !== undefined) {
    const data = { ...wireMember(member), guild_id: guildId }
    const isBot = member.user.id === realm.bot.id
    return [{ event: 'GUILD_MEMBER_UPDATE', data, intents: isBot ? 0 : I.GuildMembers, guildId }]
  }
  return [{ event: 'GUILD_UPDATE', data: wireGuild(guild), intents: I.Guilds, guildId }]
}

function messageEvent(realm: Realm, event: string, message: StoredMessage): Dispatch[] {
  if (message.ephemeralFor !== undefined) return []
  const { wire } = message
  const guildId = realm.channels.get(wire.channel_id)?.guildId
  if (guildId === undefined) return [{ event, data: { ...wire }, intents: I.DirectMessages }]
  const member = realm.guilds.get(guildId)?.members.find((one) => one.user.id === wire.author.id)
  const data = {
    ...wire,
    guild_id: guildId,
    ...(member === undefined ? {} : { member: wirePartialMember(member) }),
  }
  const mayRead = wire.author.id === realm.bot.id || wire.mentions.some((user) => user.id === realm.bot.id)
  const redacted = mayRead ? data : { ...data, content: '', embeds: [], attachments: [], components: [] }
  return [{ event, data, redacted, intents: I.GuildMessages, guildId }]
}

function deletedMessage(realm: Realm, channelId: Snowflake, messageId: Snowflake): Dispatch[] {
  const guildId = realm.channels.get(channelId)?.guildId
  const data = {
    id: messageId,
    channel_id: channelId,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
  }
  const intents = guildId === undefined ? I.DirectMessages : I.GuildMessages
  return [{ event: 'MESSAGE_DELETE', data, intents, ...(guildId === undefined ? {} : { guildId }) }]
}
