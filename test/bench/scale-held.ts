/** What single acts cost on a database that holds a large installation (`scale-world.ts`), on either engine. */
import { stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { SourceId, StoryId } from '../../src/article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { GuildId, WorkerId } from '../../src/digest/ledger.ts'
import { type Place, retentionInstants, type Step } from '../../src/digest/retention.ts'
import { type EditionMaking, makeEdition } from '../../src/jobs/compose.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createEditionDesk } from '../../src/storage/desk.ts'
import { engineOf } from '../../src/storage/engine.ts'
import { createFollows } from '../../src/storage/follow.ts'
import { createIntake } from '../../src/storage/intake.ts'
import { createLedger } from '../../src/storage/ledger.ts'
import { createReadersLibrary } from '../../src/storage/library.ts'
import { createPolling } from '../../src/storage/polling.ts'
import { createRetention } from '../../src/storage/retention.ts'
import { createReadersSearch } from '../../src/storage/search.ts'
import { openPool } from '../../src/work/pool.ts'
import type { BenchRow } from './bench.ts'
import { below, pick, seededRandom } from './random.ts'
import { newArticle } from './scale-article.ts'
import {
  dayMs,
  definitionOf,
  editionId,
  followedEach,
  guildId,
  heldDays,
  plansOf,
  sourceId,
  storyOf,
  type WorldSize,
  wire,
  worldNow,
} from './scale-world.ts'

const asked = 300
const warmUp = 20
const now = worldNow + dayMs
const worker = 'worker' as WorkerId

interface Limits {
  readonly p99?: number
  readonly median?: number
}

type Measure = (
  what: string,
  times: number,
  act: (at: number) => Promise<unknown>,
  limits?: Limits,
) => Promise<void>

export async function heldRows(
  url: string,
  size: WorldSize,
  progress: (line: string) => void,
): Promise<BenchRow[]> {
  const db = await openDatabase(url)
  const engine = engineOf(db).name === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const rows: BenchRow[] = []
  const measure: Measure = async (what, times, act, { p99, median } = {}) => {
    progress(`${engine}: ${what}`)
    const took: number[] = []
    for (let at = 0; at < times; at += 1) {
      const began = performance.now()
      await act(at)
      took.push(performance.now() - began)
    }
    const sorted = took.slice(times > 100 ? warmUp : 1).sort((a, b) => a - b)
    const share = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0
    const metric = `${engine}: ${what}`
    rows.push({ metric: `${metric}, median`, value: share(0.5), unit: 'ms', ...(median && { max: median }) })
    rows.push({
      metric: `${metric}, 99th percentile`,
      value: share(0.99),
      unit: 'ms',
      ...(p99 && { max: p99 }),
    })
  }
  try {
    rows.push({ metric: `${engine}: size`, value: (await bytesOf(db, url)) / 1e6, unit: 'MB' })
    await people(db, size, measure)
    await upkeep(db, size, measure)
    await follows(db, size, measure)
    await editions(db, size, measure)
    await retention(db, measure)
    return rows
  } finally {
    await db.destroy()
  }
}

async function bytesOf(db: Database, url: string): Promise<number> {
  if (engineOf(db).name === 'sqlite') return (await stat(url.slice('sqlite:'.length))).size
  const { rows } = await sql<{ bytes: number }>`
    select sum(pg_total_relation_size(oid)) as bytes from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(db)
  return Number(rows[0]?.bytes ?? 0)
}

/** The storage's part of what people ask for, as a reader of a server asks it. */
async function people(db: Database, size: WorldSize, measure: Measure): Promise<void> {
  const random = seededRandom(11)
  const reader = { guildId: guildId(1) as GuildId }
  const library = createReadersLibrary(db, reader)
  const search = createReadersSearch(db, reader)
  const held = await db
    .selectFrom('searched_article')
    .select('headline')
    .orderBy('number', 'desc')
    .limit(20_000)
    .execute()
  const words = (count: number) => pick(random, held).headline.split(' ').slice(0, count).join(' ')
  await measure('/headlines, all digests', asked, () => library.newestStories({ limit: 10 }), { p99: 250 })
  await measure(
    '/headlines, one digest',
    asked,
    () => library.newestStories({ digestIds: [wire as DigestId], limit: 10 }),
    { p99: 250 },
  )
  await measure(
    'list that opens as one types',
    asked,
    () => library.findHeadlines({ words: words(2).slice(0, 2 + below(random, 12)), limit: 25 }),
    { p99: 250 },
  )
  await measure(
    '/summary',
    asked,
    () => library.findStory(storyOf(below(random, size.articles)) as StoryId),
    {
      p99: 250,
    },
  )
  await measure('/search', asked, () => search.find({ words: words(1 + below(random, 3)), limit: 10 }), {
    p99: 500,
  })
}

async function upkeep(db: Database, size: WorldSize, measure: Measure): Promise<void> {
  const polling = createPolling(db)
  const claim = { owner: worker, now, leaseUntil: now + 60_000, limit: 20 }
  await measure(
    'claim of 20 sources',
    Math.min(200, Math.floor(size.sources / 20)),
    () => polling.claimDue(claim),
    {
      median: 100,
    },
  )
  const ledger = createLedger(db)
  await measure(
    'planning of 200 subscriptions',
    Math.min(20, Math.floor(size.subscriptions / 200)),
    async () => {
      const due = await ledger.due(now, 200)
      await ledger.plan(plansOf(due, now), now)
    },
  )
  await promiseAll(db, now)
  await measure(
    `claim of 20 deliveries, ${size.subscriptions} waiting`,
    100,
    () => ledger.claim({ owner: worker, now, leaseMs: 60_000, limit: 20 }),
    { median: 100 },
  )
  await measure('the next claim', 20, () => ledger.nextClaimAt(), { median: 100 })
  const intake = createIntake(db)
  await measure(
    'an article taken in',
    asked,
    async (at) => {
      const key = `held ${at} ${Math.random()}`
      const incoming = {
        sourceId: sourceId(at % size.sources) as SourceId,
        keys: [`url:${key}`, `guid:${key}`],
      }
      await intake.find(incoming)
      await intake.hold(incoming, key, newArticle(key), now)
    },
    { median: 100 },
  )
}

/** Every subscription has a delivery that is to be claimed. */
export async function promiseAll(db: Database, slot: number): Promise<void> {
  await sql`update delivery set settled_at = slot where settled_at is null`.execute(db)
  await sql`
    insert into delivery (id, subscription_id, slot, state, turn, attempt, lease_until, updated_at)
    select 'w' || ${String(slot)} || id, id, cast(${slot} as bigint), 'planned', 0, 0, cast(${slot} as bigint), cast(${slot} as bigint)
    from subscription where true on conflict do nothing`.execute(db)
  await sql`
    update delivery set settled_at = null, lease_until = slot, state = 'planned', owner = null
    where slot = ${slot}`.execute(db)
  if (engineOf(db).name === 'postgres') await sql`vacuum (analyze) delivery`.execute(db)
}

/** Five of the followed stories move. */
async function follows(db: Database, size: WorldSize, measure: Measure): Promise<void> {
  const followed = await db.selectFrom('follow').select('story_id').limit(5).execute()
  const intake = createIntake(db)
  for (const { story_id } of followed) {
    const key = `followed ${story_id} ${Math.random()}`
    const { id } = await intake.hold(
      { sourceId: sourceId(1) as SourceId, keys: [key] },
      key,
      newArticle(key),
      now,
    )
    await intake.assignStories([{ articleId: id, storyId: story_id as StoryId }], [], now)
  }
  const verbs = createFollows(db)
  await measure(
    `a round of followed stories, ${Math.ceil(size.articles / followedEach)} followed`,
    100,
    () => verbs.moved({ owner: worker, now, leaseMs: 60_000, limit: 2 }),
    { median: 100 },
  )
}

async function editions(db: Database, size: WorldSize, measure: Measure): Promise<void> {
  const { digests: _, ...definition } = { ...definitionOf(0, size), digests: 0 }
  const digest: Digest = { id: wire as DigestId, ...definitionSchema.parse(definition) }
  const pool = openPool()
  try {
    const making = {
      desk: createEditionDesk(db),
      findNews: (task) => pool.run('findNews', task),
    } satisfies EditionMaking
    // Other slots than those of an earlier run on the same database.
    const runs = Math.floor(Date.now() / 1000) % 10_000_000
    const previous = editionId(0, 60) as EditionId
    await measure(
      'an edition, composed and frozen',
      8,
      (at) => makeEdition(making, { digest, previous, now: worldNow, slot: worldNow + runs + at }),
      { median: 600 },
    )
  } finally {
    await pool.close()
  }
}

async function retention(db: Database, measure: Measure): Promise<void> {
  const verbs = createRetention(db)
  // Three days later there is something to remove.
  const when = retentionInstants(
    { articleDays: heldDays, bodyDays: 30, editionDays: 40 },
    worldNow + 3 * dayMs,
  )
  const walk = (verb: (after: Place | undefined) => Promise<Step>) => {
    let after: Place | undefined
    return async () => {
      after = (await verb(after)).next
    }
  }
  await measure(
    'retention: 50 full texts',
    40,
    walk((after) => verbs.dropBodies(when, after, 50)),
    { median: 100 },
  )
  await measure(
    'retention: 50 articles',
    40,
    walk((after) => verbs.dropArticles(when, after, 50)),
    { median: 250 },
  )
  await measure(
    'retention: 50 editions',
    20,
    walk((after) => verbs.thinEditions(when, after, 50)),
    { median: 100 },
  )
  await measure('retention: words of headlines', 10, () => verbs.dropWords(20))
}
