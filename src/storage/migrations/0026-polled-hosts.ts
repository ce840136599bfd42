/** Which process reads from a host now: there is one connection to each, over all processes that poll. */
import type { Kysely } from 'kysely'
import type { Step } from '../versions.ts'

export const polledHosts: Step = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('source').addColumn('host', 'text').execute()
    await db.schema
      .createTable('polled_host')
      .addColumn('host', 'text', (c) => c.primaryKey())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .execute()
    const old = db.withTables<{ source: { id: string; kind: string; address: string; host: string } }>()
    const sources = await old
      .selectFrom('source')
      .select(['id', 'address'])
      .where('kind', 'in', ['feed', 'page'])
      .execute()
    for (const { id, address } of sources) {
      const host = URL.parse(address)?.host
      if (host !== undefined) await old.updateTable('source').set({ host }).where('id', '=', id).execute()
    }
  },
}
