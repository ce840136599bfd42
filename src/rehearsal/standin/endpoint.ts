/**
 * The application's interactions endpoint: interactions go there by signed HTTP instead of over the gateway, and what it answers is the first
 * answer. It is taken only if it answers a PING, and refuses one with a wrong signature: interactions/overview.mdx, Setting Up an Endpoint.
 */
import { parseForm } from './form.ts'
import { answerBody, type Interaction, type Interactions } from './interactions.ts'
import type { Realm } from './realm.ts'
import { Refusal } from './refusal.ts'
import type { DocumentCheck, EndpointFaults, Violation } from './types.ts'

export interface Endpoint {
  /** What is wrong with it, if anything; it is then as it was before. `null`: the gateway again. */
  readonly set: (url: string | null) => Promise<string | undefined>
  /** Resolves when it is answered, or nobody waits any more. */
  readonly deliver: (interaction: Interaction, payload: Readonly<Record<string, unknown>>) => Promise<void>
  readonly faults: EndpointFaults
  readonly close: () => void
}

interface Delivery {
  readonly body: string
  readonly timestamp: string
  readonly signature: string
}

export interface EndpointParts {
  readonly realm: Realm
  readonly interactions: Interactions
  readonly document: DocumentCheck | undefined
  readonly violations: Violation[]
}

const repeatedAtOnce = 20
const operation = 'create_interaction_response'
const callbackRoute = {
  method: 'POST',
  path: '/interactions/{interaction_id}/{interaction_token}/callback',
  operation,
} as const
/** Nobody waits any more, or another answer was first: as Discord, it says nothing of that. */
const unheard: readonly number[] = [10062, 40060]

export function createEndpoint(parts: EndpointParts): Endpoint {
  const { realm, interactions } = parts
  const { firstResponseMs } = interactions.deadlines
  const closing = new AbortController()
  const delivered: Delivery[] = []
  let late: (() => Promise<unknown>) | undefined
  const signed = (body: string): Delivery => {
    const timestamp = String(Math.floor(realm.now() / 1000))
    return { body, timestamp, signature: realm.keys.sign(timestamp + body) }
  }
  const post = async (
    url: string,
    { body, timestamp, signature }: Delivery,
  ): Promise<Response | undefined> => {
    try {
      return await fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
          'x-signature-ed25519': signature,
          'x-signature-timestamp': timestamp,
        },
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(firstResponseMs)]),
      })
    } catch {
      return undefined
    }
  }
  return {
    set: async (url) => {
      const problem =
        url === null ? undefined : await problemOf(url, (delivery) => post(url, delivery), signed, realm)
      if (problem === undefined) realm.endpointUrl = url ?? undefined
      return problem
    },
    deliver: async (interaction, payload) => {
      const delivery = signed(JSON.stringify(payload))
      delivered.push(delivery)
      const answer = await post(realm.endpointUrl ?? '', delivery)
      const json: unknown = answer?.status === 200 ? await answer.json().catch(() => undefined) : undefined
      if (json === undefined) return
      const until = late
      late = undefined
      await until?.()
      take(parts, interaction, json)
    },
    faults: {
      readLate: (after) => {
        late = after
      },
      repeat: async () => {
        const { endpointUrl } = realm
        if (endpointUrl === undefined) return []
        const statuses: (number | undefined)[] = []
        for (let at = 0; at < delivered.length; at += repeatedAtOnce) {
          const some = delivered.slice(at, at + repeatedAtOnce)
          const answers = await Promise.all(some.map((each) => post(endpointUrl, each)))
          statuses.push(...answers.map((answer) => answer?.status))
        }
        return statuses
      },
    },
    close: () => closing.abort(),
  }
}

/** What it answers counts as a callback would. What Discord would not take is a violation: nobody would ever hear of it. */
function take(
  { interactions, document, violations }: EndpointParts,
  interaction: Interaction,
  json: unknown,
): void {
  violations.push(...(document?.request(callbackRoute, json, new URLSearchParams()) ?? []))
  try {
    const waiting = interactions.unanswered(interaction.id, interaction.token)
    interactions.answer(waiting, parseForm(answerBody, json), [])
  } catch (error) {
    if (error instanceof Refusal && unheard.includes(error.code)) return
    violations.push({
      operation,
      direction: 'request',
      path: '',
      message: error instanceof Error ? `${error.message} ${JSON.stringify(json)}` : String(error),
    })
  }
}

async function problemOf(
  url: string,
  post: (delivery: Delivery) => Promise<Response | undefined>,
  signed: (body: string) => Delivery,
  realm: Realm,
): Promise<string | undefined> {
  if (!URL.canParse(url)) return 'Not a well formed URL.'
  const ping = JSON.stringify({
    id: realm.nextId(),
    application_id: realm.applicationId,
    type: 1,
    token: 'ping',
    version: 1,
    user: realm.bot,
    entitlements: [],
    authorizing_integration_owners: {},
  })
  const good = await post(signed(ping))
  const pong: unknown = good?.status === 200 ? await good.json().catch(() => undefined) : undefined
  const isPong = typeof pong === 'object' && pong !== null && 'type' in pong && pong.type === 1
  const isJson = good?.headers.get('content-type')?.startsWith('application/json') === true
  const forged = await post({ ...signed(ping), signature: '0'.repeat(128) })
  return isPong && isJson && forged?.status === 401
    ? undefined
    : 'The specified interactions endpoint url could not be verified.'
}
