/**
 * Why articles were passed over, how far back an edition looked, and the indexes by which an edition is made from thousands of
 * candidates without reading their texts.
 */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const editions: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema.alterTable('edition').addColumn('seen_from', 'bigint').execute()
    await schema
      .createTable('edition_passed')
      .addColumn('edition_id', 'text', (c) => c.notNull().references('edition.id'))
      .addColumn('article_id', 'text', (c) => c.notNull())
      .addColumn('story_id', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('edition_passed_key', ['edition_id', 'article_id'])
      .execute()
    await schema.createIndex('edition_passed_by_article').on('edition_passed').column('article_id').execute()
    await schema
      .createIndex('edition_article_by_article')
      .on('edition_article')
      .column('article_id')
      .execute()
    await schema
      .createIndex('article_source_by_article')
      .on('article_source')
      .columns(['article_id', 'source_id'])
      .execute()
    // Both hold all that choosing looks at, so that no text is read: of what was seen, and of what was carried.
    await schema
      .createIndex('article_as_carried')
      .on('article')
      .columns(['id', 'retired_at', 'story_id', 'updated_at'])
      .execute()
    await schema
      .createIndex('article_as_candidate')
      .on('article')
      .columns([
        'seen_at',
        'retired_at',
        'id',
        'story_id',
        'outlet',
        'language',
        'published_at',
        'updated_at',
        'copy_of',
      ])
      .execute()
  },
}
