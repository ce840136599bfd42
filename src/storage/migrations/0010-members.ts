/** The language in which a follower is told, and what could not be told yet. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const members: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema.alterTable('follow').addColumn('locale', 'text').execute()
    await schema
      .createTable('untold_story')
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addColumn('story_id', 'text', (c) => c.notNull())
      .addColumn('kept_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('untold_story_key', ['user_id', 'story_id'])
      .execute()
    await schema.createIndex('draft_by_owner').on('draft').column('owner').execute()
  },
}
