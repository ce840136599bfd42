import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CacheHints } from '../../src/sources/feed/feed.ts'
import type { CacheHeaders, FetchResult } from '../../src/sources/fetch-result.ts'
import {
  decidePoll,
  FRESH_STATE,
  freshnessMs,
  MOVE_AFTER,
  POLL_LIMITS,
  type PollOutcome,
  type PollState,
  parseRetryAfter,
  TELL_AFTER,
} from '../../src/sources/poll-schedule.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Monday. */
const NOW = Date.parse('2026-11-23T12:00:00Z')
const URL_OF_FEED = 'https://news.example/feed'

const fetched = (cache: CacheHeaders = {}, permanentUrl?: string): FetchResult => ({
  kind: 'fetched',
  url: permanentUrl ?? URL_OF_FEED,
  bytes: new Uint8Array(),
  cache,
  ...(permanentUrl === undefined ? {} : { permanentUrl }),
})
const notModified = (cache: CacheHeaders = {}): FetchResult => ({
  kind: 'not-modified',
  url: URL_OF_FEED,
  cache,
})
const failed = (status: number, retryAfterMs?: number): FetchResult => ({
  kind: 'failed',
  cause: status === 429 ? 'busy' : status === 403 ? 'denied' : 'server',
  url: URL_OF_FEED,
  retry: true,
  status,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})
const hints = (some: Partial<CacheHints>): CacheHints => ({ skipHours: [], skipDays: [], ...some })
const every = (gap: number, newest = NOW) => Array.from({ length: 12 }, (_, i) => newest - i * gap)

function again(outcome: PollOutcome, state: PollState = FRESH_STATE, random = 0) {
  const decision = decidePoll(state, outcome, { now: NOW, random })
  assert.ok(decision.kind === 'again')
  return decision
}

const pause = (outcome: PollOutcome, state?: PollState) => again(outcome, state).at - NOW

const PAUSES: readonly (readonly [what: string, outcome: PollOutcome, minutes: number, state?: PollState])[] =
  [
    ['a feed without dates', { result: fetched() }, 45],
    ['a feed without dates that had news', { result: fetched(), hasNews: true }, 30],
    ['an article every two hours', { result: fetched(), publishedAt: every(2 * HOUR) }, 60],
    ['an article every minute', { result: fetched(), publishedAt: every(MINUTE) }, 5],
    ['an article every week', { result: fetched(), publishedAt: every(7 * DAY) }, 24 * 60],
    ['silence for five days', { result: fetched(), publishedAt: every(HOUR, NOW - 5 * DAY) }, 12 * 60],
    ['too few dates to tell', { result: fetched(), publishedAt: [NOW, NOW - HOUR], hasNews: true }, 30],
    [
      'max-age above the own pace',
      { result: fetched({ cacheControl: 'public, max-age=7200' }), publishedAt: every(HOUR) },
      120,
    ],
    [
      'max-age below the own pace',
      { result: fetched({ cacheControl: 'max-age=60' }), publishedAt: every(2 * HOUR) },
      60,
    ],
    ['max-age of a year', { result: fetched({ cacheControl: 'max-age=31536000' }) }, 24 * 60],
    [
      'no-cache',
      { result: fetched({ cacheControl: 'no-cache, max-age=7200' }), publishedAt: every(2 * HOUR) },
      60,
    ],
    [
      'Expires',
      {
        result: fetched({ expires: 'Mon, 23 Nov 2026 15:00:00 GMT', date: 'Mon, 23 Nov 2026 12:00:00 GMT' }),
      },
      180,
    ],
    ['ttl', { result: fetched(), hints: hints({ ttlMinutes: 90 }) }, 90],
    ['sy:updatePeriod', { result: fetched(), hints: hints({ updatePeriodMs: 6 * HOUR }) }, 360],
    [
      'a 304 after a ttl',
      { result: notModified() },
      90,
      { ...FRESH_STATE, hints: hints({ ttlMinutes: 90 }) },
    ],
    ['a 304 after a pace', { result: notModified() }, 60, { ...FRESH_STATE, gapMs: 2 * HOUR, newestAt: NOW }],
    ['skipHours', { result: fetched(), hasNews: true, hints: hints({ skipHours: [12, 13] }) }, 123],
    ['skipDays', { result: fetched(), hasNews: true, hints: hints({ skipDays: [1, 2] }) }, 36 * 60 + 3],
    [
      'every hour skipped',
      {
        result: fetched(),
        hasNews: true,
        hints: hints({ skipHours: Array.from({ length: 24 }, (_, i) => i) }),
      },
      30,
    ],
    ['a first failure', { result: failed(500) }, 30],
    ['a fourth failure', { result: failed(403) }, 240, { ...FRESH_STATE, failures: 3 }],
    ['a hundredth failure', { result: failed(503) }, 24 * 60, { ...FRESH_STATE, failures: 99 }],
    ['429 with Retry-After', { result: failed(429, 3 * HOUR) }, 180],
    ['429 with a short Retry-After', { result: failed(429, 1000) }, 30],
    ['Retry-After of a year', { result: failed(429, 365 * DAY) }, 7 * 24 * 60],
    ['what we refuse', { result: { kind: 'refused', reason: 'address', url: URL_OF_FEED } }, 24 * 60],
  ]

for (const [what, outcome, minutes, state] of PAUSES) {
  test(`after ${what} the next poll is ${minutes} minutes away`, () => {
    assert.equal(Math.round(pause(outcome, state) / MINUTE), minutes)
  })
}

test('the pause grows while nothing new comes, up to the longest', () => {
  const pauses: number[] = []
  let state = FRESH_STATE
  for (let i = 0; i < 20; i++) {
    const decision = again({ result: notModified() }, state)
    pauses.push(decision.at - NOW)
    state = decision.state
  }
  assert.deepEqual(
    pauses,
    pauses.toSorted((a, b) => a - b),
  )
  assert.equal(pauses.at(-1), POLL_LIMITS.maxMs)
})

test('jitter makes a poll later, never earlier, by at most a tenth', () => {
  const outcome = { result: fetched(), publishedAt: every(2 * HOUR) }
  assert.equal(again(outcome, FRESH_STATE, 0).at - NOW, HOUR)
  assert.equal(again(outcome, FRESH_STATE, 0.5).at - NOW, 1.05 * HOUR)
})

test('validators are kept over a 304 and forgotten by a 200 without them', () => {
  const first = again({
    result: fetched({ etag: '"a"', lastModified: 'Mon, 23 Nov 2026 12:00:00 GMT' }),
  }).state
  assert.deepEqual([first.etag, first.lastModified], ['"a"', 'Mon, 23 Nov 2026 12:00:00 GMT'])
  const second = again({ result: notModified({ etag: '"b"' }) }, first).state
  assert.deepEqual([second.etag, second.lastModified], ['"b"', 'Mon, 23 Nov 2026 12:00:00 GMT'])
  const third = again({ result: fetched() }, second).state
  assert.deepEqual([third.etag, third.lastModified], [undefined, undefined])
})

test('a permanent redirect is remembered once it has been seen often enough in a row', () => {
  const moved = { result: fetched({}, 'https://new.example/feed') }
  let decision = again(moved)
  for (let seen = 1; seen < MOVE_AFTER; seen++) {
    assert.equal(decision.notice, undefined)
    decision = again(moved, decision.state)
  }
  assert.deepEqual(decision.notice, { kind: 'moved', url: 'https://new.example/feed' })
  assert.equal(decision.state.move, undefined)
})

test('a redirect that changes or stops is counted from the start', () => {
  const once = again({ result: fetched({}, 'https://new.example/feed') }).state
  assert.equal(again({ result: fetched({}, 'https://other.example/feed') }, once).state.move?.seen, 1)
  assert.equal(again({ result: fetched() }, once).state.move, undefined)
  assert.equal(again({ result: failed(500) }, once).state.move, undefined)
})

test('410 retires the source', () => {
  const decision = decidePoll(
    FRESH_STATE,
    { result: { kind: 'gone', url: URL_OF_FEED } },
    { now: NOW, random: 0 },
  )
  assert.deepEqual(decision, { kind: 'retired', state: FRESH_STATE, notice: { kind: 'gone' } })
})

test('the owner is told once that a source fails, and once that it is back', () => {
  const notices: (string | undefined)[] = []
  let state = FRESH_STATE
  for (let i = 0; i < TELL_AFTER * 2; i++) {
    const decision = again({ result: failed(500) }, state)
    notices.push(decision.notice?.kind)
    state = decision.state
  }
  assert.deepEqual(
    notices.filter((notice) => notice !== undefined),
    ['failing'],
  )
  assert.equal(again({ result: fetched() }, state).notice?.kind, 'recovered')
  assert.equal(again({ result: fetched() }, { ...FRESH_STATE, failures: 1 }).notice, undefined)
})

test('Retry-After is read in both of its forms', () => {
  assert.equal(parseRetryAfter('120', NOW), 120_000)
  assert.equal(parseRetryAfter('Mon, 23 Nov 2026 12:02:00 GMT', NOW), 120_000)
  assert.equal(parseRetryAfter('Mon, 23 Nov 2026 11:00:00 GMT', NOW), 0)
  assert.equal(parseRetryAfter('soon', NOW), undefined)
})

test('freshness is max-age before Expires, and a broken Expires is stale', () => {
  assert.equal(
    freshnessMs({ cacheControl: 'max-age=5', expires: 'Tue, 24 Nov 2026 12:00:00 GMT' }, NOW),
    5000,
  )
  assert.equal(freshnessMs({ expires: 'Mon, 23 Nov 2026 13:00:00 GMT' }, NOW), HOUR)
  assert.equal(freshnessMs({ expires: '0' }, NOW), 0)
  assert.equal(freshnessMs({ cacheControl: 'no-store' }, NOW), 0)
  assert.equal(freshnessMs({}, NOW), undefined)
})

test('a state is data and survives being stored', () => {
  const { state } = again({
    result: fetched({ etag: '"a"' }, 'https://new.example/'),
    publishedAt: every(HOUR),
    hints: hints({}),
  })
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state)
})
