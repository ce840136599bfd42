/**
 * How Discord says no: an HTTP status, its own numeric code and, for a malformed body (50035), a tree of errors that
 * follows the body's shape. A route throws a `Refusal`; the server writes it out.
 */

export interface FormError {
  readonly path: readonly (string | number)[]
  /** As in `BASE_TYPE_MAX_LENGTH`. */
  readonly code: string
  readonly message: string
}

/** A request that Discord would not carry out. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: number
  readonly errors: readonly FormError[]
  /** For 429: when it may be tried again. */
  readonly retryAfterMs: number

  constructor(
    status: number,
    code: number,
    message: string,
    errors: readonly FormError[] = [],
    retryAfterMs = 0,
  ) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
    this.retryAfterMs = retryAfterMs
  }
}

/** Status and sentence by code: topics/opcodes-and-status-codes.mdx, JSON Error Codes. */
const known = {
  0: [404, '404: Not Found'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  10066: [404, 'Unknown application command permissions'],
  10087: [404, 'Unknown Tag'],
  20022: [429, 'This message cannot be edited due to announcement rate limits.'],
  20028: [429, 'The write action you are performing on the channel has hit the write rate limit.'],
  30032: [400, 'Maximum number of application commands reached (100).'],
  30034: [400, 'Maximum number of daily application command creates has been reached (200)'],
  30046: [400, 'Maximum number of edits to messages older than 1 hour reached. Try again later.'],
  40005: [413, 'Request entity too large'],
  40033: [400, 'This message has already been crossposted.'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40062: [429, 'Service resource is being rate limited.'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40094: [403, 'This interaction has reached the maximum number of follow-up messages.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50041: [400, 'Invalid API version provided'],
  50068: [400, 'Invalid message type'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
} as const satisfies Readonly<Record<number, readonly [number, string]>>

export type KnownCode = keyof typeof known

/** The refusal that belongs to one of Discord's codes. */
export function refusal(code: KnownCode): Refusal {
  const [status, message] = known[code]
  return new Refusal(status, code, message)
}

/** The refusal of a code that passes with time. */
export function tryLater(code: KnownCode, retryAfterMs: number): Refusal {
  const [status, message] = known[code]
  return new Refusal(status, code, message, [], retryAfterMs)
}

/** 50035 with its reasons. */
export function invalidForm(errors: readonly FormError[]): Refusal {
  const [status, message] = known[50035]
  return new Refusal(status, 50035, message, errors)
}

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[]
}

/** Discord's nested form: `{ content: { _errors: [{ code, message }] } }`. */
export function errorTree(errors: readonly FormError[]): ErrorTree {
  const root: ErrorTree = {}
  for (const error of errors) {
    let node = root
    for (const step of error.path) {
      const next = node[String(step)]
      if (next !== undefined && !Array.isArray(next)) {
        node = next
      } else {
        const fresh: ErrorTree = {}
        node[String(step)] = fresh
        node = fresh
      }
    }
    const list = node._errors
    const entry = { code: error.code, message: error.message }
    node._errors = Array.isArray(list) ? [...list, entry] : [entry]
  }
  return root
}
