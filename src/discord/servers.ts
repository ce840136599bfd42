/** What is seen of servers, for telling their people something. */
import { DiscordAPIError } from 'discord.js'
import type { ChannelId } from '../digest/ledger.ts'
import type { Servers } from '../digest/notice.ts'
import type { KnownServer, KnownServers } from './known-servers.ts'

/** Before one that nobody can tell of is asked about again. */
const againMs = 20_000

export function createServers(known: KnownServers, mention: (command: string) => string): Servers {
  return {
    mention,
    see: async (guildId, channelIds) => {
      try {
        const server = await known.find(guildId, 'post')
        if (server === undefined) return { kind: 'absent' }
        const there = await Promise.all(channelIds.map((id) => isThere(id, server, known)))
        const channels = new Set(channelIds.filter((_, at) => there[at] === true))
        const { ownerId, systemChannelId, locale, name } = server
        return { kind: 'seen', server: { ownerId, systemChannelId, locale, name, channels } }
      } catch {
        return { kind: 'later', afterMs: againMs }
      }
    },
  }
}

/** Threads that are archived, or that nobody has told of, are asked about one by one. */
async function isThere(id: ChannelId, server: KnownServer, known: KnownServers): Promise<boolean> {
  if (server.channel(id) !== undefined) return true
  try {
    return (await known.findChannel(id, 'post')) !== undefined
  } catch (error) {
    if (error instanceof DiscordAPIError) return false
    throw error
  }
}
