/** Backups while the bot writes, and putting them back. */
import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import SqliteDriver from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { backUp } from '../../src/storage/backup.ts'
import { compact } from '../../src/storage/compact.ts'
import { lockDatabase, openDatabase } from '../../src/storage/database.ts'
import { restore } from '../../src/storage/restore.ts'
import { countRows, faultsOf, openToRead } from '../../src/storage/sqlite.ts'
import { fill, migrateTo, steps } from '../support/old-schema.ts'

const nothing = (): void => undefined
const minute = 60_000
const start = Date.UTC(2026, 10, 20, 7, 30)

async function openPlace(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-backup-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'a.sqlite')
  const note = async (value: string) => {
    const db = await openDatabase(`sqlite:${path}`)
    await sql`insert or replace into meta (key, value) values ('note', ${value})`.execute(db)
    await db.destroy()
  }
  return { folder, path, url: `sqlite:${path}`, note }
}

function noteIn(path: string): unknown {
  const file = openToRead(path)
  const value = file.prepare("select value from meta where key = 'note'").pluck().get()
  file.close()
  return value
}

test('a backup that is made while rows are written is whole, and holds what was there as it began', async (t) => {
  const { url, folder } = await openPlace(t)
  const db = await openDatabase(url)
  const row = (key: string) => ({ key, value: 'x'.repeat(2000) })
  for (let at = 0; at < 4000; at += 400) {
    await db
      .insertInto('meta')
      .values(Array.from({ length: 400 }, (_, n) => row(`before ${at + n}`)))
      .execute()
  }
  const shares: number[] = []
  let writes = 0
  const file = join(folder, 'backup.sqlite')
  const writer = new SqliteDriver(join(folder, 'a.sqlite'))
  const insert = writer.prepare("insert into meta (key, value) values (?, '')")
  const backup = await backUp({
    databaseUrl: url,
    file,
    now: start,
    told: (share) => {
      shares.push(share)
      insert.run(`during ${writes++}`)
    },
  })
  writer.close()
  await db.destroy()
  assert.ok(writes > 1, 'nothing was written in the meantime')
  assert.equal(backup.rows.meta, 4000)
  const copy = openToRead(file)
  assert.deepEqual(faultsOf(copy, { quick: false }), [])
  assert.equal(countRows(copy).meta, 4000)
  copy.close()
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('backup')),
    ['backup.sqlite'],
  )
  await assert.rejects(backUp({ databaseUrl: url, file, now: start, told: nothing }), {
    code: 'backup-exists',
  })
})

test('of backups with a date in their name the newest are kept, and other files are let alone', async (t) => {
  const { url, folder, note } = await openPlace(t)
  await note('a')
  const make = (at: number) => backUp({ databaseUrl: url, keep: 2, now: start + at * minute, told: nothing })
  const first = await make(0)
  writeFileSync(join(folder, 'backups/depesche-mine.sqlite'), '')
  await make(1)
  const third = await make(2)
  assert.deepEqual(third.removed, [first.file])
  assert.deepEqual(readdirSync(join(folder, 'backups')).sort(), [
    'depesche-2026-11-20-0731.sqlite',
    'depesche-2026-11-20-0732.sqlite',
    'depesche-mine.sqlite',
  ])
})

test('a backup is put back, and what was there before stays beside it', async (t) => {
  const { url, path, folder, note } = await openPlace(t)
  await note('then')
  const { file } = await backUp({ databaseUrl: url, now: start, told: nothing })
  await note('later')
  const { before } = await restore(url, file, nothing)
  assert.deepEqual([noteIn(path), noteIn(before ?? '')], ['then', 'later'])
  assert.deepEqual([existsSync(`${path}-wal`), existsSync(`${path}.restoring`)], [false, false])
  assert.equal((await restore(`sqlite:${join(folder, 'new.sqlite')}`, file, nothing)).before, undefined)
})

test('nothing is put back while a bot runs, from a damaged file, from another program or from a newer version', async (t) => {
  const { url, path, folder, note } = await openPlace(t)
  await note('mine')
  const { file } = await backUp({ databaseUrl: url, now: start, told: nothing })
  const unlock = lockDatabase(url)
  await assert.rejects(restore(url, file, nothing), { code: 'running', message: /Stop it first/ })
  unlock()
  const damaged = join(folder, 'damaged.sqlite')
  copyFileSync(file, damaged)
  const bytes = new SqliteDriver(damaged)
  bytes.unsafeMode(true)
  bytes.pragma('writable_schema = on')
  bytes.exec("update sqlite_schema set rootpage = 3 where name = 'story'")
  bytes.close()
  await assert.rejects(restore(url, damaged, nothing), { code: 'backup-damaged' })
  const foreign = join(folder, 'foreign.sqlite')
  new SqliteDriver(foreign).exec('create table t (a)').close()
  await assert.rejects(restore(url, foreign, nothing), { code: 'no-backup' })
  const newer = new SqliteDriver(file)
  newer.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
  newer.close()
  await assert.rejects(restore(url, file, nothing), { code: 'newer-schema' })
  assert.equal(noteIn(path), 'mine')
})

test('a backup of an older version becomes the newest schema as it is put back', async (t) => {
  const { url, path, folder } = await openPlace(t)
  const old = join(folder, 'old.sqlite')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDriver(old) }) })
  await migrateTo(db, steps[0] ?? assert.fail())
  await fill(db)
  await db.destroy()
  await restore(url, old, nothing)
  const file = openToRead(path)
  assert.equal(countRows(file).kysely_migration, steps.length)
  assert.equal(countRows(file).article, 1)
  file.close()
})

test('a database that could not give space back can after it was compacted, and not while a bot runs', async (t) => {
  const { url, path } = await openPlace(t)
  const old = new SqliteDriver(path)
  old.pragma('journal_mode = WAL')
  old.exec('create table filler (a)')
  old.close()
  await (await openDatabase(url)).destroy()
  const vacuum = () => {
    const file = openToRead(path)
    const value = file.pragma('auto_vacuum', { simple: true })
    file.close()
    return value
  }
  assert.equal(vacuum(), 0)
  const unlock = lockDatabase(url)
  assert.throws(() => compact(url), { code: 'already-running' })
  unlock()
  const { before, after } = compact(url)
  assert.equal(vacuum(), 2)
  // A page more tells where pages lie.
  assert.ok(after <= before + 8192, `${before} → ${after}`)
})
