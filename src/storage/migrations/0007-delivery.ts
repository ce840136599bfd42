/**
 * Deliveries at scale: when each subscription is next due, which deliveries are not settled yet, and the health of subscriptions.
 * A subscription held before is searched at once: its next slot is not worked out yet.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const delivery: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .alterTable('subscription')
      .addColumn('next_slot_at', 'bigint', (c) => c.defaultTo(0))
      .execute()
    await schema.createIndex('subscription_by_slot').on('subscription').column('next_slot_at').execute()
    await schema.alterTable('subscription').addColumn('planned_key', 'text').execute()
    await schema.createIndex('subscription_by_plan').on('subscription').column('planned_until').execute()
    await schema.createIndex('subscription_by_guild').on('subscription').column('guild_id').execute()
    await schema.alterTable('delivery').addColumn('late', 'integer').execute()
    await schema
      .alterTable('delivery')
      .addColumn('turn', 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
    await schema.alterTable('delivery').addColumn('settled_at', 'bigint').execute()
    await sql`update delivery set settled_at = updated_at where state in ('sent', 'failed', 'skipped')`.execute(
      db,
    )
    await schema.dropIndex('delivery_by_work').execute()
    await schema
      .createIndex('delivery_by_lease')
      .on('delivery')
      .column('lease_until')
      .where(sql.ref('settled_at'), 'is', null)
      .execute()
    await schema
      .createIndex('delivery_unsettled')
      .on('delivery')
      .columns(['subscription_id', 'slot'])
      .where(sql.ref('settled_at'), 'is', null)
      .execute()
    await schema
      .createTable('subscription_health')
      .addColumn('subscription_id', 'text', (c) =>
        c.primaryKey().references('subscription.id').onDelete('cascade'),
      )
      .addColumn('failing_since', 'bigint', (c) => c.notNull())
      .addColumn('failed_at', 'bigint', (c) => c.notNull())
      .addColumn('code', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('told_owner_at', 'bigint')
      .execute()
  },
}
