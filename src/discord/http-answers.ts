/**
 * First answers to interactions that came by HTTP: what would be a request to Discord is the answer to its request. Discord has that for
 * interactions that it sends (developers/interactions/receiving-and-responding, Interaction Callback): 200 with the same JSON, or 202 and
 * the answer by a request of one's own, as long as the three seconds last.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { DefaultRestOptions, type RESTOptions } from 'discord.js'
import { z } from 'zod'
import type { SignedAnswer } from '../digest/signed-request.ts'

type MakeRequest = RESTOptions['makeRequest']
type Given = Awaited<ReturnType<MakeRequest>>

export interface HttpAnswers {
  /** Waits for the first answer to an interaction; undefined where somebody waits for it already. */
  readonly expect: (interactionId: string) => Expected | undefined
  /** Sends requests of a client: those that answer what is waited for go there, and all others on to Discord. */
  readonly through: (send?: MakeRequest) => MakeRequest
}

export interface Expected {
  readonly answer: Promise<SignedAnswer>
  /** What will be answered yet goes by a request of its own; nothing where it was answered. */
  readonly giveUp: () => void
}

export interface HttpAnswerOptions {
  /** Until then an answer goes out as the answer to the request; after that, by a request of its own. */
  readonly holdMs?: number
  /** Pauses before Discord is asked again for what it has not read yet. */
  readonly pausesMs?: readonly number[]
}

/** Of three seconds, most for the way there and back. */
const usualHoldMs = 2000
const usualPausesMs = [100, 300, 900, 2000]
/** Tokens that were answered so lately that Discord may not have read the answer. */
const mostFresh = 2000

const callback = /\/interactions\/(\d+)\/([^/]+)\/callback(?:\?|$)/
const webhook = /\/webhooks\/\d+\/([^/?]+)/
/** Unknown webhook: there is no answer yet that could be edited. Unknown interaction: nobody waits any more. */
const unknownWebhook = 10015
const unknownInteraction = 10062

export function createHttpAnswers({
  holdMs = usualHoldMs,
  pausesMs = usualPausesMs,
}: HttpAnswerOptions = {}): HttpAnswers {
  const expected = new Map<string, (answer: SignedAnswer) => void>()
  const fresh = new Set<string>()
  const freshen = (token: string): void => {
    fresh.add(token)
    const [oldest] = fresh
    if (oldest !== undefined && fresh.size > mostFresh) fresh.delete(oldest)
  }
  /** Undefined where it is to be a request of its own. */
  const hand = (url: string, body: unknown): Promise<Given> | undefined => {
    const [, id = '', token = ''] = callback.exec(url) ?? []
    const answer = expected.get(id)
    if (answer === undefined) return undefined
    expected.delete(id)
    // Files and questions back have no place in the answer to a request.
    if (typeof body !== 'string' || url.includes('with_response=true')) {
      answer({ status: 202 })
      return undefined
    }
    const { promise, resolve } = Promise.withResolvers<boolean>()
    answer({ status: 200, json: body, sent: resolve })
    return promise.then((isSent) => {
      if (!isSent) return refused(unknownInteraction)
      freshen(token)
      return given(204)
    })
  }
  return {
    expect: (interactionId) => {
      if (expected.has(interactionId)) return undefined
      const { promise, resolve } = Promise.withResolvers<SignedAnswer>()
      const giveUp = (): void => {
        if (expected.get(interactionId) === settle) settle({ status: 202 })
      }
      const timer = setTimeout(giveUp, holdMs)
      const settle = (answer: SignedAnswer): void => {
        clearTimeout(timer)
        expected.delete(interactionId)
        resolve(answer)
      }
      expected.set(interactionId, settle)
      return { answer: promise, giveUp }
    },
    through:
      (send = DefaultRestOptions.makeRequest) =>
      async (url, init) => {
        const handed = hand(url, init.body)
        if (handed !== undefined) return handed
        const token = webhook.exec(url)?.[1]
        if (token === undefined || !fresh.has(token)) return send(url, init)
        for (const pauseMs of pausesMs) {
          const answer = await unlessUnread(await send(url, init))
          if (answer !== undefined) {
            if (answer.ok) fresh.delete(token)
            return answer
          }
          await pause(pauseMs, undefined, { signal: init.signal ?? undefined })
        }
        return send(url, init)
      },
  }
}

const refusal = z.object({ code: z.number() })

/** Undefined where Discord has not read the answer that this request is about. */
async function unlessUnread(answer: Given): Promise<Given | undefined> {
  if (answer.status !== 404) return answer
  const text = await answer.text()
  const said = refusal.safeParse(jsonOf(text))
  if (said.success && said.data.code === unknownWebhook) return undefined
  return given(answer.status, text, [...answer.headers.entries()])
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused(code: number): Given {
  const type = 'application/json'
  return given(404, JSON.stringify({ code, message: 'Unknown interaction' }), [['content-type', type]])
}

/** As if it had come from Discord. */
function given(status: number, text?: string, headers: [string, string][] = []): Given {
  const response = new Response(text, { status, headers })
  return {
    body: null,
    bodyUsed: false,
    headers: response.headers,
    ok: response.ok,
    status,
    statusText: response.statusText,
    arrayBuffer: () => response.arrayBuffer(),
    json: () => response.json(),
    text: () => response.text(),
  }
}
