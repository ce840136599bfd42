/** PostgreSQL as it is in the world: connections are lost, servers are elsewhere, and two bots start at once. */
import assert from 'node:assert/strict'
import { test as plainTest } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { sql } from 'kysely'
import { OutsideError, UserError } from '../../src/errors.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { ask, endConnections, newDatabase, newEmptySchema, testOn } from '../support/engines.ts'

const count = sql<{ n: number }>`select count(*) as n from meta`

plainTest('a password is in no error, whatever is wrong with the address', async () => {
  const secret = 'Tr0ub4dor%263'
  for (const url of [
    `postgres://bot:${secret}@127.0.0.1:1/depesche`,
    `postgresql://bot:${secret}@no-such-host.invalid/depesche`,
    `postgres://bot:${secret}@/`,
    `postgres://bot:${secret}@127.0.0.1:99999/depesche`,
  ]) {
    const error = await openStorage(url).catch((thrown: unknown) => thrown)
    assert.ok(error instanceof UserError || error instanceof OutsideError, String(error))
    assert.match(error.message, /DATABASE_URL/)
    for (const text of [error.message, error.stack ?? '', inspect(error)])
      assert.ok(!text.includes('Tr0ub4dor'), text)
  }
})

testOn('PostgreSQL', 'two that start at once on an empty database both find it whole', async () => {
  const url = await newEmptySchema()
  const both = await Promise.all([openDatabase(url), openDatabase(url)])
  for (const db of both) assert.equal((await count.execute(db)).rows[0]?.n, 0)
  await Promise.all(both.map((db) => db.destroy()))
})

testOn('PostgreSQL', 'a database that a newer version has written is refused in a sentence', async () => {
  const url = await newEmptySchema()
  const db = await openDatabase(url)
  await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')`.execute(db)
  await db.destroy()
  await assert.rejects(openDatabase(url), {
    name: 'UserError',
    code: 'newer-schema',
    message: /9999-from-the-future/,
  })
})

testOn(
  'PostgreSQL',
  'instants are numbers, texts are compared by bytes, and one character is left out',
  async (t) => {
    const db = await openDatabase(await newDatabase(t))
    t.after(() => db.destroy())
    const at = Date.UTC(2026, 10, 20)
    await sql`insert into written_summary (key, language, model, written_at) values (${'a\0b'}, 'en', 'm', ${at})`.execute(
      db,
    )
    const row = await db.selectFrom('written_summary').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([row.key, row.written_at], ['ab', at])
    await sql`insert into meta (key, value) values ('a', ''), ('B', ''), ('ä', ''), ('_', '')`.execute(db)
    const keys = await db.selectFrom('meta').select('key').orderBy('key').execute()
    assert.deepEqual(
      keys.map(({ key }) => key),
      ['B', '_', 'a', 'ä'],
    )
  },
)

testOn('PostgreSQL', 'connections that are lost while nobody uses them are replaced unnoticed', async (t) => {
  const url = await newDatabase(t)
  const db = await openDatabase(url)
  t.after(() => db.destroy())
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 4 }, () => count.execute(db)))
    assert.ok((await endConnections(url)) > 0)
    // Some of these meet a connection of which nobody knows yet that it is gone.
    const [read, transaction] = await Promise.all([
      count.execute(db),
      db.transaction().execute((trx) => count.execute(trx)),
    ])
    assert.equal(read.rows[0]?.n, 0)
    assert.equal(transaction.rows[0]?.n, 0)
  }
})

testOn(
  'PostgreSQL',
  'what is lost under way is asked again where it only reads, and goes up where it writes',
  async (t) => {
    const url = await newDatabase(t)
    const db = await openDatabase(url)
    t.after(() => db.destroy())
    const started = async (word: string): Promise<void> => {
      for (;;) {
        const rows = await ask(`
          select 1 from pg_stat_activity where query like '%${word}%' and state = 'active'
            and application_name = '${new URL(url).searchParams.get('application_name')}'`)
        if (rows.length > 0) return
        await pause(20)
      }
    }
    await ask('select pg_advisory_lock(8137)')
    // Sleeps as long as somebody has that lock.
    const reading = sql<{ n: number }>`
      select (select count(*) from meta) as n, 'reads', pg_sleep_for(case when exists (
        select 1 from pg_locks where locktype = 'advisory' and objid = 8137
      ) then '30 s'::interval else '0 s'::interval end)`
    const read = reading.execute(db)
    await started('reads')
    const write = sql`insert into meta (key, value) select 'k', pg_sleep(30)::text || 'writes'`.execute(db)
    const lost = assert.rejects(write, (error) => error instanceof OutsideError && error.retry)
    await started('writes')
    await ask('select pg_advisory_unlock(8137)')
    await endConnections(url)
    await lost
    assert.equal((await read).rows[0]?.n, 0)
    assert.equal((await count.execute(db)).rows[0]?.n, 0)
  },
)
