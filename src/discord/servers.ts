/** What the client holds of servers, for telling their people something. */
import { type Client, type Guild, PermissionFlagsBits } from 'discord.js'
import type { ChannelId, UserId } from '../digest/ledger.ts'
import type { Servers } from '../digest/notice.ts'

export function createServers(client: Client<true>, mention: (command: string) => string): Servers {
  const guild = (id: string) => client.guilds.cache.get(id)
  return {
    ownerOf: (id) => guild(id)?.ownerId as UserId | undefined,
    systemChannelOf: (id) => systemChannelOf(guild(id)),
    localeOf: (id) => guild(id)?.preferredLocale,
    nameOf: (id) => guild(id)?.name,
    hasChannel: (id, channelId) => guild(id)?.channels.cache.has(channelId) === true,
    mention,
  }
}

function systemChannelOf(guild: Guild | undefined): ChannelId | undefined {
  const channel = guild?.systemChannel
  const own = guild?.members.me
  if (channel === undefined || channel === null || own === undefined || own === null) return undefined
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]
  return channel.permissionsFor(own).has(needed) ? (channel.id as ChannelId) : undefined
}
