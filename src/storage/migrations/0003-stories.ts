/**
 * What stories, search and filters keep about an article, copies, and the summaries of stories. Articles held before
 * have no `analysis`, and stories held before no summary: both are worked out after the start.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const stories: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    const article = schema.alterTable('article')
    await article.addColumn('minutes', 'integer', (c) => c.notNull().defaultTo(1)).execute()
    await article.addColumn('terms', 'text', (c) => c.notNull().defaultTo('[]')).execute()
    await article.addColumn('copy_of', 'text').execute()
    await article.addColumn('is_placed', 'integer', (c) => c.notNull().defaultTo(0)).execute()
    await article.addColumn('analysis', 'text', (c) => c.notNull().defaultTo('')).execute()
    await article.addColumn('stems', 'text', (c) => c.notNull().defaultTo('')).execute()
    await sql`update article set is_placed = 1 where story_id is not null`.execute(db)
    await schema
      .createIndex('article_unplaced')
      .on('article')
      .columns(['seen_at', 'id'])
      .where(sql.ref('is_placed'), '=', sql.lit(0))
      .execute()
    await schema
      .createIndex('article_by_original')
      .on('article')
      .column('copy_of')
      .where(sql.ref('copy_of'), 'is not', null)
      .execute()
    await schema
      .createIndex('article_by_analysis')
      .on('article')
      .columns(['analysis', 'seen_at', 'id'])
      .execute()
    // With the id, so that articles can be read in the order of coming, a page at a time.
    await schema.dropIndex('article_by_age').execute()
    await schema.createIndex('article_by_age').on('article').columns(['seen_at', 'id']).execute()
    const story = schema.alterTable('story')
    await story.addColumn('changed_at', 'bigint', (c) => c.notNull().defaultTo(0)).execute()
    await story.addColumn('revision', 'integer', (c) => c.notNull().defaultTo(1)).execute()
    await story.addColumn('summarised_revision', 'integer', (c) => c.notNull().defaultTo(0)).execute()
    await schema
      .createIndex('story_to_summarise')
      .on('story')
      .column('changed_at')
      .where(sql`summarised_revision`, '<', sql`revision`)
      .execute()
    await schema
      .createTable('story_summary')
      .addColumn('story_id', 'text', (c) => c.notNull().references('story.id').onDelete('cascade'))
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('brief', 'text', (c) => c.notNull())
      .addColumn('summary', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('story_summary_key', ['story_id', 'language'])
      .execute()
  },
}
