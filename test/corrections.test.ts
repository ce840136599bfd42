/** What becomes of an article within a day is shown in the digest that told of it: edited once for each state, and marked. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { RequestRecord, StoredMessage } from '../src/rehearsal/standin/types.ts'
import { bridge, customIdsOf, openTestBot, reef, type TestBot, textOf, writeSettled } from './support/bot.ts'
import { openLives } from './support/lives.ts'

const headline = 'Council agrees on new bridge over the Averne'
const corrected = 'Council rejects new bridge over the Averne'

async function write(bot: TestBot, name: string, content: string | undefined): Promise<void> {
  const taken = bot.timesLogged('articles.taken')
  const path = join(bot.digestsDir, `wire/articles/${name}.txt`)
  await (content === undefined ? rm(path) : writeSettled(path, content))
  await bot.untilLogged('articles.taken', taken + 1)
}

function editsOf({ discord }: TestBot): readonly RequestRecord[] {
  return discord.requests.filter(({ method, path }) => method === 'PATCH' && /\/messages\/\d+$/.test(path))
}

function postedIn(bot: TestBot): StoredMessage {
  const [message, ...more] = bot.discord.world.messages(bot.channelId)
  assert.deepEqual(more, [])
  return message ?? assert.fail('nothing was posted')
}

const aMinuteLater = ({ clock }: TestBot) => clock.moveTo(clock.now() + 61_000)

test('a posted digest is corrected for a day, once for each state', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  const before = postedIn(bot)

  await t.test('a headline corrected in its file', async () => {
    await write(bot, 'bridge', bridge.replace(headline, 'Council agrees on a bridge'))
    await write(bot, 'bridge', bridge.replace(headline, corrected))
    aMinuteLater(bot)
    await bot.untilLogged('correction.made')
    const message = postedIn(bot)
    assert.equal(editsOf(bot).length, 1, 'two corrections within a minute are one edit')
    assert.match(textOf(message), /Council rejects new bridge[\s\S]*-# ✎ Corrected <t:\d+:t>: headline/)
    assert.doesNotMatch(textOf(message), /Council agrees on new bridge/)
    assert.deepEqual(customIdsOf(message), customIdsOf(before), 'buttons and marker stay')
    assert.deepEqual(message.pings, { everyone: false, users: [], roles: [] })
    assert.match(JSON.stringify(message.wire.components), /"label":"Council rejects new bridge/)
  })

  await t.test(
    'an article withdrawn; what differs in capitals, quotes and spaces alone is no correction',
    async () => {
      await write(bot, 'bridge', bridge.replace(headline, '“Council  Rejects New Bridge” over the Averne'))
      await write(bot, 'reef', undefined)
      aMinuteLater(bot)
      await bot.untilLogged('correction.made', 2)
      const text = textOf(postedIn(bot))
      assert.match(
        text,
        /### ~~Divers map a coral reef off Saltmere~~\n-# ✎ Withdrawn by the source, <t:\d+:t>/,
      )
      assert.doesNotMatch(text, /31 kinds of fish|40 metres down/)
      assert.match(text, /Council rejects new bridge over the Averne/)
      const left = customIdsOf(postedIn(bot))
      assert.equal(left.length, customIdsOf(before).length - 2, 'no button leads to what is withdrawn')
      assert.ok(customIdsOf(before).some((id) => left.includes(id) && id.startsWith('1:edition:')))
    },
  )

  await t.test('a file that comes back is no longer struck through', async () => {
    await write(bot, 'reef', reef)
    aMinuteLater(bot)
    await bot.untilLogged('correction.made', 3)
    assert.doesNotMatch(textOf(postedIn(bot)), /~~/)
    assert.match(textOf(postedIn(bot)), /Divers map a coral reef off Saltmere/)
  })

  await t.test('not while Discord asks to wait, and then once', async () => {
    const body = { code: 30046, message: 'Maximum number of edits to messages older than 1 hour reached.' }
    const effect = { kind: 'status', status: 400, body } as const
    bot.discord.faults.inject({ method: 'PATCH', path: /\/messages\/\d+$/, effect })
    await write(bot, 'bridge', bridge)
    aMinuteLater(bot)
    await bot.untilLogged('correction.waits')
    assert.equal(bot.timesLogged('correction.made'), 3)
    bot.clock.moveTo(bot.clock.now() + 11 * 60_000)
    await bot.untilLogged('correction.made', 4)
    assert.doesNotMatch(textOf(postedIn(bot)), /✎/, 'as it was posted')
  })

  await t.test('a message that was deleted is let go', async () => {
    await write(bot, 'fair', 'Spring fair opens on the quay\n\nForty stalls came. It ends on Sunday.\n')
    bot.approach('2026-11-21T07:30:00Z')
    await bot.untilLogged('delivery.sent', 2)
    const [, second] = bot.discord.world.messages(bot.channelId)
    bot.discord.admin.deleteMessage(bot.channelId, second?.wire.id ?? '')
    await write(
      bot,
      'fair',
      'Spring fair closes early on the quay\n\nForty stalls came. It ends on Sunday.\n',
    )
    aMinuteLater(bot)
    await bot.untilLogged('correction.gone')
  })

  await t.test('not a day later', async () => {
    bot.clock.moveTo(Date.parse('2026-11-21T08:31:00Z'))
    const spread = bot.timesLogged('corrections.spread')
    await write(bot, 'bridge', bridge.replace(headline, corrected))
    aMinuteLater(bot)
    await bot.untilLogged('corrections.spread', spread + 1)
    await bot.stop()
    assert.equal(bot.timesLogged('correction.made'), 4)
    assert.doesNotMatch(textOf(postedIn(bot)), /✎/)
  })
})

test('killed between claim and edit, the message is edited once after the next start', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  await bot.stop()
  await writeSettled(join(bot.digestsDir, 'wire/articles/bridge.txt'), bridge.replace(headline, corrected))
  const path = /\/messages\/\d+$/
  bot.discord.faults.inject({ method: 'PATCH', path, effect: { kind: 'hang', when: 'before' } })
  const lives = openLives(1)
  t.after(lives.close)
  const life = await lives.begin({
    discordApiUrl: bot.discord.api,
    databaseUrl: `sqlite:${join(bot.digestsDir, '..', 'depesche.sqlite')}`,
    digestsDir: bot.digestsDir,
    at: bot.clock.now(),
    tellEveryMs: 50,
    logLevel: 'error',
  })
  await new Promise<void>((resolve) =>
    life.onMessage((message) => {
      if (message.kind === 'started') resolve()
    }),
  )
  aMinuteLater(bot)
  life.tell({ kind: 'clock', at: bot.clock.now() })
  await bot.discord.world
    .waitFor(() => editsOf(bot)[0], { what: 'the edit', timeoutMs: 20_000 })
    .catch(() => {
      assert.fail('no edit was begun')
    })
  life.kill()
  await life.ended
  bot.discord.faults.clear()
  assert.equal(postedIn(bot).wire.edited_timestamp, null)
  await bot.start()
  await bot.untilLogged('correction.made')
  await bot.stop()
  assert.match(textOf(postedIn(bot)), /Council rejects new bridge[\s\S]*✎ Corrected/)
  assert.equal(editsOf(bot).filter(({ status }) => status === 200).length, 1)
})
