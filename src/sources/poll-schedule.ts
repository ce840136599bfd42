/**
 * When a source is asked again, and what is kept from one time to the next. A source is asked about twice in the time
 * between two of its articles, and more and more seldom while it is silent; never sooner than it allows (Cache-Control
 * and Expires, RFC 9111; `ttl`, `skipHours`, `skipDays` of RSS; `sy:updatePeriod`; Retry-After, RFC 9110). After
 * failures the pause doubles. The owner is told of a change once, by `notice`.
 *
 * Pure: the clock and the dice are passed in.
 */
import type { Instant } from '../article/article.ts'
import { parseDate } from '../article/dates.ts'
import type { CacheHints } from './feed/feed.ts'
import type { CacheHeaders, FetchResult } from './fetch-result.ts'

/** Kept with the source as it is. */
export interface PollState {
  /** Sent back as `If-None-Match` and `If-Modified-Since`. */
  readonly etag?: string
  readonly lastModified?: string
  /** How often a permanent redirect to the same address was seen in a row. */
  readonly move?: { readonly url: string; readonly seen: number }
  /** Failures in a row. */
  readonly failures: number
  /** Polls in a row without anything new. */
  readonly unchanged: number
  /** Hints of the last feed that was read; a 304 brings none. */
  readonly hints?: CacheHints
  /** The usual time between two articles, as last measured. */
  readonly gapMs?: number
  /** When the newest known article appeared. */
  readonly newestAt?: Instant
}

export const FRESH_STATE: PollState = { failures: 0, unchanged: 0 }

export interface PollLimits {
  readonly minMs: number
  readonly maxMs: number
  /** For sources of which nothing is known yet. */
  readonly usualMs: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const POLL_LIMITS: PollLimits = { minMs: 5 * MINUTE_MS, maxMs: DAY_MS, usualMs: 30 * MINUTE_MS }

export interface PollOutcome {
  readonly result: FetchResult
  /** What the feed said, where it was fetched and read. */
  readonly hints?: CacheHints
  /** Publication dates of all entries in the feed, in any order. */
  readonly publishedAt?: readonly Instant[]
  /** Whether there was an article that was not known. */
  readonly hasNews?: boolean
}

export interface PollContext {
  readonly now: Instant
  /** In [0, 1); spreads sources so that they do not all come due together. */
  readonly random: number
  readonly limits?: PollLimits
}

/** `moved`: the source should be stored under `url` from now on. `failing` and `recovered`: see `TELL_AFTER`. `gone`: it is retired. */
export type PollNotice =
  | { readonly kind: 'moved'; readonly url: string }
  | { readonly kind: 'gone' | 'failing' | 'recovered' }

export type PollDecision =
  | { readonly kind: 'again'; readonly at: Instant; readonly state: PollState; readonly notice?: PollNotice }
  | { readonly kind: 'retired'; readonly state: PollState; readonly notice: PollNotice }

/** Failures in a row after which the owner is told. */
export const TELL_AFTER = 5
/** Permanent redirects to one address after which it replaces the old one. */
export const MOVE_AFTER = 3
const MAX_RETRY_AFTER_MS = 7 * DAY_MS
const MAX_JITTER = 0.1

/** What follows from one poll. */
export function decidePoll(state: PollState, outcome: PollOutcome, context: PollContext): PollDecision {
  const { result } = outcome
  if (result.kind === 'gone') return { kind: 'retired', state, notice: { kind: 'gone' } }
  if (result.kind === 'failed' || result.kind === 'refused') return afterFailure(state, result, context)
  return afterSuccess(state, { ...outcome, result }, context)
}

type Failure = Extract<FetchResult, { kind: 'failed' | 'refused' }>
type Success = Extract<FetchResult, { kind: 'fetched' | 'not-modified' }>

/** The pause doubles with each failure; where nothing but a person can help, it is the longest at once. */
function afterFailure(state: PollState, result: Failure, context: PollContext): PollDecision {
  const limits = context.limits ?? POLL_LIMITS
  const failures = state.failures + 1
  const canHeal = result.kind === 'failed' && result.retry
  const doubled = limits.usualMs * 2 ** Math.min(failures - 1, 20)
  const pause = clamp(canHeal ? doubled : limits.maxMs, limits)
  const asked = result.kind === 'failed' ? Math.min(result.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) : 0
  const { move: _, ...kept } = state
  const again = {
    kind: 'again',
    at: later(context, Math.max(pause, asked)),
    state: { ...kept, failures },
  } as const
  return failures === TELL_AFTER ? { ...again, notice: { kind: 'failing' } } : again
}

function afterSuccess(
  state: PollState,
  outcome: PollOutcome & { readonly result: Success },
  context: PollContext,
): PollDecision {
  const { result } = outcome
  const move = nextMove(state.move, result.permanentUrl)
  const hasMoved = move !== undefined && move.seen >= MOVE_AFTER
  const next: PollState = {
    ...measured(state, outcome),
    ...validators(state, result),
    ...(move === undefined || hasMoved ? {} : { move }),
    failures: 0,
    unchanged: outcome.hasNews === true ? 0 : state.unchanged + 1,
  }
  const at = skipQuietTimes(later(context, pauseOf(next, result.cache, context)), next.hints)
  const again = { kind: 'again', at, state: next } as const
  if (hasMoved) return { ...again, notice: { kind: 'moved', url: move.url } }
  return state.failures >= TELL_AFTER ? { ...again, notice: { kind: 'recovered' } } : again
}

function nextMove(move: PollState['move'], permanentUrl: string | undefined): PollState['move'] {
  if (permanentUrl === undefined) return undefined
  return { url: permanentUrl, seen: move?.url === permanentUrl ? move.seen + 1 : 1 }
}

/** A 304 may leave the validators out (RFC 9110 §15.4.5); a 200 without them has none. */
function validators(state: PollState, { kind, cache }: Success): Pick<PollState, 'etag' | 'lastModified'> {
  const etag = cache.etag ?? (kind === 'not-modified' ? state.etag : undefined)
  const lastModified = cache.lastModified ?? (kind === 'not-modified' ? state.lastModified : undefined)
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) }
}

/** What the entries tell of the source's habits; what is not told stays as it was. */
function measured(state: PollState, outcome: PollOutcome): Pick<PollState, 'hints' | 'gapMs' | 'newestAt'> {
  const dates = (outcome.publishedAt ?? []).toSorted((a, b) => b - a)
  const hints = outcome.hints ?? state.hints
  const gapMs = usualGap(dates) ?? state.gapMs
  const newestAt = dates[0] ?? state.newestAt
  return {
    ...(hints === undefined ? {} : { hints }),
    ...(gapMs === undefined ? {} : { gapMs }),
    ...(newestAt === undefined ? {} : { newestAt }),
  }
}

const RECENT_GAPS = 20
const LEAST_GAPS = 3

/** The median time between recent articles; undefined for too few. `dates` are newest first. */
function usualGap(dates: readonly Instant[]): number | undefined {
  const gaps = dates.slice(0, RECENT_GAPS + 1).flatMap((date, i) => {
    const before = dates[i + 1]
    return before === undefined ? [] : [date - before]
  })
  const middle = gaps.slice(0, RECENT_GAPS).toSorted((a, b) => a - b)[
    Math.floor(Math.min(gaps.length, RECENT_GAPS) / 2)
  ]
  return gaps.length < LEAST_GAPS ? undefined : middle
}

/** How long to wait: the source's own pace, but no less than it asks for and nothing outside of the limits. */
function pauseOf(state: PollState, cache: CacheHeaders, context: PollContext): number {
  const limits = context.limits ?? POLL_LIMITS
  const asked = Math.max(
    freshnessMs(cache, context.now) ?? 0,
    (state.hints?.ttlMinutes ?? 0) * MINUTE_MS,
    state.hints?.updatePeriodMs ?? 0,
  )
  return clamp(Math.max(paceOf(state, context.now, limits), asked), limits)
}

/** Half the usual gap while the source is lively; a tenth of its silence when that is longer. */
function paceOf(state: PollState, now: Instant, limits: PollLimits): number {
  if (state.gapMs === undefined || state.newestAt === undefined)
    return limits.usualMs * 1.5 ** Math.min(state.unchanged, 20)
  const silence = Math.max(0, now - state.newestAt)
  return Math.max(state.gapMs / 2, silence / 10)
}

const clamp = (ms: number, limits: PollLimits) => Math.min(limits.maxMs, Math.max(limits.minMs, ms))

/** Never earlier than asked for, at most a tenth later. */
function later(context: PollContext, pauseMs: number): Instant {
  return Math.round(context.now + pauseMs * (1 + MAX_JITTER * context.random))
}

/** How long a response is fresh (RFC 9111 §4.2.1), in milliseconds; undefined where it does not say. */
export function freshnessMs(cache: CacheHeaders, now: Instant): number | undefined {
  const directives = (cache.cacheControl ?? '').toLowerCase()
  if (/(?:^|[,\s])no-(?:cache|store)(?:$|[,\s])/.test(directives)) return 0
  const maxAge = /(?:^|[,\s])max-age\s?=\s?"?(\d{1,10})/.exec(directives)?.[1]
  if (maxAge !== undefined) return Number(maxAge) * 1000
  if (cache.expires === undefined) return undefined
  const expires = parseDate(cache.expires)
  const date = parseDate(cache.date ?? '') ?? now
  return expires === undefined ? 0 : Math.max(0, expires - date)
}

/** `Retry-After` (RFC 9110 §10.2.3), seconds or a date, as milliseconds from now; undefined where it is neither. */
export function parseRetryAfter(text: string, now: Instant): number | undefined {
  if (/^\s{0,9}\d{1,9}\s{0,9}$/.test(text)) return Number(text) * 1000
  const date = parseDate(text)
  return date === undefined ? undefined : Math.max(0, date - now)
}

/** The first instant from `at` on that is in no hour (UTC) and on no day that the feed asked to be left alone. */
function skipQuietTimes(at: Instant, hints: CacheHints | undefined): Instant {
  const hours = new Set(hints?.skipHours)
  const days = new Set(hints?.skipDays)
  if (hours.size >= 24 || days.size >= 7) return at
  let instant = at
  for (let step = 0; step < 8 * 24; step++) {
    const date = new Date(instant)
    if (!hours.has(date.getUTCHours()) && !days.has(date.getUTCDay())) return instant
    // Not on the hour, where everybody waits, but in the first minutes after it, spread as before.
    instant = Math.round(Math.floor(instant / HOUR_MS + 1) * HOUR_MS + (at % HOUR_MS) / 10)
  }
  return at
}
