/** What is for whom: two servers with digests of their own, beside the house, and one event that all of their sources tell. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import { articleKeys } from '../../src/article/identity.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { GuildId, UserId, WorkerId } from '../../src/digest/ledger.ts'
import type { Reader } from '../../src/digest/library.ts'
import { makeEdition } from '../../src/jobs/compose.ts'
import { createLinkReader } from '../../src/jobs/read-link.ts'
import { createLog } from '../../src/log.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { findNews } from '../../src/story/movement.ts'
import { newDatabase, test } from '../support/engines.ts'
import { wholeArticle } from '../support/newsroom.ts'

const start = Date.UTC(2026, 10, 20)
const minute = 60_000
const usual = { language: 'en', schedule: { times: ['07:30'], zone: 'UTC' } }
const [north, south] = ['100' as GuildId, '200' as GuildId]
const ada = '1' as UserId
const fire = 'fire' as StoryId
const addressOf = (server: string) => `https://${server}.example/feed.xml`

interface Town {
  readonly storage: Storage
  /** By who brought it. */
  readonly articles: Readonly<Record<'house' | 'north' | 'south' | 'southOnly', ArticleId>>
  readonly digestOf: Readonly<Record<'north' | 'south', DigestId>>
}

async function open(t: TestContext): Promise<Town> {
  const storage = await openStorage(await newDatabase(t, 'in memory'))
  t.after(() => storage.close())
  const wire = 'folder:wire/articles' as SourceId
  const house = {
    id: 'wire' as DigestId,
    ...definitionSchema.parse({ ...usual, title: 'Wire', sources: [{ folder: 'articles' }] }),
  }
  const folder = { id: wire, kind: 'folder', address: 'wire', fulltext: 'always' } as const
  await storage.intake.setHouseDigests([{ digest: house, sources: [folder] }], 0)
  const own = async (guildId: GuildId, name: string) => {
    const definition = { ...usual, title: name, sources: [{ feed: addressOf(name) }] }
    return (await storage.guildDigests.add(guildId, definitionSchema.parse(definition), start)).id
  }
  const digestOf = { north: await own(north, 'north'), south: await own(south, 'south') }
  const hold = async (key: string, sourceId: SourceId, storyId: StoryId, at = start) => {
    const headline = `Fire at the Kelsport mill, says ${key}`
    const url = `https://news.example/${key}`
    const article = wholeArticle({ headline, outlet: key, url })
    const { id } = await storage.intake.hold(
      { sourceId, keys: articleKeys({ sourceId, url }) },
      key,
      article,
      at,
    )
    await storage.intake.assignStories([{ articleId: id, storyId }], [])
    return id
  }
  const feed = (name: string) => `feed:${addressOf(name)}` as SourceId
  return {
    storage,
    digestOf,
    articles: {
      house: await hold('house', wire, fire),
      north: await hold('north', feed('north'), fire),
      south: await hold('south', feed('south'), fire),
      southOnly: await hold('southonly', feed('south'), 'other' as StoryId),
    },
  }
}

const readers = [
  { what: 'one server', reader: { guildId: north }, sees: ['house', 'north'] },
  { what: 'the other server', reader: { guildId: south }, sees: ['house', 'south', 'southonly'] },
  { what: 'a server without sources of its own', reader: { guildId: '300' as GuildId }, sees: ['house'] },
  { what: 'a direct message', reader: { userId: ada }, sees: ['house'] },
] as const

for (const { what, reader, sees } of readers) {
  test(`${what} is shown articles of the house and its own alone, by every way that leads to them`, async (t) => {
    const { storage, articles } = await open(t)
    const library = storage.libraryFor(reader)
    const search = storage.searchFor(reader)
    const told = sees.filter((each) => each !== 'southonly')

    const story = await library.findStory(fire)
    assert.deepEqual(story?.articles.map(({ outlet }) => outlet).sort(), told)
    const other = await library.findStory('other' as StoryId)
    assert.equal(
      other !== undefined,
      sees.some((each) => each === 'southonly'),
      'all of it is foreign',
    )

    for (const id of Object.values(articles)) {
      const outlet = (await storage.library.findArticle(id))?.outlet ?? assert.fail()
      const isSeen = sees.some((each) => each === outlet)
      assert.equal((await library.findArticle(id)) !== undefined, isSeen, outlet)
      assert.equal(await library.standsElsewhere(id), !isSeen, outlet)
      const explained = await storage.explainingFor(reader).asked(id, 1)
      assert.equal(explained.length === 1, isSeen, outlet)
      const { hits } = await search.find({ words: `"says ${outlet}"`, limit: 10 })
      assert.equal(hits.length === 1, isSeen, outlet)
      const lines = await library.findHeadlines({ words: `says ${outlet}`, limit: 5 })
      assert.equal(
        lines.some(({ headline }) => headline.endsWith(` ${outlet}`)),
        isSeen,
        outlet,
      )
    }
    const newest = await library.newestStories({ limit: 10 })
    const outlets = newest.flatMap((each) => each.articles.map(({ outlet }) => outlet))
    assert.deepEqual(outlets.sort(), [...sees])
  })
}

test('naming the digest of another server opens nothing', async (t) => {
  const { storage, digestOf } = await open(t)
  const library = storage.libraryFor({ guildId: north })
  const digestIds = [digestOf.south]
  assert.equal(await library.findDigest(digestOf.south), undefined)
  assert.notEqual(await library.findDigest(digestOf.north), undefined)
  assert.deepEqual(await library.newestStories({ digestIds, limit: 5 }), [])
  assert.deepEqual(await library.findHeadlines({ digestIds, words: 'fire', limit: 5 }), [])
  const found = await storage.searchFor({ guildId: north }).find({ words: 'fire', digestIds, limit: 5 })
  assert.equal(found.total, 0)
})

async function southEdition({ storage, digestOf }: Town): Promise<EditionId> {
  const digest = (await storage.library.findDigest(digestOf.south)) ?? assert.fail()
  const making = {
    desk: storage.desk,
    findNews: async (task: Parameters<typeof findNews>[0]) => findNews(task),
  }
  const slot = start + 10 * minute
  const made = await makeEdition(making, { digest, previous: undefined, slot, now: slot })
  return made.kind === 'edition' ? made.edition.id : assert.fail(made.kind)
}

test('an edition is for its server, and what it carried stays so when its feed is taken out', async (t) => {
  const town = await open(t)
  const { storage, digestOf, articles } = town
  const editionId = await southEdition(town)
  const [mine, theirs] = [storage.libraryFor({ guildId: south }), storage.libraryFor({ guildId: north })]
  assert.equal(await theirs.findEdition(editionId), undefined)
  assert.equal(await theirs.standsElsewhere(editionId), true)
  assert.equal(await theirs.newestEdition([digestOf.south]), undefined)
  assert.equal((await mine.newestEdition([digestOf.south]))?.id, editionId)

  const change = { ...usual, title: 'south', sources: [{ feed: 'https://new.example/feed.xml' }] }
  await storage.guildDigests.replace(south, digestOf.south, definitionSchema.parse(change), start)
  assert.notEqual(await mine.findArticle(articles.south), undefined, 'old buttons go on')
  assert.equal(await theirs.findArticle(articles.south), undefined)
})

test('a follower is told what is for the server where they follow, and may read that anywhere', async (t) => {
  const { storage, articles } = await open(t)
  const dm = { kind: 'dm' } as const
  const add = (userId: string, guildId?: GuildId) =>
    storage.follows.add(
      { userId: userId as UserId, storyId: fire, place: dm, ...(guildId === undefined ? {} : { guildId }) },
      start,
    )
  await storage.guilds.joined(north, start)
  assert.equal(await add(ada, north), 'added')
  assert.equal(await add('2'), 'added')
  const other = { userId: ada, storyId: 'other' as StoryId, guildId: north, place: dm }
  assert.equal(await storage.follows.add(other, start), 'gone', 'nothing of it is for that server')

  const hold = async (key: string, server: string) => {
    const sourceId = `feed:${addressOf(server)}` as SourceId
    const { id } = await storage.intake.hold(
      { sourceId, keys: [key] },
      key,
      wholeArticle({ outlet: key }),
      start + minute,
    )
    await storage.intake.assignStories([{ articleId: id, storyId: fire }], [])
    return id
  }
  await hold('later-south', 'south')
  const later = await hold('later-north', 'north')
  const claim = { owner: 'me' as WorkerId, now: start + 2 * minute, leaseMs: minute, limit: 10 }
  const moved = await storage.follows.moved(claim)
  assert.deepEqual(
    moved.map(({ userId, news }) => [userId, news]),
    [[ada, [later]]],
  )

  const anywhere: Reader = { userId: ada, guildId: south }
  assert.notEqual(await storage.libraryFor(anywhere).findArticle(articles.north), undefined)
  const shared: Reader = { guildId: south }
  assert.equal(
    await storage.libraryFor(shared).findArticle(articles.north),
    undefined,
    'not shown to everybody',
  )
})

test('the address of an article that is another server’s is read anew, and theirs stays as it is', async (t) => {
  const { storage, articles } = await open(t)
  const url = 'https://news.example/south'
  const reading = (reader: Reader, fetched: string[]) =>
    createLinkReader({
      now: () => start,
      links: storage.links,
      library: storage.libraryFor(reader),
      fetchPage: async (asked) => {
        fetched.push(asked)
        return { bytes: new Uint8Array(), url: asked }
      },
      analyse: async () => wholeArticle({ headline: 'As the page says', outlet: 'Page', url }),
      log: createLog({ level: 'silent' }),
    })
  const fetched: string[] = []
  const headlineFor = async (reader: Reader) => {
    const outcome = await reading(reader, fetched)(url)
    return outcome.kind === 'article' ? outcome.article.headline : assert.fail(outcome.problem)
  }
  assert.equal(await headlineFor({ guildId: south }), 'Fire at the Kelsport mill, says south')
  assert.deepEqual(fetched, [])
  assert.equal(await headlineFor({ guildId: north }), 'As the page says')
  assert.equal(await headlineFor({ userId: ada }), 'As the page says')
  assert.equal(fetched.length, 1, 'what was read anew is held')
  assert.equal(
    (await storage.library.findArticle(articles.south))?.headline,
    'Fire at the Kelsport mill, says south',
  )
})
