/** Whatever digests, sources and articles are called, every card of the owners is a message that Discord takes, in every language. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import fc from 'fast-check'
import type { ArticleId } from '../../../src/article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../../../src/digest/definition.ts'
import type { ChannelId, GuildId, Health, RoleId, SubscriptionId } from '../../../src/digest/ledger.ts'
import { type Schedule, weekdays } from '../../../src/digest/schedule.ts'
import type { Why } from '../../../src/digest/why.ts'
import { catalogs, sayIn } from '../../../src/discord/text/say.ts'
import { digestListView, type Posted } from '../../../src/discord/views/digest-list-view.ts'
import { fits, type View, weigh } from '../../../src/discord/views/layout.ts'
import { limits } from '../../../src/discord/views/limits.ts'
import { settingsView, zoneForm } from '../../../src/discord/views/settings-view.ts'
import { ownSourcesForm, timesForm } from '../../../src/discord/views/setup-form.ts'
import { setupView } from '../../../src/discord/views/setup-view.ts'
import { contentsForm, subscriptionEditView } from '../../../src/discord/views/subscription-edit-view.ts'
import { subscriptionView } from '../../../src/discord/views/subscription-view.ts'
import { whyView } from '../../../src/discord/views/why-view.ts'
import { openTestDiscord } from '../../support/standin.ts'

const now = Date.parse('2026-11-20T06:00:00Z')
const channelId = '1573216321536000003' as ChannelId
const draft = '0123456789ab'

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '地震'.repeat(45),
      '😀'.repeat(40),
      '@everyone '.repeat(9),
      '['.repeat(90),
      'a'.repeat(90),
      '\u200B',
      '# x\n'.repeat(20),
    ),
  },
)
const title = text.filter((each) => each.trim() !== '').map((each) => each.slice(0, 90))

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.constant({
    times: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:15`),
    weekdays: weekdays.filter((day) => day !== 'wed'),
    zone: 'America/Argentina/ComodRivadavia',
  }),
  fc.constant({ cron: '0,15,30 6-20 1-7,21 1-11/2 1-5', zone: 'Europe/Berlin' }),
  fc.constant({ times: ['07:30'], weekdays, zone: 'UTC' }),
)

const digest: fc.Arbitrary<Digest> = fc
  .record({
    title,
    description: text.map((each) => each.repeat(3).slice(0, 290)),
    name: title.map((each) => each.slice(0, 80)),
    word: fc.constantFrom('Handball', '*gewinnspiel*', 'Wortungeheuer'.repeat(6)),
    number: fc.nat(9999),
  })
  .map(({ title, description, name, word, number }) => ({
    id: `d${number}` as DigestId,
    ...definitionSchema.parse({
      title,
      description,
      language: 'de',
      sources: Array.from({ length: 20 }, (_, at) => ({
        feed: `https://host-${at}.example/${'y'.repeat(60)}`,
        ...(name.trim() === '' ? {} : { name }),
      })),
      schedule: { times: ['07:30'], zone: 'UTC' },
      filters: { exclude: [word, { words: word, in: 'headline' }, { language: 'fr' }], include: [word, 'x'] },
    }),
  }))

const posted: fc.Arbitrary<Posted> = fc
  .record({
    title,
    schedule,
    reason: text,
    code: fc.constantFrom('50013', '50001', '403/1', 'tried-too-often', 'schedule-unreadable', '50008'),
    state: fc.constantFrom('well', 'paused', 'failing', 'missing', 'unseen'),
    number: fc.nat(99_999),
  })
  .map(({ title, schedule, reason, code, state, number }) => {
    const id = `s${number}` as SubscriptionId
    const health: Health = { subscriptionId: id, failingSince: now, failedAt: now, code, reason }
    const missing =
      state === 'missing' ? ['ViewChannel', 'SendMessages', 'SendMessagesInThreads'] : ([] as const)
    return {
      subscription: {
        id,
        guildId: '1573216321536000001' as GuildId,
        channelId,
        digestId: 'd' as DigestId,
        schedule,
        createdAt: now,
        plannedUntil: now,
        ...(state === 'paused' ? { pausedAt: now } : {}),
      },
      title,
      health: state === 'failing' ? health : undefined,
      channel: state === 'unseen' ? undefined : { id: channelId, kind: 'text', name: title, missing },
    }
  })

const whys: readonly Why[] = [
  { kind: 'carried', number: 12, slot: now, place: 3, isUpdate: true },
  { kind: 'carried-as-copy', of: 'a' as ArticleId, number: 12, slot: now },
  { kind: 'copy', of: 'a' as ArticleId, ofNumber: 12 },
  { kind: 'below-cut', number: 12, slot: now, place: 9, of: 12 },
  { kind: 'not-moved', ofNumber: 12 },
  { kind: 'quiet', stories: 2 },
  { kind: 'too-late' },
  { kind: 'too-late', standing: 'not-moved' },
  { kind: 'waiting' },
  { kind: 'retired', at: now },
  { kind: 'not-of-this-digest' },
]
const why = fc.oneof(
  fc.constantFrom(...whys),
  text.map((rule): Why => ({ kind: 'filtered', rule: rule.repeat(3) })),
)

const languages = Object.keys(catalogs)
const language = fc.constantFrom(...languages)

const card = fc
  .record({
    language,
    digests: fc.uniqueArray(digest, { minLength: 1, maxLength: 30, selector: ({ id }) => id }),
    listed: fc.uniqueArray(posted, {
      minLength: 1,
      maxLength: 14,
      selector: ({ subscription }) => subscription.id,
    }),
    headlines: fc.array(text, { minLength: 2, maxLength: 2 }),
    problem: text,
    why: fc.array(why, { minLength: 1, maxLength: 8 }),
    page: fc.nat(4),
  })
  .map(({ language, digests, listed, headlines, problem, why, page }): readonly View[] => {
    const say = sayIn(language)
    const [digest = assert.fail()] = digests
    const [first = assert.fail()] = listed
    const details = { ...first, digest, isOwn: true, last: undefined, note: say('edit.changed') }
    const found = Array.from({ length: 5 }, () => ({ title: digest.title, headlines }))
    const setup = { draft, digests, own: new Set([digest.id]), digest, schedule: first.subscription.schedule }
    const role = { isEveryone: false, canBeMentioned: false }
    const settings = { settings: { roleId: channelId as string as RoleId }, mention: (name: string) => name }
    const article = {
      id: 'a' as ArticleId,
      headline: problem.repeat(4),
      outlet: problem,
      url: `https://a.example/${'y'.repeat(480)}`,
      seenAt: now,
    }
    const channels = why.map((each) => ({ channelId, title: digest.title, why: each }))
    return [
      setupView(
        {
          ...setup,
          channel: first.channel,
          place: { kind: 'forum', posts: 'new', tagIds: [] },
          next: [now, now, now],
          found,
          problem: { about: 'what', sentence: 'x'.repeat(3000) },
        },
        say,
      ),
      digestListView({ posted: listed, idle: digests.slice(0, 3), page }, now, say),
      subscriptionView(details, now, say),
      subscriptionEditView(details, undefined, say),
      settingsView({ ...settings, defaults: { language: 'en', zone: 'UTC' }, role }, say),
      whyView(
        [
          { article, channels },
          { article, channels },
          { article, channels },
        ],
        say,
      ),
    ]
  })

test('every card of the owners is within the limits, whatever is on it', () => {
  fc.assert(
    fc.property(card, (views) => {
      for (const view of views) {
        const weight = weigh(view.components)
        assert.ok(fits(weight), JSON.stringify(weight))
      }
    }),
    { numRuns: 60 },
  )
})

test('the stand-in, which is as strict as Discord, takes every card, and nobody is mentioned by one', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = discord.world.channelNamed('news')
  await fc.assert(
    fc.asyncProperty(card, async (views) => {
      for (const view of views) {
        const response = await fetch(`${discord.api}/v10/channels/${channel.id}/messages`, {
          method: 'POST',
          headers: { authorization: 'Bot test', 'content-type': 'application/json' },
          body: JSON.stringify({
            components: view.components,
            flags: 32_768,
            allowed_mentions: { parse: [] },
          }),
        })
        assert.equal(response.status, 200, await response.text())
      }
    }),
    { numRuns: 12 },
  )
  for (const message of discord.world.messages(channel.id)) {
    assert.deepEqual(message.pings, { everyone: false, users: [], roles: [] })
  }
})

test('no question of a form is cut short, in any language', () => {
  const [own = assert.fail()] = fc.sample(digest, 1)
  for (const each of languages) {
    const say = sayIn(each)
    const standing: Schedule = { times: ['07:30'], weekdays, zone: 'UTC' }
    const forms: readonly APIModalInteractionResponseCallbackData[] = [
      ownSourcesForm({ do: 'setup-own-sent', draft }, { title: '', addresses: '', language: 'en' }, say),
      timesForm({ do: 'setup-times-sent', draft }, standing, undefined, say),
      contentsForm({ do: 'digest-contents-sent', subscriptionId: 's' as SubscriptionId }, own, say),
      zoneForm({ do: 'settings-zone-sent' }, undefined, say),
    ]
    for (const form of forms) {
      const texts = [
        form.title,
        ...JSON.stringify(form.components).matchAll(/"(?:label|description)":"([^"]*)"/g),
      ]
      for (const found of texts) {
        const said = typeof found === 'string' ? found : (found[1] ?? '')
        assert.ok(!said.endsWith('…') && said.length <= limits.formDescription, `${each}: ${said}`)
      }
    }
  }
})
