/**
 * What Discord says of servers when it is asked over REST, part by part and no more than is needed. What it said is believed for a minute,
 * of the servers that were asked about last.
 */
import { Routes } from 'discord.js'
import { ChannelFlags } from 'discord-api-types/v10'
import { z } from 'zod'
import type { ChannelId, GuildId } from '../digest/ledger.ts'
import type { ChannelFacts, RoleFacts, ServerFacts } from './known-servers.ts'

/** Reads a route; throws as discord.js does. */
export type Read = (route: `/${string}`) => Promise<unknown>

export interface AskedServers {
  /** The server with the bot as its member. Undefined where the bot is not on it. */
  readonly server: (guildId: GuildId, read: Read, maxAgeMs?: number) => Promise<ServerFacts | undefined>
  /** Its channels, without threads. */
  readonly channels: (
    guildId: GuildId,
    read: Read,
    maxAgeMs?: number,
  ) => Promise<ReadonlyMap<string, ChannelFacts>>
  readonly hasRole: (guildId: GuildId, roleId: string, read: Read) => Promise<boolean>
  /** A channel or thread with its server; undefined for direct messages. */
  readonly channel: (
    channelId: ChannelId,
    read: Read,
  ) => Promise<{ readonly guildId: GuildId; readonly channel: ChannelFacts } | undefined>
}

export const usualAgeMs = 60_000
/** Servers that are remembered. */
const mostRemembered = 200

const bits = z.string().transform((text) => BigInt(text))
const guildShape = z.object({
  name: z.string(),
  owner_id: z.string(),
  preferred_locale: z.string(),
  system_channel_id: z.string().nullish(),
  roles: z.array(z.object({ id: z.string(), permissions: bits, mentionable: z.boolean() })),
})
const memberShape = z.object({ roles: z.array(z.string()) })
const channelShape = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  flags: z.number().optional(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits }))
    .optional(),
  thread_metadata: z.object({ locked: z.boolean().optional() }).optional(),
  available_tags: z
    .array(z.object({ id: z.string(), name: z.string(), moderated: z.boolean().optional() }))
    .optional(),
})

type Channel = z.output<typeof channelShape>

/** What Discord's answers mean that say that the bot is not there: unknown guild, unknown member, missing access. */
const absent: readonly unknown[] = [10004, 10007, 50001]

/** `ownId` is the bot's. */
export function createAskedServers(ownId: string, now: () => number = () => performance.now()): AskedServers {
  const guilds = remembering(now, (guildId: string, read) => orAbsent(readGuild(guildId, read)))
  const members = remembering(now, (guildId: string, read) =>
    orAbsent(read(Routes.guildMember(guildId, ownId)).then((answer) => memberShape.parse(answer).roles)),
  )
  const lists = remembering(now, async (guildId: string, read) => {
    const all = z.array(channelShape).parse(await read(Routes.guildChannels(guildId)))
    return new Map(all.map((each) => [each.id, channelFacts(each, each)]))
  })
  const parentOf = async (channel: Channel, read: Read): Promise<Channel> =>
    isThread(channel) && channel.parent_id
      ? channelShape.parse(await read(Routes.channel(channel.parent_id)))
      : channel
  const singles = remembering(now, async (channelId: string, read) => {
    const channel = channelShape.parse(await read(Routes.channel(channelId)))
    if (channel.guild_id === undefined) return undefined
    const facts = channelFacts(channel, await parentOf(channel, read))
    return { guildId: channel.guild_id as GuildId, channel: facts }
  })
  return {
    server: async (guildId, read, maxAgeMs = usualAgeMs) => {
      const guild = await guilds(guildId, read, maxAgeMs)
      const roleIds = guild === undefined ? undefined : await members(guildId, read, maxAgeMs)
      if (guild === undefined || roleIds === undefined) return undefined
      return { ...guild, id: guildId, own: { id: ownId, roleIds } }
    },
    channels: (guildId, read, maxAgeMs = usualAgeMs) => lists(guildId, read, maxAgeMs),
    hasRole: async (guildId, roleId, read) =>
      (await guilds(guildId, read, usualAgeMs))?.role(roleId) !== undefined,
    channel: (channelId, read) => singles(channelId, read, usualAgeMs),
  }
}

async function readGuild(guildId: string, read: Read): Promise<Omit<ServerFacts, 'id' | 'own'>> {
  const guild = guildShape.parse(await read(Routes.guild(guildId)))
  const roles = new Map<string, RoleFacts>(
    guild.roles.map(({ id, permissions, mentionable }) => [id, { permissions, isMentionable: mentionable }]),
  )
  return {
    name: guild.name,
    ownerId: guild.owner_id,
    locale: guild.preferred_locale,
    systemChannelId: guild.system_channel_id ?? undefined,
    role: (id) => roles.get(id),
  }
}

async function orAbsent<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.includes(error.code)) return undefined
    throw error
  }
}

/** developers/resources/channel, Channel Types: threads of announcements, public and private ones. */
const threadTypes: readonly number[] = [10, 11, 12]

function isThread({ type }: Channel): boolean {
  return threadTypes.includes(type)
}

/** In a thread the overwrites of its parent hold. */
function channelFacts(channel: Channel, parent: Channel): ChannelFacts {
  return {
    id: channel.id,
    type: channel.type,
    name: channel.name ?? channel.id,
    overwrites: parent.permission_overwrites ?? [],
    isLocked: channel.thread_metadata?.locked === true,
    requiresTag: ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0,
    tags: (channel.available_tags ?? []).map(({ id, name, moderated }) => ({
      id,
      name,
      isModerated: moderated === true,
    })),
  }
}

/** Asks once for all who want to know at the same time; what failed is asked anew. */
function remembering<Value>(
  now: () => number,
  ask: (key: string, read: Read) => Promise<Value>,
): (key: string, read: Read, maxAgeMs: number) => Promise<Value> {
  const asked = new Map<string, { readonly at: number; readonly answer: Promise<Value> }>()
  return (key, read, maxAgeMs) => {
    const known = asked.get(key)
    if (known !== undefined && now() - known.at <= maxAgeMs) return known.answer
    const answer = ask(key, read)
    const entry = { at: now(), answer }
    asked.delete(key)
    asked.set(key, entry)
    answer.catch(() => {
      if (asked.get(key) === entry) asked.delete(key)
    })
    const [oldest] = asked.keys()
    if (oldest !== undefined && asked.size > mostRemembered) asked.delete(oldest)
    return answer
  }
}
