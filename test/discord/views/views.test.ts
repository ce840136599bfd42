/** Whatever an article holds, every view of it is a message that Discord takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Article, ArticleId, SourceId, StoryId } from '../../../src/article/article.ts'
import type { DigestId } from '../../../src/digest/definition.ts'
import type { Edition, EditionId } from '../../../src/digest/edition.ts'
import { sayIn } from '../../../src/discord/text/say.ts'
import { digestView, markerOf } from '../../../src/discord/views/digest-view.ts'
import { fits, type View, weigh } from '../../../src/discord/views/layout.ts'
import { editionListView, storyListView } from '../../../src/discord/views/list-view.ts'
import { fulltextView, paginate, summaryView } from '../../../src/discord/views/story-view.ts'
import { storyOf } from '../../../src/story/story.ts'
import { openTestDiscord } from '../../support/standin.ts'

const id = (number: number) => `id${number}`

const words = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '地震'.repeat(900),
      '😀'.repeat(900),
      '@everyone '.repeat(300),
      '['.repeat(3000),
      'a'.repeat(5000),
      '\u200B',
      '\n\n# x',
    ),
  },
)
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))
const url = fc.option(fc.oneof(fc.webUrl(), fc.constant(`https://a.example/${'y'.repeat(480)}`), text), {
  nil: undefined,
})

const article = fc
  .record({
    headline: text,
    brief: text,
    body: fc.array(text, { maxLength: 6 }),
    outlet: text,
    author: text,
    url,
    number: fc.nat(99),
  })
  .map(
    ({ headline, brief, body, outlet, author, url: address, number }): Article => ({
      id: id(number) as ArticleId,
      sourceId: 's' as SourceId,
      storyId: 'st' as StoryId,
      headline,
      standfirst: brief,
      body,
      authors: [author],
      outlet,
      language: 'en',
      ...(address === undefined ? {} : { url: address }),
      seenAt: 0,
      updatedAt: 0,
      brief,
      summary: [brief],
      fulltext: 'always',
    }),
  )

const edition = fc.array(article, { minLength: 1, maxLength: 20 }).map(
  (articles): Edition => ({
    id: 'ed' as EditionId,
    digestId: 'd' as DigestId,
    number: 1,
    slot: 1_795_159_800_000,
    composedAt: 0,
    title: articles[0]?.outlet.slice(0, 100) ?? '',
    language: 'de',
    items: articles.map((each, index) => ({
      storyId: id(index) as StoryId,
      articleId: each.id,
      headline: each.headline,
      brief: each.brief.slice(0, 200),
      ...(each.url === undefined ? {} : { url: each.url }),
      outlets: [each.outlet, `${each.outlet}2`],
      at: 0,
      carries: [each.id],
      because: '',
    })),
  }),
)

function checkView(view: View): void {
  assert.ok(fits(weigh(view.components)), JSON.stringify(weigh(view.components)))
}

test('every size of edition packs into messages within the limits, in order and without loss', () => {
  fc.assert(
    fc.property(edition, fc.boolean(), (one, late) => {
      const views = digestView(one, { late })
      for (const [part, view] of views.entries()) {
        checkView(view)
        assert.ok(JSON.stringify(view).includes(markerOf(one, part)))
      }
      const shown = [...JSON.stringify(views).matchAll(/"1:summary:(id\d+)"/g)].map((match) => match[1])
      assert.deepEqual(
        shown,
        one.items.map((item) => item.storyId),
      )
    }),
    { numRuns: 60 },
  )
})

test('eight ordinary stories are one message', () => {
  const items = Array.from({ length: 8 }, (_, index) => ({
    storyId: id(index) as StoryId,
    articleId: id(index) as ArticleId,
    headline: 'A headline of an ordinary length, as newspapers print them',
    brief: 'One sentence that tells what happened, to whom and where, in fewer than two hundred characters.',
    outlets: ['Harbour Wire', 'Averne Courier'],
    at: 0,
    carries: [],
    because: '',
  }))
  const one: Edition = {
    id: 'e' as EditionId,
    digestId: 'd' as DigestId,
    number: 1,
    slot: 0,
    composedAt: 0,
    title: 'T',
    language: 'en',
    items,
  }
  assert.equal(digestView(one, { late: true }).length, 1)
})

test('every page of every article is within the limits, and the pages hold the whole text', () => {
  fc.assert(
    fc.property(article, (one) => {
      const pages = paginate(one)
      const say = sayIn('de')
      for (const page of pages.keys()) checkView(fulltextView(one, page, say))
      checkView(fulltextView(one, 99_999, say))
      const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
      const expected = letters(one.body.join(''))
      if (letters(one.standfirst ?? '').length < 900)
        assert.ok(letters(pages.join('')).endsWith(expected.slice(-40)))
    }),
    { numRuns: 60 },
  )
})

test('the stand-in, which is as strict as Discord, takes every view', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = discord.world.channelNamed('news')
  const post = async (view: View): Promise<void> => {
    const response = await fetch(`${discord.api}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bot test', 'content-type': 'application/json' },
      body: JSON.stringify({ components: view.components, flags: 32_768, allowed_mentions: { parse: [] } }),
    })
    assert.equal(response.status, 200, await response.text())
  }
  const say = sayIn('en-US')
  await fc.assert(
    fc.asyncProperty(edition, article, async (one, each) => {
      for (const view of digestView(one, { late: false })) await post(view)
      await post(editionListView(one, say))
      const story = storyOf('st' as StoryId, [each])
      assert.ok(story)
      await post(summaryView(story, say))
      await post(fulltextView(each, 0, say))
      await post(storyListView([story], say))
    }),
    { numRuns: 25 },
  )
  for (const message of discord.world.messages(channel.id)) {
    assert.deepEqual(message.pings, { everyone: false, users: [], roles: [] })
  }
})
