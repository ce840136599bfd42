/** What the gateway holds of the servers of its shards. It asks Discord for nothing. */
import {
  ChannelFlags,
  type Client,
  ForumChannel,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  MediaChannel,
  Status,
} from 'discord.js'
import type { ChannelId, GuildId } from '../digest/ledger.ts'
import {
  type ChannelFacts,
  type HeldServers,
  knownServer,
  type Overwrite,
  type ServerFacts,
} from './known-servers.ts'

export function heldServers(client: Client): HeldServers {
  const known = (guild: Guild | undefined) => {
    const own = guild?.members.me
    if (guild === undefined || own === undefined || own === null) return undefined
    return knownServer(serverFacts(guild, own), (id) => {
      const channel = guild.channels.cache.get(id)
      return channel === undefined ? undefined : channelFacts(channel)
    })
  }
  return {
    isLive: (guildId: GuildId) => client.guilds.cache.get(guildId)?.shard.status === Status.Ready,
    isAway: (guildId: GuildId) => client.guilds.cache.get(guildId)?.available === false,
    held: (guildId: GuildId) => known(client.guilds.cache.get(guildId)),
    heldChannel: (channelId: ChannelId) => {
      const channel = client.channels.cache.get(channelId)
      return channel === undefined || channel.isDMBased()
        ? undefined
        : known(channel.guild)?.channel(channelId)
    },
  }
}

function serverFacts(guild: Guild, own: GuildMember): ServerFacts {
  return {
    id: guild.id as GuildId,
    name: guild.name,
    ownerId: guild.ownerId,
    locale: guild.preferredLocale,
    systemChannelId: guild.systemChannelId ?? undefined,
    role: (id) => {
      const role = guild.roles.cache.get(id)
      return role === undefined
        ? undefined
        : { permissions: role.permissions.bitfield, isMentionable: role.mentionable }
    },
    own: { id: own.id, roleIds: [...own.roles.cache.keys()] },
  }
}

function channelFacts(channel: GuildBasedChannel): ChannelFacts {
  const isForum = channel instanceof ForumChannel || channel instanceof MediaChannel
  return {
    id: channel.id,
    type: channel.type,
    name: channel.name,
    overwrites: overwritesOf(channel),
    isLocked: channel.isThread() && channel.locked === true,
    requiresTag: isForum && channel.flags.has(ChannelFlags.RequireTag),
    tags: isForum
      ? channel.availableTags.map(({ id, name, moderated }) => ({ id, name, isModerated: moderated }))
      : [],
  }
}

function overwritesOf(channel: GuildBasedChannel): readonly Overwrite[] {
  if (channel.isThread()) return channel.parent === null ? [] : overwritesOf(channel.parent)
  return [...channel.permissionOverwrites.cache.values()].map(({ id, type, allow, deny }) => ({
    id,
    type,
    allow: allow.bitfield,
    deny: deny.bitfield,
  }))
}
