/**
 * Interactions that Discord sends to the web side instead of over a gateway: checked, made into what a gateway would have made of them, and
 * answered by the same dispatcher. Nothing is kept from one to the next but what keeps one from being answered twice: any number of
 * processes may take them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Client, Events, type Interaction, Options, RESTEvents } from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { AnswerSigned, SignedRequest } from '../digest/signed-request.ts'
import type { Log } from '../log.ts'
import { commands } from './commands/list.ts'
import type { Ports } from './context.ts'
import { createDispatcher } from './dispatcher.ts'
import { createHttpAnswers, type HttpAnswers } from './http-answers.ts'
import { type IncomingInteraction, readIncoming } from './incoming.ts'
import type { KnownServers } from './known-servers.ts'
import type { OwnAccount } from './own-account.ts'
import { type Notes, registerCommands } from './registration.ts'
import { answeringOptions, type RequestLimits } from './requests.ts'
import { createSignatureCheck } from './signature.ts'
import { type InteractionKind, timed } from './timed.ts'

export interface HttpInteractionsOptions extends Ports {
  readonly token: string
  /** Of the application, in hexadecimal digits. */
  readonly publicKey: string
  readonly apiUrl: string
  readonly limits: RequestLimits
  readonly account: OwnAccount
  readonly known: KnownServers
  readonly notes: Notes
  readonly now: () => Instant
  readonly log: Log
  readonly onAnswered?: ((kind: InteractionKind, seconds: number) => void) | undefined
  readonly requestTimeoutMs?: number | undefined
  /** Of many processes that register the commands, one after the other does. */
  readonly inTurn?: (<Result>(work: () => Promise<Result>) => Promise<Result>) | undefined
}

export interface HttpInteractions {
  readonly answer: AnswerSigned
  /** Whoever waits for a first answer is told that it comes by a request of its own. */
  readonly close: () => Promise<void>
}

const pong = JSON.stringify({ type: 1 })
/** Between two lines about the same kind of refusal: anybody may send anything. */
const quietMs = 60_000
/** Answers that are being worked out have so long to go out. */
const longestCloseMs = 3000

/** Registers the commands if they changed; there is no gateway. */
export async function openHttpInteractions(options: HttpInteractionsOptions): Promise<HttpInteractions> {
  const { token, log, now, account, inTurn = (work) => work() } = options
  const answers = createHttpAnswers()
  const client = openClient(options, answers)
  client.rest.setToken(token)
  const registered = await inTurn(() =>
    registerCommands(client.rest, account.applicationId, commands, options.notes, log),
  )
  const dispatch = createDispatcher({ ...options, commands, registered })
  const check = createSignatureCheck(options.publicKey)
  const refuse = createRefusals(log)
  const underWay = new Set<Promise<void>>()

  const take = (incoming: IncomingInteraction): ReturnType<AnswerSigned> => {
    const expected = answers.expect(incoming.id)
    if (expected === undefined) return Promise.resolve({ status: 202 })
    const dealtWith = dealWith(incoming, client, (interaction) => timed(interaction, dispatch, options))
      .catch((error: unknown) => log.error({ err: error, interaction: incoming.id }, 'interaction.failed'))
      .finally(() => {
        underWay.delete(dealtWith)
        expected.giveUp()
      })
    underWay.add(dealtWith)
    return expected.answer
  }

  return {
    answer: async (request) => {
      const verdict = check(request, now())
      if (verdict !== 'genuine') {
        refuse(verdict, request, now())
        return { status: 401 }
      }
      const incoming = readIncoming(request.body)
      if (incoming.kind === 'ping') return { status: 200, json: pong }
      if (incoming.kind === 'interaction' && incoming.interaction.application_id === account.applicationId)
        return take(incoming.interaction)
      const why =
        incoming.kind === 'strange' ? incoming.why : 'it is for another application than the token is'
      log.error({ why }, 'interaction.strange')
      return { status: 400 }
    },
    close: async () => {
      await Promise.race([Promise.allSettled(underWay), pause(longestCloseMs, undefined, { ref: false })])
      await client.destroy()
    },
  }
}

/** discord.js without a gateway: it holds no servers and no channels, and nobody it has seen. */
function openClient(
  { apiUrl, requestTimeoutMs, token, limits, log }: HttpInteractionsOptions,
  answers: HttpAnswers,
): Client {
  const requests = { apiUrl, timeoutMs: requestTimeoutMs ?? 15_000 }
  const { makeRequest, ...rest } = answeringOptions(requests, limits, () => client.rest.setToken(token))
  const client: Client = new Client({
    intents: [],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, UserManager: 0 }),
    rest: { ...rest, makeRequest: answers.through(makeRequest) },
  })
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.failed'))
  client.rest.on(RESTEvents.RateLimited, (info) =>
    log.debug({ route: info.route, global: info.global }, 'discord.limited'),
  )
  return client
}

/** Makes of it what a gateway's client makes of the same event: which class, with which parts. Unknown kinds become nothing. */
async function dealWith(
  incoming: IncomingInteraction,
  client: Client,
  dispatch: (interaction: Interaction) => Promise<void>,
): Promise<void> {
  const made: Interaction[] = []
  const keep = (interaction: Interaction) => void made.push(interaction)
  client.on(Events.InteractionCreate, keep)
  try {
    arrival(client).handle(incoming)
  } finally {
    client.off(Events.InteractionCreate, keep)
  }
  for (const interaction of made) await dispatch(interaction)
}

interface Arrival {
  readonly handle: (incoming: IncomingInteraction) => unknown
}

/** What discord.js does as an INTERACTION_CREATE comes in; it has no door of its own for those that come by HTTP. */
function arrival(client: Client): Arrival {
  const actions: unknown = Reflect.get(client, 'actions')
  const action: unknown =
    typeof actions === 'object' && actions !== null ? Reflect.get(actions, 'InteractionCreate') : undefined
  if (!isArrival(action)) throw new Error('This discord.js has no action for an interaction that comes in.')
  return action
}

function isArrival(action: unknown): action is Arrival {
  return (
    typeof action === 'object' && action !== null && 'handle' in action && typeof action.handle === 'function'
  )
}

/** Says of each kind of refusal once a minute how many there were. */
function createRefusals(log: Log) {
  const said = new Map<string, { at: Instant; more: number }>()
  return (reason: string, { timestamp }: SignedRequest, now: Instant): void => {
    const last = said.get(reason)
    if (last !== undefined && Math.abs(now - last.at) < quietMs) {
      last.more += 1
      return
    }
    said.set(reason, { at: now, more: 0 })
    const offBy = reason === 'old' ? { offBySeconds: Math.round(now / 1000 - Number(timestamp)) } : {}
    log.warn({ reason, ...offBy, alsoSince: last?.more ?? 0 }, 'interaction.refused')
  }
}
