/**
 * What is known of servers: what a gateway holds of its own, and what Discord says of all others when it is asked. From either the same
 * follows for the bot: what it lacks in a channel, whom a role would notify, where it may write.
 */
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js'
import { ChannelType, OverwriteType } from 'discord-api-types/v10'
import type { ChannelId, GuildId, RoleId, TagId, UserId } from '../digest/ledger.ts'
import type { KnownRole, PickedChannel } from './context.ts'
import type { ForumFacts } from './options/forum.ts'

/** Who waits: a person, for whom one asks at once, or a post, for which one waits one's turn. */
export type Asker = 'person' | 'post'

/** What a gateway holds: it costs nothing, and is as it is now while the gateway is live. */
export interface HeldServers {
  /** Whether the gateway holds the server and hears of every change to it now. */
  readonly isLive: (guildId: GuildId) => boolean
  /** Whether it is in an outage of Discord's. */
  readonly isAway: (guildId: GuildId) => boolean
  readonly held: (guildId: GuildId) => KnownServer | undefined
  readonly heldChannel: (channelId: ChannelId) => KnownChannel | undefined
}

/** Of servers that no gateway here holds Discord is asked, and what it said is believed for a minute. */
export interface KnownServers extends HeldServers {
  /** Undefined where the bot is not on that server. Throws where nobody can tell. `maxAgeMs`: how old the answer may be. */
  readonly find: (guildId: GuildId, asker: Asker, maxAgeMs?: number) => Promise<KnownServer | undefined>
  /** A channel or thread, also one that is archived; undefined for direct messages. Throws what Discord says of one that is gone or hidden. */
  readonly findChannel: (channelId: ChannelId, asker: Asker) => Promise<KnownChannel | undefined>
  readonly hasRole: (guildId: GuildId, roleId: RoleId, asker: Asker) => Promise<boolean>
}

export interface KnownServer {
  /** Foreign. */
  readonly name: string
  readonly ownerId: UserId
  /** As Discord names locales. */
  readonly locale: string
  /** Where it has its system messages posted, if the bot may write there. */
  readonly systemChannelId: ChannelId | undefined
  readonly role: (id: RoleId) => KnownRole | undefined
  /** Channels, and the threads that are known. */
  readonly channel: (id: ChannelId) => KnownChannel | undefined
}

export interface KnownChannel extends PickedChannel {
  readonly guildId: GuildId
  /** Of a thread: only moderators may write in it. */
  readonly isLocked: boolean
}

/** A server as Discord tells of it. */
export interface ServerFacts {
  readonly id: GuildId
  readonly name: string
  readonly ownerId: string
  readonly locale: string
  readonly systemChannelId: string | undefined
  readonly role: (id: string) => RoleFacts | undefined
  /** The bot as a member. */
  readonly own: { readonly id: string; readonly roleIds: readonly string[] }
}

export interface RoleFacts {
  readonly permissions: bigint
  readonly isMentionable: boolean
}

/** A channel as Discord tells of it. */
export interface ChannelFacts {
  readonly id: string
  readonly type: number
  readonly name: string
  /** Of a thread those of its parent count. */
  readonly overwrites: readonly Overwrite[]
  readonly isLocked: boolean
  readonly requiresTag: boolean
  readonly tags: readonly { readonly id: string; readonly name: string; readonly isModerated: boolean }[]
}

export interface Overwrite {
  readonly id: string
  readonly type: number
  readonly allow: bigint
  readonly deny: bigint
}

type Permission = keyof typeof PermissionFlagsBits

/** What posting needs in each kind of channel: developers/topics/permissions. */
const neededIn: Readonly<Record<PickedChannel['kind'] | 'locked', readonly Permission[]>> = {
  text: ['ViewChannel', 'SendMessages'],
  announcement: ['ViewChannel', 'SendMessages'],
  thread: ['ViewChannel', 'SendMessagesInThreads'],
  /** A thread that only moderators may write in. */
  locked: ['ViewChannel', 'SendMessagesInThreads', 'ManageThreads'],
  forum: ['ViewChannel', 'SendMessages', 'SendMessagesInThreads'],
  other: ['ViewChannel', 'SendMessages'],
}

/** The server and what follows from it. `channelOf` finds what is known of its channels. */
export function knownServer(
  facts: ServerFacts,
  channelOf: (id: string) => ChannelFacts | undefined,
): KnownServer {
  const channel = (id: string): KnownChannel | undefined => {
    const found = channelOf(id)
    return found === undefined ? undefined : knownChannel(found, facts)
  }
  const { systemChannelId } = facts
  const everyone: string = facts.id
  return {
    name: facts.name,
    ownerId: facts.ownerId as UserId,
    locale: facts.locale,
    get systemChannelId() {
      const found = systemChannelId === undefined ? undefined : channel(systemChannelId)
      return found === undefined || found.missing.length > 0 ? undefined : found.id
    },
    role: (id) => {
      const role = facts.role(id)
      if (role === undefined) return undefined
      const mayMentionAll = (ownPermissions(facts) & PermissionFlagsBits.MentionEveryone) !== 0n
      return { isEveryone: id === everyone, canBeMentioned: role.isMentionable || mayMentionAll }
    },
    channel,
  }
}

function knownChannel(channel: ChannelFacts, server: ServerFacts): KnownChannel {
  const kind = kindOf(channel.type)
  const granted = permissionsIn(channel, server)
  const lacks = (name: Permission): boolean => (granted & PermissionFlagsBits[name]) === 0n
  return {
    id: channel.id as ChannelId,
    guildId: server.id,
    kind,
    name: channel.name,
    missing: neededIn[channel.isLocked ? 'locked' : kind].filter(lacks),
    isLocked: channel.isLocked,
    ...(lacks('ReadMessageHistory') ? { isBlind: true } : {}),
    ...(kind === 'forum' ? { forum: forumFacts(channel, granted) } : {}),
  }
}

function forumFacts({ requiresTag, tags }: ChannelFacts, granted: bigint): ForumFacts {
  const mayModerate = (granted & PermissionFlagsBits.ManageThreads) !== 0n
  return {
    requiresTag,
    tags: tags
      .filter(({ isModerated }) => !isModerated || mayModerate)
      .map(({ id, name }) => ({ id: id as TagId, name })),
  }
}

/** The owner of a server and its administrators may everything. */
function ownPermissions({ id, ownerId, own, role }: ServerFacts): bigint {
  const granted = [id, ...own.roleIds].reduce((sum, each) => sum | (role(each)?.permissions ?? 0n), 0n)
  const mayAll = ownerId === own.id || (granted & PermissionFlagsBits.Administrator) !== 0n
  return mayAll ? PermissionsBitField.All : granted
}

/** developers/topics/permissions, "Permission Overwrites": everyone, then roles together, then the member. */
function permissionsIn({ overwrites }: ChannelFacts, server: ServerFacts): bigint {
  const { id: guildId, own } = server
  const base = ownPermissions(server)
  if (base === PermissionsBitField.All) return base
  const steps = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== guildId && own.roleIds.includes(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === own.id),
  ]
  return steps.reduce((granted, step) => {
    const deny = step.reduce((sum, each) => sum | each.deny, 0n)
    const allow = step.reduce((sum, each) => sum | each.allow, 0n)
    return (granted & ~deny) | allow
  }, base)
}

/** A channel of which no more is known than what an interaction told. */
export function bareChannel({ id, type }: { readonly id: string; readonly type: number }): PickedChannel {
  return { id: id as ChannelId, kind: kindOf(type), missing: [] }
}

function kindOf(type: number): PickedChannel['kind'] {
  switch (type) {
    case ChannelType.GuildText:
      return 'text'
    case ChannelType.GuildAnnouncement:
      return 'announcement'
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return 'forum'
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.AnnouncementThread:
      return 'thread'
    default:
      return 'other'
  }
}
