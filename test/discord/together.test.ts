/** What processes on one PostgreSQL do to Discord together: sending sides with connections of their own, and shards that identify. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, type REST, Routes } from 'discord.js'
import { sql } from 'kysely'
import { endClient } from '../../src/discord/ending.ts'
import { identifyOptions, waitForTurn } from '../../src/discord/identify.ts'
import { createPace, usualPace } from '../../src/discord/pace.ts'
import { createRefusalBudget, usualBudget } from '../../src/discord/refusal-budget.ts'
import { openPostingRest, type RequestLimits, sendInTurn } from '../../src/discord/requests.ts'
import { createLog } from '../../src/log.ts'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { engineOf } from '../../src/storage/engine.ts'
import { createIdentifyTurns, createRestBudget } from '../../src/storage/rest-budget.ts'
import { openClient } from '../rehearsal/standin/client.ts'
import { newDatabase, testOn } from '../support/engines.ts'
import { beforeClose, openTestDiscord } from '../support/standin.ts'

const log = createLog({ level: 'silent' })
const never = new AbortController().signal

interface Side {
  readonly limits: RequestLimits
  readonly rest: REST
}

/** Ways here differ by how busy the machine is, more than ways over a network do: so much longer is a place kept. */
const pace = { ...usualPace, windowMs: usualPace.windowMs + 300 }

async function openSide(t: TestContext, databaseUrl: string, api: string): Promise<Side> {
  const db = await openDatabase(databaseUrl)
  const restBudget = createRestBudget(db) ?? assert.fail()
  const budget = createRefusalBudget({ most: usualBudget })
  const limits = { budget, pace: createPace(pace, undefined, { restBudget, refusals: budget, log }) }
  t.after(async () => {
    await limits.pace.close()
    await db.destroy()
  })
  return { limits, rest: openPostingRest('test-token', { apiUrl: api, timeoutMs: 15_000 }, limits) }
}

testOn(
  'PostgreSQL',
  'three processes that post together stay below Discord’s limit, and all is posted',
  async (t) => {
    const channels = Array.from({ length: 180 }, (_, at) => ({ name: `news-${at}` }))
    const discord = await openTestDiscord(t, { rateLimits: {}, guilds: [{ name: 'Town', channels }] })
    const url = await newDatabase(t)
    const sides = await Promise.all(Array.from({ length: 3 }, () => openSide(t, url, discord.api)))
    const [guild] = discord.world.guilds()
    const body = { content: 'Council agrees on new bridge' }
    await Promise.all(
      discord.world.channels(guild?.id ?? '').map(({ id }, at) => {
        const side = sides[at % sides.length] ?? assert.fail()
        return sendInTurn(side.limits, never, () => side.rest.post(Routes.channelMessages(id), { body }))
      }),
    )
    await Promise.all(sides.map(({ limits }) => limits.pace.close()))
    const posts = discord.requests.filter(({ method }) => method === 'POST')
    assert.equal(posts.filter(({ status }) => status === 200).length, channels.length)
    assert.deepEqual(
      posts.filter(({ limited }) => limited !== undefined).map(({ limited }) => limited),
      [],
    )
  },
)

testOn('PostgreSQL', 'a shard identifies when the turn of all processes has come', async (t) => {
  const discord = await openTestDiscord(t)
  const db = await openDatabase(await newDatabase(t))
  t.after(() => db.destroy())
  const turns = createIdentifyTurns(db)
  assert.ok(turns !== undefined)
  const { now } = engineOf(db)
  const freeAt = async () =>
    await db
      .selectFrom('identify_turn')
      .select(['free_at', now.as('now')])
      .executeTakeFirstOrThrow()
  await turns.take(0)
  await db
    .updateTable('identify_turn')
    .set({ free_at: sql<number>`${now} + 300` })
    .execute()
  const before = await freeAt()
  await openClient(discord, { ws: identifyOptions(turns, log) })
  const after = await freeAt()
  assert.ok(after.now >= before.free_at, 'it waited')
  assert.ok(after.free_at > before.free_at, 'and took the turn')
})

/** The two shards of a bot, each in a client with a database connection of its own. */
async function openShard(t: TestContext, discord: StandIn, databaseUrl: string, shard: number) {
  const db = await openDatabase(databaseUrl)
  t.after(() => db.destroy())
  // Much longer than Discord's window here: what a busy machine takes on the way must not count.
  const turns = createIdentifyTurns(db, 2500)
  return openClient(discord, { shards: [shard], shardCount: 2, ws: identifyOptions(turns, log) })
}

testOn('PostgreSQL', 'shards of two processes that start at once identify one after the other', async (t) => {
  const discord = await openTestDiscord(t, { identifying: { maxConcurrency: 1, windowMs: 500 } })
  const url = await newDatabase(t)
  await Promise.all([0, 1].map((shard) => openShard(t, discord, url, shard)))
  assert.deepEqual(discord.gatewaySessions.map((session) => session.shard).toSorted(), [
    [0, 2],
    [1, 2],
  ])
  assert.deepEqual(discord.violations, [])
})

test('without turns the second of two is refused', async (t) => {
  const identifying = { maxConcurrency: 1, windowMs: 3_600_000 }
  const discord = await openTestDiscord(t, { identifying, allowBadRequests: true })
  await openClient(discord, { shards: [0], shardCount: 2 })
  const second = new Client({ intents: [], shards: [1], shardCount: 2, rest: { api: discord.api } })
  beforeClose(discord, () => endClient(second))
  second.login('test-token').catch(() => undefined)
  while (discord.violations.length === 0) await pause(20)
  assert.equal(discord.gatewaySessions.length, 1)
})

test('waiting for a turn ends with the connection, and with nothing else', async () => {
  const stopping = new AbortController()
  const waiting = waitForTurn({ take: async () => 60_000 }, 0, stopping.signal, log)
  stopping.abort()
  await assert.rejects(waiting, { name: 'AbortError' })
  await assert.rejects(waitForTurn({ take: async () => 0 }, 0, stopping.signal, log), { name: 'AbortError' })
  let tries = 0
  const take = async (): Promise<number> => {
    tries += 1
    if (tries === 1) throw new Error('the connection is lost')
    return 0
  }
  await waitForTurn({ take }, 0, never, log)
  assert.equal(tries, 2)
})
