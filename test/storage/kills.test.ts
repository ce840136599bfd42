/** kill -9 during backup, restore, migration and retention: at whatever instant, nothing is lost, and the work can be done again. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import SqliteDriver from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { retain } from '../../src/jobs/retain.ts'
import { createLog } from '../../src/log.ts'
import { backUp } from '../../src/storage/backup.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createLedger } from '../../src/storage/ledger.ts'
import { createRetention } from '../../src/storage/retention.ts'
import { createSearchIndex } from '../../src/storage/search-index.ts'
import {
  closeWhole,
  countRows,
  faultsOf,
  openFile,
  openToRead,
  type RowCounts,
} from '../../src/storage/sqlite.ts'
import { fill, migrateTo, steps } from '../support/old-schema.ts'
import type { Work } from '../support/operation-process.ts'

const worker = resolve(import.meta.dirname, '../support/operation-process.ts')
/** Each kind of work is killed so often, spread over the time that it takes; more by `npm run chaos`. */
const kills = process.env.CHAOS_KILLS === undefined ? 2 : 12
const day = 86_400_000
const now = Date.UTC(2026, 10, 20)
const held = 300

let folder: string
/** Articles of every age, half of them older than they are held. */
let full: string

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'depesche-kills-'))
  full = join(folder, 'full.sqlite')
  const db = await openDatabase(`sqlite:${full}`)
  await fillWithNews(db)
  await db.destroy()
  closeWhole(full)
})
after(() => rmSync(folder, { recursive: true }))

async function fillWithNews(db: Database): Promise<void> {
  const source = {
    id: 'feed:a',
    kind: 'feed',
    address: 'https://a.example',
    fulltext: 'always',
    language: 'en',
  }
  await db
    .insertInto('source')
    .values({ ...source, outlet: null, next_poll_at: null, poll_state: null })
    .execute()
  await db.transaction().execute(async (trx) => {
    for (let at = 0; at < held; at += 1) {
      const id = `a${at}`
      const seenAt = now - (at % 180) * day
      const story = { id, merged_into: null, changed_at: seenAt, revision: 1, summarised_revision: 1 }
      await trx.insertInto('story').values(story).execute()
      await trx.insertInto('article').values(articleRow(id, seenAt)).execute()
      await trx
        .insertInto('article_source')
        .values({ article_id: id, source_id: 'feed:a', seen_at: seenAt })
        .execute()
      await trx
        .insertInto('article_key')
        .values({ key: `guid:${id}`, article_id: id })
        .execute()
    }
  })
  await createSearchIndex(db).catchUp(held)
}

function articleRow(id: string, seenAt: number) {
  return {
    id,
    source_id: 'feed:a',
    guid: null,
    content_hash: id,
    story_id: id,
    headline: `Headline ${id}`,
    standfirst: null,
    body: JSON.stringify(['text '.repeat(400)]),
    authors: '[]',
    outlet: 'A',
    language: 'en',
    url: null,
    image: null,
    published_at: null,
    seen_at: seenAt,
    updated_at: seenAt,
    retired_at: null,
    brief: '',
    summary: '[]',
    features: '{}',
    minutes: 1,
    terms: '[]',
    copy_of: null,
    is_placed: 1,
    analysis: '',
    stems: `headline ${id} ${Array.from({ length: 100 }, (_, n) => `w${n}${id}`).join(' ')}`,
  }
}

/** Does the work in a process of its own and kills it after so long; undefined lets it end. Returns how long it worked. */
async function work(task: Work, killAfterMs?: number): Promise<number> {
  const child = fork(worker, { stdio: 'ignore' })
  const said = () => new Promise<unknown>((done) => child.once('message', done))
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  assert.equal(await said(), 'loaded')
  const began = performance.now()
  const answer = said()
  child.send(task)
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const end = await Promise.race([answer, ended])
  const tookMs = performance.now() - began
  clearTimeout(timer)
  child.kill('SIGKILL')
  await ended
  if (killAfterMs === undefined) assert.equal(end, 'done')
  return tookMs
}

/** The work once to its end, then killed at instants of it. */
async function killed(
  kind: Work['kind'],
  prepare: (path: string, file: string) => void,
  check: (path: string, file: string) => Promise<void> | void,
): Promise<void> {
  const path = join(folder, `${kind}.sqlite`)
  const file = join(folder, `${kind}-backup.sqlite`)
  const task: Work = { kind, databaseUrl: `sqlite:${path}`, file, now }
  const clear = () => {
    for (const name of [path, file])
      for (const end of ['', '-wal', '-shm', '.part', '.restoring', '.before-restore', '.lock'])
        rmSync(`${name}${end}`, { force: true })
  }
  prepare(path, file)
  const wholeMs = await work(task)
  await check(path, file)
  for (let kill = 0; kill < kills; kill += 1) {
    clear()
    prepare(path, file)
    await work(task, (wholeMs * (kill + 0.5)) / kills)
    await check(path, file)
  }
}

function sound(path: string): RowCounts {
  const file = openFile(path, () => undefined)
  try {
    assert.deepEqual(faultsOf(file, { quick: false }), [])
    return countRows(file)
  } finally {
    file.close()
  }
}

test('a backup that is killed leaves the database as it was, and no file that bears the name of a backup and is none', async () => {
  const wanted = sound(full)
  await killed(
    'backup',
    (path) => copyFileSync(full, path),
    async (path, file) => {
      assert.deepEqual(sound(path), wanted)
      if (existsSync(file)) assert.deepEqual(sound(file), wanted)
      else {
        await backUp({ databaseUrl: `sqlite:${path}`, file, now, told: () => undefined })
        assert.deepEqual(sound(file), wanted)
      }
    },
  )
})

test('a restore that is killed leaves the database from before or the one of the backup, whole', async () => {
  const mark = (path: string, value: string) => {
    const file = openFile(path, () => undefined)
    file.prepare("insert into meta (key, value) values ('which', ?)").run(value)
    file.close()
  }
  const which = (path: string) => {
    const file = openToRead(path)
    const value = file.prepare("select value from meta where key = 'which'").pluck().get()
    file.close()
    return value
  }
  await killed(
    'restore',
    (path, file) => {
      copyFileSync(full, path)
      copyFileSync(full, file)
      mark(path, 'old')
      mark(file, 'new')
    },
    (path, file) => {
      const counts = sound(file)
      assert.deepEqual(sound(path), counts)
      if (which(path) === 'new') assert.equal(which(`${path}.before-restore`), 'old')
      else assert.equal(which(path), 'old')
    },
  )
})

test('a migration that is killed is done whole at the next start, and no row is lost', async () => {
  const old = join(folder, 'old.sqlite')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDriver(old) }) })
  await migrateTo(db, steps[3] ?? assert.fail())
  await fill(db)
  await db.destroy()
  const wanted = sound(old)
  await killed(
    'migration',
    (path) => copyFileSync(old, path),
    async (path) => {
      await (await openDatabase(`sqlite:${path}`)).destroy()
      const found = sound(path)
      for (const [table, count] of Object.entries(wanted))
        if (!table.startsWith('kysely')) assert.equal(found[table], count, table)
      assert.equal(found.kysely_migration, steps.length)
    },
  )
})

test('retention that is killed leaves no article without its story or its place in search, and ends as if it had not been', async () => {
  let ends: RowCounts | undefined
  await killed(
    'retention',
    (path) => copyFileSync(full, path),
    async (path) => {
      const found = sound(path)
      assert.equal(found.article, found.story)
      assert.equal(found.article, found.searched_article)
      assert.equal(found.article, found.article_key)
      assert.equal((found.article ?? 0) + (found.passed_entry ?? 0), held)
      const db = await openDatabase(`sqlite:${path}`)
      await retain({
        retention: createRetention(db),
        ledger: createLedger(db),
        now: () => now,
        days: { articleDays: 90, bodyDays: 30, editionDays: 730 },
        log: createLog({ level: 'silent' }),
      })
      await db.destroy()
      const file = openToRead(path)
      const { article, passed_entry } = countRows(file)
      file.close()
      ends ??= { article: article ?? 0, passed_entry: passed_entry ?? 0 }
      assert.deepEqual({ article, passed_entry }, ends)
    },
  )
  assert.ok((ends?.article ?? held) < held)
})
