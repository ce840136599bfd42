/**
 * What went wrong with a request, in a few plain words for the log. The SDK's errors hold bodies, headers and requests;
 * none of that is kept: a status, a code, and one short line of what the endpoint says, without the key.
 */
import { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { cleanLine } from '../article/line.ts'
import { AnswerRefused } from './bounded-fetch.ts'

export interface Failure {
  readonly reason: 'timeout' | 'unreachable' | 'refused' | 'redirect' | 'too-large' | 'garbled'
  readonly status?: number
  /** Of the endpoint, or of the connection: `model_not_found`, `ECONNREFUSED`. */
  readonly code?: string
  readonly message?: string
  /** How long the endpoint asks to be left alone. */
  readonly retryAfterMs?: number
  /** Trying again at once may help. */
  readonly isPassing: boolean
  /** The endpoint may have worked on the request, so that its tokens count as used. */
  readonly mayHaveCost: boolean
}

const MAX_MESSAGE = 200
const CODE = /^[\w.-]{1,60}$/
/** Keys as hosted endpoints repeat them, whole or with stars: "sk-proj-ab***yz". */
const KEY_LIKE = /\b(?:sk|pk)-[\w*.-]{6,}|\bbearer\s+\S+/giu
const PASSING: ReadonlySet<number> = new Set([408, 409, 500, 502, 503, 504])

/** Judges what a request threw. `isOverdue`: our own deadline ended it. */
export function failureOf(error: unknown, options: { key: string | undefined; isOverdue: boolean }): Failure {
  if (options.isOverdue || error instanceof APIUserAbortError) {
    return { reason: 'timeout', isPassing: false, mayHaveCost: true }
  }
  const refused = causeOf(error, AnswerRefused)
  if (refused !== undefined) {
    const { reason, message } = refused
    return { reason, message, isPassing: false, mayHaveCost: reason === 'too-large' }
  }
  if (error instanceof APIConnectionError) return connectionFailure(error)
  if (error instanceof APIError && error.status !== undefined) return statusFailure(error, options.key)
  return { reason: 'garbled', isPassing: false, mayHaveCost: true }
}

function connectionFailure(error: unknown): Failure {
  const code = codeOf(error)
  const wasNeverReached =
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code ?? '')
  return {
    reason: 'unreachable',
    ...(code === undefined ? { message: innermost(error).slice(0, MAX_MESSAGE) } : { code }),
    isPassing: !wasNeverReached,
    mayHaveCost: !wasNeverReached,
  }
}

function statusFailure(error: InstanceType<typeof APIError>, key: string | undefined): Failure {
  const { status, code, headers } = error
  const message = saidBy(error.error, key)
  const retryAfterMs = waitOf(headers?.get('retry-after') ?? null)
  return {
    reason: 'refused',
    ...(status === undefined ? {} : { status }),
    ...(typeof code === 'string' && CODE.test(code) ? { code } : {}),
    ...(message === undefined ? {} : { message }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    isPassing: PASSING.has(status ?? 0) && retryAfterMs === undefined,
    mayHaveCost: false,
  }
}

/** What the endpoint says in its own words, as one line; nothing where it sent markup. */
function saidBy(body: unknown, key: string | undefined): string | undefined {
  const said = typeof body === 'object' && body !== null && 'message' in body ? body.message : body
  if (typeof said !== 'string') return undefined
  const line = cleanLine(said.slice(0, 10 * MAX_MESSAGE))
  if (line === '' || line.includes('<')) return undefined
  const withoutKey = key === undefined ? line : line.replaceAll(key, '[key]')
  return withoutKey.replace(KEY_LIKE, '[key]').slice(0, MAX_MESSAGE)
}

/** Seconds, or nothing: dates are not worth the trouble here. */
function waitOf(retryAfter: string | null): number | undefined {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined
}

function causeOf<Kind>(error: unknown, kind: new (...given: never[]) => Kind): Kind | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof kind) return at
  return undefined
}

/** In the words of our own runtime: "bad port". */
function innermost(error: unknown): string {
  let message = ''
  for (let at: unknown = error; at instanceof Error; at = at.cause) message = at.message
  return message
}

function codeOf(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && CODE.test(at.code)) return at.code
  }
  return undefined
}
