/** Transactions that PostgreSQL ends, and a server that gives its place to another one: what was not done is done again. */
import assert from 'node:assert/strict'
import { type Kysely, sql } from 'kysely'
import { openDatabase } from '../../src/storage/database.ts'
import type { Tables } from '../../src/storage/schema.ts'
import { ask, endConnections, newDatabase, testOn } from '../support/engines.ts'

const add = (db: Kysely<Tables>, key: string) =>
  sql`insert into meta (key, value) values (${key}, 'x') on conflict (key) do update set value = meta.value || 'x'`.execute(
    db,
  )
async function values(db: Kysely<Tables>): Promise<Readonly<Record<string, string>>> {
  const rows = await db.selectFrom('meta').selectAll().orderBy('key').execute()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

testOn('PostgreSQL', 'of two transactions that wait for each other both are done, once', async (t) => {
  const db = await openDatabase(await newDatabase(t))
  t.after(() => db.destroy())
  for (const key of ['one', 'other']) await add(db, key)
  const both = Promise.withResolvers<void>()
  let runs = 0
  const change = (first: string, second: string) =>
    db.transaction().execute(async (trx) => {
      runs += 1
      const isSecond = runs === 2
      await add(trx, first)
      // Each has what the other one wants.
      if (isSecond) both.resolve()
      await both.promise
      await add(trx, second)
    })
  await Promise.all([change('one', 'other'), change('other', 'one')])
  assert.ok(runs > 2)
  assert.deepEqual(await values(db), { one: 'xxx', other: 'xxx' })
})

testOn('PostgreSQL', 'a transaction whose connection is ended before its end is done once', async (t) => {
  const url = await newDatabase(t)
  const db = await openDatabase(url)
  t.after(() => db.destroy())
  let runs = 0
  await db.transaction().execute(async (trx) => {
    runs += 1
    await add(trx, 'first')
    if (runs < 3) await endConnections(url)
    await add(trx, 'second')
  })
  assert.equal(runs, 3)
  assert.deepEqual(await values(db), { first: 'x', second: 'x' })
})

testOn(
  'PostgreSQL',
  'what is to be written while the server only reads is written when it does more',
  async (t) => {
    const url = new URL(await newDatabase(t))
    const schema = url.searchParams.get('application_name') ?? ''
    const role = `${schema}_bot`
    await ask(`
    create role ${role} login password 'bot'; grant all on schema ${schema} to ${role};
    grant all on all tables in schema ${schema} to ${role}`)
    url.username = role
    url.password = 'bot'
    const db = await openDatabase(url.href)
    try {
      await add(db, 'before')
      await ask(`alter role ${role} set default_transaction_read_only = on`)
      await endConnections(url.href)
      const twice = Promise.withResolvers<void>()
      let runs = 0
      const transaction = db.transaction().execute(async (trx) => {
        runs += 1
        if (runs === 2) twice.resolve()
        await add(trx, 'transaction')
      })
      const write = add(db, 'write')
      assert.deepEqual(await values(db), { before: 'x' })
      await Promise.race([twice.promise, transaction])
      await ask(`alter role ${role} reset default_transaction_read_only`)
      await Promise.all([transaction, write])
      assert.ok(runs > 1)
      assert.deepEqual(await values(db), { before: 'x', transaction: 'x', write: 'x' })
    } finally {
      await db.destroy()
      await ask(`drop owned by ${role}; drop role ${role}`)
    }
  },
)
