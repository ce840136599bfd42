/**
 * A model behind any endpoint that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp, hosted ones. It is asked
 * for one summary at a time, and every way in which that can go wrong ends in a value: the extractive summary stands.
 *
 * A request is sent only if the day's budget has room for it; it has one deadline from connecting to the last byte; at
 * most two run at once; and an endpoint that keeps failing is left alone for some minutes. The SDK's own retries are
 * off, since it waits as long as a `Retry-After` says and heeds no signal while it does.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { APIError, OpenAI } from 'openai'
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import type { ModelBudget } from '../digest/written.ts'
import type { Log } from '../log.ts'
import { costOf, type Prompt } from '../summary/written/prompt.ts'
import { estimateTokens } from '../summary/written/task.ts'
import type { ModelWriter, Written } from '../summary/written/writer.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { createBreaker } from './breaker.ts'
import { type Failure, failureOf } from './failure.ts'
import { createTurns } from './turns.ts'

export interface ModelWriterOptions {
  /** Up to and with the version: `http://localhost:11434/v1`. */
  readonly baseUrl: string
  readonly model: string
  readonly apiKey?: string | undefined
  /** For one summary, from its first request to the last byte; waiting for one's turn is not counted. */
  readonly timeoutMs: number
  /** Of a UTC day, over all processes. */
  readonly dailyTokens: number
  readonly budget: ModelBudget
  readonly userAgent: string
  readonly now: () => Instant
  readonly log: Log
  /** Between a failure that may pass and the second try. */
  readonly retryMs?: number
}

const AT_ONCE = 2
const MAX_ANSWER_BYTES = 256 * 1024
const FAILURES_BEFORE_PAUSE = 3
const PAUSE_MS = 5 * 60_000
const LONGEST_PAUSE_MS = 60 * 60_000
const RETRY_MS = 400
/** A usage report beyond this is no report. */
const MAX_REPORTED_TOKENS = 1_000_000
const DAY_MS = 24 * 60 * 60 * 1000

const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({ total_tokens: z.int().min(1).max(MAX_REPORTED_TOKENS) })
    .nullish()
    .catch(undefined),
})

/** Names of parameters that endpoints disagree on, as far as this one has told. */
interface Dialect {
  lengthName: 'max_tokens' | 'max_completion_tokens'
  takesTemperature: boolean
}

interface Asked {
  readonly text: string
  readonly isWhole: boolean
  /** As the endpoint reports it. */
  readonly tokens: number | undefined
}

type Outcome = { readonly asked: Asked } | { readonly failure: Failure }

export function createModelWriter(options: ModelWriterOptions): ModelWriter {
  const { model, log, now } = options
  const ask = createAsking(options)
  const breaker = createBreaker({
    threshold: FAILURES_BEFORE_PAUSE,
    pauseMs: PAUSE_MS,
    longestMs: LONGEST_PAUSE_MS,
    now,
  })
  const turns = createTurns(AT_ONCE)
  const purse = createPurse(options)

  const askWithinBudget = async (prompt: Prompt, signal: AbortSignal): Promise<Written> => {
    if (breaker.isPaused()) return unwritten('paused')
    const reservation = await purse.reserve(costOf(prompt))
    if (reservation === undefined) return unwritten('budget')
    const outcome = await ask(prompt, signal)
    if ('asked' in outcome) {
      const { text, isWhole, tokens } = outcome.asked
      await reservation.settle(tokens ?? costOf(prompt) - prompt.maxAnswerTokens + estimateTokens(text))
      log.debug({ model, tokens }, 'model.answered')
      if (breaker.succeeded()) log.info({ model }, 'model.resumed')
      return { kind: 'answer', text, isWhole }
    }
    const { isPassing: _, mayHaveCost, retryAfterMs, ...said } = outcome.failure
    if (!mayHaveCost) await reservation.settle(0)
    log.warn({ model, ...said }, 'model.failed')
    const pauseMs = breaker.failed(retryAfterMs)
    if (pauseMs !== undefined) log.warn({ model, pauseMs }, 'model.paused')
    return unwritten(signal.aborted ? 'stopped' : 'failed')
  }

  return {
    model,
    write: async (prompt, signal) => {
      try {
        return (await turns.run(() => askWithinBudget(prompt, signal), signal)) ?? unwritten('stopped')
      } catch (error) {
        log.error({ err: error, model }, 'model.broke')
        return unwritten('failed')
      }
    },
  }
}

const unwritten = (reason: 'budget' | 'paused' | 'failed' | 'stopped'): Written => ({
  kind: 'unwritten',
  reason,
})

/** The day's budget as one request sees it; that it is spent is logged once a day. */
function createPurse({ budget, dailyTokens, now, log, model }: ModelWriterOptions) {
  let loggedDay: number | undefined
  return {
    reserve: async (tokens: number) => {
      const at = now()
      if (await budget.reserve(at, tokens, dailyTokens)) {
        return { settle: (used: number) => budget.settle(at, tokens, used) }
      }
      const day = Math.floor(at / DAY_MS)
      if (day !== loggedDay) log.warn({ model, dailyTokens }, 'model.budget_spent')
      loggedDay = day
      return undefined
    },
  }
}

/** Asks once, and a second time where the failure may pass, all within one deadline. */
function createAsking(
  options: ModelWriterOptions,
): (prompt: Prompt, signal: AbortSignal) => Promise<Outcome> {
  const { apiKey: key, timeoutMs, retryMs = RETRY_MS } = options
  const client = new OpenAI({
    baseURL: options.baseUrl,
    // Never sent: `boundedFetch` writes the headers. Nothing is read from the environment either.
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: 2 * timeoutMs,
    fetch: boundedFetch({
      baseUrl: options.baseUrl,
      key,
      userAgent: options.userAgent,
      maxBytes: MAX_ANSWER_BYTES,
    }),
  })
  const dialect: Dialect = { lengthName: 'max_tokens', takesTemperature: true }

  return async (prompt, signal) => {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), timeoutMs)
    const either = AbortSignal.any([deadline.signal, signal])
    const once = async (): Promise<Outcome> => {
      try {
        return { asked: await request(client, options.model, prompt, dialect, either) }
      } catch (error) {
        return { failure: failureOf(error, { key, isOverdue: either.aborted }) }
      }
    }
    try {
      const first = await once()
      if ('asked' in first || !first.failure.isPassing) return first
      await pause(retryMs, undefined, { signal: either }).catch(() => undefined)
      return either.aborted ? first : await once()
    } finally {
      clearTimeout(timer)
    }
  }
}

/** One completion. Endpoints that do not know a parameter say so, and are asked again without it. */
async function request(
  client: OpenAI,
  model: string,
  { system, user, maxAnswerTokens }: Prompt,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<Asked> {
  for (;;) {
    try {
      const answer: unknown = await client.chat.completions.create(
        {
          model,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
          ],
          [dialect.lengthName]: maxAnswerTokens,
          ...(dialect.takesTemperature ? { temperature: 0 } : {}),
        },
        { signal },
      )
      const { choices, usage } = completion.parse(answer)
      const [choice] = choices
      return {
        text: choice?.message.content ?? '',
        isWhole: choice?.finish_reason !== 'length' && choice?.finish_reason !== 'content_filter',
        tokens: usage?.total_tokens,
      }
    } catch (error) {
      if (!learn(dialect, error)) throw error
    }
  }
}

/** Learns from a refusal which parameter the endpoint does not take; false where that was not the matter. */
function learn(dialect: Dialect, error: unknown): boolean {
  if (!(error instanceof APIError) || error.status !== 400) return false
  const said = `${error.param ?? ''} ${error.message}`
  if (dialect.lengthName === 'max_tokens' && said.includes('max_tokens')) {
    dialect.lengthName = 'max_completion_tokens'
    return true
  }
  if (dialect.takesTemperature && said.includes('temperature')) {
    dialect.takesTemperature = false
    return true
  }
  return false
}
