/** How reading a source went: when it last did, and what has been in the way since when. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const feeds: Migration = {
  async up(db: Kysely<unknown>) {
    const source = db.schema.alterTable('source')
    await source.addColumn('read_at', 'bigint').execute()
    await source.addColumn('failing_since', 'bigint').execute()
    await source.addColumn('trouble', 'text').execute()
  },
}
