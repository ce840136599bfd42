/** Retention on a SQLite file: what goes, what stays, and what is left behind. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { ChannelId, GuildId, UserId } from '../../src/digest/ledger.ts'
import { retain } from '../../src/jobs/retain.ts'
import { createLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'
import { engines, newDatabaseOn } from '../support/engines.ts'

const day = 86_400_000
const today = Date.UTC(2026, 10, 20)
const ago = (days: number): number => today - days * day
const log = createLog({ level: 'silent' })
const days = { articleDays: 90, bodyDays: 30, editionDays: 730 }
const feed = 'feed:https://wire.example/feed' as SourceId
const folder = 'folder:wire/articles' as SourceId
const digest = {
  id: 'wire' as DigestId,
  ...definitionSchema.parse({
    title: 'Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  }),
}

const named = (id: SourceId, kind: 'feed' | 'folder') =>
  ({ id, kind, address: 'https://wire.example/feed', fulltext: 'always' }) as const
const sources = [named(feed, 'feed'), named(folder, 'folder')]

for (const engine of engines)
  describe(`retention on ${engine}`, () => {
    let storage: Storage
    let db: Database

    before(async () => {
      const url = await newDatabaseOn(engine)
      storage = await openStorage(url)
      db = await openDatabase(url)
      await storage.intake.setHouseDigests([{ digest, sources }], 0)
    })
    after(async () => {
      await storage.close()
      await db.destroy()
    })

    /** An article in a story of its own, seen so many days ago. */
    async function hold(key: string, daysAgo: number, sourceId: SourceId = feed): Promise<ArticleId> {
      const article = analysedArticle({ headline: `About ${key}`, url: `https://wire.example/${key}` })
      const { id } = await storage.intake.hold(
        { sourceId, keys: [key] },
        `hash ${key}`,
        article,
        ago(daysAgo),
      )
      await storage.intake.assignStories(
        [{ articleId: id, storyId: id as string as StoryId, contentHash: `hash ${key}` }],
        [],
        ago(daysAgo),
      )
      return id
    }

    async function freeze(id: ArticleId, daysAgo: number, previous?: EditionId): Promise<EditionId> {
      const item = {
        storyId: id as string as StoryId,
        articleId: id,
        headline: 'Told',
        brief: '',
        summary: [],
        by: 'extract' as const,
        outlets: ['Wire'],
        texts: 1,
        carriers: 1,
        at: 0,
        minutes: 1,
        carries: [id],
        because: '',
      }
      const edition = await storage.desk.freeze({
        digestId: digest.id,
        slot: ago(daysAgo),
        previous,
        composedAt: ago(daysAgo),
        content: {
          title: 'Wire',
          language: 'en',
          items: [item],
          hasLead: false,
          sections: 'none',
          minutes: 1,
        },
        seenFrom: 0,
        passed: [],
      })
      return edition.id
    }

    const clean = () => retain({ ...storage, now: () => today, days, log })
    const held = (id: ArticleId) => storage.library.findArticle(id)
    const count = async (table: string, id: ArticleId): Promise<number> => {
      const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where article_id = ${id}`.execute(db)
      return Number(rows[0]?.n)
    }

    test('an article older than it is held goes with its keys, its story, and its place in search', async () => {
      const old = await hold('old', 91)
      const young = await hold('young', 89)
      while ((await storage.searchIndex.catchUp(500)) > 0);
      assert.equal((await storage.search.find({ words: '"about old"', limit: 5 })).hits.length, 1)
      await clean()
      assert.equal(await held(old), undefined)
      assert.equal(await storage.library.findStory(old as string as StoryId), undefined)
      for (const table of ['article_key', 'article_source', 'searched_article', 'search_pending'])
        assert.equal(await count(table, old), 0, table)
      assert.equal((await storage.search.find({ words: '"about old"', limit: 5 })).hits.length, 0)
      const holdsOld = engine === 'SQLite' ? sql`article_search match '"old"'` : sql`words @@ 'old'::tsquery`
      const { rows } = await sql`select 1 from article_search where ${holdsOld}`.execute(db)
      assert.equal(rows.length, 0)
      assert.ok(await held(young))
      const known = await db.selectFrom('headline_word').select('word').orderBy('word').execute()
      assert.deepEqual(
        known.map(({ word }) => word),
        ['about', 'young'],
      )
    })

    test('a full text goes before its article, and the summary stays and says so', async () => {
      const id = await hold('body', 31)
      const younger = await hold('body-young', 29)
      await clean()
      const article = await held(id)
      assert.deepEqual([article?.body, article?.isTextGone], [[], true])
      assert.equal(article?.summary.length, 2)
      assert.equal((await held(younger))?.body.length, 2)
      assert.equal((await held(younger))?.isTextGone, undefined)
      const changed = analysedArticle({ headline: 'About body', body: ['New.'] })
      await storage.intake.hold({ sourceId: feed, keys: ['body'] }, 'hash new', changed, today)
      assert.deepEqual([(await held(id))?.body, (await held(id))?.isTextGone], [['New.'], undefined])
    })

    test('what is needed stays: a file in its folder, a followed story, the original of a held copy, what was carried lately', async () => {
      const file = await hold('file', 400, folder)
      const followed = await hold('followed', 100)
      const original = await hold('original', 100)
      const copy = await hold('copy', 80)
      const carried = await hold('carried', 100)
      const passing = await hold('passing', 100)
      await storage.follows.add(
        {
          userId: '1' as UserId,
          storyId: followed as string as StoryId,
          place: { kind: 'dm' },
        },
        ago(5),
      )
      await storage.intake.assignStories(
        [
          {
            articleId: copy,
            storyId: original as string as StoryId,
            copyOf: original,
            contentHash: 'hash copy',
          },
        ],
        [],
        ago(80),
      )
      await freeze(carried, 20)
      await clean()
      for (const id of [file, followed, original, carried]) assert.ok(await held(id), id)
      assert.equal((await held(file))?.body.length, 2)
      assert.equal((await held(carried))?.body.length, 2)
      assert.equal(await held(passing), undefined)
      await storage.intake.retire('file', ago(89))
      await clean()
      const { rows } = await sql`select 1 from article where id = ${file}`.execute(db)
      assert.equal(rows.length, 1)
    })

    test('an entry that its feed lists for years is known for as long, and forgotten a month after it is gone', async () => {
      await hold('lasting', 100)
      await hold('fleeting', 100)
      await clean()
      const known = (key: string) => storage.polling.wasPassedBy(feed, [key])
      assert.deepEqual([await known('lasting'), await known('fleeting')], [true, true])
      await storage.polling.noteListed(feed, ['lasting', 'young'], ago(31))
      await clean()
      assert.deepEqual([await known('lasting'), await known('fleeting')], [true, false])
    })

    test('reasons of a skipped slot go with their article, with their digest, and when its subscription skips no more', async () => {
      const id = await hold('waiting', 3)
      const old = await hold('waited', 100)
      const gone = { ...digest, id: 'gone' as DigestId }
      const digests = [digest, gone].map((each) => ({ digest: each, sources: [] }))
      await storage.intake.setHouseDigests(digests, ago(50))
      const skip = (digestId: DigestId, daysAgo: number, previous: string, ids: readonly ArticleId[]) =>
        storage.desk.skip({
          digestId,
          slot: ago(daysAgo),
          previous: previous as EditionId,
          passed: ids.map((articleId) => ({
            articleId,
            storyId: articleId as string as StoryId,
            why: { reason: 'quiet', stories: 1 },
          })),
        })
      const rows = async () =>
        (await db.selectFrom('skipped_passed').select(['previous_id', 'article_id']).execute())
          .map((row) => `${row.previous_id} ${row.article_id}`)
          .sort()
      // Every slot that is skipped takes the place of the one before.
      for (const daysAgo of [3, 2, 1]) await skip(digest.id, daysAgo, 'kept', [id, old])
      await skip(digest.id, 37, 'long-ago', [id])
      await skip(gone.id, 1, 'kept', [id])
      assert.equal((await rows()).length, 4)
      await storage.intake.setHouseDigests([{ digest, sources }], ago(1))
      assert.equal((await clean()).skipped, 2)
      assert.deepEqual(await rows(), [`kept ${id}`])
    })

    test('an old edition keeps its number and its place, and the newest of a subscription keeps everything', async () => {
      const id = await hold('told', 1000, folder)
      const first = await freeze(id, 900)
      const second = await freeze(id, 800, first)
      const third = await freeze(id, 750, second)
      await storage.subscriptions.add({
        guildId: '1' as GuildId,
        channelId: '2' as ChannelId,
        digestId: digest.id,
        schedule: digest.schedule ?? assert.fail(),
        createdAt: 0,
        plannedUntil: 0,
      })
      await db.updateTable('subscription').set({ last_edition_id: third }).execute()
      await clean()
      assert.equal(await storage.library.findEdition(first), undefined)
      assert.equal(await storage.library.findEdition(second), undefined)
      assert.equal((await storage.library.findEdition(third))?.number, 3)
      assert.equal((await storage.library.findEdition(third))?.items.length, 1)
      const why = await storage.explaining.why(id, digest.id, third)
      assert.deepEqual([why?.kind], ['carried'])
      const candidates = await storage.desk.candidates(digest.id, third, today)
      assert.equal(
        candidates.stories
          .flatMap(({ articles }) => articles)
          .filter((each) => each.id === id && each.told === undefined).length,
        0,
      )
    })

    test('the archive lists editions that have content, without a gap, and under a number only the first that had it', async () => {
      const id = await hold('listed', 1000, folder)
      const published = await storage.archive.findDigest(digest.id)
      const bare = await freeze(id, 740, (await published?.findEdition(3))?.id)
      const whole = await freeze(id, 700, bare)
      // Of a subscription that began later.
      await freeze(id, 690)
      await clean()
      const listed = async (page: { readonly limit: number; readonly before?: number }) =>
        (await published?.editions(page))?.map(({ number }) => number)
      assert.deepEqual(await listed({ limit: 2 }), [5, 3])
      assert.deepEqual(await listed({ limit: 2, before: 3 }), [])
      assert.equal((await published?.findEdition(5))?.id, whole)
      assert.deepEqual(
        [await published?.findEdition(4), await published?.findEdition(1)],
        [undefined, undefined],
      )
    })

    test('a story that its articles have left long ago goes, and one that they left lately stays', async () => {
      const story = { merged_into: null, revision: 1, summarised_revision: 1 }
      await db
        .insertInto('story')
        .values([
          { ...story, id: 'left-long-ago', changed_at: ago(91) },
          { ...story, id: 'left-lately', changed_at: ago(89) },
        ])
        .execute()
      assert.equal((await clean()).stories, 1)
      const rows = await db.selectFrom('story').select('id').where('id', 'like', 'left-%').execute()
      assert.deepEqual(rows, [{ id: 'left-lately' }])
    })

    test('nothing is left that names what is gone, and a second round finds nothing', async () => {
      if (engine === 'SQLite') assert.deepEqual((await sql`pragma foreign_key_check`.execute(db)).rows, [])
      const removed = await clean()
      assert.deepEqual(
        Object.values(removed).filter((count) => count > 0),
        [],
      )
    })

    test('what was removed takes no room in search, which is merged by retention and in no delete', {
      skip: engine !== 'SQLite' && 'PostgreSQL does that by itself',
    }, async () => {
      const bytes = async () => {
        const { rows } = await sql<{ n: number }>`
          select (select sum(length(block)) from article_search_data) + (select sum(length(block)) from headline_search_data) as n
        `.execute(db)
        return Number(rows[0]?.n)
      }
      const before = await bytes()
      for (let at = 0; at < 60; at += 1) {
        const unusual = Array.from({ length: 9 }, (_, word) => `w${at}x${word}`).join(' ')
        const id = await hold(`search ${unusual}`, 100)
        if (at === 0) await storage.intake.retire(`search ${unusual}`, ago(91))
        assert.ok(id)
      }
      const full = await bytes()
      const removed = await clean()
      assert.equal(removed.articles, 60)
      const left = (await bytes()) - before
      assert.ok(left < (full - before) / 2, `${left} of ${full - before}`)
      const { rows } = await sql<{ v: number }>`
        select v from article_search_config where k = 'deletemerge'
        union all select v from headline_search_config where k = 'deletemerge'`.execute(db)
      assert.deepEqual(
        rows.map(({ v }) => Number(v)),
        [0, 0],
      )
      const words = await db
        .selectFrom('headline_word')
        .select('word')
        .where('word', 'like', 'w%x%')
        .execute()
      assert.deepEqual(words, [])
    })

    test('a file that is mostly unused is shortened', {
      skip: engine !== 'SQLite' && 'PostgreSQL does that by itself',
    }, async () => {
      const pages = async () =>
        Number((await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]?.page_count)
      for (let at = 0; at < 60; at += 1) {
        const article = analysedArticle({
          headline: `Bulk ${at}`,
          body: ['x'.repeat(60_000)],
          url: `https://wire.example/bulk-${at}`,
        })
        const { id } = await storage.intake.hold(
          { sourceId: feed, keys: [`bulk-${at}`] },
          'hash',
          article,
          ago(100),
        )
        await db.updateTable('article').set({ is_placed: 1 }).where('id', '=', id).execute()
      }
      const full = await pages()
      const removed = await clean()
      assert.equal(removed.articles, 60)
      assert.ok(removed.pages > full / 2, `${removed.pages} of ${full}`)
      assert.ok((await pages()) < full / 2)
    })
  })
