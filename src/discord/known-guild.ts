/** What commands may see of the server they are used on. Where no gateway here holds it Discord is asked, at once: a person waits. */
import { DiscordAPIError } from 'discord.js'
import type { GuildId } from '../digest/ledger.ts'
import type { Context } from './context.ts'
import type { KnownServers } from './known-servers.ts'

/** `guildId` is undefined where there is no server that has installed the bot. */
export function seenBy(
  known: KnownServers,
  guildId: GuildId | undefined,
): Pick<Context, 'guildName' | 'channel' | 'role'> {
  const server = async () => (guildId === undefined ? undefined : known.find(guildId, 'person'))
  return {
    guildName: async () => (await server())?.name,
    role: async (id) => (await server())?.role(id),
    channel: async (id) => {
      const here = await server()
      if (here === undefined) return undefined
      const channel = here.channel(id) ?? (await orGone(known.findChannel(id, 'person')))
      return channel?.guildId === guildId ? channel : undefined
    },
  }
}

/** A channel of which Discord says that it is gone or hidden is none to see. */
async function orGone<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DiscordAPIError && [403, 404].includes(error.status)) return undefined
    throw error
  }
}
