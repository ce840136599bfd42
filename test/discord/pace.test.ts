/** The pace of posts and the budget of refusals, on a clock of their own. */
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { createPace, usualPace } from '../../src/discord/pace.ts'
import { createRefusalBudget } from '../../src/discord/refusal-budget.ts'
import { below, seededRandom } from '../bench/random.ts'

const never = new AbortController().signal

/** Timers and clock stand still until they are moved. */
function withClock(t: { after: (end: () => void) => void }) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  t.after(() => mock.timers.reset())
  return {
    now: () => Date.now(),
    pass: async (ms: number) => {
      for (let at = 0; at < ms; at += 1) {
        mock.timers.tick(1)
        await Promise.resolve()
        await Promise.resolve()
      }
    },
  }
}

/** A Discord that is so far away: there, and back after it was counted. */
function farAway(clock: { now: () => number }, thereMs: () => number, backMs: () => number) {
  const counted: number[] = []
  const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))
  const send = async (): Promise<true> => {
    await pause(thereMs())
    counted.push(clock.now())
    await pause(backMs())
    return true
  }
  return { counted, send }
}

function mostInASecond(counted: readonly number[]): number {
  return Math.max(...counted.map((from) => counted.filter((at) => at >= from && at < from + 1000).length))
}

test('however far away Discord is, no second of its own holds more than 50 posts, and hardly a place is left free', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  const { counted, send } = farAway(
    clock,
    () => 60,
    () => 90,
  )
  for (let index = 0; index < 600; index += 1) void pace.turn(never, send)
  await clock.pass(9150)
  assert.ok(mostInASecond(counted) <= 50, `${mostInASecond(counted)}`)
  assert.ok(counted.length >= 0.95 * 9 * 50, `${counted.length} posts in nine seconds`)
})

test('posts that are held up on their way meet in no second of Discord’s', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  const random = seededRandom(7)
  const way = () => 5 + (random() < 0.1 ? below(random, 400) : below(random, 30))
  const { counted, send } = farAway(clock, way, way)
  for (let index = 0; index < 600; index += 1) void pace.turn(never, send)
  await clock.pass(12_000)
  assert.ok(mostInASecond(counted) <= 50, `${mostInASecond(counted)}`)
  assert.ok(counted.length > 400, `${counted.length}`)
})

test('posts leave about evenly, and what a standstill held up is caught up', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  const sent: number[] = []
  const send = async () => sent.push(clock.now())
  for (let index = 0; index < 200; index += 1) void pace.turn(never, send)
  await clock.pass(2000)
  const inTenths = sent.map((from) => sent.filter((at) => at >= from && at < from + 100).length)
  assert.ok(Math.max(...inTenths) <= 12, `${inTenths}`)
  // The machine is busy for 150 ms, and no timer comes.
  mock.timers.setTime(Date.now() + 150)
  const before = sent.length
  await clock.pass(300)
  assert.ok(sent.length - before >= 18, `${sent.length - before}`)
})

test('requests made for people take the place of posts', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  for (let index = 0; index < 40; index += 1) void pace.count(async () => undefined)
  let sent = 0
  const send = async () => (sent += 1)
  for (let index = 0; index < 50; index += 1) void pace.turn(never, send)
  await clock.pass(1000)
  assert.ok(sent <= 10, `${sent} posts`)
  await clock.pass(1500)
  assert.equal(sent, 50)
})

test('a request that never came to an answer gives its place back too', async (t) => {
  const clock = withClock(t)
  const pace = createPace({ ...usualPace, most: 1 }, clock.now)
  const failed = pace.turn(never, () => Promise.reject(new Error('no answer')))
  await assert.rejects(failed, /no answer/)
  const next = pace.turn(never, async () => 'sent')
  await clock.pass(1100)
  assert.equal(await next, 'sent')
})

test('a short hold is waited out, a long one turns everybody away', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  const send = async () => true
  pace.hold(2000)
  const short = pace.turn(never, send)
  let isSettled = false
  void short.then(() => {
    isSettled = true
  })
  await clock.pass(1900)
  assert.equal(isSettled, false)
  await clock.pass(200)
  assert.equal(await short, true)
  assert.equal(await pace.turn(never, send), true)
  const caught = pace.turn(never, send)
  pace.hold(60_000)
  assert.equal(await caught, undefined)
  assert.equal(await pace.turn(never, send), undefined)
  pace.hold(10)
  assert.equal(pace.heldMs(), 60_000)
})

test('whoever is cut off leaves the queue, and the next one has the turn', async (t) => {
  const clock = withClock(t)
  const pace = createPace({ perSecond: 1, most: 1, windowMs: 1000, burst: 1 }, clock.now)
  const send = async () => true
  assert.equal(await pace.turn(never, send), true)
  const leaving = new AbortController()
  const cut = pace.turn(leaving.signal, send)
  const next = pace.turn(never, send)
  leaving.abort()
  assert.equal(await cut, undefined)
  await clock.pass(1000)
  assert.equal(await next, true)
  const waiting = pace.turn(never, send)
  pace.close()
  assert.equal(await waiting, undefined)
})

test('the budget counts 401, 403 and 429 of ten minutes, and pauses until there is room', () => {
  let now = 0
  const budget = createRefusalBudget({ most: 3, now: () => now })
  for (const [status, scope] of [
    [200, null],
    [404, null],
    [500, null],
    [429, 'shared'],
  ] as const) {
    budget.note(status, scope)
  }
  assert.equal(budget.spent(), 0)
  budget.note(401, null)
  now += 60_000
  budget.note(403, null)
  assert.equal(budget.pauseMs(), 0)
  budget.note(429, 'user')
  const pauseMs = budget.pauseMs()
  assert.ok(pauseMs > 8 * 60_000 && pauseMs <= 10 * 60_000)
  now += pauseMs + 1
  assert.deepEqual([budget.pauseMs(), budget.spent()], [0, 2])
})
