/** Both sources of what is known of servers as one: the gateway first, which costs nothing, else Discord itself. */
import type { GuildId } from '../digest/ledger.ts'
import { createAskedServers, type Read } from './asked-servers.ts'
import { type Asker, type HeldServers, type KnownServers, knownServer } from './known-servers.ts'

export interface Knowing {
  /** What this process's gateway holds, where it has one. */
  readonly gateway?: HeldServers | undefined
  readonly ownId: string
  readonly read: Readonly<Record<Asker, Read>>
}

const nothingHeld: HeldServers = {
  isLive: () => false,
  isAway: () => false,
  held: () => undefined,
  heldChannel: () => undefined,
}

export function createKnownServers({ gateway, ownId, read }: Knowing): KnownServers {
  const asked = createAskedServers(ownId)
  const { isLive, isAway, held, heldChannel } = gateway ?? nothingHeld
  /** A person is answered by what is held, also while the gateway is away for a moment. */
  const suffices = (asker: Asker, guildId: GuildId): boolean => asker === 'person' || isLive(guildId)
  return {
    isLive,
    isAway,
    held,
    heldChannel,
    find: async (guildId, asker, maxAgeMs) => {
      const here = held(guildId)
      if (here !== undefined && suffices(asker, guildId)) return here
      const facts = await asked.server(guildId, read[asker], maxAgeMs)
      if (facts === undefined) return undefined
      const channels = await asked.channels(guildId, read[asker], maxAgeMs)
      return knownServer(facts, (id) => channels.get(id))
    },
    findChannel: async (channelId, asker) => {
      const here = heldChannel(channelId)
      if (here !== undefined && suffices(asker, here.guildId)) return here
      const found = await asked.channel(channelId, read[asker])
      if (found === undefined) return undefined
      const facts = await asked.server(found.guildId, read[asker])
      return facts === undefined ? undefined : knownServer(facts, () => found.channel).channel(channelId)
    },
    hasRole: async (guildId, roleId, asker) => {
      const here = held(guildId)
      return here === undefined
        ? asked.hasRole(guildId, roleId, read[asker])
        : here.role(roleId) !== undefined
    },
  }
}
