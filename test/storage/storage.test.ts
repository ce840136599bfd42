/** The contract of storage. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { SourceId, StoryId } from '../../src/article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { ChannelId, GuildId } from '../../src/digest/ledger.ts'
import { UserError } from '../../src/errors.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'
import { newDatabase, test, testOn } from '../support/engines.ts'

const digestId = 'wire' as DigestId
const sourceId = 'folder:wire/articles' as SourceId
const guildId = '1' as GuildId
const channelId = '2' as ChannelId
const digest: Digest = {
  id: digestId,
  ...definitionSchema.parse({
    title: 'Harbour Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule: { times: ['07:30'], weekdays: ['mon'], zone: 'UTC' },
  }),
}

async function open(t: TestContext): Promise<{ storage: Storage; reopen: () => Promise<Storage> }> {
  const url = await newDatabase(t)
  let storage = await openStorage(url)
  t.after(() => storage.close())
  const house = {
    digest,
    sources: [
      { id: sourceId, kind: 'folder' as const, address: 'wire/articles', fulltext: 'always' as const },
    ],
  }
  await storage.intake.setHouseDigests([house], 0)
  return {
    storage,
    reopen: async () => {
      await storage.close()
      storage = await openStorage(url)
      return storage
    },
  }
}

async function hold(storage: Storage, key: string, story: string, now: number, given = {}) {
  const held = await storage.intake.hold(
    { sourceId, keys: [key] },
    `hash of ${key} at ${now}`,
    analysedArticle(given),
    now,
  )
  await storage.intake.assignStories([{ articleId: held.id, storyId: story as StoryId }], [])
  return held.id
}

async function subscribe(storage: Storage, plannedUntil = 0) {
  await storage.subscriptions.add({
    guildId,
    channelId,
    digestId,
    schedule: digest.schedule,
    createdAt: 0,
    plannedUntil,
  })
  const [subscription] = await storage.subscriptions.ofGuild(guildId)
  assert.ok(subscription)
  return subscription
}

test('an article keeps its id when it changes, is retired and comes back', async (t) => {
  const { storage } = await open(t)
  const { intake, library } = storage
  const file = { sourceId, keys: ['a.txt'] }
  const first = await intake.hold(file, 'h1', analysedArticle(), 1)
  assert.equal(first.change, 'new')
  assert.deepEqual(await intake.hold(file, 'h1', analysedArticle(), 2), {
    id: first.id,
    change: 'none',
  })
  const changed = await intake.hold(file, 'h2', analysedArticle({ headline: 'Changed' }), 3)
  assert.deepEqual(changed, { id: first.id, change: 'changed' })
  const article = await library.findArticle(first.id)
  assert.deepEqual([article?.headline, article?.seenAt, article?.updatedAt], ['Changed', 1, 3])
  assert.equal(await intake.retire('a.txt', 4), first.id)
  assert.equal(await intake.retire('a.txt', 4), undefined)
  assert.equal(await library.findArticle(first.id), undefined)
  assert.equal(await intake.find(file), undefined)
  assert.deepEqual(await intake.hold(file, 'h2', analysedArticle(), 5), {
    id: first.id,
    change: 'changed',
  })
  assert.ok(await library.findArticle(first.id))
})

test('everything held is there after closing and opening again', async (t) => {
  const { storage, reopen } = await open(t)
  const id = await hold(storage, 'a.txt', 's1', 10)
  const before = await storage.library.findArticle(id)
  await storage.setNote('k', 'v')
  const again = await reopen()
  assert.deepEqual(await again.library.findArticle(id), before)
  assert.equal(await again.findNote('k'), 'v')
  assert.equal((await again.library.digests())[0]?.title, 'Harbour Wire')
})

test('a story that went into another is found under its old id', async (t) => {
  const { storage } = await open(t)
  const id = await hold(storage, 'a.txt', 'old', 1)
  const merged = { from: 'old' as StoryId, into: 'new' as StoryId }
  await storage.intake.assignStories([{ articleId: id, storyId: merged.into }], [merged])
  assert.equal((await storage.library.findStory('old' as StoryId))?.articles[0].id, id)
})

test('headlines are found by every word typed, whatever its case and accents, newest first', async (t) => {
  const { storage } = await open(t)
  await hold(storage, 'a', 's1', 1, { headline: 'Brücke über die Elme gesperrt' })
  await hold(storage, 'b', 's2', 2, { headline: 'Neue Brücke: 100 % teurer' })
  await hold(storage, 'c', 's3', 3, { headline: 'Opera found' })
  const found = async (words: string) =>
    (await storage.library.findHeadlines({ words, limit: 25 })).map((line) => line.storyId)
  assert.deepEqual(await found('brucke'), ['s2', 's1'])
  assert.deepEqual(await found('ELME brück'), ['s1'])
  assert.deepEqual(await found('100 %'), ['s2'])
  assert.deepEqual(await found('%'), ['s2'])
  assert.deepEqual(await found('_'), [])
  assert.deepEqual(await found(''), ['s3', 's2', 's1'])
})

test('one digest is posted once in a channel, and only its own guild can stop it', async (t) => {
  const { storage } = await open(t)
  const subscription = await subscribe(storage)
  const { id: _, lastEditionId: __, ...again } = { lastEditionId: undefined, ...subscription }
  assert.equal(await storage.subscriptions.add(again), 'exists')
  assert.equal(await storage.subscriptions.remove('9' as GuildId, subscription.id), false)
  assert.equal(await storage.subscriptions.remove(guildId, subscription.id), true)
  assert.deepEqual(await storage.subscriptions.all(), [])
})

test('a withdrawn digest is not offered and not due, and comes back as it was', async (t) => {
  const { storage } = await open(t)
  await subscribe(storage)
  await storage.intake.setHouseDigests([], 1)
  assert.deepEqual(await storage.library.digests(), [])
  assert.deepEqual(await storage.subscriptions.all(), [])
  await storage.intake.setHouseDigests([{ digest, sources: [] }], 2)
  assert.equal((await storage.subscriptions.all()).length, 1)
})

testOn('SQLite', 'an address that is no database is said to be none', async () => {
  await assert.rejects(openStorage('mysql://x'), UserError)
  await assert.rejects(openStorage('sqlite:/dev/null/x/depesche.sqlite'), UserError)
})
