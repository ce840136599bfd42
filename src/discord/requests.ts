/**
 * Every request to Discord passes here. Posts have a REST client of their own, so that no answer to a person ever stands behind them in a queue;
 * both clients spend the same budgets: requests a second, and refusals in ten minutes.
 *
 * Neither client waits out a long rate limit or repeats a post by itself: what is to come later is the ledger's business.
 */
import { DefaultRestOptions, REST, type RESTOptions } from 'discord.js'
import { z } from 'zod'
import type { Pace } from './pace.ts'
import type { RefusalBudget } from './refusal-budget.ts'

export interface RequestLimits {
  readonly pace: Pace
  readonly budget: RefusalBudget
}

export interface RequestOptions {
  /** Where Discord answers, e.g. `https://discord.com/api`. */
  readonly apiUrl: string
  /** A request without an answer is given up after this. */
  readonly timeoutMs: number
}

/** Longest wait for a rate limit within an answer to a person. */
const longestWaitMs = 15_000
/** Clients of channels that nobody posts in any more are dropped this often. */
const sweepMs = 60_000

/**
 * Options of the client that answers people.
 * `keepToken` gives the client its token anew: discord.js forgets it after any 401.
 */
export function answeringOptions(
  { apiUrl, timeoutMs }: RequestOptions,
  { pace, budget }: RequestLimits,
  keepToken: () => void,
): Partial<RESTOptions> {
  return {
    api: apiUrl,
    timeout: timeoutMs,
    rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > longestWaitMs,
    makeRequest: async (url, init) => {
      // Answers to interactions are not counted by Discord; they need no token.
      const send = () => DefaultRestOptions.makeRequest(url, init)
      const isCounted = !/\/(?:interactions|webhooks)\//.test(url)
      return noted(await (isCounted ? pace.count(send) : send()), budget, keepToken)
    },
  }
}

/** The client that posts. Whoever uses it has waited for a turn. */
export function openPostingRest(
  token: string,
  { apiUrl, timeoutMs }: RequestOptions,
  { budget }: RequestLimits,
): REST {
  const rest = new REST({
    api: apiUrl,
    timeout: timeoutMs,
    retries: 0,
    rejectOnRateLimit: () => true,
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    handlerSweepInterval: sweepMs,
    makeRequest: async (url, init) =>
      noted(await DefaultRestOptions.makeRequest(url, init), budget, () => rest.setToken(token)),
  })
  return rest.setToken(token)
}

/** The client that asks for people, and at the start. Its requests leave at once, and are counted. */
export function openAskingRest(token: string, requests: RequestOptions, limits: RequestLimits): REST {
  const rest: REST = new REST(answeringOptions(requests, limits, () => rest.setToken(token)))
  return rest.setToken(token)
}

/** Thrown where posting is held for longer than a turn is worth waiting for. */
export const noTurn = Symbol('no turn')

/** Sends in its turn. Throws `noTurn` where none came. */
export async function sendInTurn<Answer>(
  { pace, budget }: RequestLimits,
  cutOff: AbortSignal,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const answer =
    budget.pauseMs() === 0 ? await pace.turn(cutOff, async () => ({ came: await send() })) : undefined
  if (answer === undefined) throw noTurn
  return answer.came
}

type Answer = Awaited<ReturnType<RESTOptions['makeRequest']>>

async function noted(answer: Answer, budget: RefusalBudget, keepToken: () => void): Promise<Answer> {
  budget.note(answer.status, answer.headers.get('x-ratelimit-scope'))
  // The token is forgotten as the answer is read, which is before the next turn of the event loop.
  if (answer.status === 401) setImmediate(keepToken)
  if (answer.status === 429) await readWait(answer)
  return answer
}

const limited = z.object({ retry_after: z.number().min(0) })

/** The header, which is all that discord.js reads, rounds up to whole seconds; the body says it to the millisecond. */
async function readWait(answer: Answer): Promise<void> {
  const said = limited.safeParse(await answer.json().catch(() => undefined))
  if (said.success) answer.headers.set('retry-after', String(said.data.retry_after))
}
