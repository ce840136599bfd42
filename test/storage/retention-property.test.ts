/** Whatever retention removes, whoever asks for it afterwards gets an answer or nothing, and never an error. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { UserId } from '../../src/digest/ledger.ts'
import { sayIn } from '../../src/discord/text/say.ts'
import { fulltextView } from '../../src/discord/views/fulltext-view.ts'
import { summaryView } from '../../src/discord/views/story-view.ts'
import { composeAt, makeEdition } from '../../src/jobs/compose.ts'
import { retain } from '../../src/jobs/retain.ts'
import { createLog } from '../../src/log.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { findNews } from '../../src/story/movement.ts'
import { analysedArticle } from '../support/articles.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
const source = 'feed:https://wire.example/feed' as SourceId
const log = createLog({ level: 'silent' })
const digest = {
  id: 'wire' as DigestId,
  ...definitionSchema.parse({
    title: 'Wire',
    language: 'en',
    sources: [{ feed: 'https://wire.example/feed' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  }),
}

/** What happens on a day: articles come (into a story of their own, one before, or as a copy), an edition is made, a story is followed. */
const life = fc.array(
  fc.record({
    afterDays: fc.integer({ min: 0, max: 30 }),
    comes: fc.array(fc.record({ joins: fc.nat(5), isCopy: fc.boolean() }), { maxLength: 3 }),
    posts: fc.boolean(),
    follows: fc.boolean(),
    cleans: fc.boolean(),
  }),
  { minLength: 3, maxLength: 10 },
)

const removed = { articles: 0, bodies: 0, editions: 0 }

interface Known {
  readonly articles: ArticleId[]
  readonly stories: StoryId[]
  readonly editions: EditionId[]
}

test('whatever retention removes, no edition, no reason and no answer fails', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (days) => {
      const storage = await openStorage('sqlite::memory:')
      try {
        const address = 'https://wire.example/feed'
        await storage.intake.setHouseDigests(
          [{ digest, sources: [{ id: source, kind: 'feed', address, fulltext: 'always' }] }],
          start,
        )
        await live(storage, days)
      } finally {
        await storage.close()
      }
    }),
    { numRuns: 8, seed: 7 },
  )
  assert.ok(removed.articles > 5 && removed.bodies > 5 && removed.editions > 0, JSON.stringify(removed))
})

async function live(
  storage: Storage,
  days: readonly (typeof life extends fc.Arbitrary<infer Days> ? Days : never)[number][],
): Promise<void> {
  const known: Known = { articles: [], stories: [], editions: [] }
  const making = {
    desk: storage.desk,
    findNews: async (task: Parameters<typeof findNews>[0]) => findNews(task),
  }
  let now = start
  for (const { afterDays, comes, posts, follows, cleans } of days) {
    now += afterDays * day
    for (const each of comes) await hold(storage, known, each, now)
    while ((await storage.searchIndex.catchUp(100)) > 0);
    const previous = known.editions.at(-1)
    if (posts) {
      const made = await makeEdition(making, { digest, previous, now: now + 1, slot: now })
      if (made.kind === 'edition') known.editions.push(made.edition.id)
    }
    const [story] = known.stories.slice(-1)
    if (follows && story !== undefined) {
      await storage.follows.add({ userId: '1' as UserId, storyId: story, place: { kind: 'dm' } }, now)
    }
    if (cleans) {
      const limits = { articleDays: 40, bodyDays: 10, editionDays: 60 }
      const done = await retain({ ...storage, now: () => now, days: limits, log })
      removed.articles += done.articles
      removed.bodies += done.bodies
      removed.editions += done.editions
    }
    await askAll(storage, known)
    await composeAt(making, { digest, previous: known.editions.at(-1), now: now + 2 })
  }
}

async function hold(
  storage: Storage,
  { articles, stories }: Known,
  { joins, isCopy }: { readonly joins: number; readonly isCopy: boolean },
  now: number,
): Promise<void> {
  const key = `k${articles.length}`
  const article = analysedArticle({ headline: `Event ${key}`, url: `https://wire.example/${key}` })
  const { id } = await storage.intake.hold({ sourceId: source, keys: [key] }, key, article, now)
  const joined = articles.at(-joins)
  const held = joins === 0 || joined === undefined ? undefined : await storage.library.findArticle(joined)
  const storyId = held?.storyId ?? (id as string as StoryId)
  const copy = isCopy && held !== undefined ? { copyOf: held.copyOf ?? held.id } : {}
  await storage.intake.assignStories([{ articleId: id, storyId, contentHash: key, ...copy }], [], now)
  articles.push(id)
  stories.push(storyId)
}

async function askAll(storage: Storage, { articles, stories, editions }: Known): Promise<void> {
  const say = sayIn('en')
  for (const id of articles) {
    const article = await storage.library.findArticle(id)
    if (article !== undefined) assert.ok(fulltextView(article, 0, say).components.length > 0)
    await storage.explaining.why(id, digest.id, editions.at(-1))
  }
  for (const id of stories) {
    const story = await storage.library.findStory(id)
    if (story !== undefined) assert.ok(summaryView(story, say, { isFollowed: false }).components.length > 0)
  }
  for (const id of editions) await storage.library.findEdition(id)
  await storage.library.newestEdition([digest.id])
  await storage.library.newestStories({ digestIds: [digest.id], limit: 20 })
  await storage.search.find({ words: 'event', limit: 10 })
  await storage.follows.ofMember('1' as UserId)
}
