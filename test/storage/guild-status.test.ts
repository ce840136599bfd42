/** What a server is told of editions that the followers of its channels did not get. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { GuildId } from '../../src/digest/ledger.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createGuildStatus } from '../../src/storage/guild-status.ts'
import { newDatabase, test } from '../support/engines.ts'

test('what was given up is told of the newest edition that came to its end, and of where the digest is posted now', async (t) => {
  const db = await openDatabase(await newDatabase(t, 'in memory'))
  t.after(() => db.destroy())
  const { unpublished } = createGuildStatus(db)
  const told = async () => [...(await unpublished('1' as GuildId))]
  const definition = '{"title":"Wire","language":"en","sources":[{"folder":"articles"}],"schedule":{}}'
  await sql`insert into digest (id, definition) values ('wire', ${definition})`.execute(db)
  for (const [id, guild] of [
    ['ours', '1'],
    ['theirs', '2'],
  ]) {
    await sql`insert into subscription (id, guild_id, channel_id, digest_id, schedule, created_at, planned_until)
      values (${id}, ${guild}, ${id}, 'wire', '{}', 0, 0)`.execute(db)
  }
  for (const number of [1, 2]) {
    await sql`insert into edition (id, digest_id, slot, previous_id, number, composed_at, content)
      values (${`e${number}`}, 'wire', ${number}, '', ${number}, 0, '{}')`.execute(db)
    for (const id of ['ours', 'theirs']) {
      const delivery = `${id}${number}`
      await sql`insert into delivery (id, subscription_id, slot, state, attempt, lease_until, updated_at, edition_id)
        values (${delivery}, ${id}, ${number}, 'sent', 1, 0, 0, ${`e${number}`})`.execute(db)
      await sql`insert into crosspost (delivery_id, part, channel_id, message_id, since, due_at)
        values (${delivery}, 0, ${id}, ${delivery}, 0, 0)`.execute(db)
    }
  }
  const end = (delivery: string, at: number, reason: string | null) =>
    sql`update crosspost set due_at = null, ended_at = ${at}, reason = ${reason} where delivery_id = ${delivery}`.execute(
      db,
    )
  await sql`update crosspost set reason = 'put off'`.execute(db)
  assert.deepEqual(await told(), [])
  await end('ours1', 5, 'refused')
  await end('theirs1', 5, 'refused')
  assert.deepEqual(await told(), [['ours', { number: 1, at: 5 }]])
  await end('ours2', 6, null)
  assert.deepEqual(await told(), [])
  await end('ours2', 7, 'refused')
  assert.deepEqual(await told(), [['ours', { number: 2, at: 7 }]])
  await sql`update subscription set channel_id = 'elsewhere' where id = 'ours'`.execute(db)
  assert.deepEqual(await told(), [])
})
