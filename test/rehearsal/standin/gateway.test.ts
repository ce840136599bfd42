import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Events, GatewayIntentBits } from 'discord.js'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { StandIn } from '../../../src/rehearsal/standin/types.ts'
import { openTestDiscord } from '../../support/standin.ts'
import { openClient } from './client.ts'
import { send } from './raw.ts'

const ada = '200000000000000001'

/** The next message the client hears with that text. */
function heard(client: Awaited<ReturnType<typeof openClient>>, content: string): Promise<string> {
  return new Promise((resolve) => {
    client.on(Events.MessageCreate, (message) => {
      if (message.content === content) resolve(message.content)
    })
  })
}

const withContent = {
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
}

for (const [name, act] of [
  ['a killed socket', (discord: StandIn) => discord.faults.gateway.drop()],
  ['a request to reconnect', (discord: StandIn) => discord.faults.gateway.reconnect()],
  ['close 4009', (discord: StandIn) => discord.faults.gateway.close(4009)],
] as const) {
  test(`after ${name} the client resumes and gets what it missed`, async (t) => {
    const discord = await openTestDiscord(t, {
      application: { privilegedIntents: GatewayIntentBits.MessageContent },
    })
    const client = await openClient(discord, withContent)
    const news = discord.world.channelNamed('news').id
    const first = heard(client, 'missed')
    act(discord)
    await discord.world.waitFor(() => discord.gatewaySessions.find((session) => !session.connected), {
      what: 'the socket to end',
    })
    discord.member(ada).send(news, 'missed')
    assert.equal(await first, 'missed')
    assert.deepEqual(
      discord.gatewaySessions.map((session) => session.resumes),
      [1],
    )
  })
}

/** discord.js identifies once in five seconds; here it need not wait. */
const impatient = { ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) } }

for (const [name, act] of [
  ['an invalidated session', (discord: StandIn) => discord.faults.gateway.invalidate(false)],
  [
    'a denied resume',
    (discord: StandIn) => {
      discord.faults.gateway.denyResumes(1)
      discord.faults.gateway.drop()
    },
  ],
] as const) {
  test(`${name} makes the client identify anew`, async (t) => {
    const discord = await openTestDiscord(t)
    const client = await openClient(discord, impatient)
    const ready = once(client, Events.ShardReady)
    act(discord)
    await ready
    assert.deepEqual(
      discord.gatewaySessions.map((session) => [session.connected, session.resumes]),
      [
        [false, 0],
        [true, 0],
      ],
    )
  })
}

test('unanswered heartbeats make the client resume', async (t) => {
  const discord = await openTestDiscord(t, { heartbeatIntervalMs: 200 })
  await openClient(discord)
  const resumed = discord.world.waitFor(
    (change) => (change?.kind === 'gateway.resumed' ? change.session : undefined),
    {
      what: 'a resume',
    },
  )
  discord.faults.gateway.stopAcks()
  assert.equal((await resumed).resumes, 1)
})

test('guilds that are added, lost or fail, and channels that change, are heard of', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const created = once(client, Events.GuildCreate)
  const guild = discord.admin.addGuild({ name: 'Second', channels: [{ name: 'talk' }] })
  await created
  assert.equal(client.guilds.cache.get(guild.id)?.channels.cache.first()?.name, 'talk')
  const talk = discord.world.channelNamed('talk')
  const updated = once(client, Events.ChannelUpdate)
  discord.admin.renameChannel(talk.id, 'chat')
  await updated
  assert.equal(client.guilds.cache.get(guild.id)?.channels.cache.get(talk.id)?.name, 'chat')
  const unavailable = once(client, Events.GuildUnavailable)
  discord.admin.setGuildAvailable(guild.id, false)
  await unavailable
  const available = once(client, Events.GuildAvailable)
  discord.admin.setGuildAvailable(guild.id, true)
  await available
  const gone = once(client, Events.ChannelDelete)
  discord.admin.deleteChannel(talk.id)
  await gone
  const removed = once(client, Events.GuildDelete)
  discord.admin.removeGuild(guild.id)
  await removed
  assert.equal(client.guilds.cache.size, 1)
})

test('message texts stay hidden from a bot without the message-content intent', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const seen = once(client, Events.MessageCreate)
  discord.member(ada).send(discord.world.channelNamed('news').id, 'private')
  const [message] = await seen
  assert.equal(message.content, '')
})

const hello = z.object({ op: z.number(), t: z.string().nullish() })

/** What the gateway closes with after these frames. */
async function closeCodeAfter(
  discord: StandIn,
  frames: readonly unknown[],
  query = '?v=10&encoding=json',
): Promise<number> {
  const socket = new WebSocket(`${discord.gateway}${query}`)
  const closed = once(socket, 'close')
  socket.on('message', (data) => {
    if (hello.parse(JSON.parse(String(data))).op === 10)
      for (const frame of frames) socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  })
  const [code] = await closed
  return z.number().parse(code)
}

test('every mistake of a client earns its close code', async (t) => {
  const discord = await openTestDiscord(t, { token: 'right', heartbeatIntervalMs: 60_000 })
  const identify = (more: object = {}) => ({
    op: 2,
    d: { token: 'right', intents: 1, properties: {}, ...more },
  })
  const cases: readonly [number, unknown[]][] = [
    [4001, [identify(), { op: 99, d: null }]],
    [4002, ['not json']],
    [4003, [{ op: 3, d: {} }]],
    [4004, [identify({ token: 'wrong' })]],
    [4005, [identify(), identify()]],
    [4007, [identify(), { op: 6, d: { token: 'right', session_id: 'filled in below', seq: 99 } }]],
    [4008, [identify(), ...Array.from({ length: 121 }, () => ({ op: 1, d: null }))]],
    [4010, [identify({ shard: [2, 2] })]],
    [4013, [identify({ intents: undefined })]],
    [4013, [identify({ intents: 2 ** 30 })]],
    [4014, [identify({ intents: GatewayIntentBits.MessageContent })]],
  ]
  for (const [code, frames] of cases.filter(([one]) => one !== 4007)) {
    assert.equal(await closeCodeAfter(discord, frames), code, JSON.stringify(frames).slice(0, 80))
  }
  assert.equal(await closeCodeAfter(discord, [], '?v=9&encoding=json'), 4012)
  const session = discord.gatewaySessions.find((one) => one.closeCode === 4001)
  assert.ok(session)
  const ahead = { op: 6, d: { token: 'right', session_id: session.id, seq: 99 } }
  assert.equal(await closeCodeAfter(discord, [ahead]), 4007)
})

test('a client whose heart stops is cut off with 4009', async (t) => {
  const discord = await openTestDiscord(t, { heartbeatIntervalMs: 50 })
  const identify = { op: 2, d: { token: 'any', intents: 1, properties: {} } }
  assert.equal(await closeCodeAfter(discord, [identify]), 4009)
})

/** The first frame that answers an identify as that shard. */
async function answerTo(discord: StandIn, shard: readonly [number, number]): Promise<unknown> {
  const socket = new WebSocket(`${discord.gateway}?v=10&encoding=json`)
  await once(socket, 'message')
  const answered = once(socket, 'message')
  socket.send(JSON.stringify({ op: 2, d: { token: 'any', intents: 1, properties: {}, shard } }))
  const [data] = await answered
  socket.close()
  const { op, t, d } = z.looseObject({ op: z.number(), d: z.unknown() }).parse(JSON.parse(String(data)))
  return op === 0 ? t : [op, d]
}

test('of the shards of one key one may identify in a window; another is refused, and that is a violation', async (t) => {
  const identifying = { maxConcurrency: 2, windowMs: 3_600_000 }
  const discord = await openTestDiscord(t, { identifying, allowBadRequests: true })
  assert.equal(await answerTo(discord, [0, 4]), 'READY')
  assert.equal(await answerTo(discord, [1, 4]), 'READY')
  assert.deepEqual(await answerTo(discord, [2, 4]), [9, false])
  assert.deepEqual(
    discord.violations.map(({ operation, message }) => [operation, message]),
    [['identify', 'shard 2 of 4 identified within 3600000 ms of another of its key']],
  )
  const { body } = await send(discord, 'GET', '/gateway/bot')
  const limit = z.object({ session_start_limit: z.object({ max_concurrency: z.number() }) }).parse(body)
  assert.equal(limit.session_start_limit.max_concurrency, 2)
})

test('a guild goes to its shard and a DM to the first one', async (t) => {
  const discord = await openTestDiscord(t, { guilds: [{ id: String(1n << 22n), name: 'Odd' }] })
  const client = await openClient(discord, { shardCount: 2, shards: [0, 1], ...impatient })
  assert.deepEqual(
    discord.gatewaySessions.map((session) => session.shard),
    [
      [0, 2],
      [1, 2],
    ],
  )
  assert.equal(client.guilds.cache.first()?.shardId, 1)
})

test('a session that was begun more than a day ago no longer counts against the limit of a day', async (t) => {
  let now = 1_700_000_000_000
  const discord = await openTestDiscord(t, { now: () => now })
  await openClient(discord)
  const remaining = async (): Promise<unknown> => {
    const { body } = await send(discord, 'GET', '/gateway/bot')
    return z.object({ session_start_limit: z.object({ remaining: z.number() }) }).parse(body)
      .session_start_limit.remaining
  }
  assert.equal(await remaining(), 999)
  now += 86_400_000
  assert.equal(await remaining(), 1000)
})
