/** Feeds, filters and status: whatever hosts, lists of feeds and servers are called, they are messages that Discord takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Digest, type DigestId, definitionSchema } from '../../../src/digest/definition.ts'
import type { TellingEffect } from '../../../src/digest/filter-effects.ts'
import { rulesOf } from '../../../src/digest/filter-rule.ts'
import type { FoundSource } from '../../../src/digest/found-source.ts'
import type { LastDelivery } from '../../../src/digest/guild-status.ts'
import type { ChannelId, GuildId, SubscriptionId } from '../../../src/digest/ledger.ts'
import type { NewSource } from '../../../src/digest/own-sources.ts'
import { type SourceHealth, sourceTroubles } from '../../../src/digest/source-health.ts'
import { addRules, type RuleProblem } from '../../../src/digest/typed-rule.ts'
import { outcomes } from '../../../src/discord/outcomes.ts'
import { type Say, sayIn } from '../../../src/discord/text/say.ts'
import { feedListView } from '../../../src/discord/views/feed-list-view.ts'
import { addButton, candidatesView, foundView } from '../../../src/discord/views/feed-view.ts'
import { ruleForm } from '../../../src/discord/views/filter-form.ts'
import { effectsView, filterView, whichDigestView } from '../../../src/discord/views/filter-view.ts'
import { sayRuleProblem } from '../../../src/discord/views/filter-words.ts'
import { fits, text as textPart, type View, weigh } from '../../../src/discord/views/layout.ts'
import { statusView } from '../../../src/discord/views/status-view.ts'
import { chartOf } from '../../pictures/charts.ts'
import { openTestDiscord } from '../../support/standin.ts'

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '地震'.repeat(200),
      '@everyone '.repeat(40),
      '['.repeat(300),
      '\n\n# x',
      '\u200B',
    ),
  },
)
const address = fc.oneof(
  fc.webUrl().filter((url) => url.length < 400),
  fc.constantFrom(`https://${'a'.repeat(60)}.example/${'y'.repeat(1500)}`, 'https://a.example/?q=(*_~`|)'),
)
const source = fc.record({
  kind: fc.constantFrom('feed', 'page'),
  address,
  name: fc.option(text, { nil: undefined }),
})
const instant = fc.integer({ min: 0, max: 4e12 })

const health = fc.record(
  {
    address,
    readAt: instant,
    trouble: fc.record({ code: fc.constantFrom(...sourceTroubles), since: instant }),
    nextAt: instant,
    articles: fc.nat(100_000),
  },
  { requiredKeys: ['address', 'articles'] },
) satisfies fc.Arbitrary<SourceHealth>

function digestOf(title: string, sources: readonly NewSource[], rules: readonly string[] = []): Digest {
  const definition = definitionSchema.parse({
    title: title.trim().slice(0, 100) || 'x',
    language: 'en',
    sources: [{ feed: 'https://a.example/feed' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  const written = rules.map(
    (rule, at) =>
      ({
        side: at % 2 === 0 ? 'exclude' : 'include',
        kind: at % 3 === 0 ? 'source' : 'language',
        text: at % 3 === 0 ? `${rule}${at}` : 'de',
        reach: 'text',
      }) as const,
  )
  const changed = addRules(definition.filters, written)
  const filters = changed.kind === 'changed' ? changed.filters : definition.filters
  return {
    ...definition,
    id: `id${sources.length}` as DigestId,
    filters: { include: [...filters.include], exclude: [...filters.exclude] },
  }
}

const found = fc.record(
  {
    kind: fc.constantFrom('feed', 'page'),
    address,
    title: text,
    language: fc.constantFrom('de', 'en-GB', 'xx-yy', '*'),
    articles: fc.nat(100_000),
    newest: fc.array(
      fc.record(
        { headline: text, url: address, publishedAt: instant, isWhole: fc.boolean() },
        { requiredKeys: ['headline', 'isWhole'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['kind', 'address', 'articles', 'newest'] },
) satisfies fc.Arbitrary<FoundSource>

const last = fc.oneof(
  fc.record({
    kind: fc.constant('posted'),
    at: instant,
    number: fc.nat(99_999),
    stories: fc.nat(20),
    isUnseen: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('skipped'),
    at: instant,
    why: fc.constantFrom(undefined, 'nothing', 'missed', 'folded', 'paused'),
  }),
  fc.record({ kind: fc.constantFrom('failed', 'under-way'), at: instant }),
) satisfies fc.Arbitrary<LastDelivery>

const failing = fc.record({
  code: fc.constantFrom(
    ...[...outcomes.keys()].map(String),
    '403/0',
    'tried-too-often',
    'schedule-unreadable',
    'odd',
  ),
  reason: text,
  failingSince: instant,
})

const subscription = fc.record(
  {
    title: text,
    last,
    failing,
    missing: fc.array(fc.constantFrom('SendMessages', 'ViewChannel', 'Odd'), { maxLength: 3 }),
    pausedAt: instant,
  },
  { requiredKeys: ['title', 'missing'] },
)

const server = fc.record({
  sources: fc.array(fc.record({ source, health: fc.option(health, { nil: undefined }) }), { maxLength: 30 }),
  titles: fc.array(text, { maxLength: 8 }),
  rules: fc.array(text, { maxLength: 60 }),
  found,
  subscriptions: fc.array(subscription, { maxLength: 25 }),
  page: fc.nat(9),
  locale: fc.constantFrom('en-US', 'de', 'fr', 'es-419', 'pt-BR'),
})

type Server = typeof server extends fc.Arbitrary<infer Made> ? Made : never

const mentions = { setup: '</digest setup:1>', list: '</digest list:1>', feeds: '</feed list:1>' }

function viewsOf(made: Server): readonly View[] {
  const { sources, titles, rules, page } = made
  const say = sayIn(made.locale)
  const now = 2e12
  const digest = digestOf(
    titles[0] ?? 'x',
    sources.map((each) => each.source),
    rules,
  )
  const candidates = sources.slice(0, 10).map(({ source: { address: url, name } }) => ({
    address: url,
    ...(name === undefined ? {} : { title: name }),
  }))
  const several = titles.map((title, at) => ({ ...digestOf(title, []), id: `several${at}` as DigestId }))
  const effects: readonly TellingEffect[] = rulesOf(digest.filters).map((rule, at) => ({
    rule,
    articles: at * 7,
    only: at,
    examples: titles.slice(0, 3).map((headline) => ({ headline, outlet: headline })),
  }))
  const shown = { articles: 40, kept: 3, removals: effects, admissions: effects, days: 7, isPart: true }
  const feeds = sources.map((each) => ({ ...each, digest }))
  return [
    foundView(made.found, titles, [addButton('0123456789ab', say)], say),
    ...(candidates.length === 0 ? [] : [candidatesView(candidates, 'a.example', '0123456789ab', say)]),
    feedListView({ feeds, only: digest, ofHouse: titles }, page, now, say, { add: '</feed add:1>' }),
    filterView(digest, [], page, say),
    effectsView(digest, shown, page, say),
    ...(several.length === 0 ? [] : [whichDigestView('list', several, say)]),
    statusOf(made, say),
  ]
}

function statusOf({ subscriptions, sources }: Server, say: Say): View {
  const schedule = definitionSchema.shape.schedule.parse({ times: ['07:30'], zone: 'UTC' })
  return statusView(
    {
      subscriptions: subscriptions.map(({ missing, pausedAt, ...each }) => ({
        ...each,
        channel: { id: '1' as ChannelId, kind: 'text', missing },
        subscription: {
          id: 's' as SubscriptionId,
          guildId: '1' as GuildId,
          channelId: '100000000000000001' as ChannelId,
          digestId: 'd' as DigestId,
          schedule,
          createdAt: 0,
          plannedUntil: 0,
          ...(pausedAt === undefined ? {} : { pausedAt }),
        },
      })),
      feeds: {
        well: 3,
        failing: sources.flatMap(({ source: each, health: of }) =>
          of?.trouble === undefined ? [] : [{ name: each.name ?? '', address: of.address, ...of.trouble }],
        ),
      },
      chart: chartOf({ stories: [3, 0, 8], articles: [4, 0, 9], locale: say.locale }),
      about: { version: '0.1.0', startedAt: 0 },
    },
    2e12,
    say,
    mentions,
  )
}

test('every answer about feeds, filters and status keeps within a message, and a form within a form', () => {
  fc.assert(
    fc.property(server, (made) => {
      for (const [at, view] of viewsOf(made).entries()) {
        assert.ok(fits(weigh(view.components)), `view ${at}: ${JSON.stringify(weigh(view.components))}`)
      }
    }),
    { numRuns: 150 },
  )
})

test('the stand-in, which is as strict as Discord, takes every such answer, and none of them pings', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = discord.world.channelNamed('news')
  const post = async (view: View) => {
    const response = await fetch(`${discord.api}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bot test', 'content-type': 'application/json' },
      body: JSON.stringify({ components: view.components, flags: 32_768, allowed_mentions: { parse: [] } }),
    })
    assert.equal(response.status, 200, await response.text())
  }
  await fc.assert(
    fc.asyncProperty(server, async (made) => {
      for (const view of viewsOf(made)) await post(view)
    }),
    { numRuns: 10 },
  )
  for (const { pings } of discord.world.messages(channel.id))
    assert.deepEqual(pings, { everyone: false, users: [], roles: [] })
})

test('what is wrong with a rule is said in both languages, whatever was typed', () => {
  const codes: readonly RuleProblem['code'][] = [
    'empty',
    'long',
    'language',
    'many-rules',
    'large-patterns',
    'star-inside',
    'no-letter',
    'many-words',
    'short-star',
    'pattern-long',
    'pattern-slashes',
    'pattern-large',
    'pattern-empty',
    'pattern-refused',
    'pattern-bracket',
    'pattern-repeats',
    'pattern-misspelt',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...codes), text, (code, typed) => {
      const problem: RuleProblem = { kind: 'problem', code, text: typed, place: typed }
      const [english, german] = ['en-GB', 'de'].map((locale) => sayRuleProblem(problem, sayIn(locale)))
      assert.notEqual(english, german)
      assert.ok(fits(weigh([textPart(english ?? ''), textPart(german ?? '')])))
    }),
  )
  const digests = Array.from({ length: 25 }, (_, at) => ({
    ...digestOf('x'.repeat(100), []),
    id: `d${at}` as DigestId,
  }))
  const form = ruleForm(
    { do: 'filter-add', digestId: 'd0' as DigestId },
    digests,
    { text: 'x'.repeat(2000) },
    sayIn('de'),
  )
  assert.equal(form.components.length, 5)
})
