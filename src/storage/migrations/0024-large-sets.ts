/**
 * What large installations need: deliveries in the order in which they are claimed, so that a claim reads those it takes and not all that
 * wait; subscriptions in the order in which they are planned; and what retention and polling ask of every row they look at.
 */
import { type Kysely, sql } from 'kysely'
import type { Step } from '../versions.ts'

export const largeSets: Step = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    // As `claimable` of the ledger orders them, to the letter.
    await sql`
      create index delivery_in_order on delivery (
        (case when attempt > 5 then attempt else 0 end), turn, slot, id
      ) where settled_at is null`.execute(db)
    await schema
      .createIndex('delivery_settled')
      .on('delivery')
      .column('slot')
      .where(sql.ref('settled_at'), 'is not', null)
      .execute()
    await schema
      .createIndex('subscription_in_order')
      .on('subscription')
      .columns(['next_slot_at', 'id'])
      .execute()
    await schema.createIndex('subscription_by_edition').on('subscription').column('last_edition_id').execute()
    await schema.createIndex('subscription_by_digest').on('subscription').column('digest_id').execute()
    await schema.createIndex('digest_source_by_source').on('digest_source').column('source_id').execute()
    await schema.createIndex('untold_story_by_story').on('untold_story').column('story_id').execute()
    await schema.createIndex('source_by_kind').on('source').column('kind').execute()
    await schema.createIndex('follow_by_lease').on('follow').columns(['lease_until', 'id']).execute()
    await schema.createIndex('follow_by_age').on('follow').column('since').execute()
    await schema.createIndex('edition_by_age').on('edition').columns(['digest_id', 'composed_at']).execute()
  },
}
