/** Reading, step by step as members do, in two languages: headlines, search, summary, sources, full text. */
import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { MemberHands, OptionValue } from '../../src/rehearsal/standin/types.ts'
import { memberId, messageOf, ownerId, textOf } from '../support/bot.ts'
import { choose, idOf, type NewsBot, openNewsBot, optionsOf, press, shipped } from '../support/news-bot.ts'

const readers = [
  {
    locale: 'en-US',
    userId: memberId,
    says: {
      newest: /## Newest stories/,
      page2: /Page 2 of/,
      inGerman: /## Newest stories in German/,
      noLanguage: /I hold no articles in “Klingon”\. There are some in: .*German/,
      noTopic: /No digest here has a topic called “gardening”/,
      noSuch: /I hold no story like that\. <\/headlines:\d+>/,
      search: /## Search: Averne/,
      nothing: /Nothing found for “xyzzy”\. Try fewer words.*<\/headlines:\d+>/,
      nothingThere: /Nothing found for “Averne” there/,
      sources: /3 outlets, 3 texts/,
      follow: /You follow this story: I write to you when it moves\. <\/following:\d+>/,
      ended: /You no longer follow this story\./,
    },
  },
  {
    locale: 'de',
    userId: ownerId,
    says: {
      newest: /## Neueste Meldungen/,
      page2: /Seite 2 von/,
      inGerman: /## Neueste Meldungen auf Deutsch/,
      noLanguage: /Auf „Klingon“ habe ich keine Artikel\. Es gibt welche auf: .*Deutsch/,
      noTopic: /Kein Digest hier hat ein Thema „gardening“/,
      noSuch: /So eine Meldung habe ich nicht\. <\/headlines:\d+>/,
      search: /## Suche: Averne/,
      nothing: /Nichts gefunden zu „xyzzy“\. .*<\/headlines:\d+>/,
      nothingThere: /Dort habe ich nichts zu „Averne“ gefunden/,
      sources: /3 Quellen, 3 Texte/,
      follow: /Du folgst dieser Meldung: Ich schreibe dir, wenn sich etwas tut\. <\/following:\d+>/,
      ended: /Du folgst dieser Meldung nicht mehr\./,
    },
  },
] as const

type Says = (typeof readers)[number]['says']
type Options = Readonly<Record<string, OptionValue>>

/** Asks and presses after a rest, so that no step comes too soon. */
function handsOf(bot: NewsBot, member: MemberHands) {
  const { channelId } = bot
  return {
    member,
    ask: async (name: string, options: Options = {}) => {
      bot.rest()
      return messageOf(await member.command(channelId, name, options))
    },
    offered: async (name: string, options: Options, focused: string) => {
      const answer = await member.autocomplete(channelId, name, options, focused)
      return answer.kind === 'choices' ? answer.choices : assert.fail(JSON.stringify(answer))
    },
  }
}

type Hands = ReturnType<typeof handsOf>

async function readBeforeAnyEdition({ ask, member }: Hands, says: Says): Promise<void> {
  const first = await ask('headlines', { digest: 'harbour-wire' })
  assert.equal(first.ephemeralFor, member.user.id)
  assert.match(textOf(first), says.newest)
  assert.equal(optionsOf(first, 'list').length, 10)
  const second = await press(member, first, 'stories', 1)
  assert.equal(second.kind, 'update')
  assert.equal(optionsOf(second.message, 'list').length, 1)
  const back = await press(member, second.message, 'stories', 0)
  assert.deepEqual(optionsOf(back.message, 'list'), optionsOf(first, 'list'))
}

async function readEdition({ ask, offered, member }: Hands, says: Says): Promise<void> {
  const edition = await ask('headlines')
  assert.match(textOf(edition), /## Harbour Wire · N[or]\. 1/)
  assert.match(textOf(edition), /### Town halls/)
  assert.equal((await choose(member, edition, 'list')).kind, 'message', 'the list stays')

  const topics = await offered('headlines', { topic: 'sea' }, 'topic')
  assert.deepEqual(
    topics.map(({ name }) => name),
    ['Sea and coast'],
  )
  const onTopic = await ask('headlines', { topic: 'Sea and coast', public: true })
  assert.equal(onTopic.ephemeralFor, undefined, 'shown to everybody')
  assert.match(textOf(onTopic), /## Sea and coast.*[Ff]erry/s)
  assert.doesNotMatch(textOf(onTopic), /libraries/)
  assert.match(textOf(await ask('headlines', { topic: 'gardening' })), says.noTopic)
  assert.match(textOf(await ask('headlines', { topic: 'Sea and coast', language: 'de' })), says.noSuch)

  const languages = await offered('headlines', { language: 'de' }, 'language')
  assert.deepEqual(
    languages.map(({ value }) => value),
    ['de'],
  )
  const german = await ask('headlines', { language: 'de', digest: 'morgenblatt' })
  assert.match(textOf(german), says.inGerman)
  assert.match(textOf(german), /Barockoper auf dem Dachboden/)
  assert.match(textOf(await ask('headlines', { language: 'Klingon' })), says.noLanguage)
}

async function searchWords({ ask, member }: Hands, says: Says): Promise<void> {
  const found = await ask('search', { words: 'Averne' })
  assert.match(textOf(found), says.search)
  assert.match(textOf(found), /\*\*(Port )?Averne\*\*/, 'found words are bold')
  assert.match(textOf((await press(member, found, 'search', 1)).message), says.page2)
  assert.match(textOf(await ask('search', { words: 'xyzzy' })), says.nothing)
  const narrow = await ask('search', { words: 'Averne', digest: 'morgenblatt' })
  assert.match(textOf(narrow), says.nothingThere)
  assert.match(textOf((await press(member, narrow, 'search')).message), says.search)
  assert.match(textOf(await ask('search', { words: 'Averne', language: 'de' })), says.nothingThere)
  const shared = await ask('search', { words: 'Averne', public: true })
  assert.equal(shared.ephemeralFor, undefined)
  const own = await press(member, shared, 'search', 1)
  assert.ok(own.kind === 'message' && own.isEphemeral, 'what all see is turned for oneself')
}

async function goDeeper({ ask, offered, member }: Hands, says: Says): Promise<void> {
  const [ferry] = await offered('summary', { story: 'propeller' }, 'story')
  const summary = await ask('summary', { story: String(ferry?.value) })
  const sources = await press(member, summary, 'sources')
  assert.equal(sources.kind, 'update')
  assert.match(textOf(sources.message), says.sources)
  assert.match(
    textOf(sources.message),
    /\*\*Averne Courier\*\*\n\[Ferry crash: .*\]\(https:\/\/www\.avernecourier\.example/,
  )
  const article = await choose(member, sources.message, 'source', 1)
  assert.equal(article.kind, 'update')
  const all = await press(member, article.message, 'sources')
  const followed = await press(member, (await press(member, all.message, 'summary')).message, 'follow')
  assert.match(textOf(followed.message), says.follow)
  const ended = await press(member, followed.message, 'unfollow')
  assert.match(textOf(ended.message), says.ended)
  idOf(ended.message, 'follow')

  const text = await press(member, ended.message, 'story-text')
  const texts = optionsOf(text.message, 'texts')
  assert.equal(texts.length, 3)
  const other = texts.findIndex(({ isDefault }) => !isDefault)
  const turned = await choose(member, text.message, 'texts', other)
  assert.equal(turned.kind, 'update')
  assert.equal(optionsOf(turned.message, 'texts')[other]?.isDefault, true)
  await press(member, turned.message, 'summary')

  const shared = await ask('summary', { story: String(ferry?.value), public: true })
  assert.equal(shared.ephemeralFor, undefined)
  const mine = await press(member, shared, 'follow')
  assert.ok(mine.isEphemeral, 'what one member follows is nothing for the others')
  await press(member, mine.message, 'unfollow')
}

test('members read from headlines to sources and texts, each in their own language', async (t) => {
  const bot = await openNewsBot(t)
  const { discord } = bot
  const guildId = discord.world.guilds()[0]?.id ?? ''
  await bot.start()
  for (const { locale, says, userId } of readers) {
    const hands = handsOf(bot, discord.member(userId, { guildId, locale }))
    await t.test(`before any edition (${locale})`, () => readBeforeAnyEdition(hands, says))
    await t.test(`search (${locale})`, () => searchWords(hands, says))
    await t.test(`deeper (${locale})`, () => goDeeper(hands, says))
  }
  await bot.post()
  for (const { locale, says, userId } of readers) {
    const hands = handsOf(bot, discord.member(userId, { guildId, locale }))
    await t.test(`an edition (${locale})`, () => readEdition(hands, says))
  }
})

test('lists, jumps and copies: after a restart, and when the story is gone', async (t) => {
  const inquiry = 'harbour-wire/articles/ferry-inquiry-propeller-control.md'
  const bot = await openNewsBot(t, { articles: [inquiry] })
  const { ask, member } = handsOf(bot, bot.member('en-GB'))
  const words = 'The committee heard of tides and harbours for an hour. '.repeat(30)
  const body = Array.from({ length: 9 }, (_, at) => `Witness ${at} spoke. ${words}`).join('\n\n')
  await bot.start()
  await bot.drop('harbour-wire/articles/long.txt', `Committee on the quay hears nine witnesses\n\n${body}\n`)
  const first = await ask('fulltext', { story: 'nine witnesses' })
  const pages = optionsOf(first, 'pages')
  assert.ok(pages.length >= 4, `${pages.length} pages`)
  assert.match(pages[2]?.label ?? '', /^3 · Witness \d spoke\. The committee/)

  await t.test('a text that others print stands once among the sources, with their names', async () => {
    const original = await readFile(join(shipped, inquiry), 'utf8')
    const printed = original
      .replace('source: Averne Courier', 'source: Skerra Gazette')
      .replace('www.avernecourier', 'gazette')
    await bot.drop('harbour-wire/articles/copy.md', printed)
    const sources = await press(member, await ask('summary', { story: 'propeller' }), 'sources')
    assert.match(textOf(sources.message), /2 outlets, 1 text/)
    assert.match(textOf(sources.message), /· Same text in \[(Skerra Gazette|Averne Courier)\]\(https:/)
  })

  await t.test('a text jumps to any of its pages after a restart', async () => {
    await bot.stop()
    await bot.start()
    const third = await choose(member, first, 'pages', 2)
    assert.equal(third.kind, 'update')
    assert.match(textOf(third.message), new RegExp(`Page 3 of ${pages.length}`))
    assert.equal(optionsOf(third.message, 'pages')[2]?.isDefault, true)
  })

  await t.test('what leads to a story that is gone says so', async () => {
    const summary = await ask('summary', { story: 'nine witnesses' })
    const other = await ask('summary', { story: 'nine witnesses' })
    const text = await ask('fulltext', { story: 'nine witnesses' })
    const listed = await ask('search', { words: 'witnesses' })
    await rm(join(bot.digestsDir, 'harbour-wire/articles/long.txt'))
    await bot.untilLogged('article.retired')
    const gone = /That story is no longer held\. <\/headlines:\d+>/
    assert.match(textOf((await press(member, summary, 'story-text')).message), gone)
    assert.match(textOf((await press(member, other, 'follow')).message), gone)
    assert.match(textOf((await choose(member, text, 'pages', 1)).message), gone)
    assert.match(textOf((await choose(member, listed, 'list')).message), gone)
  })
})
