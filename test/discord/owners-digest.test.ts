/** What owners do with the digests of their server once they are posted, with the real bot and a stand-in Discord. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { GuildSeed, MemberHands } from '../../src/rehearsal/standin/types.ts'
import {
  memberId,
  messageOf,
  openTestBot,
  ownerId,
  type TestBot,
  textOf,
  writeSettled,
} from '../support/bot.ts'
import { type Card, callCard } from '../support/card.ts'

const manager = '300000000000000001'
const readers = '300000000000000002'
const send = 2048n

const town: GuildSeed = {
  name: 'Town',
  ownerId,
  roles: [
    { id: manager, name: 'Managers', permissions: 32n },
    { id: readers, name: 'Readers', mentionable: true },
  ],
  channels: [{ name: 'news' }, { name: 'lounge' }],
  members: [
    { id: ownerId, name: 'olivia' },
    { id: memberId, name: 'mika', roles: [manager] },
  ],
}

interface Town {
  readonly bot: TestBot
  readonly guildId: string
  readonly hands: (locale: string, userId?: string) => MemberHands
  readonly lounge: string
  /** Calls `/digest …`, long enough after what was done before. */
  readonly call: (
    subcommand: string,
    options?: Readonly<Record<string, string>>,
    locale?: string,
  ) => Promise<Card>
  /** Drops an article into the folder and waits until it is taken in. */
  readonly drop: (name: string, text: string) => Promise<void>
}

async function opened(t: TestContext): Promise<Town> {
  const bot = await openTestBot(t, { guilds: [town] })
  await bot.start()
  await bot.setUp()
  const guildId = bot.discord.world.guilds()[0]?.id ?? assert.fail('no server')
  const hands = (locale: string, userId = ownerId) => bot.discord.member(userId, { guildId, locale })
  return {
    bot,
    guildId,
    hands,
    lounge: bot.discord.world.channelNamed('lounge').id,
    call: (subcommand, options = {}, locale = 'en-GB') => {
      bot.clock.moveTo(bot.clock.now() + 20_000)
      return callCard(hands(locale), bot.channelId, 'digest', options, { subcommand })
    },
    drop: async (name, text) => {
      const taken = bot.timesLogged('articles.taken')
      await writeSettled(join(bot.digestsDir, `wire/articles/${name}.txt`), text)
      await bot.untilLogged('articles.taken', taken + 1)
    },
  }
}

const ferry = `Ferry to Skerra aground at Gull Rock

Nobody was hurt.

The ferry to Skerra ran aground at Gull Rock on Friday morning with 140 people on board. Lifeboats took all of them off.
`
const pier = `Saltmere pier reopens after two years

The repairs cost 3 million pounds.

The pier of Saltmere, closed since a storm tore away its head, reopened on Friday with a brass band.
`

test('a preview shows the next edition and leaves nothing behind; posting now carries it, and once only', async (t) => {
  const { bot, call, drop } = await opened(t)
  const preview = await call('preview')
  assert.match(preview.text(), /^\*\*Preview\.\*\*.*No\. 1.*Council agrees.*Post one now\nBack$/s)
  const posted = await preview.press('digest-now')
  assert.match(
    posted.text(),
    /^✓ Posted: \[No\. 1\]\(https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+\), <t:\d+:f>/,
  )
  const [first] = await bot.untilPosted(1)
  assert.match(textOf(first ?? assert.fail()), /Council agrees/)
  await posted.press('digest-now')
  assert.match(posted.text(), /^That was posted this very minute: \[No\. 1\]/)
  bot.clock.moveTo(bot.clock.now() + 61_000)
  await posted.press('digest-now')
  assert.match(posted.text(), /^There is nothing new since the last edition/)
  assert.match((await call('preview', {}, 'de')).text(), /^Im Moment gäbe es nichts zu posten/)
  await drop('ferry', ferry)
  assert.match((await call('preview')).text(), /No\. 2.*Ferry to Skerra/s)
  assert.match((await call('preview')).text(), /No\. 2.*Ferry to Skerra/s)
  bot.approach('2026-11-20T07:30:00Z')
  const [, second] = await bot.untilPosted(2)
  assert.match(textOf(second ?? assert.fail()), /No\. 2/)
  assert.doesNotMatch(textOf(second ?? assert.fail()), /Council agrees/)
})

test('what is paused rests over a restart, and carries all of it when it goes on', async (t) => {
  const { bot, call, drop, lounge } = await opened(t)
  const paused = await call('pause', {}, 'de')
  assert.match(paused.text(), /^✓ Pausiert\..*Nichts geht verloren/s)
  assert.doesNotMatch(paused.text(), /Nächste Male/)
  await bot.stop()
  bot.clock.moveTo(Date.parse('2026-11-20T09:00:00Z'))
  await bot.start()
  await drop('ferry', ferry)
  assert.match((await call('list')).text(), /in <#\d+>: 07:30, every day, UTC\n-# Paused <t:\d+:R>/)
  await call('setup', { digest: 'wire', channel: lounge })
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  assert.equal(bot.discord.world.messages(lounge).length, 1)
  assert.deepEqual(bot.discord.world.messages(bot.channelId), [])
  const resumed = await call('resume', { digest: 'Harbour Wire in #news' })
  assert.match(resumed.text(), /^✓ It goes on, next at <t:1795332600:f>\./)
  bot.approach('2026-11-22T07:30:00Z')
  const [edition] = await bot.untilPosted(1)
  assert.match(textOf(edition ?? assert.fail()), /No\. 1/)
  assert.match(textOf(edition ?? assert.fail()), /Ferry to Skerra/)
  assert.match(textOf(edition ?? assert.fail()), /Council agrees/)
})

test('place, times and loudness change at once; what cannot be is said on the card', async (t) => {
  const { bot, call, lounge, drop, guildId } = await opened(t)
  const card = await call('edit')
  assert.match(card.text(), /^## Edit Harbour Wire\nIn <#\d+>: 07:30, every day, UTC\n/)
  assert.deepEqual(card.offered('digest-notice').labels, ['As usual', 'Silent'])
  await card.choose('digest-times', '08:00')
  assert.match(card.text(), /: 08:00, every day, UTC\n✓ Changed\./)
  await card.fill('digest-times-form', { times: 'gibberish' })
  assert.match(card.text(), /: 08:00, every day, UTC\n⚠️ I do not understand “gibberish”/)
  await card.fill('digest-times-form', { times: '9:00', zone: 'London' })
  assert.match(card.text(), /: 09:00, every day, Europe\/London/)
  await card.choose('digest-channel', lounge)
  await card.choose('digest-notice', 'silent')
  assert.deepEqual(card.offered('digest-notice').chosen, ['silent'])
  await card.press('digest-show')
  bot.approach('2026-11-20T09:00:00Z')
  const [silent] = await bot.discord.world.waitFor(
    () => {
      const messages = bot.discord.world.messages(lounge)
      return messages.length > 0 ? messages : undefined
    },
    { what: 'the digest in its new place', timeoutMs: 10_000 },
  )
  assert.equal((silent?.wire.flags ?? 0) & 4096, 4096)
  await bot.untilLogged('delivery.sent')

  bot.clock.moveTo(bot.clock.now() + 30_000)
  const settings = await callCard(bot.owner, bot.channelId, 'settings', { role: readers })
  assert.match(settings.text(), /✓ Changed\./)
  const loud = await call('edit')
  await loud.choose('digest-notice', 'role')
  await drop('ferry', ferry)
  await loud.press('digest-show')
  bot.clock.moveTo(bot.clock.now() + 61_000)
  await loud.press('digest-now')
  const [, second] = bot.discord.world.messages(lounge)
  assert.deepEqual(second?.pings, { everyone: false, users: [], roles: [readers] })
  assert.match(textOf(second ?? assert.fail()), new RegExp(`^<@&${readers}>\\n`))

  bot.clock.moveTo(bot.clock.now() + 30_000)
  await bot.setUp()
  const other = await call('edit', { digest: 'Harbour Wire in #news' })
  await other.choose('digest-channel', lounge)
  assert.match(other.text(), /⚠️ \*\*Harbour Wire\*\* is already posted in <#\d+>\./)
  assert.equal(bot.discord.world.guilds()[0]?.id, guildId)
})

test('what Discord refuses is told with the remedy in list and details, until it is mended', async (t) => {
  const { bot, call, drop } = await opened(t)
  bot.discord.admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: send }])
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.refused')
  assert.match(
    (await call('list', {}, 'de')).text(),
    /⚠️ Erscheint nicht, seit <t:\d+:R>: Ich kann dort nichts posten: Mir fehlt „Nachrichten senden“\./,
  )
  const show = await call('show')
  assert.match(show.text(), /⚠️ Not posted since <t:\d+:R>: I cannot post there: I lack “Send Messages”\./)
  await show.press('digest-now')
  assert.match(show.text(), /^⚠️ It could not be posted\..*Not posted since .*I lack “Send Messages”/s)
  bot.discord.admin.setOverwrites(bot.channelId, [])
  await drop('pier', pier)
  bot.clock.moveTo(bot.clock.now() + 61_000)
  await show.press('digest-now')
  assert.match(show.text(), /^✓ Posted: \[No\. 1\]/)
  assert.doesNotMatch(show.text(), /⚠️/)
})

test('which digest is meant is chosen, typed, or asked for; it is removed after a question, and gone after that', async (t) => {
  const { bot, call, hands, lounge, guildId } = await opened(t)
  await call('setup', { digest: 'wire', channel: lounge })
  const choices = async (typed: string) => {
    const offered = await hands('de').autocomplete(bot.channelId, 'digest', { digest: typed }, 'digest', {
      subcommand: 'show',
    })
    return offered.kind === 'choices' ? offered.choices : assert.fail(JSON.stringify(offered))
  }
  assert.deepEqual(
    (await choices('wire')).map(({ name }) => name),
    ['Harbour Wire in #news', 'Harbour Wire in #lounge'],
  )
  const [chosen] = await choices('lounge')
  const id = String(chosen?.value)
  assert.match((await call('show', { digest: id })).text(), new RegExp(`In <#${lounge}>`))
  assert.match((await call('show', { digest: 'harbour wire' })).text(), /posted in several channels/)
  assert.match(
    (await call('pause', { digest: 'Abendblatt' }, 'de')).text(),
    /erscheint hier nicht\. <\/digest list/,
  )
  const asked = await call('now')
  assert.match(asked.text(), /^## Digests of this server/)

  const stale = await call('show', { digest: id })
  const card = await call('remove', { digest: id })
  assert.match(card.text(), /would no longer be posted in <#\d+>\. What was posted stays\./)
  await card.press('digest-show')
  await card.press('digest-remove')
  await card.press('digest-remove-sure')
  assert.match(card.text(), /^\*\*Harbour Wire\*\* is no longer posted in <#\d+>\.$/)
  await stale.press('digest-pause')
  assert.match(stale.text(), /^That digest is no longer posted here\. <\/digest list:\d+> shows what is\.$/)

  const elsewhere = bot.discord.admin.addGuild({ name: 'Elsewhere', ownerId, channels: [{ name: 'there' }] })
  const there = bot.discord.world.channelNamed('there').id
  const [own] = await choices('news')
  await bot.untilLogged('guild.joined', 2)
  const foreigner = bot.discord.member(ownerId, { guildId: elsewhere.id, locale: 'en-US' })
  const answer = await foreigner.command(
    there,
    'digest',
    { digest: String(own?.value) },
    { subcommand: 'show' },
  )
  assert.match(textOf(messageOf(answer)), /No digest of that name is posted here/)
  assert.notEqual(elsewhere.id, guildId)
})

test('why an article was in the digest, or was not, is told for each place it is posted in', async (t) => {
  const { bot, call, drop, hands } = await opened(t)
  assert.match(
    (await call('why', { article: 'bridge' })).text(),
    /Harbour Wire, <#\d+>: waits for the next edition/,
  )
  const card = await call('show')
  await card.press('digest-now')
  await drop('pier', pier)
  const carried = await call('why', { article: 'bridge over the Averne' }, 'de')
  assert.match(
    carried.text(),
    /Council agrees.*Harbour Wire, <#\d+>: stand in Nr\. 1 \(<t:\d+:f>\), an Stelle \d/s,
  )
  const offered = await hands('en-US').autocomplete(bot.channelId, 'digest', { article: 'pier' }, 'article', {
    subcommand: 'why',
  })
  assert.ok(offered.kind === 'choices')
  const [story] = offered.choices
  assert.match(story?.name ?? '', /Saltmere pier/)
  assert.match((await call('why', { article: String(story?.value) })).text(), /waits for the next edition/)
  const unknown = await call('why', { article: 'zebra crossing' }, 'de')
  assert.match(unknown.text(), /^Zu „zebra crossing“ finde ich in euren Digests keinen Artikel/)
})

test('whoever loses the right to manage is told so; whom the server lets by its Integrations may go on', async (t) => {
  const { bot, hands, guildId } = await opened(t)
  const mika = hands('de', memberId)
  const card = await callCard(mika, bot.channelId, 'digest', {}, { subcommand: 'show' })
  bot.discord.admin.setMemberRoles(guildId, memberId, [])
  const refused = await mika.command(bot.channelId, 'digest', {}, { subcommand: 'list' })
  assert.equal(refused.kind === 'failed' && refused.by, 'client')
  await card.press('digest-pause')
  assert.match(card.text(), /^Das dürfen nur Mitglieder, die diesen Server verwalten.*Integrationen\.$/)

  bot.discord.admin.setCommandSettings(guildId, 'digest', [{ type: 'user', id: memberId, permission: true }])
  const allowed = await callCard(mika, bot.channelId, 'digest', {}, { subcommand: 'show' })
  await allowed.press('digest-pause')
  assert.match(allowed.text(), /^✓ Pausiert\./)
  bot.discord.admin.setCommandSettings(guildId, 'digest', [{ type: 'role', id: guildId, permission: false }])
  await allowed.press('digest-resume')
  assert.match(allowed.text(), /^Das dürfen nur Mitglieder/)
})
