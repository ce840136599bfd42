/** Lists, sources, full texts, search and follows: whatever an article holds, they are messages that Discord takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Article, ArticleId, SourceId, StoryId } from '../../../src/article/article.ts'
import type { DigestId } from '../../../src/digest/definition.ts'
import type { FollowId } from '../../../src/digest/follow.ts'
import type { ChannelId, GuildId, SubscriptionId, UserId, WorkerId } from '../../../src/digest/ledger.ts'
import type { NoticeId, NoticeMessage } from '../../../src/digest/notice.ts'
import { mostOwnDigests } from '../../../src/digest/place.ts'
import { weekdays } from '../../../src/digest/schedule.ts'
import type { SearchHit } from '../../../src/digest/search.ts'
import { commands } from '../../../src/discord/commands/list.ts'
import { sayIn } from '../../../src/discord/text/say.ts'
import {
  followingView,
  stoppedView,
  tellingView,
  untoldView,
} from '../../../src/discord/views/follow-view.ts'
import { foreign } from '../../../src/discord/views/foreign.ts'
import { fulltextView } from '../../../src/discord/views/fulltext-view.ts'
import { helpView, memberGroups } from '../../../src/discord/views/help-view.ts'
import { fits, type View, weigh } from '../../../src/discord/views/layout.ts'
import { linkView } from '../../../src/discord/views/link-view.ts'
import { storyListView } from '../../../src/discord/views/list-view.ts'
import { mineView } from '../../../src/discord/views/mine-view.ts'
import { noticeView } from '../../../src/discord/views/notice-view.ts'
import { forgetView, forgottenView, privacyView } from '../../../src/discord/views/privacy-view.ts'
import { removeView } from '../../../src/discord/views/remove-view.ts'
import { nothingFoundView, searchView, snippetText } from '../../../src/discord/views/search-view.ts'
import { articleView, sourcesView } from '../../../src/discord/views/sources-view.ts'
import { summaryView } from '../../../src/discord/views/story-view.ts'
import { type Story, storyOf } from '../../../src/story/story.ts'
import { openTestDiscord } from '../../support/standin.ts'

const text = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('地震'.repeat(900), '@everyone '.repeat(300), '['.repeat(3000), '\n\n# x'),
      },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(' '))
const url = fc.option(fc.oneof(fc.webUrl(), fc.constant(`https://a.example/${'y'.repeat(480)}`)))

const story = fc
  .array(
    fc.record({ headline: text, brief: text, body: fc.array(text, { maxLength: 4 }), outlet: text, url }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((articles): Story => {
    const made = storyOf(
      'st' as StoryId,
      articles.map(
        ({ url: address, ...each }, at): Article => ({
          ...each,
          ...(address === null ? {} : { url: address }),
          id: `id${at}` as ArticleId,
          sourceId: 's' as SourceId,
          storyId: 'st' as StoryId,
          authors: [each.outlet],
          language: ['en', 'de', 'und'][at % 3] ?? 'en',
          seenAt: at,
          updatedAt: at,
          summary: [each.brief],
          fulltext: (['always', 'excerpt', 'never'] as const)[at % 3] ?? 'always',
          minutes: 1,
          terms: [],
          ...(at % 4 === 3 ? { copyOf: 'id0' as ArticleId } : {}),
        }),
      ),
    )
    assert.ok(made)
    return made
  })

const hit = (each: Article): SearchHit => ({
  storyId: each.id as string as StoryId,
  articleId: each.id,
  headline: each.headline,
  outlet: each.outlet,
  ...(each.url === undefined ? {} : { url: each.url }),
  at: 0,
  language: each.language,
  snippet: [
    { text: each.brief.slice(0, 80), hit: false },
    { text: each.headline.slice(0, 40), hit: true },
    { text: ' ', hit: false },
    { text: each.outlet.slice(0, 40), hit: true },
  ],
})

function viewsOf(one: Story, locale: string): readonly View[] {
  const say = sayIn(locale)
  const { articles } = one
  const stories = articles.map(
    (each): Story => ({ ...one, id: each.id as string as StoryId, articles: [each] }),
  )
  const follow = {
    id: 'f' as FollowId,
    userId: '1' as UserId,
    storyId: one.id,
    place: { kind: 'dm' },
    since: 0,
  } as const
  const searched = { words: 'w'.repeat(70), digest: '-', language: 'de', page: 1 }
  const hits = articles.slice(0, 5).map(hit)
  return [
    storyListView(stories, say, {
      turning: { page: 1, hasNext: true, to: (page) => ({ do: 'following', page }) },
    }),
    sourcesView(one, 0, say),
    sourcesView(one, 99, say),
    articleView(articles[0], say),
    summaryView(one, say, { isFollowed: true, note: say('follow.state', { following: '/following' }) }),
    fulltextView(articles[0], 0, say, one),
    fulltextView(articles.at(-1) ?? articles[0], 1, say, one),
    searchView({ hits, total: 12 }, searched, say),
    nothingFoundView(
      { ...searched, words: articles[0].headline.slice(0, 60).replace(/[:\p{C}]/gu, ' ') },
      '/headlines',
      say,
    ),
    followingView(
      articles.slice(0, 8).map((each) => ({
        follow: { ...follow, storyId: each.id as string as StoryId, toldAt: 0 },
        headline: each.headline,
      })),
      { page: 0, total: 9, own: 1 },
      say,
    ),
    tellingView({
      follow: { ...follow, locale, news: [articles[0].id], owner: 'w' as WorkerId, attempt: 1 },
      article: articles[0],
      news: [articles[0].brief, articles[0].headline],
      more: 2,
      marker: articles[0].id,
    }) as View,
    untoldView(stories, '/following', say),
    privacyView({ follows: 2, digests: 1, drafts: 1, untold: 1, setUp: 1 }, '/forget me', say),
    forgetView({ follows: 0, digests: 1, drafts: 1, untold: 0, setUp: 0 }, say),
    forgottenView({ follows: 1, digests: 1, drafts: 1, untold: 1, setUp: 1 }, say),
    stoppedView(one, say),
    stoppedView(undefined, say),
    linkView(
      articles.slice(0, 4).map((article) => ({ kind: 'article', article })),
      say,
    ),
    linkView([{ kind: 'problem', problem: 'gone', host: articles[0].headline }], say),
    mineView(mineOf(articles), 0, say),
    removeView(
      {
        question: say('own.ask', { title: foreign(articles[0].headline, 100) }),
        sure: say('own.delete'),
        yes: { do: 'own-remove-sure', digestId: 'd'.repeat(64) as DigestId },
        no: { do: 'own-show', digestId: 'd'.repeat(64) as DigestId },
      },
      say,
    ),
    noticeView({
      locale,
      guilds: noticesOf(articles),
      servers: serversCalled(articles[0].headline, articles.length),
      mention: (command) => `</${command}:1573216328930557952>`,
    }),
  ]
}

/** As many as one may have, each in another state. */
function mineOf(articles: readonly Article[]): Parameters<typeof mineView>[0] {
  return Array.from({ length: mostOwnDigests }, (_, at) => {
    const { headline, outlet } = articles[at % articles.length] ?? { headline: '', outlet: '' }
    const id = `own${at}` as SubscriptionId
    return {
      subscription: {
        id,
        guildId: '@1' as GuildId,
        channelId: '@1' as ChannelId,
        digestId: 'd' as DigestId,
        schedule: {
          times: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:15`),
          weekdays,
          zone: 'America/Argentina/ComodRivadavia',
        },
        createdAt: 0,
        plannedUntil: 0,
        ...(at % 2 === 0 ? { pausedAt: 0 } : {}),
      },
      ...(at % 5 === 4 ? {} : { title: headline }),
      ...(at % 3 === 0
        ? { health: { subscriptionId: id, failingSince: 0, failedAt: 0, code: '50008', reason: outlet } }
        : {}),
    }
  })
}

function noticesOf(articles: readonly Article[]): Parameters<typeof noticeView>[0]['guilds'] {
  return articles.map(({ headline }, at) => ({
    guildId: String(at) as GuildId,
    count: at + 1,
    first: [
      {
        id: 'n' as NoticeId,
        guildId: String(at) as GuildId,
        digestTitle: headline,
        problem: {
          kind: 'source',
          sourceId: 's' as SourceId,
          address: `https://a.example/${'y'.repeat(480)}`,
          trouble: 'gone',
          since: 0,
        },
      },
    ],
  }))
}

function serversCalled(name: string, count: number): NoticeMessage['servers'] {
  const server = {
    ownerId: '1' as UserId,
    systemChannelId: undefined,
    locale: 'en',
    name,
    channels: new Set<ChannelId>(),
  }
  return new Map(Array.from({ length: count }, (_, at) => [String(at) as GuildId, server]))
}

test('the stand-in, which is as strict as Discord, takes every answer to a member, and none of them pings', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = discord.world.channelNamed('news')
  await fc.assert(
    fc.asyncProperty(story, fc.constantFrom('en-US', 'de', 'fr', 'es-419', 'pt-BR'), async (one, locale) => {
      for (const [at, { components }] of viewsOf(one, locale).entries()) {
        const response = await fetch(`${discord.api}/v10/channels/${channel.id}/messages`, {
          method: 'POST',
          headers: { authorization: 'Bot test', 'content-type': 'application/json' },
          body: JSON.stringify({ components, flags: 32_768, allowed_mentions: { parse: [] } }),
        })
        assert.equal(response.status, 200, `view ${at}: ${await response.text()}`)
      }
    }),
    { numRuns: 12 },
  )
  for (const { pings } of discord.world.messages(channel.id))
    assert.deepEqual(pings, { everyone: false, users: [], roles: [] })
})

test('found words are bold, neighbours in one piece, and what is around them is escaped', () => {
  const shown = snippetText([
    { text: 'The *council* of ', hit: false },
    { text: 'Port', hit: true },
    { text: ' ', hit: false },
    { text: 'Averne', hit: true },
    { text: ' agreed; see ', hit: false },
    { text: '[this]', hit: true },
    { text: '(https://evil.example)', hit: false },
  ])
  assert.equal(
    shown,
    'The \\*council\\* of **Port Averne** agreed; see **\\[this\\]**\\(https:\\//evil.example\\)',
  )
})

test('every command of a member stands in /help, and none twice', () => {
  const shown = memberGroups.flatMap((group) => [...group.commands])
  const members = commands.flatMap((each) =>
    each.type === 'slash' && each.forOwners !== true ? [each.name] : [],
  )
  assert.deepEqual([...shown].sort(), [...members].sort())
})

test('/help shows owners what is theirs, and members nothing of it', () => {
  const known = commands.flatMap((each) =>
    each.type === 'slash' ? [{ name: each.name, forOwners: each.forOwners === true }] : [],
  )
  for (const locale of ['en', 'de', 'fr', 'es-ES', 'pt-BR']) {
    const mention = (name: string) => `</${name}:1573216322446163969>`
    const { components } = helpView({ commands: known, canManage: true, mention }, sayIn(locale))
    assert.ok(fits(weigh(components)), JSON.stringify(weigh(components)))
  }
  const help = (canManage: boolean) =>
    JSON.stringify(helpView({ commands: known, canManage, mention: (name) => `</${name}:1>` }, sayIn('de')))
  for (const { name, forOwners } of known) {
    assert.ok(help(true).includes(`</${name}:1>`), name)
    assert.equal(help(false).includes(`</${name}:1>`), !forOwners, name)
  }
})

test('a long text offers a jump to each page by its first words, and the texts of others', () => {
  const say = sayIn('en-US')
  const [one] = fc.sample(story, { numRuns: 1, seed: 1 })
  assert.ok(one)
  const long = {
    ...one.articles[0],
    fulltext: 'always' as const,
    body: Array.from({ length: 80 }, (_, at) => `Part ${at}. ${'word '.repeat(500)}`),
  }
  const { standfirst: _, ...bare } = long
  const view = JSON.stringify(
    fulltextView(bare, 40, say, { ...one, articles: [bare, ...one.articles.slice(1)] }),
  )
  const options = [...view.matchAll(/"label":"(\d+) · Part (\d+)\./g)].map((match) => Number(match[1]))
  assert.equal(options.length, 25)
  assert.ok(options.includes(41))
  assert.equal(view.match(/"default":true/g)?.length, 2)
})
