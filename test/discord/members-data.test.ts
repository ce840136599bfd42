/** What members are told of themselves, the bot as an app of one's own, and answers that come late or twice. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MemberHands, OptionValue } from '../../src/rehearsal/standin/types.ts'
import { memberId, messageOf, openTestBot, ownerId, textOf } from '../support/bot.ts'
import { openHost } from '../support/host.ts'
import { choose, openNewsBot, optionsOf, press } from '../support/news-bot.ts'

const few = [
  'harbour-wire/articles/skerra-ferry-hits-quay.txt',
  'harbour-wire/articles/tarrow-libraries-saved.md',
  'morgenblatt/articles/moor-kohlenstoff-studie.md',
]

const readers = [
  {
    locale: 'en-US',
    userId: memberId,
    says: {
      help: /### Reading\n<\/headlines:\d+> .*\n/,
      nothing: /## What I hold of you\nNothing at all\./,
      held: /- 1 story that you follow: since when/,
      nothingToForget: /I hold nothing of you: there is nothing to delete\./,
      ask: /This is deleted for good, at once:\n- 1 story that you follow/,
      done: /Deleted: 1 followed story\. I hold nothing of you any more\./,
    },
  },
  {
    locale: 'de',
    userId: ownerId,
    says: {
      help: /### Lesen\n<\/headlines:\d+> .*\n/,
      nothing: /## Was ich über dich gespeichert habe\nGar nichts\./,
      held: /- 1 Meldung, der du folgst: seit wann/,
      nothingToForget: /Ich habe nichts über dich gespeichert: Es gibt nichts zu löschen\./,
      ask: /Das wird sofort und endgültig gelöscht:\n- 1 Meldung, der du folgst/,
      done: /Gelöscht: 1 gefolgte Meldung\. Ich habe nichts mehr über dich gespeichert\./,
    },
  },
] as const

test('members see what is held of them, and delete it after they were asked once more', async (t) => {
  const bot = await openNewsBot(t, { articles: few })
  const { channelId, discord } = bot
  const guildId = discord.world.guilds()[0]?.id ?? ''
  await bot.start()
  for (const { locale, userId, says } of readers) {
    const member = discord.member(userId, { guildId, locale })
    const ask = async (name: string, options = {}, subcommand?: string) => {
      bot.rest()
      return messageOf(await member.command(channelId, name, options, subcommand ? { subcommand } : {}))
    }
    await t.test(locale, async () => {
      const help = textOf(await ask('help'))
      assert.match(help, says.help)
      assert.equal(/<\/digest setup:\d+>/.test(help), userId === ownerId, 'owners alone see what is theirs')
      assert.match(textOf(await ask('privacy')), says.nothing)
      assert.match(textOf(await ask('forget', {}, 'me')), says.nothingToForget)
      await ask('follow', { story: 'libraries' })
      const privacy = await ask('privacy')
      assert.match(textOf(privacy), says.held)
      const asked = await press(member, privacy, 'forget')
      assert.equal(asked.kind, 'update')
      assert.match(textOf(asked.message), says.ask)
      assert.match(textOf(await ask('privacy')), says.held, 'nothing is deleted before the second yes')
      const sure = await ask('forget', {}, 'me')
      assert.match(textOf(sure), says.ask)
      await bot.stop()
      await bot.start()
      assert.match(textOf((await press(member, sure, 'forget-sure')).message), says.done)
      assert.match(textOf(await ask('privacy')), says.nothing)
      const again = await press(member, asked.message, 'forget-sure')
      assert.match(textOf(again.message), says.nothingToForget, 'an old button does no harm')
    })
  }
})

test('in direct messages, and where only the member has installed the bot, everything for members works', async (t) => {
  const bot = await openNewsBot(t, { articles: few })
  const { channelId, discord } = bot
  const guildId = discord.world.guilds()[0]?.id ?? ''
  await bot.start()
  await bot.post()
  const alone = discord.member(memberId, { guildId, userInstallOnly: true, locale: 'en-GB' })
  const direct = discord.member(memberId, { guildId: null, locale: 'en-GB' })
  const places: readonly (readonly [string, MemberHands, string])[] = [
    ['on a server that has not installed it', alone, channelId],
    ['in direct messages', direct, direct.directMessages().id],
  ]
  for (const [place, member, channel] of places) {
    const ask = async (name: string, options: Record<string, OptionValue> = {}, subcommand?: string) => {
      bot.rest()
      return messageOf(await member.command(channel, name, options, subcommand ? { subcommand } : {}))
    }
    await t.test(place, async () => {
      const offered = member.offered(channel).map(({ name }) => name)
      for (const each of ['headlines', 'search', 'summary', 'fulltext', 'summarise', 'follow', 'following'])
        assert.ok(offered.includes(each), each)
      assert.ok(!offered.includes('digest') && !offered.includes('settings'))
      const edition = await ask('headlines')
      assert.match(textOf(edition), /## Harbour Wire · No\. 1/, 'the newest edition of the house')
      await choose(member, edition, 'list')
      const topics = await member.autocomplete(channel, 'headlines', { topic: '' }, 'topic')
      assert.ok(topics.kind === 'choices' && topics.choices.length > 0)
      const stories = await member.autocomplete(channel, 'summary', { story: 'tarrow' }, 'story')
      const story = stories.kind === 'choices' ? String(stories.choices[0]?.value) : assert.fail()
      const text = await press(member, await ask('summary', { story }), 'story-text')
      assert.match(textOf(text.message), /Tarrow/)
      assert.match(textOf(await ask('fulltext', { story })), /Tarrow/)
      assert.ok(optionsOf(await ask('search', { words: 'Tarrow' }), 'list').length > 0)
      await ask('follow', { story })
      const list = await ask('following')
      assert.match(textOf((await press(member, list, 'following-stop')).message), /You follow no story/)
      const help = textOf(await ask('help'))
      assert.doesNotMatch(help, /<\/digest/)
      await ask('privacy')
      await ask('forget', {}, 'me')
      const shared = await ask('headlines', { public: true })
      assert.equal(shared.ephemeralFor, undefined)
    })
  }
})

test('an answer that comes after its time is noted quietly, and the next one comes as ever', async (t) => {
  const page = `<!doctype html><html lang="en"><title>Pier</title><article><h1>Pier reopens</h1><p>${'The pier at Saltmere reopened on Friday. '.repeat(20)}</p></article></html>`
  const moves: (() => void)[] = []
  const host = await openHost(t, {
    '/robots.txt': (_, response) => response.writeHead(404).end(),
    '/pier': (_, response) => {
      for (const move of moves) move()
      response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    },
  })
  const bot = await openTestBot(t, {}, [host.host])
  await bot.start()
  // The page takes longer than a quarter of an hour.
  moves.push(() => bot.clock.moveTo(bot.clock.now() + 16 * 60_000))
  const link = `${host.url}/pier`
  const late = bot.member('en-GB').command(bot.channelId, 'summarise', { link }, { timeoutMs: 1500 })
  await bot.untilLogged('interaction.expired')
  moves.length = 0
  assert.equal(bot.timesLogged('interaction.failed'), 0)
  const next = await bot.member('en-GB').command(bot.channelId, 'summarise', { link })
  assert.match(textOf(messageOf(next)), /Pier reopens/)
  assert.equal((await late).kind, 'failed')
})

test('what was asked while the connection was away is answered once, when it is back', async (t) => {
  const bot = await openTestBot(t)
  const { discord } = bot
  await bot.start()
  const resumed = discord.world.waitFor((change) => (change?.kind === 'gateway.resumed' ? true : undefined), {
    what: 'the client resumes',
    timeoutMs: 15_000,
  })
  discord.faults.gateway.reconnect()
  const member = bot.member('de')
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => member.command(bot.channelId, 'following')),
  )
  await resumed
  for (const answer of answers) assert.match(textOf(messageOf(answer)), /Du folgst keiner Meldung/)
  const callbacks = discord.requests.filter(({ route }) => route?.startsWith('POST /interactions/'))
  assert.equal(callbacks.length, 5)
  assert.equal(bot.timesLogged('interaction.failed'), 0)
})
