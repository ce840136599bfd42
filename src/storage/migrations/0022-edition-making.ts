/** Which process makes the edition of a digest, slot and memory, so that the others wait for it instead of making the same one. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const editionMaking: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('edition_making')
      .addColumn('digest_id', 'text', (c) => c.notNull())
      .addColumn('slot', 'bigint', (c) => c.notNull())
      .addColumn('previous_id', 'text', (c) => c.notNull())
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('lease_until', 'bigint', (c) => c.notNull())
      .addColumn('said_nothing', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('edition_making_key', ['digest_id', 'slot', 'previous_id'])
      .execute()
  },
}
