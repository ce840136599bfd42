/** One post per subscription and slot, whatever Discord, the network or the machine does in between. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { UserError } from '../src/errors.ts'
import type { RequestRecord } from '../src/rehearsal/standin/types.ts'
import { openTestBot, ownerId, type TestBot, textOf } from './support/bot.ts'

const slot = '2026-11-20T07:30:00Z'
const nextSlot = '2026-11-21T07:30:00Z'
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
    await bot.untilLogged('delivery.sent')
    assert.equal(posted(bot), 1)
    assert.equal(bot.timesLogged('delivery.sent'), 1)
  })
}

function posted(bot: TestBot): number {
  return bot.discord.world.messages(bot.channelId).length
}

/** A post has reached Discord, which has not answered yet. */
async function untilPosting({ discord }: TestBot): Promise<void> {
  const isPost = ({ method, path }: RequestRecord) => method === 'POST' && posts.test(path)
  while (!discord.requests.some(isPost)) await pause(20)
}

/** Answers to posts are lost until the delivery is put off. */
async function loseAnswers(bot: TestBot, when: 'before' | 'after'): Promise<void> {
  const stop = bot.discord.faults.inject({
    method: 'POST',
    path: posts,
    times: 100,
    effect: { kind: 'drop', when },
  })
  bot.approach(slot)
  const line = await bot.untilLogged('delivery.postponed')
  assert.equal(line.uncertain, true)
  stop()
}

for (const when of ['after', 'before'] as const) {
  test(`a bot that ends with a doubt from ${when} Discord took the message posts once, even when the nonce is long forgotten`, async (t) => {
    const bot = await openTestBot(t, { nonceWindowMs: 120_000 })
    await bot.start()
    await bot.setUp()
    await loseAnswers(bot, when)
    assert.equal(posted(bot), when === 'after' ? 1 : 0)
    await bot.stop()
    bot.clock.moveTo(bot.clock.now() + 3 * 60_000)
    await bot.start()
    await bot.untilLogged('delivery.sent')
    assert.equal(posted(bot), 1)
  })
}

test('a doubt outlives a rate limit that comes after it', async (t) => {
  const bot = await openTestBot(t, { nonceWindowMs: 120_000 })
  await bot.start()
  await bot.setUp()
  bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'drop', when: 'after' } })
  const effect = { kind: 'rate-limit', retryAfterMs: 60_000 } as const
  bot.discord.faults.inject({ method: 'POST', path: posts, effect })
  bot.approach(slot)
  await bot.untilLogged('delivery.postponed')
  bot.clock.moveTo(bot.clock.now() + 3 * 60_000)
  await bot.untilLogged('delivery.sent')
  assert.equal(posted(bot), 1)
})

test('a doubt outlives a refusal: what stands is found before the slot is called failed', async (t) => {
  const bot = await openTestBot(t, { nonceWindowMs: 120_000 })
  await bot.start()
  await bot.setUp()
  await loseAnswers(bot, 'after')
  const refusal = {
    kind: 'status',
    status: 403,
    body: { code: 50013, message: 'Missing Permissions' },
  } as const
  bot.discord.faults.inject({ method: 'POST', path: posts, times: 100, effect: refusal })
  bot.clock.moveTo(bot.clock.now() + 25_000)
  await bot.untilLogged('delivery.sent')
  assert.equal(bot.timesLogged('delivery.refused'), 0)
  assert.equal(posted(bot), 1)
})

test('where nobody can see what became of a message it counts as posted, and that is said', async (t) => {
  const bot = await openTestBot(t, { nonceWindowMs: 120_000 })
  await bot.start()
  await bot.setUp()
  bot.discord.admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: 1n << 16n }])
  await loseAnswers(bot, 'after')
  bot.clock.moveTo(bot.clock.now() + 3 * 60_000)
  await bot.untilLogged('delivery.unseen')
  assert.equal(posted(bot), 1)
  bot.approach(nextSlot)
  await bot.untilLogged('delivery.skipped')
  assert.equal(posted(bot), 1)
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
  assert.equal(posted(bot), 0)
  bot.approach(nextSlot)
  await bot.untilLogged('delivery.sent')
  assert.equal(posted(bot), 1)
})

test('what Discord did not take until the next slot goes into that one', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  const effect = { kind: 'rate-limit', retryAfterMs: 30 * 3_600_000 } as const
  bot.discord.faults.inject({ method: 'POST', path: posts, effect })
  bot.approach(slot)
  await bot.untilLogged('delivery.postponed')
  await bot.stop()
  bot.approach(nextSlot)
  await bot.start()
  const line = await bot.untilLogged('delivery.sent')
  assert.equal(line.slot, Date.parse(nextSlot))
  assert.equal(posted(bot), 1)
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
  assert.match(textOf(answer.message), /there I lack “Send Messages”\./)
})

test('a permission taken away later fails the slot in words, keeps the setting, and the next slot comes', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.discord.admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: 1n << 11n }])
  bot.approach(slot)
  const refused = await bot.untilLogged('delivery.refused')
  assert.match(String(refused.reason), /I lack “Send Messages”/)
  bot.discord.admin.setOverwrites(bot.channelId, [])
  bot.approach(nextSlot)
  await bot.untilLogged('delivery.sent')
  assert.equal(posted(bot), 1)
})

test('a message on its way when the bot is stopped is waited for and recorded', async (t) => {
  const bot = await openTestBot(t, { nonceWindowMs: 120_000 })
  await bot.start()
  await bot.setUp()
  bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'delay', ms: 700 } })
  bot.approach(slot)
  await untilPosting(bot)
  await bot.stop()
  assert.equal(bot.timesLogged('delivery.sent'), 1)
  await bot.start()
  bot.approach(nextSlot)
  await bot.untilLogged('delivery.skipped')
  assert.equal(posted(bot), 1)
})

test('a slot that comes while another digest is still on its way is not held up', async (t) => {
  const bot = await openTestBot(t, {
    guilds: [
      {
        name: 'Test',
        ownerId,
        channels: [{ name: 'news' }, { name: 'sport' }],
        members: [{ id: ownerId, name: 'olivia' }],
      },
    ],
  })
  const { world, faults } = bot.discord
  const sport = world.channelNamed('sport').id
  await bot.start()
  await bot.setUp()
  const options = { digest: 'wire', channel: sport, times: '07:31', zone: 'UTC' }
  assert.equal((await bot.owner.command(sport, 'digest', options, { subcommand: 'setup' })).kind, 'message')
  faults.inject({ method: 'POST', path: posts, effect: { kind: 'delay', ms: 5000 } })
  bot.approach(slot)
  await untilPosting(bot)
  bot.approach('2026-11-20T07:31:00Z')
  await bot.untilLogged('delivery.sent')
  assert.deepEqual([posted(bot), world.messages(sport).length], [0, 1])
  await bot.untilLogged('delivery.sent', 2)
  assert.deepEqual([posted(bot), world.messages(sport).length], [1, 1])
})

test('a second bot on the same database is refused with a sentence, until the first has ended', async (t) => {
  const bot = await openTestBot(t)
  const first = await bot.start()
  await assert.rejects(bot.start(), (error) => {
    assert.ok(error instanceof UserError)
    assert.match(error.message, /^Another Depesche is running on .+ Stop it first/)
    return true
  })
  await first.close()
  await bot.start()
  const files = await readdir(join(bot.digestsDir, '..'))
  assert.ok(files.includes('depesche.sqlite.lock'))
})

test('the token reaches no line of the log', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.discord.faults.inject({ method: 'POST', path: posts, effect: { kind: 'status', status: 401 } })
  bot.approach(slot)
  const line = await bot.untilLogged('delivery.postponed')
  assert.match(String(line.reason), /token/)
  await bot.untilLogged('posting.paused')
  await bot.stop()
  bot.clock.moveTo(bot.clock.now() + 70_000)
  await bot.start()
  await bot.untilLogged('delivery.sent')
  assert.ok(bot.logged.length > 5)
  assert.ok(!JSON.stringify(bot.logged).includes('test-token'))
})
