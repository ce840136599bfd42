/**
 * Rate limits: topics/rate-limits.mdx. A bucket per route and per channel, guild or webhook in its path; fifty requests
 * a second over all; ten thousand refusals in ten minutes shut the door. The real buckets are Discord's secret and
 * change; these are of the usual size. Time is the machine's, as the client waits in real seconds.
 */
import { createHash } from 'node:crypto'
import type { Route } from './call.ts'
import { limits } from './limits.ts'
import type { RateLimitOptions } from './types.ts'

export interface RateVerdict {
  /** To be sent with the answer, refused or not. */
  readonly headers: Readonly<Record<string, string>>
  readonly refused?: { readonly retryAfterMs: number; readonly scope: 'user' | 'global' | 'shared' }
}

export interface RateLimiter {
  /** Counts a request and judges it. */
  judge(route: Route | undefined, params: Readonly<Record<string, string>>): RateVerdict
  /** Told of every answer, for the count of refusals. */
  answered(status: number, scope: string | undefined): void
  /** Too many refusals: the address is blocked for now. */
  isBlocked(): boolean
}

interface Bucket {
  used: number
  resetsAt: number
}

interface Size {
  readonly limit: number
  readonly windowMs: number
}

const sizes: Readonly<Record<string, Size>> = {
  'POST /channels/{channel_id}/messages': { limit: 5, windowMs: 5000 },
  'PATCH /channels/{channel_id}/messages/{message_id}': { limit: 5, windowMs: 5000 },
  'DELETE /channels/{channel_id}/messages/{message_id}': { limit: 5, windowMs: 1000 },
  'GET /channels/{channel_id}/messages': { limit: 5, windowMs: 5000 },
  'POST /channels/{channel_id}/messages/{message_id}/crosspost': { limit: 10, windowMs: 10_000 },
  'POST /channels/{channel_id}/typing': { limit: 5, windowMs: 5000 },
  'POST /channels/{channel_id}/threads': { limit: 50, windowMs: 300_000 },
  'POST /channels/{channel_id}/messages/{message_id}/threads': { limit: 50, windowMs: 300_000 },
  'POST /webhooks/{webhook_id}/{webhook_token}': { limit: 5, windowMs: 2000 },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': { limit: 5, windowMs: 2000 },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': { limit: 5, windowMs: 2000 },
  'PUT /applications/{application_id}/commands': { limit: 2, windowMs: 60_000 },
  'PUT /applications/{application_id}/guilds/{guild_id}/commands': { limit: 2, windowMs: 20_000 },
  'POST /users/@me/channels': { limit: 10, windowMs: 10_000 },
}

const usual: Size = { limit: 10, windowMs: 1000 }

/** Parameters that give a route a bucket of its own. */
const major = ['channel_id', 'guild_id', 'webhook_id', 'webhook_token']

export function createRateLimiter(options: RateLimitOptions): RateLimiter {
  if (options === 'off') {
    return { judge: () => ({ headers: {} }), answered: () => undefined, isBlocked: () => false }
  }
  const buckets = new Map<string, Bucket>()
  const global: Bucket = { used: 0, resetsAt: 0 }
  const globalLimit = options.globalPerSecond ?? limits.rate.globalPerSecond
  const refusals: number[] = []
  return {
    judge(route, params) {
      if (route === undefined) return { headers: {} }
      const now = performance.now()
      if (route.needsToken && !takeFrom(global, { limit: globalLimit, windowMs: 1000 }, now)) {
        return { headers: {}, refused: { retryAfterMs: global.resetsAt - now, scope: 'global' } }
      }
      // Interaction callbacks have no bucket.
      if (route.operation === 'create_interaction_response') return { headers: {} }
      const name = `${route.method} ${route.path}`
      const size = options.perRoute?.[name] ?? sizes[name] ?? usual
      const key = [name, ...major.map((param) => params[param] ?? '')].join(' ')
      const bucket = buckets.get(key) ?? { used: 0, resetsAt: 0 }
      buckets.set(key, bucket)
      const isTaken = takeFrom(bucket, size, now)
      const headers = headersOf(name, bucket, size, now)
      return isTaken
        ? { headers }
        : { headers, refused: { retryAfterMs: bucket.resetsAt - now, scope: 'user' } }
    },
    answered(status, scope) {
      if (![401, 403, 429].includes(status) || scope === 'shared') return
      refusals.push(performance.now())
    },
    isBlocked() {
      const since = performance.now() - 600_000
      while ((refusals[0] ?? since) < since) refusals.shift()
      return refusals.length >= (options.invalidPer10Minutes ?? limits.rate.invalidPer10Minutes)
    },
  }
}

function takeFrom(bucket: Bucket, size: Size, now: number): boolean {
  if (now >= bucket.resetsAt) {
    bucket.used = 0
    bucket.resetsAt = now + size.windowMs
  }
  if (bucket.used >= size.limit) return false
  bucket.used += 1
  return true
}

function headersOf(name: string, bucket: Bucket, size: Size, now: number): Record<string, string> {
  const leftMs = bucket.resetsAt - now
  return {
    'x-ratelimit-limit': String(size.limit),
    'x-ratelimit-remaining': String(size.limit - bucket.used),
    'x-ratelimit-reset': ((Date.now() + leftMs) / 1000).toFixed(3),
    'x-ratelimit-reset-after': (leftMs / 1000).toFixed(3),
    'x-ratelimit-bucket': createHash('sha256').update(name).digest('hex').slice(0, 32),
  }
}
