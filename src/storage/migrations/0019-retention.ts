/**
 * What retention needs to know: which articles have lost their full text, which editions their content, and which entries their feed does
 * not list any more.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const retention: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema.alterTable('article').addColumn('body_dropped_at', 'bigint').execute()
    await schema
      .createIndex('article_with_body')
      .on('article')
      .columns(['seen_at', 'id'])
      .where(sql.ref('body_dropped_at'), 'is', null)
      .execute()
    await schema.alterTable('edition').addColumn('thinned_at', 'bigint').execute()
    await schema
      .createIndex('edition_whole')
      .on('edition')
      .columns(['composed_at', 'id'])
      .where(sql.ref('thinned_at'), 'is', null)
      .execute()
    await schema.alterTable('passed_entry').addColumn('missing_since', 'bigint').execute()
    await schema
      .createIndex('passed_entry_missing')
      .on('passed_entry')
      .column('missing_since')
      .where(sql.ref('missing_since'), 'is not', null)
      .execute()
    await schema.createIndex('skipped_passed_by_article').on('skipped_passed').column('article_id').execute()
    await schema.createIndex('story_by_change').on('story').column('changed_at').execute()
  },
}
