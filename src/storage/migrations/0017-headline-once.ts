/** Headlines are compared in the search index alone; the copy that each article kept for it goes. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const headlineOnce: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('article').dropColumn('headline_folded').execute()
  },
}
