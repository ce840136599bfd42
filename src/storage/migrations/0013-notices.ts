/** What people are told once about what they alone can mend, and who set up what: they are the ones to be told. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const notices: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema.alterTable('subscription').addColumn('added_by', 'text').execute()
    await schema.createIndex('subscription_by_adder').on('subscription').column('added_by').execute()
    await schema
      .createTable('source_adder')
      .addColumn('guild_id', 'text', (c) => c.notNull())
      .addColumn('source_id', 'text', (c) => c.notNull())
      .addColumn('user_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('source_adder_key', ['guild_id', 'source_id'])
      .execute()
    await schema.createIndex('source_adder_by_user').on('source_adder').column('user_id').execute()
    await schema
      .createTable('notice')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('guild_id', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('subscription_id', 'text', (c) => c.references('subscription.id').onDelete('cascade'))
      .addColumn('source_id', 'text')
      .addColumn('problem', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('missing', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('noted_at', 'bigint', (c) => c.notNull())
      .addColumn('told_at', 'bigint')
      .addColumn('told_how', 'text')
      .addColumn('owner', 'text')
      .addColumn('lease_until', 'bigint', (c) => c.notNull())
      .addColumn('attempt', 'integer', (c) => c.notNull())
      .addUniqueConstraint('notice_once', ['guild_id', 'subject', 'problem'])
      .execute()
    await schema
      .createIndex('notice_waiting')
      .on('notice')
      .columns(['person', 'noted_at'])
      .where(sql.ref('told_at'), 'is', null)
      .execute()
    await schema.createIndex('notice_by_person').on('notice').columns(['person', 'told_at']).execute()
    await schema.createIndex('notice_by_subscription').on('notice').column('subscription_id').execute()
    await schema
      .createIndex('source_failing')
      .on('source')
      .column('failing_since')
      .where(sql.ref('failing_since'), 'is not', null)
      .execute()
  },
}
