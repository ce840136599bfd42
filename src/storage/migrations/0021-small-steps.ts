/**
 * What retention needs to take small steps: on SQLite, FTS5 no longer writes its segments anew in the midst of a delete, for that takes as long
 * as it takes (`tidy` in `full-text-sqlite.ts` does it); and the reasons of skipped slots are found by their age. And which role a message
 * mentions, for its corrections.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { engineOf } from '../engine.ts'

export const smallSteps: Migration = {
  async up(db: Kysely<unknown>) {
    if (engineOf(db).name === 'sqlite') {
      await sql`insert into article_search (article_search, rank) values ('deletemerge', 0)`.execute(db)
      await sql`insert into headline_search (headline_search, rank) values ('deletemerge', 0)`.execute(db)
    }
    await db.schema.alterTable('delivery_part').addColumn('mentioned_role', 'text').execute()
    await db.schema.createIndex('skipped_passed_by_slot').on('skipped_passed').column('slot').execute()
  },
}
