/** What most routes begin with: the thing the path names, and the bot's right to touch it. */
import type { Call } from '../call.ts'
import { demand, directMessagePermissions } from '../permissions.ts'
import { permissionsIn, type Realm } from '../realm.ts'
import { refusal } from '../refusal.ts'
import { isSnowflake } from '../snowflake.ts'
import type { Channel, Guild, Snowflake } from '../types.ts'

/** A path parameter. Asking for one that the route does not have is a mistake of ours. */
export function param(call: Call, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`The route has no parameter ${name}.`)
  return value
}

export function channelOf(realm: Realm, call: Call): Channel {
  const channel = realm.channels.get(param(call, 'channel_id'))
  const isGone = channel?.guildId !== undefined && realm.unavailable.has(channel.guildId)
  if (channel === undefined || isGone) throw refusal(10003)
  return channel
}

/** The channel, where the bot may see it and has `needed` there. */
export function channelFor(realm: Realm, call: Call, needed = 0n): Channel {
  const channel = channelOf(realm, call)
  demand(heldBy(realm, channel), needed)
  return channel
}

/** The bot's own permissions in a channel. */
export function heldBy(realm: Realm, channel: Channel): bigint {
  return channel.kind === 'dm' ? directMessagePermissions : permissionsIn(realm, channel, realm.bot.id)
}

export function guildOf(realm: Realm, call: Call): Guild {
  const guild = realm.guilds.get(param(call, 'guild_id'))
  if (guild === undefined || realm.unavailable.has(guild.id)) throw refusal(10004)
  return guild
}

/** A query parameter that must be an id, where it is given. */
export function idQuery(call: Call, name: string): Snowflake | undefined {
  const value = call.query.get(name)
  return value !== null && isSnowflake(value) ? value : undefined
}

/** A whole number from the query, kept within its bounds. */
export function countQuery(call: Call, name: string, fallback: number, max: number): number {
  const value = Number(call.query.get(name) ?? fallback)
  return Number.isInteger(value) ? Math.min(Math.max(value, 1), max) : fallback
}
