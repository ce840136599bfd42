/**
 * A year of 200 articles a day through real storage, with four digests a day, retention once a day, and a clock that moves: how large the
 * file is each month, and how long a step of retention holds everything else up. Only on the last days commits of retention are waited for on the
 * disk, and its steps are timed; until then the database has more memory than the bot gives it, for that a year may pass in minutes.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type Insertable, sql } from 'kysely'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import type { DigestId } from '../../src/digest/definition.ts'
import type { EditionContent, EditionId } from '../../src/digest/edition.ts'
import type { Retention } from '../../src/digest/retention.ts'
import { type Removed, retain } from '../../src/jobs/retain.ts'
import { createLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createEditionDesk } from '../../src/storage/desk.ts'
import { createLedger } from '../../src/storage/ledger.ts'
import { createPolling } from '../../src/storage/polling.ts'
import { createRetention } from '../../src/storage/retention.ts'
import type { Tables } from '../../src/storage/schema.ts'
import { createSearchIndex } from '../../src/storage/search-index.ts'
import type { Bench, BenchContext, BenchOutcome } from './bench.ts'
import { below, seededRandom } from './random.ts'

const articlesADay = 200
const days = 365
/** On the last days retention commits to the disk as the bot does, and is timed. */
const timedDays = 10
const month = 30
const dayMs = 86_400_000
const start = Date.UTC(2026, 0, 1)
const digests = ['one', 'two', 'three', 'four']
const sources = 50
const shown = 12
const passedOver = 60
/** Articles, full texts and editions, in days; a year shows all three at work. */
const held = { articleDays: 60, bodyDays: 30, editionDays: 120 }

export const retentionBench: Bench = {
  name: 'retention',
  about: 'a year of 200 articles a day with retention',
  run,
}

async function run({ progress }: BenchContext): Promise<BenchOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-year-'))
  const path = join(folder, 'a.sqlite')
  const db = await openDatabase(`sqlite:${path}`)
  try {
    const sizes: number[] = []
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const world = await openWorld(db)
    let retainedMs = 0
    let removed = 0
    for (let day = 0; day < days; day += 1) {
      const now = start + day * dayMs
      await hurry(db)
      await world.live(now)
      const isTimed = day >= days - timedDays
      if (isTimed) await asTheBotDoes(db)
      world.steps.time(isTimed)
      const began = performance.now()
      if (isTimed) delay.enable()
      removed += total(await world.retain(now))
      delay.disable()
      if (isTimed) retainedMs += performance.now() - began
      if ((day + 1) % month !== 0) continue
      sizes.push(await sizeOf(db, path))
      progress(`retention: day ${day + 1}, ${Math.round((sizes.at(-1) ?? 0) / 1e6)} MB`)
    }
    const level = sizes.slice(6)
    return {
      kind: 'measured',
      rows: [
        ...sizes.map((bytes, at) => ({
          metric: `file after month ${at + 1}`,
          value: megabytes(bytes),
          unit: 'MB',
        })),
        {
          metric: 'growth from month 7 to 12',
          value: (level.at(-1) ?? 0) / (level[0] ?? 1) - 1,
          max: 0.1,
        },
        { metric: 'longest hold-up while retention ran, with the disk', value: delay.max / 1e6, unit: 'ms' },
        { metric: 'hold-up, 99.9 % below', value: delay.percentile(99.9) / 1e6, unit: 'ms' },
        ...[...world.steps.longestMs()].map(([step, value]) => ({
          metric: `longest step without the disk: ${step}`,
          value,
          unit: 'ms',
          max: 50,
        })),
        { metric: 'rows removed', value: removed },
        { metric: 'retention a day, mean', value: retainedMs / timedDays, unit: 'ms' },
      ],
    }
  } finally {
    await db.destroy()
    await rm(folder, { recursive: true })
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10
const total = (removed: Removed): number => Object.values(removed).reduce((sum, count) => sum + count, 0)

async function sizeOf(db: Database, path: string): Promise<number> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  return (await stat(path)).size
}

async function hurry(db: Database): Promise<void> {
  await sql`pragma synchronous = off`.execute(db)
  await sql`pragma cache_size = -100000`.execute(db)
  await sql`pragma wal_autocheckpoint = 20000`.execute(db)
}

async function asTheBotDoes(db: Database): Promise<void> {
  await sql`pragma wal_autocheckpoint = 1000`.execute(db)
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  await sql`pragma cache_size = -2000`.execute(db)
  await sql`pragma synchronous = full`.execute(db)
}

/** The time that this process computes in each verb: another one that keeps the machine busy does not count. */
function timedSteps(retention: Retention) {
  const longest = new Map<string, number>()
  let isTiming = false
  const timed =
    <Given extends readonly unknown[], Result>(
      name: string,
      verb: (...given: Given) => Promise<Result>,
    ): ((...given: Given) => Promise<Result>) =>
    async (...given) => {
      const before = process.cpuUsage()
      const result = await verb(...given)
      const { user, system } = process.cpuUsage(before)
      if (isTiming) longest.set(name, Math.max(longest.get(name) ?? 0, (user + system) / 1000))
      return result
    }
  return {
    longestMs: (): ReadonlyMap<string, number> => longest,
    time: (is: boolean): void => {
      isTiming = is
    },
    retention: {
      dropBodies: timed('full texts', retention.dropBodies),
      dropArticles: timed('articles', retention.dropArticles),
      thinEditions: timed('editions', retention.thinEditions),
      dropEmptyStories: timed('stories', retention.dropEmptyStories),
      dropEntries: timed('entries', retention.dropEntries),
      dropSkipped: timed('skipped slots', retention.dropSkipped),
      dropWords: timed('words', retention.dropWords),
      tidySearch: timed('search', retention.tidySearch),
      shrink: timed('file', retention.shrink),
    } satisfies Retention,
  }
}

async function openWorld(db: Database) {
  const random = seededRandom(11)
  const words = Array.from({ length: 40_000 }, (_, at) => `w${at.toString(36)}`)
  const desk = createEditionDesk(db)
  const index = createSearchIndex(db)
  const polling = createPolling(db)
  const steps = timedSteps(createRetention(db))
  const retaining = {
    retention: steps.retention,
    ledger: createLedger(db),
    days: held,
    log: createLog({ level: 'silent' }),
  }
  const previous = new Map<string, EditionId>()
  await holdSources(db)

  const live = async (now: number): Promise<void> => {
    const articles = Array.from({ length: articlesADay }, (_, at) => madeUp(random, words, now, at))
    const ids = articles.map(({ id }) => id as ArticleId)
    await db.transaction().execute((trx) => holdDay(trx, articles))
    while ((await index.catchUp(500)) > 0);
    // No feed lists what came before today.
    for (let at = 0; at < sources; at += 1) await polling.noteListed(`feed:${at}` as SourceId, [], now)
    for (const digest of digests) {
      const first = below(random, articlesADay - shown - passedOver)
      const edition = await desk.freeze({
        digestId: digest as DigestId,
        slot: now,
        previous: previous.get(digest),
        composedAt: now,
        content: contentOf(ids.slice(first, first + shown), random, words, now),
        seenFrom: now - 7 * dayMs,
        passed: ids.slice(first + shown, first + shown + passedOver).map((articleId) => ({
          articleId,
          storyId: articleId as string as StoryId,
          why: { reason: 'below-cut', place: 14, of: 80, points: 3 },
        })),
      })
      previous.set(digest, edition.id)
    }
  }
  return { live, steps, retain: (now: number) => retain({ ...retaining, now: () => now }) }
}

async function holdSources(db: Database): Promise<void> {
  for (let at = 0; at < sources; at += 1) {
    const row = { kind: 'feed', fulltext: 'always', language: 'en', outlet: null, next_poll_at: null }
    await db
      .insertInto('source')
      .values({ ...row, id: `feed:${at}`, address: `https://${at}.example`, poll_state: null })
      .execute()
  }
  for (const id of digests)
    await db
      .insertInto('digest')
      .values({ id, definition: '{}', guild_id: null, withdrawn_at: null })
      .execute()
}

type Random = () => number

function text(random: Random, words: readonly string[], count: number): string {
  return Array.from(
    { length: count },
    () => words[Math.min(words.length - 1, Math.floor(words.length ** random()) - 1)] ?? '',
  ).join(' ')
}

type Row = Insertable<Tables['article']>

/** Written in one transaction: a year takes minutes so, and with the verbs of every day half an hour. */
async function holdDay(trx: Database, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 50) {
    const some = rows.slice(at, at + 50)
    const stories = some.map(({ id, seen_at }) => ({
      id,
      merged_into: null,
      changed_at: seen_at,
      revision: 1,
      summarised_revision: 1,
    }))
    await trx.insertInto('story').values(stories).execute()
    await trx.insertInto('article').values(some).execute()
    await trx
      .insertInto('article_source')
      .values(some.map(({ id, source_id, seen_at }) => ({ article_id: id, source_id, seen_at })))
      .execute()
    const keys = some.flatMap(({ id, url }) =>
      [`url:${url}`, `guid:${url}`].map((key) => ({ key, article_id: id })),
    )
    await trx.insertInto('article_key').values(keys).execute()
  }
}

/** 100 words, and what the analysis keeps of them. Every third begins a story, which the two after it join. */
function madeUp(random: Random, words: readonly string[], now: number, at: number): Row {
  const id = `${now / dayMs}-${at}`
  const headline = text(random, words, 9)
  const body = Array.from({ length: 4 }, () => text(random, words, 25))
  return {
    id,
    source_id: `feed:${at % sources}`,
    guid: null,
    content_hash: id,
    story_id: `${now / dayMs}-${at - (at % 3 === 0 || at % 50 === 0 ? 0 : 1)}`,
    headline,
    standfirst: text(random, words, 20),
    body: JSON.stringify(body),
    authors: '["Ada Quill"]',
    outlet: 'Wire',
    language: 'en',
    url: `https://${at % sources}.example/${id}`,
    image: null,
    published_at: now,
    seen_at: now,
    updated_at: now,
    retired_at: null,
    brief: text(random, words, 20),
    summary: JSON.stringify([text(random, words, 25), text(random, words, 25)]),
    features: JSON.stringify(text(random, words, 40).split(' ')),
    minutes: 2,
    terms: '[]',
    copy_of: null,
    is_placed: 1,
    analysis: 'bench',
    stems: `${headline} ${body.join(' ')}`,
  }
}

function contentOf(
  ids: readonly ArticleId[],
  random: Random,
  words: readonly string[],
  now: number,
): EditionContent {
  return {
    title: 'Wire',
    language: 'en',
    hasLead: true,
    sections: 'none',
    minutes: 3,
    items: ids.map((articleId) => ({
      storyId: articleId as string as StoryId,
      articleId,
      headline: text(random, words, 9),
      brief: text(random, words, 20),
      summary: [0, 1, 2].map(() => ({ text: text(random, words, 20), outlet: 'Wire' })),
      by: 'extract',
      outlets: ['Wire'],
      texts: 1,
      carriers: 1,
      at: now,
      minutes: 2,
      carries: [articleId],
      because: '',
    })),
  }
}
