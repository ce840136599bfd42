/** The pace of several processes on one database, on a clock of their own: the row that they share is in memory, and takes a moment to be asked. */
import assert from 'node:assert/strict'
import { mock, type TestContext, test } from 'node:test'
import { setImmediate as breath } from 'node:timers/promises'
import { type BudgetClaim, emptyBudget, type RestBudget, settle } from '../../src/digest/rest-budget.ts'
import { createPace, type Pace, usualPace } from '../../src/discord/pace.ts'
import { createRefusalBudget, type RefusalBudget } from '../../src/discord/refusal-budget.ts'
import { createLog } from '../../src/log.ts'
import { below, seededRandom } from '../bench/random.ts'

const log = createLog({ level: 'silent' })
const never = new AbortController().signal
const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms))

interface Process {
  readonly pace: Pace
  readonly budget: RefusalBudget
  readonly asked: BudgetClaim[]
  /** When its posts were counted by Discord. */
  readonly counted: number[]
  readonly post: (count: number) => void
  /** Neither it nor its database says anything any more. */
  readonly cutOff: () => void
}

function openWorld(t: TestContext) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  t.after(() => mock.timers.reset())
  const now = () => Date.now()
  let row = emptyBudget
  const counted: number[] = []
  const open = (way: () => number): Process => {
    const asked: BudgetClaim[] = []
    const own: number[] = []
    let isCut = false
    const restBudget: RestBudget = {
      settle: async (claim) => {
        asked.push(claim)
        await pause(2)
        if (isCut) throw new Error('the connection is lost')
        const { state, share } = settle(row, claim, now())
        row = state
        await pause(1)
        return share
      },
    }
    const budget = createRefusalBudget({ most: 3, now })
    const pace = createPace(usualPace, now, { restBudget, refusals: budget, log })
    const send = async () => {
      await pause(way())
      own.push(now())
      counted.push(now())
      await pause(way())
    }
    const cutOff = () => {
      isCut = true
    }
    const post = (count: number) => {
      for (let index = 0; index < count; index += 1) void pace.turn(never, send)
    }
    return { pace, budget, asked, counted: own, post, cutOff }
  }
  return {
    now,
    open,
    counted,
    places: () => row.shares.map(({ places }) => places),
    pass: async (ms: number) => {
      for (let at = 0; at < ms; at += 1) {
        mock.timers.tick(1)
        await breath()
      }
    },
  }
}

function mostInASecond(counted: readonly number[]): number {
  let most = 0
  let first = 0
  for (const [index, at] of counted.entries()) {
    while ((counted[first] ?? at) <= at - 1000) first += 1
    most = Math.max(most, index - first + 1)
  }
  return most
}

function since(counted: readonly number[], from: number): number {
  return counted.filter((at) => at >= from).length
}

test('three processes, near and far from Discord, stay below its limit together and hold it', async (t) => {
  const world = openWorld(t)
  const random = seededRandom(3)
  /** Every other request has the shortest way, there or back: that is what the pace goes by. */
  const way = (shortest: number) => () => shortest + (random() < 0.5 ? below(random, 30) : 0)
  const processes = [way(2), way(40), way(120)].map(world.open)
  for (const each of processes) {
    each.post(400)
    await world.pass(700)
  }
  await world.pass(4000)
  const from = world.now()
  await world.pass(10_000)
  assert.ok(mostInASecond(world.counted) <= 50, `${mostInASecond(world.counted)} in a second`)
  assert.ok(since(world.counted, from) >= 0.95 * 500, `${since(world.counted, from)} in ten seconds`)
  for (const { counted } of processes) {
    const own = since(counted, from)
    assert.ok(own > 140 && own < 190, `${own} of one process`)
  }
})

test('a process that has the database to itself is as quick as one that shares with nobody', async (t) => {
  const world = openWorld(t)
  const process = world.open(() => 20)
  process.post(300)
  await world.pass(5100)
  assert.ok(process.counted.length >= 0.95 * 250, `${process.counted.length} in five seconds`)
})

test('whoever wants little has it, and the others the rest', async (t) => {
  const world = openWorld(t)
  const busy = world.open(() => 10)
  const calm = world.open(() => 10)
  busy.post(650)
  for (let second = 0; second < 12; second += 1) {
    for (let post = 0; post < 5; post += 1) {
      calm.post(1)
      await world.pass(200)
    }
  }
  assert.ok(calm.counted.length >= 58, `${calm.counted.length} of 60`)
  const late = since(busy.counted, world.now() - 6000)
  assert.ok(late >= 6 * 40, `${late} in six seconds`)
  assert.ok(mostInASecond(world.counted) <= 50, `${mostInASecond(world.counted)} in a second`)
})

test('the places of a process that is cut off come to the others, and meanwhile it sends nothing', async (t) => {
  const world = openWorld(t)
  const [dying, living] = [world.open(() => 30), world.open(() => 5)]
  dying.post(600)
  living.post(1000)
  await world.pass(6000)
  dying.cutOff()
  await world.pass(6500)
  const until = world.now()
  await world.pass(8000)
  assert.equal(since(dying.counted, until), 0)
  assert.ok(since(living.counted, world.now() - 2000) >= 95, 'the other one has all of them')
  assert.ok(mostInASecond(world.counted) <= 50, `${mostInASecond(world.counted)} in a second`)
})

test('the row is asked once a second while there are posts, and not at all when there are none', async (t) => {
  const world = openWorld(t)
  const processes = [world.open(() => 10), world.open(() => 10)]
  for (const each of processes) each.post(220)
  await world.pass(4000)
  const before = processes.map(({ asked }) => asked.length)
  await world.pass(4000)
  for (const [at, { asked }] of processes.entries()) assert.ok(asked.length - (before[at] ?? 0) <= 5)
  await world.pass(8000)
  assert.deepEqual(world.places(), [], 'all are given back')
  const settled = processes.map(({ asked }) => asked.length)
  await world.pass(10_000)
  assert.deepEqual(
    processes.map(({ asked }) => asked.length),
    settled,
  )
})

test('whoever closes gives back what Discord has forgotten, and the rest a second later', async (t) => {
  const world = openWorld(t)
  const [leaving, staying] = [world.open(() => 20), world.open(() => 20)]
  leaving.post(400)
  await world.pass(2000)
  const closed = Promise.all([leaving.pace.close(), leaving.pace.close()])
  await world.pass(10)
  staying.post(400)
  await world.pass(2500)
  const from = world.now()
  await world.pass(2000)
  assert.ok(since(staying.counted, from) >= 95, `${since(staying.counted, from)} in two seconds`)
  assert.ok(mostInASecond(world.counted) <= 50, `${mostInASecond(world.counted)} in a second`)
  await closed
  const given = leaving.asked.filter(({ wants }) => wants === 0)
  assert.equal(given.length, 1, 'closed twice, it gives back once')
})

test('a request that never waits is sent without a place, and takes one of the others then', async (t) => {
  const world = openWorld(t)
  const [posting, answering] = [world.open(() => 10), world.open(() => 10)]
  posting.post(300)
  await world.pass(3000)
  const sent: number[] = []
  for (let at = 0; at < 10; at += 1) void answering.pace.count(async () => sent.push(at))
  assert.equal(sent.length, 10)
  await world.pass(2000)
  const [first = 0, second = 0] = world.places()
  assert.ok(second >= 10 && first <= 40, `${first} and ${second}`)
})

test('a hold that one process meets holds all, and so do refusals', async (t) => {
  const world = openWorld(t)
  const [one, other] = [world.open(() => 10), world.open(() => 10)]
  one.post(40)
  other.post(40)
  await world.pass(500)
  one.pace.hold(20_000)
  one.budget.note(403, null)
  one.budget.note(429, 'global')
  await world.pass(1500)
  assert.ok(other.pace.heldMs() > 15_000, `${other.pace.heldMs()} ms`)
  assert.equal(await other.pace.turn(never, async () => 'sent'), undefined)
  assert.deepEqual([one.budget.spent(), other.budget.spent()], [2, 2])
  other.budget.note(401, null)
  assert.ok(other.budget.pauseMs() > 9 * 60_000)
  await world.pass(2000)
  assert.ok(one.budget.pauseMs() > 9 * 60_000, `${one.budget.spent()} refusals`)
  await world.pass(30_000)
  assert.equal(other.pace.heldMs(), 0)
})
