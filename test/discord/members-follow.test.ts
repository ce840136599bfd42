/** Following a story with the real bot: told in a direct message when it moves, once, whatever happens on the way. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { StandIn, StoredMessage } from '../../src/rehearsal/standin/types.ts'
import { memberId, messageOf, ownerId, textOf } from '../support/bot.ts'
import { choose, idOf, type NewsBot, openNewsBot, optionsOf, press, shipped } from '../support/news-bot.ts'

const crash = 'harbour-wire/articles/skerra-ferry-hits-quay.txt'
const inquiry = 'harbour-wire/articles/ferry-inquiry-propeller-control.md'
/** An article about the ferry, as a file; at an hour of 20 November. */
function ferryNews(hour: string, headline: string, text: string): string {
  return `---
title: "${headline}"
date: 2026-11-20T${hour}:00:00Z
language: en
source: Estuary Radio News
---

${text}
`
}

const echo = ferryNews(
  '07',
  'Passengers remember the ferry crash at Port Averne',
  'A loud bang, then screams: that is how a teacher from Skerra remembers the moment in which the ferry Heron of Skerra hit the quay at Port Averne. She was standing beside the door with her bicycle. The ferry of Averne Sound Ferries came in quickly, she said.',
)
const arrest = ferryNews(
  '08',
  'Ferry master arrested after crash at Port Averne',
  'The master of the ferry Heron of Skerra was arrested on Friday, three days after it struck the quay at Port Averne. Police said he was detained at his home in Skerra. The Marine Safety Board had found that the propellers of the Heron of Skerra could not be controlled before the collision.',
)
const death = ferryNews(
  '10',
  'Passenger dies after ferry crash at Port Averne',
  'A passenger of the ferry Heron of Skerra died on Friday in Merrow Infirmary, three days after it struck the quay at Port Averne. She was in her seventies.',
)
const recall = ferryNews(
  '12',
  'Four ferries recalled after crash of the Heron of Skerra at Port Averne',
  'Four more ferries were recalled on Friday because their propellers may fail like those of the Heron of Skerra, the ferry that struck the quay at Port Averne. The Marine Safety Board ordered Averne Sound Ferries to keep them in port.',
)

/** Direct messages with a person, once there are so many. */
function untilTold(discord: StandIn, userId: string, count: number): Promise<readonly StoredMessage[]> {
  const { id } = discord.member(userId).directMessages()
  return discord.world.waitFor(
    () => {
      const messages = discord.world.messages(id)
      return messages.length >= count ? messages : undefined
    },
    { what: `${count} direct messages`, timeoutMs: 15_000 },
  )
}

/** The first article bears no date: what follows must be younger than the bot's first sight of it. */
async function dropInquiry(bot: NewsBot): Promise<void> {
  bot.clock.moveTo(Date.parse('2026-11-20T07:15:00Z'))
  const text = await readFile(join(shipped, inquiry), 'utf8')
  await bot.drop(inquiry, text.replace('2026-11-19T18:05:00Z', '2026-11-20T07:10:00Z'))
}

async function followFerry(bot: NewsBot, userId: string, locale: string): Promise<StoredMessage> {
  const member = bot.discord.member(userId, { locale })
  return messageOf(await member.command(bot.channelId, 'follow', { story: 'Skerra ferry hits quay' }))
}

test('followers are told once an hour at most, in their own language, what is new; and with the next answer where nobody may write to them', async (t) => {
  const bot = await openNewsBot(t, { articles: [crash] })
  const { discord } = bot
  const drop = (name: string, content: string) => bot.drop(`harbour-wire/articles/${name}.md`, content)
  await bot.start()
  await followFerry(bot, memberId, 'de')
  await followFerry(bot, ownerId, 'en-US')

  await t.test('what repeats the old waits in silence', async () => {
    bot.clock.moveTo(Date.parse('2026-11-20T07:15:00Z'))
    await drop('echo', echo)
    await bot.untilLogged('follow.unmoved', 2)
  })

  await t.test('both are told, and can read on and stop there', async () => {
    await dropInquiry(bot)
    bot.rest(31 * 60)
    const [german] = await untilTold(discord, memberId, 1)
    const [english] = await untilTold(discord, ownerId, 1)
    await bot.untilLogged('follow.told', 2)
    assert.ok(german && english)
    assert.match(textOf(german), /^-# Neues zu einer Meldung, der du folgst\n### \[Ferry crash: /)
    assert.match(textOf(english), /^-# News in a story you follow\n### \[Ferry crash: /)
    assert.match(textOf(english), /17 to 23|risen to 23/)
    assert.deepEqual(german.pings, { everyone: false, users: [], roles: [] })
    const member = discord.member(memberId, { guildId: null, locale: 'de' })
    assert.ok((await press(member, german, 'summary')).isEphemeral)
    const stopped = await press(member, german, 'told')
    assert.match(textOf(stopped.message), /Du folgst \*\*.*\*\* nicht mehr/)
    idOf(stopped.message, 'follow')
    assert.equal(discord.world.messages(german.wire.channel_id).length, 1, 'the message stays as it is')
  })

  await t.test('more news within the hour waits, and who stopped is told no more', async () => {
    bot.clock.moveTo(Date.parse('2026-11-20T08:40:00Z'))
    await drop('arrest', arrest)
    await bot.untilLogged('follow.waits')
    assert.equal(bot.timesLogged('follow.told'), 2)
    bot.rest(61 * 60)
    const told = await untilTold(discord, ownerId, 2)
    assert.match(textOf(told[1] ?? assert.fail()), /arrested/)
    await bot.untilLogged('follow.told', 3)
    assert.equal((await untilTold(discord, memberId, 1)).length, 1)
  })

  await t.test(
    'who takes no direct messages is told with the next answer, once, and not tried before',
    async () => {
      discord.admin.setDirectMessages(ownerId, false)
      bot.clock.moveTo(Date.parse('2026-11-20T10:50:00Z'))
      await drop('death', death)
      await bot.untilLogged('follow.closed')
      bot.clock.moveTo(Date.parse('2026-11-20T12:30:00Z'))
      await drop('recall', recall)
      await bot.untilLogged('follow.unmoved', 3)
      // What says nothing new is told after a day without a message.
      bot.clock.moveTo(Date.parse('2026-11-21T13:30:00Z'))
      await bot.untilLogged('follow.kept')
      assert.equal(bot.timesLogged('follow.closed'), 1, 'no second refusal was asked for')
      const answer = await bot.owner.command(bot.channelId, 'following')
      assert.ok(answer.kind === 'message')
      const note = await answer.next()
      assert.match(textOf(note), /A direct message to you was refused\. .*\n- \*\*.*(Heron|[Ff]err)/s)
      assert.equal(note.ephemeralFor, ownerId)
      assert.equal(optionsOf(note, 'list').length, 1)
      await choose(bot.owner, note, 'list')
      const before = discord.world.messages(bot.channelId, ownerId).length
      await bot.owner.command(bot.channelId, 'help')
      assert.equal(discord.world.messages(bot.channelId, ownerId).length, before + 1, 'said once')
    },
  )
})

test('a message whose answer was lost is not sent a second time, by retry or after a restart', async (t) => {
  const bot = await openNewsBot(t, { articles: [crash] })
  const { discord } = bot
  await bot.start()
  await followFerry(bot, memberId, 'en-US')
  const { id } = discord.member(memberId).directMessages()
  discord.faults.inject({
    method: 'POST',
    path: new RegExp(`^/channels/${id}/messages`),
    effect: { kind: 'hang', when: 'after' },
  })
  await dropInquiry(bot)
  await untilTold(discord, memberId, 1)
  await bot.stop()
  discord.faults.clear()
  // Discord has forgotten the nonce by then; the conversation has not.
  bot.rest(600)
  await bot.start()
  await bot.untilLogged('follow.found')
  assert.equal(discord.world.messages(id).length, 1)
  discord.faults.inject({
    method: 'POST',
    path: new RegExp(`^/channels/${id}/messages`),
    effect: { kind: 'drop', when: 'after' },
  })
  bot.clock.moveTo(Date.parse('2026-11-20T09:15:00Z'))
  await bot.drop('harbour-wire/articles/arrest.md', arrest)
  await untilTold(discord, memberId, 2)
  await bot.untilLogged('follow.uncertain', 2)
  bot.rest(60)
  await bot.untilLogged('follow.found', 2)
  assert.equal(discord.world.messages(id).length, 2)
})

test('/following lists what is followed, page by page, and stops each with a press', async (t) => {
  const bot = await openNewsBot(t)
  await bot.start()
  const member = bot.member('en-GB')
  const none = messageOf(await member.command(bot.channelId, 'following'))
  assert.match(textOf(none), /You follow no story\. .*<\/follow:\d+>/)
  const list = messageOf(await member.command(bot.channelId, 'headlines'))
  const stories = optionsOf(list, 'list').slice(0, 9)
  for (const [at] of stories.entries()) {
    bot.clock.moveTo(bot.clock.now() + 60_000)
    await press(member, (await choose(member, list, 'list', at)).message, 'follow')
  }
  const first = messageOf(await member.command(bot.channelId, 'following'))
  assert.match(textOf(first), /You follow 9 stories/)
  assert.equal(optionsOf(first, 'list').length, 8)
  const second = await press(member, first, 'following', 1)
  assert.equal(optionsOf(second.message, 'list').length, 1)
  await bot.stop()
  await bot.start()
  const stopped = await press(member, second.message, 'following-stop')
  assert.match(textOf(stopped.message), /You follow 8 stories/)
  assert.equal(optionsOf(stopped.message, 'list').length, 8, 'an empty page gives way to the last one')
  idOf(stopped.message, 'following-stop', 7)
})
