/** Versions side by side: what a step may do to those that know nothing of it, and which of them may start on what it leaves. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { sql } from 'kysely'
import type { SourceId } from '../../src/article/article.ts'
import { backUp } from '../../src/storage/backup.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { exportLines, exportServerLines } from '../../src/storage/export.ts'
import { migrations } from '../../src/storage/migrations/list.ts'
import { move } from '../../src/storage/move.ts'
import { restore } from '../../src/storage/restore.ts'
import { openStorage } from '../../src/storage/storage.ts'
import type { Steps } from '../../src/storage/versions.ts'
import { analysedArticle } from '../support/articles.ts'
import { ask, isOn, newDatabase, newEmptySchema, test, testOn } from '../support/engines.ts'
import { grown, shrunk } from '../support/newer-schema.ts'
import { type SchemaShape, schemaShape, takenAway } from '../support/schema-shape.ts'

const folder = mkdtempSync(join(tmpdir(), 'depesche-versions-'))
after(() => rmSync(folder, { recursive: true }))

/** Of its own, for its schema is not that of today afterwards. */
const newUrl = (t: TestContext): Promise<string> => (isOn(t, 'SQLite') ? newDatabase(t) : newEmptySchema())
const schemaOf = (url: string): string => new URL(url).searchParams.get('application_name') ?? ''

async function upgrade(url: string, steps: Steps): Promise<SchemaShape> {
  const db = await openDatabase(url, { steps })
  try {
    return await schemaShape(db)
  } finally {
    await db.destroy()
  }
}

test('a step that does not say so takes nothing from those that know nothing of it', async (t) => {
  const url = await newUrl(t)
  let before: SchemaShape = { columns: [], rules: [] }
  const harmful: string[] = []
  const steps: Record<string, Steps[string]> = {}
  for (const [name, step] of Object.entries(shrunk)) {
    steps[name] = step
    const shape = await upgrade(url, steps)
    const taken = takenAway(before, shape)
    if (taken.length > 0) harmful.push(name)
    assert.deepEqual(step.needs === undefined ? taken : [], [], name)
    before = shape
  }
  // Those that say so do: the comparison sees it.
  assert.deepEqual(
    harmful,
    Object.keys(shrunk).filter((name) => shrunk[name]?.needs !== undefined),
  )
})

test('an older version works on a schema that has only grown', async (t) => {
  const url = await newUrl(t)
  const old = await openStorage(url)
  t.after(old.close)
  const hold = (storage: typeof old, headline: string) =>
    storage.intake.hold(
      { sourceId: 'f' as SourceId, keys: [headline] },
      headline,
      analysedArticle({ headline }),
      7,
    )
  const db = await openDatabase(url)
  await sql`insert into source (id, kind, address, fulltext, language) values ('f', 'feed', '', 'always', 'en')`.execute(
    db,
  )
  await db.destroy()
  await hold(old, 'before')
  await upgrade(url, grown)
  // The one that was running, and one that starts now.
  await hold(old, 'meanwhile')
  const late = await openStorage(url)
  await hold(late, 'afterwards')
  await late.close()
  const newer = await openDatabase(url, { steps: grown })
  const { rows } = await sql<{
    headline: string
    mood: null
  }>`select headline, mood from article order by headline`.execute(newer)
  await newer.destroy()
  assert.deepEqual(
    rows.map(({ headline, mood }) => [headline, mood]),
    [
      ['afterwards', null],
      ['before', null],
      ['meanwhile', null],
    ],
  )
})

test('an older version is refused on a schema that lacks what it needs; one in between is not', async (t) => {
  const url = await newUrl(t)
  await upgrade(url, shrunk)
  await assert.rejects(openDatabase(url), {
    name: 'UserError',
    code: 'newer-schema',
    message:
      /written by a newer version of Depesche \(its schema has the step 9003-shrunk\)\. Install that version again/,
  })
  await (await openDatabase(url, { steps: grown })).destroy()
})

test('an older version does not read a newer database whole: it would leave out what it does not know', async (t) => {
  const url = await newUrl(t)
  await upgrade(url, grown)
  const all = async () => {
    for await (const _ of isOn(t, 'SQLite') ? exportLines(url) : exportServerLines(url));
  }
  await assert.rejects(all(), { code: 'newer-schema' })
  if (isOn(t, 'SQLite')) {
    const to = 'postgres://127.0.0.1:1/none'
    const moving = move({ from: url, to, isAnew: false, now: Date.now, told: () => undefined })
    await assert.rejects(moving, { code: 'newer-schema' })
  }
})

testOn(
  'SQLite',
  'a backup of a schema that has only grown is restored by an older version, whole',
  async (t) => {
    const url = await newDatabase(t)
    const file = join(folder, 'newer.sqlite')
    const told = (): void => undefined
    await upgrade(url, grown)
    await backUp({ databaseUrl: url, file, now: 0, told })
    const restored = `sqlite:${join(folder, 'restored.sqlite')}`
    await restore(restored, file, told)
    const shape = await upgrade(restored, grown)
    assert.ok(shape.columns.some(({ table }) => table === 'mood'))
    await upgrade(restored, shrunk)
    await backUp({ databaseUrl: restored, file: `${file}.shrunk`, now: 0, told })
    await assert.rejects(restore(url, `${file}.shrunk`, told), { code: 'newer-schema' })
  },
)

testOn(
  'PostgreSQL',
  'an upgrade waits for a table that is in use without making others wait long, and goes on',
  async () => {
    const url = await newEmptySchema()
    await upgrade(url, migrations)
    const old = await openDatabase(url)
    const reader = await old.startTransaction().execute()
    await sql`select count(*) from article`.execute(reader)
    const upgrading = upgrade(url, grown)
    const waits = () =>
      ask(`select 1 from pg_locks join pg_class on pg_class.oid = relation
      where relnamespace = '${schemaOf(url)}'::regnamespace and relname = 'article' and not granted`)
    // It gives up its place in the queue: what comes behind it is let through while the reader still reads.
    while ((await waits()).length === 0);
    await sql`update article set language = language`.execute(old)
    await reader.rollback().execute()
    const shape = await upgrading
    await old.destroy()
    assert.ok(shape.columns.some(({ name }) => name === 'mood'))
  },
)

testOn('PostgreSQL', 'an index whose building was cut off is built again by the next start', async () => {
  const url = await newEmptySchema()
  const { '9002-grown-aside': aside, ...whole } = grown
  await upgrade(url, whole)
  // As a process leaves it that was killed in the midst of it.
  await ask(`create index article_by_mood on ${schemaOf(url)}.article (mood, seen_at)`)
  await ask(
    `update pg_index set indisvalid = false where indexrelid = '${schemaOf(url)}.article_by_mood'::regclass`,
  )
  await Promise.all([upgrade(url, grown), upgrade(url, grown)])
  const rows = await ask(
    `select indisvalid::text as valid from pg_index where indexrelid = '${schemaOf(url)}.article_by_mood'::regclass`,
  )
  assert.deepEqual([aside?.isAside, rows], [true, [{ valid: 'true' }]])
})

testOn(
  'PostgreSQL',
  'an index that somebody else is changing as it is built again is waited for, whatever the server makes of it',
  async () => {
    const url = await newEmptySchema()
    const { '9002-grown-aside': _, ...whole } = grown
    await upgrade(url, whole)
    await ask(`create index article_by_mood on ${schemaOf(url)}.article (mood, seen_at)`)
    const other = await openDatabase(url)
    const finishing = await other.startTransaction().execute()
    // As the server process of one that was killed does, which goes on alone and has just finished.
    await sql`update pg_index set indisvalid = true where indexrelid = 'article_by_mood'::regclass`.execute(
      finishing,
    )
    const upgrading = upgrade(url, grown)
    await untilOneWaits(url, 'transactionid')
    await finishing.commit().execute()
    await upgrading
    await other.destroy()
    assert.equal(await isMoodIndexValid(url), true)
  },
)

testOn(
  'PostgreSQL',
  'an index that could not be finished since a lock could not be had in time is begun anew',
  async () => {
    const url = await newEmptySchema()
    const { '9002-grown-aside': _, ...whole } = grown
    await upgrade(url, whole)
    const other = await openDatabase(url)
    const writer = await other.startTransaction().execute()
    await sql`lock table article in row exclusive mode`.execute(writer)
    const upgrading = upgrade(url.replace('-c%20', '-c%20lock_timeout=300ms%20-c%20'), grown)
    // The one that was begun is there, no good, and is being removed.
    const isRemoved = () =>
      ask(`select 1 from pg_stat_activity where application_name = '${schemaOf(url)}' and state = 'active'
      and query ilike '%drop index concurrently%' and to_regclass('${schemaOf(url)}.article_by_mood') is not null`)
    let isOver = false
    const over = () => {
      isOver = true
    }
    upgrading.then(over, over)
    while (!isOver && (await isRemoved()).length === 0);
    await writer.rollback().execute()
    await upgrading
    await other.destroy()
    assert.equal(await isMoodIndexValid(url), true)
  },
)

async function untilOneWaits(url: string, lock: string): Promise<void> {
  const waits = () =>
    ask(`select 1 from pg_locks join pg_stat_activity using (pid)
    where application_name = '${schemaOf(url)}' and locktype = '${lock}' and not granted`)
  while ((await waits()).length === 0);
}

async function isMoodIndexValid(url: string): Promise<boolean> {
  const rows = await ask(
    `select 1 from pg_index where indexrelid = '${schemaOf(url)}.article_by_mood'::regclass and indisvalid`,
  )
  return rows.length === 1
}
