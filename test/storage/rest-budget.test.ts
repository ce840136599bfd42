/** What processes on one PostgreSQL share: the requests of a second, and the turns in which shards identify. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { IdentifyTurns } from '../../src/digest/identify.ts'
import type { WorkerId } from '../../src/digest/ledger.ts'
import { type BudgetClaim, budgetState, mostPlaces, type RestBudget } from '../../src/digest/rest-budget.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { engineOf } from '../../src/storage/engine.ts'
import { createIdentifyTurns, createRestBudget } from '../../src/storage/rest-budget.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { below, seededRandom } from '../bench/random.ts'
import { newDatabase, testOn } from '../support/engines.ts'

interface Process {
  readonly db: Database
  readonly budget: RestBudget
  readonly turns: IdentifyTurns
}

/** Processes, each with connections of its own. */
async function open(t: TestContext, count: number): Promise<readonly [Process, ...Process[]]> {
  const url = await newDatabase(t)
  const openOne = async (): Promise<Process> => {
    const db = await openDatabase(url)
    t.after(() => db.destroy())
    const [budget, turns] = [createRestBudget(db), createIdentifyTurns(db)]
    assert.ok(budget !== undefined && turns !== undefined)
    return { db, budget, turns }
  }
  const first = await openOne()
  return [first, ...(await Promise.all(Array.from({ length: count - 1 }, openOne)))]
}

function claim(owner: string, wants: number, more: Partial<BudgetClaim> = {}): BudgetClaim {
  return { owner: owner as WorkerId, wants, inUse: 0, leaseMs: 10_000, holdMs: 0, refused: 0, ...more }
}

/** As it is written, at the instant of the database's clock. */
async function written({ db }: Process) {
  const row = await db
    .selectFrom('rest_budget')
    .select(['state', 'version', engineOf(db).now.as('now')])
    .executeTakeFirstOrThrow()
  return { ...row, state: budgetState.parse(JSON.parse(row.state)) }
}

testOn('PostgreSQL', 'however many claim at once, there are 50 places, and no claim is lost', async (t) => {
  const processes = await open(t, 4)
  const random = seededRandom(11)
  const claimsEach = 8
  const loop = async ({ budget }: Process, owner: string): Promise<void> => {
    for (let index = 0; index < claimsEach; index += 1) {
      const some = { inUse: below(random, 60), leaseMs: 1 + below(random, 200) }
      const { places } = await budget.settle(claim(owner, below(random, 51), some))
      assert.ok(places <= mostPlaces)
    }
  }
  const loops = processes.flatMap((each, at) => [loop(each, `a${at}`), loop(each, `b${at}`)])
  let isDone = false
  const done = Promise.all(loops).finally(() => {
    isDone = true
  })
  const [first] = processes
  await first.budget.settle(claim('first', 0))
  for (let looks = 0; !isDone || looks === 0; looks += 1) {
    const { state, now } = await written(first)
    const live = state.shares.filter(({ until }) => until > now)
    assert.ok(live.reduce((sum, { places }) => sum + places, 0) <= mostPlaces)
  }
  await done
  assert.equal((await written(first)).version, loops.length * claimsEach + 1)
})

testOn('PostgreSQL', 'a second process has its half when the first has given it back', async (t) => {
  const [one, other] = await open(t, 2)
  assert.ok(other !== undefined)
  assert.equal((await one.budget.settle(claim('one', 50))).places, 50)
  const waiting = await other.budget.settle(claim('other', 50))
  assert.deepEqual([waiting.places, waiting.due], [0, 25])
  const busy = await one.budget.settle(claim('one', 50, { inUse: 40 }))
  assert.deepEqual([busy.places, busy.due], [40, 25])
  assert.equal((await other.budget.settle(claim('other', 50))).places, 10)
  assert.equal((await one.budget.settle(claim('one', 50, { inUse: 20 }))).places, 25)
  assert.equal((await other.budget.settle(claim('other', 50))).places, 25)
})

testOn(
  'PostgreSQL',
  'the places of a process that died are free at the end of its lease, and not before',
  async (t) => {
    const [dead, living] = await open(t, 2)
    assert.ok(living !== undefined)
    await dead.budget.settle(claim('dead', 50, { leaseMs: 300 }))
    const until = (await written(dead)).state.shares[0]?.until ?? assert.fail()
    while ((await living.budget.settle(claim('living', 50))).places === 0) await pause(20)
    assert.ok((await written(living)).now >= until)
    assert.equal((await living.budget.settle(claim('living', 50))).places, 50)
  },
)

testOn('PostgreSQL', 'a hold and refusals of one process are told to the others', async (t) => {
  const [one, other] = await open(t, 2)
  assert.ok(other !== undefined)
  await one.budget.settle(claim('one', 1, { holdMs: 60_000, refused: 2 }))
  const { holdMs, refusals } = await other.budget.settle(claim('other', 1, { refused: 1 }))
  assert.ok(holdMs > 0 && holdMs <= 60_000)
  assert.equal(
    refusals.reduce((sum, { count }) => sum + count, 0),
    3,
  )
})

testOn('PostgreSQL', 'a state that cannot be read is begun anew', async (t) => {
  const [{ db, budget }] = await open(t, 1)
  await budget.settle(claim('one', 50))
  await db.updateTable('rest_budget').set({ state: '{"of":"another version"}' }).execute()
  assert.equal((await budget.settle(claim('other', 50))).places, 50)
})

testOn('PostgreSQL', 'one shard of a key identifies at a time, whichever process it is in', async (t) => {
  const processes = await open(t, 3)
  const takes = processes.flatMap(({ turns }) => [turns.take(0), turns.take(0), turns.take(1)])
  const waits = await Promise.all(takes)
  assert.equal(waits.filter((wait) => wait === 0).length, 2, 'one of each key')
  for (const wait of waits.filter((each) => each > 0)) assert.ok(wait <= 5500)
  const [{ db, turns }] = processes
  const { now } = engineOf(db)
  const setFree = (ms: number) =>
    db
      .updateTable('identify_turn')
      .set({ free_at: sql<number>`${now} + ${ms}` })
      .where('key', '=', 0)
      .execute()
  await setFree(5000)
  assert.ok((await turns.take(0)) > 0)
  await setFree(-1)
  assert.equal(await turns.take(0), 0)
  assert.ok((await turns.take(0)) > 0, 'and it is the next one that waits')
  await setFree(24 * 3_600_000)
  assert.equal(await turns.take(0), 0, 'a clock that was wrong holds up nobody')
})

test('a process that is alone on its database shares with nobody', async () => {
  const storage = await openStorage('sqlite::memory:')
  assert.deepEqual([storage.restBudget, storage.identifyTurns], [undefined, undefined])
  await storage.close()
})
