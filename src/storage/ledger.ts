/** Subscriptions and the ledger of their deliveries. Every verb is one whole statement or one transaction. */
import { sql } from 'kysely'
import type { EditionId } from '../digest/edition.ts'
import type {
  Delivery,
  DeliveryId,
  Ledger,
  MessageId,
  SubscriptionId,
  Subscriptions,
} from '../digest/ledger.ts'
import type { Database } from './database.ts'
import { newId, subscriptionOf } from './rows.ts'
import type { DeliveryRow } from './schema.ts'

export function createSubscriptions(db: Database): Subscriptions {
  return {
    add: async (subscription) => {
      const row = await db
        .insertInto('subscription')
        .values({
          id: newId<SubscriptionId>(),
          guild_id: subscription.guildId,
          channel_id: subscription.channelId,
          digest_id: subscription.digestId,
          schedule: JSON.stringify(subscription.schedule),
          created_at: subscription.createdAt,
          planned_until: subscription.plannedUntil,
          last_edition_id: null,
        })
        .onConflict((c) => c.columns(['channel_id', 'digest_id']).doNothing())
        .returning('id')
        .executeTakeFirst()
      return row === undefined ? 'exists' : 'added'
    },

    remove: async (guildId, id) => {
      const row = await db
        .deleteFrom('subscription')
        .where('guild_id', '=', guildId)
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
      return row !== undefined
    },

    ofGuild: async (guildId) => {
      const rows = await db
        .selectFrom('subscription')
        .selectAll()
        .where('guild_id', '=', guildId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(subscriptionOf)
    },

    all: async () => {
      const rows = await db
        .selectFrom('subscription')
        .innerJoin('digest', 'digest.id', 'subscription.digest_id')
        .selectAll('subscription')
        .where('digest.withdrawn_at', 'is', null)
        .orderBy('subscription.id')
        .execute()
      return rows.map(subscriptionOf)
    },
  }
}

export function createLedger(db: Database): Ledger {
  return {
    plan: ({ subscription, slots, plannedUntil }) =>
      db.transaction().execute(async (trx) => {
        for (const { slot, skipped } of slots) {
          await trx
            .insertInto('delivery')
            .values({
              id: newId<DeliveryId>(),
              subscription_id: subscription,
              slot,
              state: skipped === undefined ? 'planned' : 'skipped',
              edition_id: null,
              parts: null,
              attempt: 0,
              owner: null,
              lease_until: slot,
              reason: skipped ?? null,
              updated_at: plannedUntil,
            })
            .onConflict((c) => c.columns(['subscription_id', 'slot']).doNothing())
            .execute()
        }
        await trx
          .updateTable('subscription')
          .set({ planned_until: plannedUntil })
          .where('id', '=', subscription)
          .where('planned_until', '<', plannedUntil)
          .execute()
      }),

    claim: (owner, now, leaseMs) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('delivery')
          .set({
            owner,
            lease_until: now + leaseMs,
            updated_at: now,
            attempt: sql`attempt + 1`,
            state: sql`case when state = 'planned' then 'claimed' else state end`,
          })
          .where('id', '=', (e) =>
            e
              .selectFrom('delivery')
              .select('id')
              .where('state', 'in', ['planned', 'claimed', 'sending'])
              .where('lease_until', '<=', now)
              .orderBy('slot')
              .orderBy('id')
              .limit(1),
          )
          .returningAll()
          .executeTakeFirst()
        return row && deliveryOf(trx, row)
      }),

    setEdition: async (id, editionId, parts, now) => {
      await db
        .updateTable('delivery')
        .set({ edition_id: editionId, parts, state: 'sending', updated_at: now })
        .where('id', '=', id)
        .execute()
    },

    beginPart: async (id, part, now) => {
      await db
        .insertInto('delivery_part')
        .values({ delivery_id: id, part, begun_at: now, message_id: null, sent_at: null })
        .onConflict((c) => c.columns(['delivery_id', 'part']).doNothing())
        .execute()
    },

    cancelPart: async (id, part) => {
      await db
        .deleteFrom('delivery_part')
        .where('delivery_id', '=', id)
        .where('part', '=', part)
        .where('message_id', 'is', null)
        .execute()
    },

    recordPart: async (id, part, messageId, now) => {
      await db
        .updateTable('delivery_part')
        .set({ message_id: messageId, sent_at: now })
        .where('delivery_id', '=', id)
        .where('part', '=', part)
        .execute()
    },

    markSent: (id, now) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('delivery')
          .set({ state: 'sent', owner: null, reason: null, updated_at: now })
          .where('id', '=', id)
          .returning(['subscription_id', 'edition_id'])
          .executeTakeFirstOrThrow()
        await trx
          .updateTable('subscription')
          .set({ last_edition_id: row.edition_id })
          .where('id', '=', row.subscription_id)
          .execute()
      }),

    markEnded: async (id, { state, reason }, now) => {
      await db
        .updateTable('delivery')
        .set({ state, reason, owner: null, updated_at: now })
        .where('id', '=', id)
        .execute()
    },

    postpone: async (id, reason, at) => {
      await db
        .updateTable('delivery')
        .set({ reason, lease_until: at, owner: null })
        .where('id', '=', id)
        .execute()
    },
  }
}

async function deliveryOf(db: Database, row: DeliveryRow): Promise<Delivery> {
  const subscription = await db
    .selectFrom('subscription')
    .selectAll()
    .where('id', '=', row.subscription_id)
    .executeTakeFirstOrThrow()
  const parts = await db
    .selectFrom('delivery_part')
    .selectAll()
    .where('delivery_id', '=', row.id)
    .orderBy('part')
    .execute()
  return {
    id: row.id as DeliveryId,
    subscription: subscriptionOf(subscription),
    slot: Number(row.slot),
    ...(row.edition_id === null ? {} : { editionId: row.edition_id as EditionId }),
    attempt: row.attempt,
    parts: parts.map((part) => ({
      part: part.part,
      begunAt: Number(part.begun_at),
      ...(part.message_id === null ? {} : { messageId: part.message_id as MessageId }),
    })),
  }
}
