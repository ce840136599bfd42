/** Kinds of places: forum posts, crossposts, and in which channel each message stands. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const places: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema.alterTable('subscription').addColumn('place', 'text').execute()
    await schema.alterTable('subscription').addColumn('thread_id', 'text').execute()
    await schema.alterTable('delivery_part').addColumn('channel_id', 'text').execute()
    await schema
      .createTable('crosspost')
      .addColumn('delivery_id', 'text', (c) => c.notNull().references('delivery.id').onDelete('cascade'))
      .addColumn('part', 'integer', (c) => c.notNull())
      .addColumn('channel_id', 'text', (c) => c.notNull())
      .addColumn('message_id', 'text', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('reason', 'text')
      .addPrimaryKeyConstraint('crosspost_key', ['delivery_id', 'part'])
      .execute()
    await schema.createIndex('crosspost_due').on('crosspost').column('due_at').execute()
    await schema
      .createIndex('crosspost_by_channel')
      .on('crosspost')
      .columns(['channel_id', 'due_at'])
      .execute()
  },
}
