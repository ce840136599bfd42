/** How the bot stands with Discord, asked once over REST and without a gateway: its account, its settings, and what it may do in a channel. */
import { PermissionsBitField, REST, RequestMethod } from 'discord.js'
import { z } from 'zod'
import type { ChannelId } from '../digest/ledger.ts'
import { messageOf } from '../errors.ts'
import { type AskedServers, createAskedServers } from './asked-servers.ts'
import { knownServer } from './known-servers.ts'

export type Account =
  | {
      readonly kind: 'known'
      readonly id: string
      readonly name: string
      readonly isPublic: boolean
      /** Whether it can be added to servers. */
      readonly isForServers: boolean
      readonly invite: string
      /** With which it signs what it delivers by HTTP. */
      readonly verifyKey: string
      /** Where it delivers interactions; undefined: over the gateway. */
      readonly endpointUrl: string | undefined
      /** What Discord's clock shows, and between which instants of ours it was asked. */
      readonly time?: { readonly at: number; readonly askedAt: number; readonly answeredAt: number }
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable'; readonly why: string }

export type ChannelState =
  | { readonly kind: 'fine'; readonly name: string }
  /** As Discord's client calls the permissions. */
  | { readonly kind: 'lacks'; readonly name: string; readonly permissions: readonly string[] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'unknown'; readonly why: string }

export interface Inspection {
  readonly account: () => Promise<Account>
  readonly channel: (channelId: string, botId: string) => Promise<ChannelState>
}

const invited = PermissionsBitField.resolve([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ReadMessageHistory',
])

/** As Discord's client calls them in English. */
const words: ReadonlyMap<string, string> = new Map([
  ['ViewChannel', 'View Channel'],
  ['SendMessages', 'Send Messages'],
  ['SendMessagesInThreads', 'Send Messages in Threads'],
  ['ManageThreads', 'Manage Threads'],
  ['ReadMessageHistory', 'Read Message History'],
])

const user = z.object({ id: z.string(), username: z.string() })
const application = z.object({
  id: z.string(),
  name: z.string(),
  bot_public: z.boolean().optional(),
  verify_key: z.string(),
  interactions_endpoint_url: z.string().nullish(),
  integration_types_config: z.record(z.string(), z.unknown()).nullish(),
})

export function createInspection(options: {
  readonly token: string
  readonly apiUrl: string
  readonly now: () => number
}): Inspection {
  const rest = new REST({ api: options.apiUrl, retries: 1, timeout: 15_000 }).setToken(options.token)
  let asked: AskedServers | undefined
  return {
    account: () => readAccount(rest, options.now),
    channel: async (channelId, botId) => {
      try {
        asked ??= createAskedServers(botId)
        return await readChannel(rest, channelId as ChannelId, asked)
      } catch (error) {
        const code = codeOf(error)
        if (code === 10003) return { kind: 'gone' }
        if (code === 50001 || code === 10004) return { kind: 'hidden' }
        return { kind: 'unknown', why: messageOf(error) }
      }
    },
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

async function readAccount(rest: REST, now: () => number): Promise<Account> {
  try {
    const askedAt = now()
    const answer = await rest.queueRequest({ method: RequestMethod.Get, fullRoute: '/users/@me' })
    const answeredAt = now()
    const { id, username } = user.parse(await answer.json())
    const told = application.parse(await rest.get('/applications/@me'))
    const at = Date.parse(answer.headers.get('date') ?? '')
    return {
      kind: 'known',
      id,
      name: username,
      isPublic: told.bot_public !== false,
      isForServers: told.integration_types_config == null || '0' in told.integration_types_config,
      invite: `https://discord.com/oauth2/authorize?client_id=${told.id}&scope=bot+applications.commands&permissions=${invited}`,
      verifyKey: told.verify_key,
      endpointUrl: told.interactions_endpoint_url ?? undefined,
      ...(Number.isNaN(at) ? {} : { time: { at, askedAt, answeredAt } }),
    }
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 401) return { kind: 'refused' }
    return { kind: 'unreachable', why: messageOf(error) }
  }
}

async function readChannel(rest: REST, channelId: ChannelId, asked: AskedServers): Promise<ChannelState> {
  const read = (route: `/${string}`) => rest.get(route)
  const found = await asked.channel(channelId, read)
  if (found === undefined) return { kind: 'fine', name: channelId }
  const facts = await asked.server(found.guildId, read)
  const channel = facts === undefined ? undefined : knownServer(facts, () => found.channel).channel(channelId)
  if (channel === undefined) return { kind: 'hidden' }
  const { name = channelId, missing, isBlind } = channel
  const lacking = isBlind === true ? [...missing, 'ReadMessageHistory'] : missing
  return lacking.length === 0
    ? { kind: 'fine', name }
    : { kind: 'lacks', name, permissions: lacking.map((each) => words.get(each) ?? each) }
}
