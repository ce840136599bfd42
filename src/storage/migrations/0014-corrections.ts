/** What became of articles after they were posted, and which posted messages are to say so. Editions themselves stay as they were. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const corrections: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .createTable('edition_correction')
      .addColumn('edition_id', 'text', (c) => c.notNull().references('edition.id').onDelete('cascade'))
      .addColumn('article_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('headline', 'text')
      .addColumn('noted_at', 'bigint', (c) => c.notNull())
      .addColumn('spread_at', 'bigint')
      .addPrimaryKeyConstraint('edition_correction_key', ['edition_id', 'article_id'])
      .execute()
    await schema
      .createIndex('edition_correction_by_time')
      .on('edition_correction')
      .column('noted_at')
      .execute()
    await schema
      .createTable('correction_edit')
      .addColumn('delivery_id', 'text', (c) => c.notNull().references('delivery.id').onDelete('cascade'))
      .addColumn('part', 'integer', (c) => c.notNull())
      .addColumn('edition_id', 'text', (c) => c.notNull())
      .addColumn('sent_at', 'bigint', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('done_version', 'bigint', (c) => c.notNull())
      .addColumn('shown', 'text')
      .addColumn('edits', 'integer', (c) => c.notNull())
      .addColumn('owner', 'text')
      .addColumn('lease_until', 'bigint', (c) => c.notNull())
      .addColumn('attempt', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('correction_edit_key', ['delivery_id', 'part'])
      .execute()
    await schema
      .createIndex('correction_edit_waiting')
      .on('correction_edit')
      .column('lease_until')
      .where(sql<boolean>`done_version < version`)
      .execute()
    await schema.createIndex('correction_edit_by_age').on('correction_edit').column('sent_at').execute()
    await schema.createIndex('delivery_by_edition').on('delivery').column('edition_id').execute()
  },
}
