/** Servers as they come and go, with the real bot. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestBot, textOf } from './support/bot.ts'

const joining = {
  name: 'Newcomers',
  locale: 'de',
  channels: [{ name: 'rules', overwrites: [{ id: 'bot' as const, deny: 2048n }] }, { name: 'lounge' }],
}

test('a new server is welcomed once, in its language, where the bot may write, with the first step', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  const guild = bot.discord.admin.addGuild(joining)
  const lounge = bot.discord.world.channelNamed('lounge').id
  const [welcome] = await bot.discord.world.waitFor(
    () => {
      const messages = bot.discord.world.messages(lounge)
      return messages.length > 0 ? messages : undefined
    },
    { what: 'a welcome', timeoutMs: 10_000 },
  )
  assert.ok(welcome !== undefined)
  assert.match(textOf(welcome), /Hallo!.*<\/digest setup:\d+>/s)
  await bot.stop()
  await bot.start()
  bot.discord.admin.removeGuild(guild.id)
  await bot.untilLogged('guild.left')
  assert.equal(bot.discord.world.messages(lounge).length, 1)
})

test('a server that has known the bot for long is not greeted at a start', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.untilLogged('guild.joined')
  assert.deepEqual(bot.discord.world.messages(bot.channelId), [])
})

test('a server that went while the bot was away is noted at the next start, and welcome back', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  const guild = bot.discord.admin.addGuild(joining)
  await bot.untilLogged('guild.joined', 2)
  await bot.stop()
  bot.discord.admin.removeGuild(guild.id)
  await bot.start()
  bot.discord.admin.addGuild({ ...joining, id: guild.id })
  const back = await bot.untilLogged('guild.joined', 3)
  assert.equal(back.how, 'back')
})

test('a gateway of some shards judges the servers of its own: those of the others have not left', async (t) => {
  const first = { name: 'Even', channels: [{ name: 'news' }], id: String(100_000_000_000n << 22n) }
  const second = { name: 'Odd', channels: [{ name: 'lounge' }], id: String(100_000_000_001n << 22n) }
  const bot = await openTestBot(t, { guilds: [first, second] })
  await bot.start()
  await bot.untilLogged('guild.joined', 2)
  for (const shard of [0, 1]) {
    await bot.stop()
    await bot.start({ shards: { ids: [shard], count: 2 } })
    assert.deepEqual(bot.discord.gatewaySessions.at(-1)?.shard, [shard, 2])
  }
  await bot.stop()
  bot.discord.admin.removeGuild(second.id)
  await bot.start({ shards: { ids: [1], count: 2 } })
  bot.discord.admin.addGuild(second)
  // None was taken for one that came back before.
  const back = await bot.untilLogged('guild.joined', 3)
  assert.deepEqual([back.guild, back.how], [second.id, 'back'])
})
