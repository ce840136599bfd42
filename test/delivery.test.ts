/** One post per subscription and slot, whatever Discord, the network or the machine does in between. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestBot, textOf } from './support/bot.ts'

const slot = '2026-11-20T07:30:00Z'
const posts = /^\/channels\/\d+\/messages$/

const faults = [
  { name: 'a 502 after Discord took the message', effect: { kind: 'status', status: 502, when: 'after' } },
  { name: 'a 500 before Discord took the message', effect: { kind: 'status', status: 500, when: 'before' } },
  { name: 'a socket dropped after Discord took the message', effect: { kind: 'drop', when: 'after' } },
  { name: 'a socket dropped before Discord took the message', effect: { kind: 'drop', when: 'before' } },
  { name: 'a rate limit of two seconds', effect: { kind: 'rate-limit', retryAfterMs: 2000, scope: 'user' } },
  {
    name: 'an answer that is no JSON after Discord took the message',
    effect: { kind: 'malformed', when: 'after' },
  },
] as const

for (const { name, effect } of faults) {
  test(`${name} gives one digest`, async (t) => {
    const bot = await openTestBot(t)
    await bot.start()
    await bot.setUp()
    bot.discord.faults.inject({ method: 'POST', path: posts, effect })
    bot.approach(slot)
    // Where the outcome is unknown the delivery is put off for twenty seconds: the clock is moved there.
    const sent = bot.untilLogged('delivery.sent')
    const postponed = bot
      .untilLogged('delivery.postponed')
      .then(() => bot.clock.moveTo(bot.clock.now() + 25_000))
    await Promise.race([sent, postponed])
    await sent
    assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
    assert.equal(bot.timesLogged('delivery.sent'), 1)
  })
}

test('a bot that dies after Discord took the message posts no second one, even when the nonce is long forgotten', async (t) => {
  const bot = await openTestBot(t, { nonceWindowMs: 1000 })
  await bot.start()
  await bot.setUp()
  bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'drop', when: 'after' } })
  bot.approach(slot)
  await bot.untilLogged('delivery.postponed')
  await bot.stop()
  bot.clock.moveTo(bot.clock.now() + 3 * 60_000)
  await bot.start()
  await bot.untilLogged('delivery.sent')
  assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
})

test('a bot that dies before Discord took the message posts it after the restart', async (t) => {
  const bot = await openTestBot(t, { nonceWindowMs: 1000 })
  await bot.start()
  await bot.setUp()
  bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'drop', when: 'before' } })
  bot.approach(slot)
  await bot.untilLogged('delivery.postponed')
  assert.equal(bot.discord.world.messages(bot.channelId).length, 0)
  await bot.stop()
  bot.clock.moveTo(bot.clock.now() + 3 * 60_000)
  await bot.start()
  await bot.untilLogged('delivery.sent')
  assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
})

test('after downtime the newest missed slot is posted once and marked late', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  await bot.stop()
  bot.clock.moveTo(Date.parse('2026-11-23T09:00:00Z'))
  await bot.start()
  await bot.untilLogged('delivery.sent')
  const [message, ...more] = bot.discord.world.messages(bot.channelId)
  assert.deepEqual(more, [])
  assert.match(message === undefined ? '' : textOf(message), /Late: this edition was due <t:1795419000:f>/)
})

test('a slot missed for longer than the window is let go, and the next one comes', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  await bot.stop()
  bot.clock.moveTo(Date.parse('2026-11-20T20:00:00Z'))
  await bot.start()
  await bot.untilLogged('slots.planned')
  assert.equal(bot.discord.world.messages(bot.channelId).length, 0)
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
})

test('a channel where the bot may not post is named at setup with the permission that is missing', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  bot.discord.admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: 1n << 11n }])
  const answer = await bot.owner.command(
    bot.channelId,
    'digest',
    { digest: 'wire', channel: bot.channelId },
    { subcommand: 'setup' },
  )
  assert.ok(answer.kind === 'message')
  assert.match(textOf(answer.message), /there I lack “Send Messages”\. Grant it/)
})

test('a permission taken away later fails the slot in words, keeps the setting, and the next slot comes', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.discord.admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: 1n << 11n }])
  bot.approach(slot)
  const refused = await bot.untilLogged('delivery.refused')
  assert.match(String(refused.reason), /grant “Send Messages”/)
  bot.discord.admin.setOverwrites(bot.channelId, [])
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
})

test('the token reaches no line of the log', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'status', status: 401 } })
  bot.approach(slot)
  await bot.untilLogged('delivery.postponed')
  bot.clock.moveTo(bot.clock.now() + 70_000)
  await bot.untilLogged('delivery.sent')
  assert.ok(bot.logged.length > 5)
  assert.ok(!JSON.stringify(bot.logged).includes('test-token'))
})
