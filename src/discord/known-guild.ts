/** What the client holds of a server: its channels with what the bot lacks in them, and its roles. Asks Discord for nothing. */
import { type Guild, PermissionFlagsBits } from 'discord.js'
import type { ChannelId, RoleId } from '../digest/ledger.ts'
import type { KnownRole, PickedChannel } from './context.ts'
import { pickedChannel } from './options/channel.ts'

export function findChannel(guild: Guild | null, id: ChannelId): PickedChannel | undefined {
  const channel = guild?.channels.cache.get(id)
  return channel === undefined ? undefined : pickedChannel(channel)
}

export function findRole(guild: Guild | null, id: RoleId): KnownRole | undefined {
  const role = guild?.roles.cache.get(id)
  if (guild === null || role === undefined) return undefined
  const mayMentionAll = guild.members.me?.permissions.has(PermissionFlagsBits.MentionEveryone) === true
  return { isEveryone: id === guild.id, canBeMentioned: role.mentionable || mayMentionAll }
}
