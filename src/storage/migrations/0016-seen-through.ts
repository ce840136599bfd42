/**
 * When an article first came through each of its sources, so that a digest is offered what another one saw long before; the reasons of a
 * slot that passed without an edition; and the indexes by which candidates are found from the sources of their digest.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const seenThrough: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .alterTable('article_source')
      .addColumn('seen_at', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute()
    await sql`
      update article_source set seen_at = (select seen_at from article where article.id = article_source.article_id)
    `.execute(db)
    await schema
      .createIndex('article_source_by_age')
      .on('article_source')
      .columns(['source_id', 'seen_at', 'article_id'])
      .execute()
    await schema.dropIndex('article_source_by_article').execute()
    await schema
      .createIndex('article_source_by_article')
      .on('article_source')
      .columns(['article_id', 'source_id', 'seen_at'])
      .execute()
    // One index for what was seen and what was carried: it holds all that choosing looks at, so that no text is read.
    await schema.dropIndex('article_as_carried').execute()
    await schema.dropIndex('article_as_candidate').execute()
    await schema
      .createIndex('article_as_candidate')
      .on('article')
      .columns([
        'id',
        'retired_at',
        'story_id',
        'outlet',
        'language',
        'published_at',
        'seen_at',
        'updated_at',
        'copy_of',
      ])
      .execute()
    await schema
      .createTable('skipped_passed')
      .addColumn('digest_id', 'text', (c) => c.notNull())
      .addColumn('previous_id', 'text', (c) => c.notNull())
      .addColumn('article_id', 'text', (c) => c.notNull())
      .addColumn('slot', 'bigint', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('skipped_passed_key', ['digest_id', 'previous_id', 'article_id'])
      .execute()
  },
}
