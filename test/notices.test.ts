/** What only people can mend is told to them: once, in their server's language, by direct message or where the server has its system messages. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StoredMessage } from '../src/rehearsal/standin/types.ts'
import {
  memberId,
  messageOf,
  openTestBot,
  ownerId,
  type TestBot,
  textOf,
  writeSettled,
} from './support/bot.ts'

const sendMessages = 1n << 11n
const viewChannel = 1n << 10n

/** Drops an article in, so that the next edition has something to say. */
async function drop(bot: TestBot, day: number): Promise<void> {
  const taken = bot.timesLogged('articles.taken')
  const headline = `Report number ${day} from the ${['quay', 'mill', 'school', 'forest', 'market'][day % 5]}`
  const text = `${headline}\n\nOn day ${day} the council of Merrow counted ${day * 37} swans and ${day * 11} boats.\n`
  await writeSettled(join(bot.digestsDir, `wire/articles/day-${day}.txt`), text)
  await bot.untilLogged('articles.taken', taken + 1)
}

/** The slot of a day in November comes, and goes as it is named. */
async function letCome(bot: TestBot, day: number, end: 'delivery.sent' | 'delivery.refused'): Promise<void> {
  const before = bot.timesLogged(end)
  bot.approach(`2026-11-${day}T07:30:00Z`)
  await bot.untilLogged(end, before + 1)
}

async function untilNoticed(bot: TestBot, event: string, nth = 1): Promise<void> {
  bot.clock.moveTo(bot.clock.now() + 61_000)
  await bot.untilLogged(event, nth)
}

function directOf({ discord }: TestBot): readonly StoredMessage[] {
  const ids = discord.requests.flatMap(({ path }) => /^\/channels\/(\d+)\/messages/.exec(path)?.[1] ?? [])
  const direct = [...new Set(ids)].filter((id) => discord.world.channel(id)?.kind === 'dm')
  return direct.flatMap((id) => discord.world.messages(id))
}

test('a permission taken away is told once, to whoever set the digest up, until all was well again', async (t) => {
  const bot = await openTestBot(t, {
    guilds: [
      {
        name: 'Hafen',
        locale: 'de',
        ownerId: memberId,
        channels: [{ name: 'news' }, { name: 'flur' }],
        systemChannel: 'flur',
        roles: [{ id: '300000000000000001', name: 'Redaktion', permissions: 1n << 5n }],
        members: [{ id: ownerId, name: 'olivia', roles: ['300000000000000001'] }],
      },
    ],
  })
  const { admin, world } = bot.discord
  const flur = world.channelNamed('flur').id
  const forbid = (channelId: string) => admin.setOverwrites(channelId, [{ id: 'bot', deny: sendMessages }])
  await bot.start()
  await bot.setUp()

  await t.test('by direct message, naming digest, channel, permission and remedy in German', async () => {
    forbid(bot.channelId)
    await letCome(bot, 20, 'delivery.refused')
    await untilNoticed(bot, 'notice.told')
    const [message, ...more] = directOf(bot)
    assert.deepEqual(more, [])
    const text = message === undefined ? '' : textOf(message)
    assert.match(text, /## Auf Hafen ist etwas im Weg/)
    assert.match(
      text,
      /\*\*Harbour Wire\*\* konnte ich nicht in <#\d+> posten: Dort fehlt mir „Nachrichten senden“\./,
    )
    assert.match(text, /dann kommt der nächste Digest von selbst/)
    assert.deepEqual(message?.pings, { everyone: false, users: [], roles: [] })
    assert.equal(world.channel(message?.wire.channel_id ?? '')?.wire.recipients?.[0]?.id, ownerId)
  })

  await t.test(
    'not again while it lasts; given back, the next slot is posted, and a later loss is told anew',
    async () => {
      await letCome(bot, 21, 'delivery.refused')
      bot.clock.moveTo(bot.clock.now() + 2 * 3_600_000)
      admin.setOverwrites(bot.channelId, [])
      await letCome(bot, 22, 'delivery.sent')
      assert.equal(world.messages(bot.channelId).length, 1)
      assert.equal(directOf(bot).length, 1)
      forbid(bot.channelId)
      await drop(bot, 23)
      await letCome(bot, 23, 'delivery.refused')
      await untilNoticed(bot, 'notice.told', 2)
      assert.equal(directOf(bot).length, 2)
    },
  )

  await t.test('where direct messages are closed, in the channel for system messages', async () => {
    admin.setDirectMessages(ownerId, false)
    admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: viewChannel }])
    await letCome(bot, 24, 'delivery.refused')
    await untilNoticed(bot, 'notice.told', 3)
    const [message, ...more] = world.messages(flur)
    assert.deepEqual(more, [])
    assert.match(message === undefined ? '' : textOf(message), /fehlt mir „Kanal ansehen“/)
    assert.deepEqual(message?.pings, { everyone: false, users: [], roles: [] })
  })

  await t.test('where nobody can be told it stands in /status and /digest list', async () => {
    forbid(flur)
    admin.setOverwrites(bot.channelId, [])
    const body = { code: 10003, message: 'Unknown Channel' }
    const path = new RegExp(`^/channels/${bot.channelId}/messages$`)
    bot.discord.faults.inject({ method: 'POST', path, effect: { kind: 'status', status: 404, body } })
    await letCome(bot, 25, 'delivery.refused')
    await untilNoticed(bot, 'notice.unheard')
    const member = bot.discord.member(memberId, { guildId: world.guilds()[0]?.id ?? '', locale: 'de' })
    const status = messageOf(await member.command(bot.channelId, 'status', {}))
    assert.match(textOf(status), /⚠️ Den Kanal gibt es nicht mehr\. Wähle für diesen Digest einen anderen/)
    bot.clock.moveTo(bot.clock.now() + 15_000)
    const list = messageOf(await member.command(bot.channelId, 'digest', {}, { subcommand: 'list' }))
    assert.match(textOf(list), /⚠️ .*Den Kanal gibt es nicht mehr/)
  })

  await t.test('a channel that Discord did not know for a while resumes by itself', async () => {
    await letCome(bot, 26, 'delivery.sent')
    assert.equal(world.messages(bot.channelId).length, 2)
    assert.equal(directOf(bot).length, 2)
    assert.equal(world.messages(flur).length, 1)
  })
})
