/** Servers, the digests they make, and what their owners have begun. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const guilds: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .createTable('guild')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('joined_at', 'bigint', (c) => c.notNull())
      .addColumn('left_at', 'bigint')
      .addColumn('welcomed_at', 'bigint')
      .addColumn('settings', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute()
    await schema.alterTable('digest').addColumn('guild_id', 'text').execute()
    await schema.createIndex('digest_by_guild').on('digest').column('guild_id').execute()
    await schema
      .createTable('draft')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute()
  },
}
