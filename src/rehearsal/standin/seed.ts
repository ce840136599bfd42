/** Guilds, channels and members as a test or the rehearsal describes them, turned into what Discord keeps. */
import { defaultEveryone } from './permissions.ts'
import { makeUser, type Realm, someUser, timestamp } from './realm.ts'
import type {
  Channel,
  ChannelKind,
  ChannelSeed,
  Guild,
  GuildSeed,
  Member,
  OverwriteSeed,
  Role,
  Snowflake,
  WireChannel,
  WireOverwrite,
  WireUser,
} from './types.ts'

const channelTypes: Readonly<Record<ChannelKind, number>> = {
  text: 0,
  voice: 2,
  category: 4,
  announcement: 5,
  stage: 13,
  forum: 15,
}

const requireTagFlag = 1 << 4

/** Puts a guild with its channels into the realm; the bot is a member with a role of its own. */
export function plantGuild(realm: Realm, seed: GuildSeed): Guild {
  const id = seed.id ?? realm.nextId()
  const botRoleId = realm.nextId()
  const ownerName = seed.members?.find(({ id }) => id !== undefined && id === seed.ownerId)?.name
  const owner = someUser(realm, seed.ownerId ?? realm.nextId(), ownerName ?? `${seed.name} owner`)
  const guild: Guild = {
    id,
    name: seed.name,
    locale: seed.locale ?? 'en-US',
    ownerId: owner.id,
    roles: plantRoles(realm, seed, id, botRoleId),
    members: plantMembers(realm, seed, owner, botRoleId),
    emojis: (seed.emojis ?? []).map((emoji) => ({ id: emoji.id ?? realm.nextId(), name: emoji.name })),
    joinedAt: joinedAt(realm, seed),
  }
  realm.guilds.set(id, guild)
  const channels = (seed.channels ?? [{ name: 'general' }]).map((each) => plantChannel(realm, guild, each))
  const system = channels.find(({ name }) => name === seed.systemChannel)
  if (system === undefined) return guild
  const withSystem = { ...guild, systemChannelId: system.id }
  realm.guilds.set(id, withSystem)
  return withSystem
}

/** When the bot came; now, unless the seed tells. */
function joinedAt(realm: Realm, { botJoinedAt }: GuildSeed): string {
  return botJoinedAt === undefined ? timestamp(realm) : new Date(botJoinedAt).toISOString()
}

function plantRoles(realm: Realm, seed: GuildSeed, guildId: Snowflake, botRoleId: Snowflake): Role[] {
  const everyone = seed.everyonePermissions ?? defaultEveryone
  return [
    { id: guildId, name: '@everyone', permissions: everyone, position: 0, mentionable: false },
    ...(seed.roles ?? []).map((role, index) => ({
      id: role.id ?? realm.nextId(),
      name: role.name,
      permissions: role.permissions ?? 0n,
      position: index + 1,
      mentionable: role.mentionable ?? false,
    })),
    {
      id: botRoleId,
      name: realm.applicationName,
      permissions: seed.botPermissions ?? 0n,
      position: (seed.roles?.length ?? 0) + 1,
      mentionable: false,
      botId: realm.bot.id,
    },
  ]
}

function plantMembers(realm: Realm, seed: GuildSeed, owner: WireUser, botRoleId: Snowflake): Member[] {
  const members: Member[] = [{ user: realm.bot, roles: [botRoleId], joinedAt: joinedAt(realm, seed) }]
  for (const one of seed.members ?? []) {
    const id = one.id ?? realm.nextId()
    const user = realm.users.get(id) ?? makeUser(id, one.name)
    realm.users.set(id, user)
    members.push({ user, roles: one.roles ?? [], joinedAt: timestamp(realm) })
  }
  if (!members.some((member) => member.user.id === owner.id))
    members.push({ user: owner, roles: [], joinedAt: timestamp(realm) })
  return members
}

/** Adds one channel to a guild that is already there. */
export function plantChannel(realm: Realm, guild: Guild, seed: ChannelSeed): Channel {
  const kind = seed.kind ?? 'text'
  const siblings = [...realm.channels.values()].filter(
    (other) => other.guildId === guild.id && other.kind !== 'thread',
  )
  const tags = (seed.tags ?? []).map((tag) => ({
    id: tag.id ?? realm.nextId(),
    name: tag.name,
    moderated: tag.moderated ?? false,
    emoji_id: null,
    emoji_name: null,
  }))
  const channel: Channel = {
    id: seed.id ?? realm.nextId(),
    kind,
    name: seed.name,
    guildId: guild.id,
    ...(seed.parentId === undefined ? {} : { parentId: seed.parentId }),
    overwrites: overwritesOf(realm, guild, seed.overwrites ?? []),
    tags,
    wire: { id: '', type: channelTypes[kind], flags: seed.requireTag === true ? requireTagFlag : 0 },
  }
  const planted = { ...channel, wire: guildChannelWire(channel, seed, seed.position ?? siblings.length) }
  realm.channels.set(planted.id, planted)
  return planted
}

function guildChannelWire(channel: Channel, seed: ChannelSeed, position: number): WireChannel {
  const common: WireChannel = {
    ...channel.wire,
    id: channel.id,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
    name: channel.name,
    parent_id: channel.parentId ?? null,
    position,
    permission_overwrites: channel.overwrites,
    nsfw: seed.nsfw ?? false,
  }
  if (channel.kind === 'category') return common
  const talk: WireChannel = {
    ...common,
    topic: seed.topic ?? null,
    rate_limit_per_user: 0,
    last_message_id: null,
  }
  return channel.kind === 'forum' ? { ...talk, available_tags: channel.tags, default_forum_layout: 0 } : talk
}

/** Overwrites by name (`bot`, `everyone`) or id, as Discord writes them. */
export function overwritesOf(realm: Realm, guild: Guild, seeds: readonly OverwriteSeed[]): WireOverwrite[] {
  return seeds.map((seed) => {
    const id = seed.id === 'everyone' ? guild.id : seed.id === 'bot' ? realm.bot.id : seed.id
    const isRole = seed.type === undefined ? guild.roles.some((role) => role.id === id) : seed.type === 'role'
    return { id, type: isRole ? 0 : 1, allow: String(seed.allow ?? 0n), deny: String(seed.deny ?? 0n) }
  })
}

/** The DM channel with one person; it comes into being when it is first needed. */
export function directMessageChannel(realm: Realm, user: WireUser): Channel {
  const known = realm.channels.get(realm.directMessages.get(user.id) ?? '')
  if (known !== undefined) return known
  const id = realm.nextId()
  const channel: Channel = {
    id,
    kind: 'dm',
    name: user.username,
    overwrites: [],
    tags: [],
    wire: { id, type: 1, flags: 0, last_message_id: null, recipients: [user] },
  }
  realm.channels.set(id, channel)
  realm.directMessages.set(user.id, id)
  return channel
}

/** Makes somebody a member of a guild unless they are one. */
export function ensureMember(realm: Realm, guild: Guild, user: WireUser): Guild {
  if (guild.members.some((member) => member.user.id === user.id)) return guild
  const joined = { ...guild, members: [...guild.members, { user, roles: [], joinedAt: timestamp(realm) }] }
  realm.guilds.set(guild.id, joined)
  return joined
}
