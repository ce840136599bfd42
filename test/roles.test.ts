/** One bot in several processes: each role apart, a publisher that dies, and two of each role. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { BotOptions } from '../src/bot.ts'
import { type Database, openDatabase } from '../src/storage/database.ts'
import {
  memberId,
  messageOf,
  openTestBot,
  ownerId,
  type TestBot,
  textOf,
  writeSettled,
} from './support/bot.ts'
import { callCard } from './support/card.ts'
import { newDatabase, testOn } from './support/engines.ts'
import { openLives, startedOf } from './support/lives.ts'

const slot = '2026-11-20T07:30:00Z'
const nextSlot = '2026-11-21T07:30:00Z'
const posts = /^\/channels\/\d+\/messages/

const ferry = `Saltmere ferry runs again after the storm

Passengers waited for two days in the harbour.

The Saltmere ferry runs again. The harbour master said that 400 people had waited since Tuesday.
`

/** The address of the web side that was opened last. */
async function webOf(bot: TestBot, nth: number): Promise<string> {
  return String((await bot.untilLogged('web.listening', nth)).url)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  // The test's own time limit ends a wait in vain.
  while (!(await isSo())) await pause(50)
}

/** So many articles are held and in their stories. */
function untilPlaced(db: Database, count: number): Promise<void> {
  const placed = db.selectFrom('article').select('id').where('is_placed', '=', 1)
  return until(async () => (await placed.execute()).length === count)
}

async function looking(t: TestContext, databaseUrl: string): Promise<Database> {
  const db = await openDatabase(databaseUrl)
  t.after(() => db.destroy())
  return db
}

async function wordsAt(url: string): Promise<string> {
  const response = await fetch(url)
  return `${response.status} ${await response.text()}`
}

testOn('PostgreSQL', 'four processes with a role each are one bot', { timeout: 120_000 }, async (t) => {
  const databaseUrl = await newDatabase(t)
  const bot = await openTestBot(t, {}, [], { databaseUrl })
  const beside = (more: Partial<BotOptions>) => bot.startBeside({ databaseUrl, ...more })
  await beside({ roles: ['poll'], token: undefined, webPort: 0 })
  const poll = await webOf(bot, 1)
  await beside({ roles: ['web'], token: undefined, webPort: 0 })
  const web = await webOf(bot, 2)
  assert.equal(bot.discord.requests.length, 0)
  await beside({ roles: ['publish'], webPort: 0 })
  const publish = await webOf(bot, 3)
  assert.deepEqual(bot.discord.gatewaySessions, [])
  await beside({ roles: ['gateway'], webPort: 0 })
  const gateway = await webOf(bot, 4)

  const db = await looking(t, databaseUrl)
  await untilPlaced(db, 2)
  await bot.setUp()
  bot.approach(slot)
  const [first] = await bot.untilPosted(1)
  assert.match(textOf(first ?? assert.fail()), /new bridge over the Averne/)
  await bot.untilLogged('delivery.sent')
  const read = messageOf(await bot.owner.command(bot.channelId, 'headlines'))
  assert.match(textOf(read), /coral reef/)
  assert.match(await wordsAt(`${web}/d/wire/1`), /^200 .*new bridge over the Averne/s)

  // Whoever asks at the gateway has it posted by the process that publishes, and is told so.
  await writeSettled(join(bot.digestsDir, 'wire/articles/ferry.txt'), ferry)
  await untilPlaced(db, 3)
  bot.clock.moveTo(bot.clock.now() + 5 * 60_000)
  const preview = await callCard(bot.owner, bot.channelId, 'digest', {}, { subcommand: 'preview' })
  // It says so at once, or where that took long to whoever asks again.
  await until(async () => (await preview.press('digest-now')).text().includes('[No. 2]'))
  assert.equal(bot.discord.world.messages(bot.channelId).length, 2)

  // Each tells of its own work alone.
  for (const url of [poll, web, publish, gateway])
    await until(async () => (await wordsAt(`${url}/readyz`)) === '200 {"ready":true,"problems":[]}')
  for (const url of [poll, publish, gateway]) assert.match(await wordsAt(`${url}/d/wire/1`), /^404/)
  const measured = async (url: string) =>
    [...(await wordsAt(`${url}/metrics`)).matchAll(/^depesche_(gateway_up|last_tick_seconds) /gm)].map(
      ([, name]) => name,
    )
  assert.deepEqual(await measured(poll), [])
  assert.deepEqual(await measured(publish), ['last_tick_seconds'])
  assert.deepEqual(await measured(gateway), ['gateway_up'])
})

testOn(
  'PostgreSQL',
  'what a publisher had begun when it was killed is posted by another one within a lease, once',
  { timeout: 120_000 },
  async (t) => {
    const databaseUrl = await newDatabase(t)
    const bot = await openTestBot(t, {}, [], { databaseUrl, roles: ['gateway', 'poll'] })
    await bot.start()
    await untilPlaced(await looking(t, databaseUrl), 2)
    await bot.setUp()
    const lives = openLives(1)
    t.after(lives.close)
    const life = await lives.begin({
      discordApiUrl: bot.discord.api,
      databaseUrl,
      digestsDir: bot.digestsDir,
      at: Date.parse(slot) - 300,
      roles: ['publish'],
      logLevel: 'warn',
    })
    t.after(() => life.kill())
    bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'hang', when: 'before' } })
    await startedOf(life)
    await until(async () =>
      bot.discord.requests.some(({ method, path }) => method === 'POST' && posts.test(path)),
    )
    life.kill()
    await life.ended
    bot.discord.faults.clear()

    bot.approach(slot)
    await bot.startBeside({ databaseUrl, roles: ['publish'] })
    bot.clock.moveTo(Date.parse(slot) + 61_000)
    const [message] = await bot.untilPosted(1)
    assert.match(textOf(message ?? assert.fail()), /new bridge over the Averne/)
    await bot.untilLogged('delivery.sent')
    assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
  },
)

testOn('PostgreSQL', 'two processes of each role do everything once', { timeout: 120_000 }, async (t) => {
  const databaseUrl = await newDatabase(t)
  const people = [
    { id: ownerId, name: 'olivia' },
    { id: memberId, name: 'mika' },
  ]
  const guilds = [0, 1].map((at) => ({
    id: String((BigInt(1_000_000 + at) << 22n) + 1n),
    name: `Server ${at}`,
    ownerId,
    channels: [{ name: at === 0 ? 'news' : 'other' }],
    members: people,
  }))
  const bot = await openTestBot(t, { guilds }, [], { databaseUrl, scanEveryMs: 1000 })
  const ids = bot.discord.world.guilds().map(({ id }) => id)
  assert.deepEqual(
    ids.map((id) => Number((BigInt(id) >> 22n) % 2n)),
    [0, 1],
  )
  const beside = (at: number) =>
    bot.startBeside({
      databaseUrl,
      roles: ['gateway', 'poll', 'publish'],
      shards: { ids: [at], count: 2 },
    })
  const [first] = await Promise.all([beside(0), beside(1)])
  assert.equal(bot.timesLogged('commands.registered'), 1)
  assert.deepEqual(
    bot.logged
      .filter(({ msg }) => msg === 'role.taken')
      .map(({ role }) => role)
      .sort(),
    ['editorial', 'upkeep'],
  )
  const places = ids.map((guildId) => ({
    hands: bot.discord.member(ownerId, { guildId }),
    channel: bot.discord.world.channels(guildId)[0]?.id ?? assert.fail(),
  }))
  for (const { hands, channel } of places) {
    const options = { digest: 'wire', channel, times: '07:30', zone: 'UTC' }
    messageOf(await hands.command(channel, 'digest', options, { subcommand: 'setup' }))
  }
  const db = await looking(t, databaseUrl)
  await untilPlaced(db, 2)
  bot.approach(slot)
  await bot.untilLogged('delivery.sent', 2)
  const editionsAt = async (instant: string) =>
    (await db.selectFrom('edition').select('id').where('slot', '=', Date.parse(instant)).execute()).length
  const standing = () => places.map(({ channel }) => bot.discord.world.messages(channel).length)
  assert.deepEqual(standing(), [1, 1])
  assert.equal(await editionsAt(slot), 1)
  assert.equal(bot.timesLogged('article.taken'), 2)

  // One of the two goes; the other one has everything from then on.
  await first.close()
  await writeSettled(join(bot.digestsDir, 'wire/articles/ferry.txt'), ferry)
  await untilPlaced(db, 3)
  bot.approach(nextSlot)
  await bot.untilLogged('delivery.sent', 4)
  assert.deepEqual(standing(), [2, 2])
  assert.equal(await editionsAt(nextSlot), 1)
})
