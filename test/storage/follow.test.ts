/** Followed stories on a SQLite file: what is news to a member, and that nobody is told twice. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import { mostFollows, silentMs } from '../../src/digest/follow.ts'
import type { ChannelId, GuildId, UserId, WorkerId } from '../../src/digest/ledger.ts'
import { UserError } from '../../src/errors.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { pick, seededRandom } from '../bench/random.ts'
import { analysedArticle } from '../support/articles.ts'
import { newDatabase, test } from '../support/engines.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 10, 20)
const sourceId = 'folder:wire/articles' as SourceId
const ada = '100' as UserId
const ben = '200' as UserId
const me = 'worker-a' as WorkerId
const other = 'worker-b' as WorkerId
const dm = { kind: 'dm' } as const

interface Held {
  readonly storage: Storage
  readonly url: string
  readonly hold: (key: string, story: string, at: number, copyOf?: ArticleId) => Promise<ArticleId>
  readonly follow: (userId: UserId, story: string, now: number) => Promise<'added' | 'exists' | 'gone'>
  /** Claims for five minutes: who has news, and which. */
  readonly moved: (
    now: number,
    owner?: WorkerId,
  ) => Promise<readonly (readonly [UserId, readonly ArticleId[]])[]>
}

async function open(t: TestContext): Promise<Held> {
  const url = await newDatabase(t)
  const storage = await openStorage(url)
  t.after(() => storage.close())
  const definition = definitionSchema.parse({
    title: 'Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  const source = { id: sourceId, kind: 'folder', address: 'wire', fulltext: 'always' } as const
  await storage.intake.setHouseDigests(
    [{ digest: { id: 'wire' as DigestId, ...definition }, sources: [source] }],
    0,
  )
  return {
    storage,
    url,
    hold: async (key, story, at, copyOf) => {
      const { id } = await storage.intake.hold(
        { sourceId, keys: [key] },
        `hash of ${key}`,
        analysedArticle(),
        at,
      )
      const assignment = { articleId: id, storyId: story as StoryId, ...(copyOf && { copyOf }) }
      await storage.intake.assignStories([assignment], [])
      return id
    },
    follow: (userId, story, now) =>
      storage.follows.add({ userId, storyId: story as StoryId, place: dm }, now),
    moved: async (now, owner = me) => {
      const claimed = await storage.follows.moved({ owner, now, leaseMs: 5 * minute, limit: 10 })
      return claimed.map(({ userId, news }) => [userId, news])
    },
  }
}

test('a member is told what came since, oldest first and each once; copies and what was there before are no news', async (t) => {
  const { storage, hold, follow, moved } = await open(t)
  await hold('before', 's', start)
  assert.equal(await follow(ada, 's', start + minute), 'added')
  assert.deepEqual(await moved(start + hour), [])
  const late = await hold('late', 's', start + 3 * hour)
  const first = await hold('first', 's', start + 2 * hour)
  await hold('copy', 's', start + 4 * hour, first)
  const [claimed] = await storage.follows.moved({
    owner: me,
    now: start + 5 * hour,
    leaseMs: minute,
    limit: 10,
  })
  assert.ok(claimed)
  assert.deepEqual(
    [claimed.userId, claimed.storyId, claimed.news, claimed.attempt],
    [ada, 's', [first, late], 1],
  )
  await storage.follows.told(claimed, claimed.news, start + 5 * hour)
  assert.deepEqual(await moved(start + 6 * hour), [])
  const third = await hold('third', 's', start + 7 * hour)
  assert.deepEqual(await moved(start + 8 * hour), [[ada, [third]]])
  const [followed] = await storage.follows.ofMember(ada)
  assert.deepEqual(
    [followed?.since, followed?.toldAt, followed?.place],
    [start + minute, start + 5 * hour, dm],
  )
})

test('an article that was put into the story late is still news, an old one that came with another story is not', async (t) => {
  const { hold, follow, moved } = await open(t)
  await hold('before', 's', start)
  await hold('old', 'elsewhere', start - 3 * day)
  await hold('unplaced', 'elsewhere', start + 30 * minute)
  await follow(ada, 's', start + hour)
  const unplaced = await hold('unplaced', 's', start + 2 * hour)
  await hold('old', 's', start + 2 * hour)
  assert.deepEqual(await moved(start + 3 * hour), [[ada, [unplaced]]])
})

test('part of the news may be told, and the rest comes again', async (t) => {
  const { storage, hold, follow } = await open(t)
  await hold('before', 's', start)
  await follow(ada, 's', start)
  const first = await hold('first', 's', start + hour)
  const second = await hold('second', 's', start + 2 * hour)
  const claim = { owner: me, now: start + 3 * hour, leaseMs: minute, limit: 10 }
  const [claimed] = await storage.follows.moved(claim)
  assert.ok(claimed)
  await storage.follows.told(claimed, [first], claim.now)
  const [again] = await storage.follows.moved(claim)
  assert.deepEqual([again?.news, again?.attempt], [[second], 1])
})

test('nobody is told twice where two processes work', async (t) => {
  const { url, hold, follow } = await open(t)
  await hold('before', 's', start)
  const members = Array.from({ length: 40 }, (_, n) => `3${n}` as UserId)
  for (const member of members) await follow(member, 's', start)
  const news = [await hold('news', 's', start + hour), await hold('more', 's', start + 2 * hour)]
  const work = async (name: string): Promise<readonly string[]> => {
    const workerData = { url, name, now: start + 3 * hour }
    const worker = new Worker(new URL('./follow-worker.ts', import.meta.url), { workerData })
    const [told] = z.tuple([z.array(z.string())]).parse(await once(worker, 'message'))
    return told
  }
  const told = await Promise.all(['a', 'b', 'c'].map(work))
  const all = members.flatMap((member) => news.map((articleId) => `${member} ${articleId}`))
  assert.deepEqual(told.flat().toSorted(), all.toSorted())
})

test('a lease that ran out goes to another worker, and whoever held it can no longer give it back', async (t) => {
  const { storage, hold, follow } = await open(t)
  const { follows } = storage
  await hold('before', 's', start)
  await follow(ada, 's', start)
  const news = await hold('news', 's', start + hour)
  const now = start + 2 * hour
  const claims = await Promise.all(
    [me, other].map((owner) => follows.moved({ owner, now, leaseMs: minute, limit: 9 })),
  )
  const [dead, none] = claims.flat()
  assert.ok(dead !== undefined && none === undefined)
  const rival = dead.owner === me ? other : me
  const claim = (at: number) => follows.moved({ owner: rival, now: at, leaseMs: minute, limit: 9 })
  assert.deepEqual(await claim(now + minute - 1), [])
  const [taken] = await claim(now + minute)
  assert.deepEqual([taken?.id, taken?.news, taken?.attempt], [dead.id, [news], 2])
  assert.equal(await follows.postpone(dead, now), false)
  await follows.told(dead, dead.news, now + minute)
  assert.deepEqual(await claim(now + hour), [], 'what was told was told, whoever held the lease')
})

test('what cannot be told now is claimed again when it was put off to', async (t) => {
  const { storage, hold, follow, moved } = await open(t)
  await hold('before', 's', start)
  await follow(ada, 's', start)
  const news = await hold('news', 's', start + hour)
  const [claimed] = await storage.follows.moved({ owner: me, now: start + hour, leaseMs: hour, limit: 1 })
  assert.equal(await storage.follows.postpone(claimed ?? assert.fail(), start + 2 * hour), true)
  assert.deepEqual(await moved(start + 2 * hour - 1), [])
  assert.deepEqual(await moved(start + 2 * hour), [[ada, [news]]])
})

test('a follow goes with its story into another, and one member’s two become one that knows what both were told', async (t) => {
  const { storage, hold, follow, moved } = await open(t)
  const a = await hold('a', 'small', start)
  await hold('b', 'big', start - 2 * hour)
  await follow(ada, 'small', start)
  await follow(ada, 'big', start + 1)
  await follow(ben, 'small', start)
  const known = await hold('known', 'small', start + hour)
  for (const claimed of await storage.follows.moved({ owner: me, now: start + hour, leaseMs: 1, limit: 9 }))
    await storage.follows.told(claimed, claimed.news, start + hour)
  const merged = { from: 'small' as StoryId, into: 'big' as StoryId }
  const moves = [a, known].map((articleId) => ({ articleId, storyId: merged.into }))
  await storage.intake.assignStories(moves, [merged])
  assert.deepEqual(await moved(start + 2 * hour), [])
  assert.deepEqual(
    (await storage.follows.ofMember(ada)).map(({ storyId }) => storyId),
    ['big'],
  )
  assert.equal(await follow(ben, 'small', start), 'exists')
  const news = await hold('news', 'big', start + 3 * hour)
  assert.deepEqual((await moved(start + 3 * hour)).toSorted(), [
    [ada, [news]],
    [ben, [news]],
  ])
  assert.equal(await storage.follows.remove(ben, 'small' as StoryId), true)
  assert.deepEqual(await storage.follows.ofMember(ben), [])
})

test('a follow ends when its story has been silent for two weeks', async (t) => {
  const { storage, hold, follow, moved } = await open(t)
  await hold('a', 'silent', start)
  await hold('b', 'lively', start)
  await follow(ada, 'silent', start)
  await follow(ada, 'lively', start + 1)
  await hold('c', 'lively', start + silentMs)
  await moved(start + silentMs - 1)
  assert.equal((await storage.follows.ofMember(ada)).length, 2)
  await moved(start + silentMs + 2)
  assert.deepEqual(
    (await storage.follows.ofMember(ada)).map(({ storyId }) => storyId),
    ['lively'],
  )
})

test('to follow twice changes nothing, and more than fifty stories are refused with the number', async (t) => {
  const { storage, hold, follow } = await open(t)
  for (let n = 0; n <= mostFollows; n += 1) await hold(`a${n}`, `s${n}`, start)
  for (let n = 0; n < mostFollows; n += 1) assert.equal(await follow(ada, `s${n}`, start + n), 'added')
  assert.equal(await follow(ada, 's0', start + day), 'exists')
  assert.equal((await storage.follows.ofMember(ada)).at(-1)?.since, start)
  await assert.rejects(follow(ada, `s${mostFollows}`, start), (error: unknown) => {
    assert.ok(error instanceof UserError)
    assert.deepEqual([error.code, error.facts], ['too-many-follows', { most: mostFollows }])
    return true
  })
  assert.equal(await follow(ben, `s${mostFollows}`, start), 'added')
  assert.equal(await follow(ben, 'no such story', start), 'gone')
})

test('to stop following, or to be forgotten, leaves nothing behind', async (t) => {
  const { storage, hold, follow, moved } = await open(t)
  await hold('a', 's', start)
  await hold('b', 't', start)
  await follow(ada, 's', start)
  await follow(ada, 't', start)
  await follow(ben, 's', start)
  assert.equal(await storage.follows.remove(ada, 's' as StoryId), true)
  assert.equal(await storage.follows.remove(ada, 's' as StoryId), false)
  const [bens] = await storage.follows.ofMember(ben)
  assert.equal(await storage.follows.forgetMember(ada), 1)
  await storage.follows.told({ id: bens?.id ?? assert.fail(), owner: me }, [], start)
  await hold('c', 's', start + hour)
  await hold('d', 't', start + hour)
  assert.deepEqual(
    (await moved(start + hour)).map(([userId]) => userId),
    [ben],
  )
})

test('where a member is told is kept, and a server that the bot has left is told nothing until it is back', async (t) => {
  const { storage, hold, moved } = await open(t)
  const guildId = '9' as GuildId
  const place = { kind: 'thread', channelId: '7' as ChannelId } as const
  await storage.guilds.joined(guildId, start)
  await hold('a', 's', start)
  await storage.follows.add({ userId: ada, storyId: 's' as StoryId, guildId, place }, start)
  const [followed] = await storage.follows.ofMember(ada)
  assert.deepEqual([followed?.guildId, followed?.place], [guildId, place])
  const news = await hold('b', 's', start + hour)
  await storage.guilds.left(guildId, start + hour)
  assert.deepEqual(await moved(start + 2 * hour), [])
  await storage.guilds.joined(guildId, start + 3 * hour)
  assert.deepEqual(await moved(start + 3 * hour), [[ada, [news]]])
})

test('an article that is taken back is no news', async (t) => {
  const { storage, hold, follow, moved } = await open(t)
  await hold('a', 's', start)
  await follow(ada, 's', start)
  await hold('b', 's', start + hour)
  await storage.intake.retire('b', start + 2 * hour)
  assert.deepEqual(await moved(start + 3 * hour), [])
})

test('whatever happens, a look at everything finds no more than a look at what has moved', async (t) => {
  const held = await open(t)
  const { storage, hold, follow } = held
  const db = await openDatabase(held.url)
  t.after(() => db.destroy())
  const elsewhere = 'folder:elsewhere/articles' as SourceId
  await db
    .insertInto('source')
    .values({ id: elsewhere, kind: 'folder', address: 'elsewhere', fulltext: 'always', language: 'en' })
    .execute()
  const random = seededRandom(5)
  const stories = ['s0', 's1', 's2', 's3']
  const keys = Array.from({ length: 12 }, (_, n) => `key ${n}`)
  const members = Array.from({ length: 6 }, (_, n) => `7${n}` as UserId)
  const ids = new Map<string, ArticleId>()
  const any = () => pick(random, keys)
  const unplaced = async (key: string, sourceId: SourceId, at: number): Promise<void> => {
    const { id } = await storage.intake.hold({ sourceId, keys: [key] }, key, analysedArticle(), at)
    ids.set(key, id)
  }
  const acts: readonly ((at: number) => Promise<unknown>)[] = [
    async (at) => {
      const key = any()
      ids.set(key, await hold(key, pick(random, stories), at))
    },
    async (at) => unplaced(any(), pick(random, [sourceId, elsewhere]), at),
    async () => {
      const [article, other] = [ids.get(any()), ids.get(any())]
      if (article === undefined) return
      const copy = other === undefined || other === article || random() < 0.7 ? {} : { copyOf: other }
      const storyId = pick(random, stories) as StoryId
      await storage.intake.assignStories([{ articleId: article, storyId, ...copy }], [])
    },
    async () => {
      const into = pick(random, stories) as StoryId
      const from = pick(random, stories) as StoryId
      const article = ids.get(any())
      if (article !== undefined && from !== into)
        await storage.intake.assignStories([{ articleId: article, storyId: into }], [{ from, into }])
    },
    (at) => storage.intake.retire(any(), at),
    (at) => follow(pick(random, members), pick(random, stories), at),
    () => storage.follows.remove(pick(random, members), pick(random, stories) as StoryId),
  ]
  const tell = async (at: number): Promise<number> => {
    const claimed = await storage.follows.moved({ owner: me, now: at, leaseMs: 1, limit: 100 })
    for (const each of claimed) await storage.follows.told(each, each.news, at)
    return claimed.length
  }
  for (const [n, story] of stories.entries()) ids.set(`key ${n}`, await hold(`key ${n}`, story, start))
  let told = 0
  for (let at = start; at < start + 200 * minute; at += minute) {
    await pick(random, acts)(at)
    if (random() < 0.5) continue
    told += await tell(at)
    await tell(at)
    const { count } = await db
      .selectFrom('follow')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('stirred', 'is not', null)
      .executeTakeFirstOrThrow()
    assert.equal(Number(count), 0, 'nothing is left to look at')
    await db
      .updateTable('follow')
      .set((e) => ({ stirs: e('stirs', '+', 1), stirred: e('stirs', '+', 1) }))
      .execute()
    assert.equal(await tell(at), 0)
  }
  assert.ok(told > 10, String(told))
})
