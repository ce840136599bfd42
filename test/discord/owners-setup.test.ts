/** `/digest setup` as owners use it: two taps, or every step of the card, with the real bot and a stand-in Discord. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { BotOptions } from '../../src/bot.ts'
import type { GuildSeed, MemberHands, StandInOptions } from '../../src/rehearsal/standin/types.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { openTestBot, ownerId, type TestBot, textOf } from '../support/bot.ts'
import { callCard, readable } from '../support/card.ts'
import { newDatabaseOn } from '../support/engines.ts'
import { rss, sends } from '../support/feeds.ts'
import { type HostAnswers, openHost } from '../support/host.ts'
import { beforeClose } from '../support/standin.ts'

const viewAndSend = 1024n | 2048n

const town: GuildSeed = {
  name: 'Town',
  ownerId,
  channels: [
    { name: 'news' },
    { name: 'closed', overwrites: [{ id: 'bot', deny: viewAndSend }] },
    { name: 'lounge' },
  ],
}

interface Town {
  readonly bot: TestBot
  readonly hands: (locale: string) => MemberHands
  readonly channel: (name: string) => string
  /** Lets some time pass, so that nobody asks too often. */
  readonly rest: () => void
}

async function opened(
  t: TestContext,
  allowedHosts: readonly string[] = [],
  more: Partial<BotOptions> = {},
  deadlines: StandInOptions['deadlines'] = {},
): Promise<Town> {
  const bot = await openTestBot(t, { guilds: [town], deadlines }, allowedHosts, more)
  await bot.start()
  const guildId = bot.discord.world.guilds()[0]?.id ?? assert.fail('no server')
  return {
    bot,
    hands: (locale) => bot.discord.member(ownerId, { guildId, locale }),
    channel: (name) => bot.discord.world.channelNamed(name).id,
    rest: () => bot.clock.moveTo(bot.clock.now() + 30_000),
  }
}

const setup = { subcommand: 'setup' }

function slotsIn(text: string): readonly string[] {
  return [...text.matchAll(/<t:(\d+):f>/g)].map((match) => new Date(Number(match[1]) * 1000).toISOString())
}

test('calling the command and one press post a digest where it was called, at its hour in the zone of the owner', async (t) => {
  const { bot, hands } = await opened(t)
  const card = await callCard(hands('de'), bot.channelId, 'digest', {}, setup)
  assert.match(
    card.text(),
    /\*\*Harbour Wire\*\* erscheint in <#\d+>: 07:30, täglich, Europe\/Berlin \(Mitteleuro/,
  )
  assert.match(card.text(), /Bis zu 5 Meldungen auf Englisch/)
  assert.deepEqual(slotsIn(card.text()), [
    '2026-11-20T06:30:00.000Z',
    '2026-11-21T06:30:00.000Z',
    '2026-11-22T06:30:00.000Z',
  ])
  await card.press('setup-post')
  assert.match(card.text(), /^\*\*Harbour Wire\*\* erscheint in .*Beenden mit <\/digest remove:\d+>/s)
  assert.deepEqual(card.verbs(), ['digest-now', 'digest-show'])
  bot.approach('2026-11-20T06:30:00Z')
  const [posted] = await bot.untilPosted(1)
  assert.match(textOf(posted ?? assert.fail()), /Harbour Wire · No\. 1/)
})

test('the card takes digest, channel and times, says what is in the way, and survives a restart but not a day', async (t) => {
  const { bot, hands, channel, rest } = await opened(t)
  const card = await callCard(hands('en-GB'), bot.channelId, 'digest', {}, setup)
  await card.choose('setup-times', '07:30+18:00')
  assert.match(card.text(), /: 07:30 and 18:00, every day, Europe\/London/)
  await card.choose('setup-digest', 'wire')
  await card.choose('setup-channel', channel('closed'))
  assert.match(
    card.text(),
    /cannot post in <#\d+>: there I lack “View Channel”, “Send Messages”\. Open the channel’s settings → Permissions/,
  )
  assert.equal(card.isAsleep('setup-post'), true)
  bot.discord.admin.setOverwrites(channel('closed'), [{ id: 'bot', deny: 2048n }])
  await bot.discord.world.waitFor(() => true, { what: 'the change' })
  await card.press('setup')
  assert.match(card.text(), /there I lack “Send Messages”\./)
  await card.choose('setup-channel', channel('lounge'))
  assert.equal(card.isAsleep('setup-post'), false)

  rest()
  await card.fill('setup-times-form', { times: 'at dawn', zone: 'Berlin' })
  assert.match(card.text(), /⚠️ I do not understand “dawn”\. Write it like this/)
  assert.match(card.text(), /: 07:30 and 18:00, every day/)
  const { stood } = await card.fill('setup-times-form', { times: 'weekdays 9:15' })
  assert.deepEqual(stood, { times: 'at dawn', zone: 'Berlin' })
  assert.match(card.text(), /: 09:15, Monday to Friday, Europe\/Berlin \(Central European Time\)/)
  assert.deepEqual(card.offered('setup-times').chosen, ['standing'])

  await bot.stop()
  await bot.start()
  await card.press('setup-preview')
  assert.match(card.text(), /^\*\*Preview\.\*\* Nothing is posted.*Harbour Wire · No\. 1.*Council agrees/s)
  assert.ok(card.isAsleep('edition') && card.isAsleep('summary'))
  await card.press('setup')
  await card.press('setup-cancel')
  assert.match(card.text(), /^Nothing was set up\. <\/digest setup:\d+> begins anew\.$/)

  const late = await callCard(hands('de'), bot.channelId, 'digest', { channel: channel('lounge') }, setup)
  bot.clock.moveTo(bot.clock.now() + 25 * 3_600_000)
  await late.press('setup-post')
  assert.match(late.text(), /^Das .* zu lange her.*<\/digest setup:\d+>/s)
  assert.deepEqual(late.verbs(), [])
})

test('pressed twice at once, and replayed by the gateway, it is set up once and says so', async (t) => {
  const { bot, hands, rest } = await opened(t)
  const owner = hands('en-US')
  const card = await callCard(owner, bot.channelId, 'digest', { times: '8am', zone: 'New York' }, setup)
  assert.match(card.text(), /: 8:00 AM, every day, America\/New_York \(Eastern Time\)/)
  const post = `1:setup-post:${/1:setup-post:([0-9a-f]+)/.exec(JSON.stringify(card.message().wire))?.[1]}`
  const pressed = ['first', 'second'].map(() => owner.click(bot.channelId, card.message().wire.id, post))
  bot.discord.faults.gateway.drop()
  for (const answer of await Promise.all(pressed)) {
    assert.ok(answer.kind === 'update', JSON.stringify(answer))
    assert.match(textOf(answer.message), /^\*\*Harbour Wire\*\* will be posted in/)
  }
  rest()
  const list = await callCard(owner, bot.channelId, 'digest', {}, { subcommand: 'list' })
  assert.equal(list.offered('digest-pick').labels.length, 1)
  const settings = await callCard(owner, bot.channelId, 'settings')
  assert.match(settings.text(), /\*\*Time zone\*\*\nAmerica\/New_York/)
  const again = await callCard(owner, bot.channelId, 'digest', {}, setup)
  await again.press('setup-post')
  assert.match(again.text(), /⚠️ \*\*Harbour Wire\*\* is already posted in <#\d+>\. Choose another channel/)
})

test('a press that has read the draft before another was done says that it is done', async (t) => {
  const databaseUrl = await newDatabaseOn('SQLite')
  const { bot, hands } = await opened(t, [], { databaseUrl }, { firstResponseMs: 60_000 })
  const storage = await openStorage(databaseUrl)
  beforeClose(bot.discord, storage.close)
  const owner = hands('en-US')
  const card = await callCard(owner, bot.channelId, 'digest', {}, setup)
  const [, id = ''] = /1:setup-post:([0-9a-f]+)/.exec(JSON.stringify(card.message().wire)) ?? []
  const now = bot.clock.now()
  const draft = await storage.drafts.find(id, ownerId, now)
  assert.ok(draft !== undefined)
  bot.discord.faults.inject({ path: /\/callback/, skip: 1, effect: { kind: 'delay', ms: 1500 } })
  const pressed = ['one', 'other'].map(() =>
    owner.click(bot.channelId, card.message().wire.id, `1:setup-post:${id}`),
  )
  await Promise.race(pressed)
  await storage.drafts.put(id, ownerId, draft, now)
  for (const answer of await Promise.all(pressed)) {
    assert.ok(answer.kind === 'update', JSON.stringify(answer))
    assert.match(textOf(answer.message), /^\*\*Harbour Wire\*\* will be posted in/)
  }
})

test('named in full it needs no card; what is named wrongly is told apart', async (t) => {
  const { bot, hands, channel, rest } = await opened(t)
  const call = (locale: string, options: Readonly<Record<string, string>>) => {
    rest()
    return callCard(hands(locale), bot.channelId, 'digest', options, setup)
  }
  const wire = { digest: 'Harbour Wire', channel: channel('lounge') }
  assert.match((await call('de', { ...wire, zone: 'Wien' })).text(), /erscheint in .*Europe\/Vienna/)
  assert.match((await call('en-US', wire)).text(), /already posted in .*<\/digest edit:\d+>/)
  const closed = await call('de', { ...wire, channel: channel('closed') })
  assert.match(closed.text(), /fehlt mir „Kanal ansehen“, „Nachrichten senden“\./)
  assert.match((await call('en-US', { digest: 'Evening Wire' })).text(), /no digest called “Evening Wire”/)
  assert.match((await call('de', { times: 'nie' })).text(), /„nie“ verstehe ich nicht/)
  const offered = await hands('de').autocomplete(bot.channelId, 'digest', { zone: 'wien' }, 'zone', setup)
  assert.ok(offered.kind === 'choices')
  assert.deepEqual(offered.choices[0], {
    name: 'Europe/Vienna (Mitteleuropäische Zeit)',
    value: 'Europe/Vienna',
  })
})

const answers: HostAnswers = {
  '/': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(
      '<html><head><title>Estuary Post</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hello</body></html>',
    )
  },
  '/feed.xml': sends(
    rss('Estuary Post', [
      { title: 'Ferries to Skerra resume', date: 'Fri, 20 Nov 2026 05:30:00 GMT' },
      { title: 'Pier at Tarrow reopens', date: 'Fri, 20 Nov 2026 04:30:00 GMT' },
      { title: 'Old lighthouse sold', date: 'Thu, 19 Nov 2026 04:30:00 GMT' },
    ]),
  ),
}

test('own sources are tried out first, then make a digest that is previewed, posted, changed and deleted', async (t) => {
  const host = await openHost(t, answers)
  const { bot, hands, rest } = await opened(t, [host.host])
  const owner = hands('en-GB')
  const card = await callCard(owner, bot.channelId, 'digest', {}, setup)
  await card.fill('setup-own-form', { addresses: `${host.url}\nno address at all` })
  assert.match(card.text(), /⚠️ no address at all: That is no web address/)
  assert.deepEqual(card.offered('setup-digest').labels, ['Harbour Wire'])
  await card.fill('setup-own-form', { addresses: ' \n ' })
  assert.match(card.text(), /⚠️ That is no web address/)
  rest()
  const typed = `${host.url}\n${host.url}/feed.xml`
  const { stood } = await card.fill('setup-own-form', { addresses: typed, language: 'de' })
  assert.equal(stood.addresses?.trim(), '')
  assert.equal(stood.language, 'en')
  assert.match(card.text(), /Estuary Post\n-# • Ferries to Skerra resume\n-# • Pier at Tarrow reopens\n/)
  assert.doesNotMatch(card.text(), /Old lighthouse/)
  assert.match(card.text(), /\*\*Estuary Post\*\* will be posted .*in German/s)
  await bot.untilLogged('source.polled')
  await card.press('setup-preview')
  assert.match(card.text(), /Estuary Post · Nr\. 1.*Ferries to Skerra resume/s)
  await card.press('setup')
  await card.press('setup-cancel')

  rest()
  const second = await callCard(owner, bot.channelId, 'digest', {}, setup)
  assert.deepEqual(second.offered('setup-digest').labels, ['Harbour Wire'])
  await second.fill('setup-own-form', { addresses: host.url, title: 'Our *own* news' })
  await second.press('setup-post')
  await second.press('digest-show')
  assert.match(second.text(), /## Our \\\*own\\\* news\n.*\*\*Source:\*\* \[Estuary Post\]\(http/s)
  await second.press('digest-edit')
  rest()
  const contents = await second.fill('digest-contents-form', { title: 'Estuary', size: '3', quiet: 'say' })
  assert.deepEqual(contents.stood, {
    title: 'Our *own* news',
    language: 'en',
    size: '8',
    sections: 'none',
    quiet: 'post',
  })
  assert.match(second.text(), /## Edit Estuary\n.*✓ Changed\./s)
  await second.press('digest-show')
  assert.match(second.text(), /Up to 3 stories, in English\.\n.*With fewer than 3 stories it says/)

  rest()
  await second.press('digest-remove')
  assert.match(second.text(), /\*\*Estuary\*\* would no longer be posted .* so does the digest/)
  await second.press('digest-remove-sure')
  rest()
  const list = await callCard(owner, bot.channelId, 'digest', {}, { subcommand: 'list' })
  assert.match(list.text(), /\*\*Estuary\*\*\n-# Made here, and posted nowhere/)
  await list.choose('digest-pick', ...idsIn(list.message().wire, 'Estuary'))
  await list.press('setup-begin')
  assert.match(list.text(), /\*\*Estuary\*\* will be posted in/)
  await list.press('setup-cancel')
  rest()
  const own = await callCard(owner, bot.channelId, 'digest', {}, { subcommand: 'list' })
  await own.choose('digest-pick', ...idsIn(own.message().wire, 'Estuary'))
  await own.press('own-remove')
  await own.press('own-show')
  await own.press('own-remove')
  await own.press('own-remove-sure')
  assert.equal(own.text(), '**Estuary** was deleted.')
  assert.equal(readable(own.text()), own.text())
})

/** The value of the option of that label, wherever it is in a message. */
function idsIn(message: unknown, label: string): readonly string[] {
  const found = new RegExp(`"label":"${label}","value":"([^"]+)"`).exec(JSON.stringify(message))?.[1]
  return found === undefined ? [] : [found]
}
