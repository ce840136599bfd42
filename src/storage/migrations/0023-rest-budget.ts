/** What processes on one database may ask of Discord together, and when their shards may identify. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const restBudget: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('rest_budget')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('identify_turn')
      .addColumn('key', 'integer', (c) => c.primaryKey())
      .addColumn('free_at', 'bigint', (c) => c.notNull())
      .execute()
  },
}
