/** Editions by their number, for the archive on the web. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const archive: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('edition_by_number')
      .on('edition')
      .columns(['digest_id', 'number', 'composed_at', 'id'])
      .execute()
  },
}
