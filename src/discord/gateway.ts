/** The gateway's side of the bot: it registers the commands, answers interactions as they come, and follows its servers. All shards, or a range of them. */
import { Client, Events, GatewayIntentBits, RESTEvents, Status } from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { IdentifyTurns } from '../digest/identify.ts'
import type { Log } from '../log.ts'
import { commands } from './commands/list.ts'
import type { Ports } from './context.ts'
import { createDispatcher } from './dispatcher.ts'
import { endClient } from './ending.ts'
import { followGuilds } from './guild-events.ts'
import { heldServers } from './held-servers.ts'
import { identifyOptions } from './identify.ts'
import { createKnownServers } from './knowing.ts'
import type { HeldServers } from './known-servers.ts'
import { loginError } from './own-account.ts'
import { type Notes, registerCommands } from './registration.ts'
import { answeringOptions, type RequestLimits, sendInTurn } from './requests.ts'
import { type InteractionKind, timed } from './timed.ts'

export interface Shards {
  readonly ids: readonly number[]
  /** In all, over all processes. */
  readonly count: number
}

export interface GatewayOptions extends Ports {
  readonly token: string
  /** Where Discord answers, e.g. `https://discord.com/api`. */
  readonly apiUrl: string
  /** Made once a process. */
  readonly limits: RequestLimits
  readonly notes: Notes
  readonly now: () => Instant
  readonly log: Log
  /** Told of every interaction when it was dealt with, and how long that took. */
  readonly onAnswered?: ((kind: InteractionKind, seconds: number) => void) | undefined
  /** A request without an answer is given up after this; 15 s by default. */
  readonly requestTimeoutMs?: number | undefined
  /** Without them it has all that Discord advises. */
  readonly shards?: Shards | undefined
  /** How shards of many processes take turns; undefined where this one is alone. */
  readonly identifyTurns?: IdentifyTurns | undefined
  /** Of many processes that register the commands, one after the other does. */
  readonly inTurn?: (<Result>(work: () => Promise<Result>) => Promise<Result>) | undefined
}

export interface Gateway {
  /** The bot's name on Discord. */
  readonly name: string
  /** Whether all of its shards are connected now. */
  readonly isConnected: () => boolean
  readonly held: HeldServers
  readonly close: () => Promise<void>
}

/** Logs in, registers the commands if they changed, and answers interactions from then on. Errors: `UserError` where Discord refuses the token. */
export async function connectGateway(options: GatewayOptions): Promise<Gateway> {
  const { token, limits, notes, log, shards, inTurn = (work) => work() } = options
  const client = openClient(options)
  try {
    const ready = await loggedIn(client, token)
    const { rest, application, user } = ready
    const registered = await inTurn(() => registerCommands(rest, application.id, commands, notes, log))
    const held = heldServers(ready)
    const known = createKnownServers({
      gateway: held,
      ownId: user.id,
      read: {
        person: (route) => rest.get(route),
        post: (route) => sendInTurn(limits, patient, () => rest.get(route)),
      },
    })
    const dispatch = createDispatcher({ ...options, commands, registered, known })
    ready.on(Events.InteractionCreate, (interaction) => void timed(interaction, dispatch, options))
    await followGuilds(ready, { ...options, mention: registered.mention, shards })
    log.info(
      { name: user.username, guilds: ready.guilds.cache.size, shards: shards?.ids },
      'discord.connected',
    )
    return {
      name: user.username,
      isConnected: () => client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
      held,
      close: () => endClient(client),
    }
  } catch (error) {
    await endClient(client)
    throw error
  }
}

const patient = new AbortController().signal

function openClient({
  token,
  limits,
  apiUrl,
  requestTimeoutMs = 15_000,
  shards,
  identifyTurns,
  log,
}: GatewayOptions): Client {
  const requests = { apiUrl, timeoutMs: requestTimeoutMs }
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: answeringOptions(requests, limits, () => client.rest.setToken(token)),
    ws: identifyOptions(identifyTurns, log),
    ...(shards === undefined ? {} : { shards: [...shards.ids], shardCount: shards.count }),
  })
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.failed'))
  client.on(Events.Warn, (warning) => log.warn({ warning }, 'discord.warned'))
  client.on(Events.ShardDisconnect, (event, shard) => log.warn({ shard, code: event.code }, 'gateway.closed'))
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'gateway.resumed'))
  client.rest.on(RESTEvents.RateLimited, (info) =>
    log.debug({ route: info.route, global: info.global }, 'discord.limited'),
  )
  return client
}

async function loggedIn(client: Client, token: string): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  try {
    await client.login(token)
  } catch (error) {
    throw loginError(error)
  }
  return ready
}
