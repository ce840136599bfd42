/** What models wrote and how it was judged, and what they used each day. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const writtenSummaries: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .createTable('written_summary')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('brief', 'text')
      .addColumn('sentences', 'text')
      .addColumn('refusal', 'text')
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('written_at', 'bigint', (c) => c.notNull())
      .execute()
    await schema.createIndex('written_summary_by_age').on('written_summary').column('written_at').execute()
    await schema
      .createTable('model_use')
      .addColumn('day', 'text', (c) => c.primaryKey())
      .addColumn('tokens', 'bigint', (c) => c.notNull())
      .execute()
  },
}
