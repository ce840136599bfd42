/** Who does the work that only one process may do at a time. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const roles: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('role_lease')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .execute()
  },
}
