/** Stories that members follow, and what they were told of them. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const follow: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .createTable('follow')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('story_id', 'text', (c) => c.notNull().references('story.id').onDelete('cascade'))
      .addColumn('guild_id', 'text')
      .addColumn('channel_id', 'text')
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('told_at', 'bigint')
      .addColumn('owner', 'text')
      .addColumn('lease_until', 'bigint', (c) => c.notNull())
      .addColumn('attempt', 'integer', (c) => c.notNull())
      .addUniqueConstraint('follow_once', ['user_id', 'story_id'])
      .execute()
    await schema.createIndex('follow_by_story').on('follow').column('story_id').execute()
    await schema
      .createIndex('article_by_story_and_age')
      .on('article')
      .columns(['story_id', 'seen_at'])
      .execute()
    await schema
      .createTable('follow_told')
      .addColumn('follow_id', 'text', (c) => c.notNull().references('follow.id').onDelete('cascade'))
      .addColumn('article_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('follow_told_key', ['follow_id', 'article_id'])
      .execute()
  },
}
