/** The pace of posts and the budget of refusals, on a clock of their own. */
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { createPace, usualPace } from '../../src/discord/pace.ts'
import { createRefusalBudget } from '../../src/discord/refusal-budget.ts'

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

test('no window of a second sees more than 50 posts, and hardly a place is left free', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  const sent: number[] = []
  for (let index = 0; index < 500; index += 1) {
    void pace.turn(never).then((isTurn) => isTurn && sent.push(clock.now()))
  }
  await clock.pass(9000)
  for (const from of sent) assert.ok(sent.filter((at) => at >= from && at < from + 1000).length <= 50)
  const inNineSeconds = sent.filter((at) => at < (sent[0] ?? 0) + 9000).length
  assert.ok(inNineSeconds >= 0.95 * 9 * 50, `${inNineSeconds} posts in nine seconds`)
})

test('posts leave evenly, and what a standstill held up is caught up', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  const sent: number[] = []
  for (let index = 0; index < 200; index += 1) void pace.turn(never).then(() => sent.push(clock.now()))
  await clock.pass(2000)
  const gaps = sent.slice(1).map((at, index) => at - (sent[index] ?? 0))
  assert.ok(Math.max(...gaps) <= 25, `${gaps}`)
  // The machine is busy for 150 ms, and no timer comes.
  mock.timers.setTime(Date.now() + 150)
  const before = sent.length
  await clock.pass(300)
  assert.ok(sent.length - before >= 20, `${sent.length - before}`)
})

test('requests made for people take the place of posts', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  for (let index = 0; index < 40; index += 1) pace.count()
  let sent = 0
  for (let index = 0; index < 50; index += 1) void pace.turn(never).then(() => (sent += 1))
  await clock.pass(1000)
  assert.ok(sent <= 10, `${sent} posts`)
  await clock.pass(1500)
  assert.equal(sent, 50)
})

test('a short hold is waited out, a long one turns everybody away', async (t) => {
  const clock = withClock(t)
  const pace = createPace(usualPace, clock.now)
  pace.hold(2000)
  const short = pace.turn(never)
  let isSettled = false
  void short.then(() => {
    isSettled = true
  })
  await clock.pass(1900)
  assert.equal(isSettled, false)
  await clock.pass(200)
  assert.equal(await short, true)
  assert.equal(await pace.turn(never), true)
  const caught = pace.turn(never)
  pace.hold(60_000)
  assert.equal(await caught, false)
  assert.equal(await pace.turn(never), false)
  pace.hold(10)
  assert.equal(pace.heldMs(), 60_000)
})

test('whoever is cut off leaves the queue, and the next one has the turn', async (t) => {
  const clock = withClock(t)
  const pace = createPace({ perSecond: 1, most: 1, windowMs: 1000, burst: 1 }, clock.now)
  assert.equal(await pace.turn(never), true)
  const leaving = new AbortController()
  const cut = pace.turn(leaving.signal)
  const next = pace.turn(never)
  leaving.abort()
  assert.equal(await cut, false)
  await clock.pass(1000)
  assert.equal(await next, true)
  const waiting = pace.turn(never)
  pace.close()
  assert.equal(await waiting, false)
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
