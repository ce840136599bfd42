/**
 * The plans of the statements that a large installation runs all day, as golden files (`plans/`). Both engines read a made-up installation;
 * PostgreSQL is told to think little of reading whole tables and of joining by hashes, as it does by itself where they are large: what it
 * reads whole all the same has no index.
 *
 * Where a plan has changed on purpose: `UPDATE_PLANS=1` writes the files anew, and the change is looked at like any other.
 */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import type { DigestId } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { GuildId, UserId, WorkerId } from '../../src/digest/ledger.ts'
import { retentionInstants } from '../../src/digest/retention.ts'
import { createArchive } from '../../src/storage/archive.ts'
import { createCorrections } from '../../src/storage/corrections.ts'
import { createCrossposts } from '../../src/storage/crossposts.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createEditionDesk } from '../../src/storage/desk.ts'
import { createFollows } from '../../src/storage/follow.ts'
import { createIntake } from '../../src/storage/intake.ts'
import { createLedger } from '../../src/storage/ledger.ts'
import { createReadersLibrary } from '../../src/storage/library.ts'
import { createNotices } from '../../src/storage/notices.ts'
import { createPolling } from '../../src/storage/polling.ts'
import { createRetention } from '../../src/storage/retention.ts'
import { createReadersSearch } from '../../src/storage/search.ts'
import { createSubscriptions } from '../../src/storage/subscriptions.ts'
import { createSummarising } from '../../src/storage/summarising.ts'
import {
  articleId,
  dayMs,
  editionId,
  fillWorld,
  guildId,
  plansOf,
  sourceId,
  storyOf,
  type WorldSize,
  worldNow,
} from '../bench/scale-world.ts'
import { type EngineName, isOn, newDatabaseOn, test } from '../support/engines.ts'
import { planOf, shortened, watchStatements } from '../support/plans.ts'

const size: WorldSize = {
  articles: 1500,
  sources: 150,
  digests: 6,
  guilds: 600,
  subscriptions: 600,
  deliveries: 2,
  waiting: 600,
}
const now = worldNow + dayMs
const wire = 'wire' as DigestId
const worker = 'worker' as WorkerId
const reader = { guildId: guildId(1) as GuildId, userId: '500000000000000001' as UserId }
const somebody = 'somebody' as UserId
const lease = { owner: worker, now, leaseMs: 60_000, limit: 20 }

/** What is done, by what it is for. */
const work: Readonly<Record<string, (db: Database) => Promise<unknown>>> = {
  'claiming sources that are due': (db) =>
    createPolling(db).claimDue({ owner: worker, now, leaseUntil: now + 60_000, limit: 20 }),
  'subscriptions that are due': (db) => createLedger(db).due(now, 20),
  'promising their slots': async (db) => {
    const ledger = createLedger(db)
    const due = await ledger.due(now, 20)
    await ledger.plan(plansOf(due, now), now)
  },
  'claiming and recording deliveries': async (db) => {
    const ledger = createLedger(db)
    const [first] = await ledger.claim(lease)
    assert.ok(first)
    const begin = {
      editionId: editionId(0, 60) as EditionId,
      parts: 1,
      late: false,
      part: 0,
      anew: false,
      now,
      leaseUntil: now + 60_000,
    }
    assert.ok(await ledger.beginPart(first, begin))
    await ledger.recordPart(first, 0, undefined, now)
    assert.ok(await ledger.markSent(first, now))
    await ledger.nextClaimAt()
  },
  'forgetting old deliveries': (db) =>
    createLedger(db).dropOld({ before: now - 400 * dayMs, now, limit: 100 }),
  'the candidates of an edition': async (db) => {
    const desk = createEditionDesk(db)
    await desk.candidates(wire, editionId(0, 60) as EditionId, now)
    const ids = ids200()
    await desk.stories(wire, ids.stories)
    await desk.features(ids.articles)
    await desk.texts(ids.articles.map((id) => ({ id, at: now })))
  },
  'the newest stories': async (db) => {
    const library = createReadersLibrary(db, reader)
    await library.newestStories({ limit: 10 })
    await library.newestStories({ digestIds: [wire], limit: 10 })
    await library.newestEdition([wire])
  },
  'headlines as one types': (db) =>
    createReadersLibrary(db, reader).findHeadlines({ words: 'bab', limit: 25 }),
  'a story, an article, an edition': async (db) => {
    const library = createReadersLibrary(db, reader)
    await library.findStory(storyOf(1000) as StoryId)
    await library.findArticle(articleId(1000) as ArticleId)
    await library.findEdition(editionId(0, 60) as EditionId)
  },
  search: (db) => createReadersSearch(db, reader).find({ words: 'babe kika', limit: 10 }),
  'the subscriptions of a server': (db) => createSubscriptions(db).ofGuild(reader.guildId),
  'an article that comes in': async (db) => {
    const intake = createIntake(db)
    const incoming = { sourceId: sourceId(1) as SourceId, keys: ['url:new', 'guid:new'] }
    await intake.find(incoming)
    await intake.hold(incoming, 'new', article, now)
    await intake.hold(incoming, 'changed', article, now)
  },
  'articles to be put into stories': async (db) => {
    const intake = createIntake(db)
    const unplaced = await intake.unplaced(100)
    assert.ok(unplaced.length > 0)
    await intake.windowStart(now - 7 * dayMs, 1000)
    for await (const _ of intake.placedSince(now - 2 * dayMs));
    const assigned = unplaced.map(({ articleId: id }) => ({
      articleId: id,
      storyId: 'fresh' as StoryId,
      contentHash: 'changed',
    }))
    await intake.assignStories(assigned, [], now)
  },
  'stories to be summarised': async (db) => {
    const summarising = createSummarising(db)
    await summarising.changedStories(now, 20)
    await summarising.settleSingles(now)
  },
  'notices to be told': async (db) => {
    const notices = createNotices(db)
    await notices.noteSources(now)
    await notices.claim(lease)
  },
  'corrections to be made': async (db) => {
    const corrections = createCorrections(db)
    await corrections.spread(now)
    await corrections.claim(lease)
    await corrections.dropOld(now)
  },
  'messages to be crossposted': (db) => createCrossposts(db).claim(now, now + 60_000, 20),
  'followed stories': async (db) => {
    const follows = createFollows(db)
    const place = { kind: 'dm' } as const
    assert.equal(
      await follows.add({ userId: somebody, storyId: storyOf(1000) as StoryId, place }, now),
      'added',
    )
    await follows.moved(lease)
    await follows.ofMember(somebody)
  },
  'pages of the archive': async (db) => {
    const archive = createArchive(db)
    const digest = await archive.findDigest(wire)
    assert.ok(digest)
    await digest.editions({ before: 40, limit: 10 })
    await archive.findStory(storyOf(1000) as StoryId)
    await archive.findArticle(articleId(1000) as ArticleId)
  },
  retention: async (db) => {
    const retention = createRetention(db)
    const when = retentionInstants({ articleDays: 60, bodyDays: 20, editionDays: 40 }, now)
    await retention.dropBodies(when, { at: now - 80 * dayMs, id: '' }, 50)
    await retention.dropArticles(when, { at: now - 85 * dayMs, id: '' }, 50)
    await retention.thinEditions(when, { at: now - 85 * dayMs, id: '' }, 50)
    await retention.dropEmptyStories(when, 50)
    await retention.dropEntries(when, 50)
    await retention.dropSkipped(when, 50)
    await retention.dropWords(50)
  },
}

const article = {
  headline: 'Council agrees on new bridge',
  body: ['It is to be built.'],
  authors: [],
  outlet: 'Wire',
  language: 'en',
  brief: '',
  summary: [],
  analysis: 'test',
  stems: 'council agre new bridg',
  minutes: 1,
  terms: [],
  features: '{}',
}

function ids200(): { readonly stories: readonly StoryId[]; readonly articles: readonly ArticleId[] } {
  const numbers = Array.from({ length: 200 }, (_, at) => at)
  return {
    stories: numbers.map((at) => storyOf(1000 + at) as StoryId),
    articles: numbers.map((at) => articleId(1000 + at) as ArticleId),
  }
}

/** Tables that stay small, or of which a round reads all by what it is for: the sources of digests, open problems;
 * and what the made-up installation has none of. */
const readWhole = new Set([
  'digest',
  'digest_source',
  'searched_source',
  'notice',
  'source_adder',
  'skipped_passed',
])
/** Parts of statements that are named like tables. */
const parts = new Set(['search', 'picked', 'quiet', 'chain', 'held', 'found', 'way'])

test('what runs all day reads by indexes, as the golden files say', async (t) => {
  const engine: EngineName = isOn(t, 'PostgreSQL') ? 'PostgreSQL' : 'SQLite'
  const url = plannedAlike(await newDatabaseOn(engine))
  await (await openDatabase(url)).destroy()
  await fillWorld(url, size, () => undefined)
  const plain = await openDatabase(url)
  t.after(() => plain.destroy())
  if (engine === 'PostgreSQL') await keepStatistics(plain)
  const { db, asked } = watchStatements(plain)
  const sections: string[] = []
  const whole: string[] = []
  for (const [title, run] of Object.entries(work)) {
    await run(db)
    const lines = [`# ${title}`]
    for (const query of asked()) {
      const steps = await planOf(plain, query)
      if (steps.length === 0) continue
      lines.push('', shortened(query.sql), ...steps.map((step) => `  ${step}`))
      whole.push(...steps.filter(readsWhole).map((step) => `${title}: ${step} in ${shortened(query.sql)}`))
    }
    sections.push(lines.join('\n'))
  }
  assert.deepEqual(whole, [], 'a table that grows is read whole')
  await compareWith(
    join(import.meta.dirname, 'plans', `${engine.toLowerCase()}.txt`),
    `${sections.join('\n\n\n')}\n`,
  )
})

/** Indexes that hold only what waits for something, or in whose order a statement walks until it has enough. */
const walked = new Set(
  [
    ['delivery_in_order', 'delivery_by_lease', 'article_unplaced', 'article_by_original', 'article_by_age'],
    ['searched_article_by_age', 'notice_waiting', 'source_failing', 'follow_stirred'],
    // Of what the made-up installation has few or none.
    [
      'delivery_part_key',
      'notice_once',
      'edition_correction_key',
      'sqlite_autoindex_edition_correction_1',
      'correction_edit_key',
      'crosspost_key',
    ],
  ].flat(),
)

/** Without a condition, be it in the order of an index. */
function readsWhole(step: string): boolean {
  const table = /^(?:Seq Scan on|SCAN) (\w+)(?! USING| VIRTUAL)(?: (?!USING|VIRTUAL)\w+)?$/.exec(step)?.[1]
  const inOrder =
    /^Index (?:Only )?Scan(?: Backward)? using (?<index>\w+) on (?<table>\w+)(?: (?!by )\w+)?$/.exec(step) ??
    /^SCAN (?<table>\w+) USING (?:COVERING )?INDEX (?<index>\w+)$/.exec(step)
  if (walked.has(inOrder?.groups?.index ?? '')) return false
  const read = table ?? inOrder?.groups?.table
  return read !== undefined && !readWhole.has(read) && !parts.has(read)
}

async function compareWith(path: string, found: string): Promise<void> {
  if (process.env.UPDATE_PLANS === '1') await writeFile(path, found)
  const golden = await readFile(path, 'utf8')
  assert.equal(
    found,
    golden,
    `the plans are others than in ${path}; where that is meant, run this with UPDATE_PLANS=1`,
  )
}

/** Settings that plans depend on, the same on every server. */
function plannedAlike(url: string): string {
  if (url.startsWith('sqlite:')) return url
  const planner = [
    'enable_seqscan=off',
    'enable_hashjoin=off',
    'enable_mergejoin=off',
    'enable_memoize=off',
    // It depends on what a server has vacuumed by now.
    'enable_indexonlyscan=off',
    'enable_hashagg=off',
    'jit=off',
    'max_parallel_workers_per_gather=0',
    'random_page_cost=1.1',
    'effective_cache_size=4GB',
    'work_mem=4MB',
  ]
  const address = new URL(url)
  const options = address.searchParams.get('options') ?? ''
  address.searchParams.set('options', [options, ...planner.map((each) => `-c ${each}`)].join(' '))
  return address.href.replaceAll('+', '%20')
}

/** Nobody takes statistics while the test writes. */
async function keepStatistics(db: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(
    db,
  )
  for (const { name } of rows)
    await sql`alter table ${sql.table(name)} set (autovacuum_enabled = off)`.execute(db)
}
