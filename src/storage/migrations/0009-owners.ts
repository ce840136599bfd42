/** What owners decide about a subscription: whether it rests, and how its messages come to notice. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const owners: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema.alterTable('subscription').addColumn('paused_at', 'bigint').execute()
    await schema
      .alterTable('subscription')
      .addColumn('notice', 'text', (c) => c.notNull().defaultTo('usual'))
      .execute()
    await schema.alterTable('subscription').addColumn('channel_since', 'bigint').execute()
  },
}
