/** Upgrades: from every step of the schema to the newest, with rows in every table; and what a newer version has written. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import SqliteDriver from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { openDatabase } from '../../src/storage/database.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { allRows, fill, migrateTo, steps } from '../support/old-schema.ts'

for (const step of steps) {
  test(`a database as ${step} left it becomes the newest, and no row of it is lost or changed`, async () => {
    const db = new Kysely<unknown>({
      dialect: new SqliteDialect({ database: new SqliteDriver(':memory:') }),
    })
    try {
      await migrateTo(db, step)
      await fill(db)
      const before = await allRows(db)
      await migrateTo(db, steps.at(-1) ?? assert.fail())
      const after = await allRows(db)
      for (const [table, rows] of Object.entries(before)) {
        assert.ok(rows.length > 0, table)
        for (const [at, row] of rows.entries()) {
          const now = after[table]?.[at] ?? {}
          const kept = Object.fromEntries(Object.entries(row).filter(([column]) => column in now))
          assert.deepEqual({ ...now, ...kept }, now, table)
          const gone = Object.keys(row).filter((column) => !(column in now))
          assert.deepEqual(
            gone.filter((column) => !dropped.includes(`${table}.${column}`)),
            [],
            'columns that are gone',
          )
        }
      }
      const { rows } = await sql`pragma foreign_key_check`.execute(db)
      assert.deepEqual(rows, [])
    } finally {
      await db.destroy()
    }
  })
}

/** What a step took away on purpose. */
const dropped = ['article.headline_folded']

test('the bot reads what the first version has written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-upgrade-'))
  const path = join(folder, 'a.sqlite')
  const old = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDriver(path) }) })
  await migrateTo(old, steps[0] ?? assert.fail())
  await fill(old)
  await old.destroy()
  const storage = await openStorage(`sqlite:${path}`)
  try {
    const [digest] = await storage.library.digests()
    assert.equal(digest?.title, 'Wire')
    assert.equal((await storage.subscriptions.all()).length, 1)
  } finally {
    await storage.close()
    await rm(folder, { recursive: true })
  }
})

test('a database that a newer version has written is refused in a sentence, and left as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-newer-'))
  const url = `sqlite:${join(folder, 'a.sqlite')}`
  try {
    const db = await openDatabase(url)
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')`.execute(db)
    await db.destroy()
    await assert.rejects(openDatabase(url), {
      name: 'UserError',
      code: 'newer-schema',
      message: /written by a newer version of Depesche.*9999-from-the-future.*Install that version again/,
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})
