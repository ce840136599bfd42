/** A real discord.js client on a stand-in, ended before the stand-in closes. */
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js'
import { endClient } from '../../../src/discord/ending.ts'
import type { StandIn } from '../../../src/rehearsal/standin/types.ts'
import { beforeClose } from '../../support/standin.ts'

/** Logged in and ready. */
export async function openClient(
  discord: StandIn,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    ...options,
    rest: { api: discord.api, ...options.rest },
  })
  beforeClose(discord, () => endClient(client))
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login('test-token')
  return await ready
}
