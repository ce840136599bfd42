/** Interactions caught before discord.js answers them, so that a test can answer by hand. */
import { type Client, GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'
import type { Answer, CommandCall, StandIn } from '../../../src/rehearsal/standin/types.ts'
import { type RawAnswer, send } from './raw.ts'

const packet = z.object({ id: z.string(), token: z.string() })

export interface RawInteraction {
  readonly id: string
  readonly token: string
  /** What the person who sent it gets to see. */
  readonly answer: Promise<Answer>
  reply(body: unknown, query?: string): Promise<RawAnswer>
  /** A request to the interaction's webhook; `path` begins with a slash or is empty. */
  webhook(method: string, path: string, body?: unknown): Promise<RawAnswer>
}

/** Registers `/raw` and gives one interaction of it per call. */
export async function catchInteractions(client: Client<true>, discord: StandIn) {
  await client.application.commands.set([
    { name: 'raw', description: 'Answered by hand', contexts: [0, 1, 2], integrationTypes: [0, 1] },
  ])
  return async (act: (call?: CommandCall) => Promise<Answer>): Promise<RawInteraction> => {
    const caught = new Promise<z.infer<typeof packet>>((resolve) => {
      client.ws.once(GatewayDispatchEvents.InteractionCreate, (data: unknown) => resolve(packet.parse(data)))
    })
    const answer = act()
    const { id, token } = await caught
    return {
      id,
      token,
      answer,
      reply: (body, query = '') =>
        send(discord, 'POST', `/interactions/${id}/${token}/callback${query}`, body, {}),
      webhook: (method, path, body) =>
        send(discord, method, `/webhooks/${discord.world.applicationId}/${token}${path}`, body, {}),
    }
  }
}
