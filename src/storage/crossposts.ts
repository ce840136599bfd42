/** Messages to be crossposted, each promised once: in the transaction that settles its delivery. */
import { sql } from 'kysely'
import type { ChannelId, Crossposts, DeliveryId, MessageId } from '../digest/ledger.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { subscriptionOf } from './rows.ts'

export function createCrossposts(db: Database): Crossposts {
  return {
    claim: async (now, leaseUntil, limit) => {
      const rows = await sql<{
        delivery_id: string
        part: number
        channel_id: string
        message_id: string
        since: number
      }>`
        with picked as materialized (
          select delivery_id, part from crosspost where due_at <= ${now} order by due_at, since, part limit ${limit}
          ${engineOf(db).unclaimed('crosspost')}
        )
        update crosspost set due_at = ${leaseUntil} from picked
        where crosspost.delivery_id = picked.delivery_id and crosspost.part = picked.part
        returning crosspost.delivery_id, crosspost.part, channel_id, message_id, since
      `.execute(db)
      return rows.rows
        .map((row) => ({
          deliveryId: row.delivery_id as DeliveryId,
          part: row.part,
          channelId: row.channel_id as ChannelId,
          messageId: row.message_id as MessageId,
          since: Number(row.since),
        }))
        .sort((a, b) => a.since - b.since || a.part - b.part)
    },

    end: async ({ deliveryId, part }, now, reason) => {
      await db
        .updateTable('crosspost')
        .set({ due_at: null, ended_at: now, reason: reason ?? null })
        .where('delivery_id', '=', deliveryId)
        .where('part', '=', part)
        .execute()
    },

    postpone: async (channelId, until, reason) => {
      await db
        .updateTable('crosspost')
        .set({ due_at: until, reason })
        .where('channel_id', '=', channelId)
        .where('due_at', 'is not', null)
        .execute()
    },
  }
}

/** For a delivery that was sent, where its place wants it: every message that is known to stand. */
export async function promiseCrossposts(trx: Database, id: DeliveryId, now: number): Promise<void> {
  const row = await trx
    .selectFrom('subscription')
    .selectAll('subscription')
    .innerJoin('delivery', 'delivery.subscription_id', 'subscription.id')
    .where('delivery.id', '=', id)
    .where('subscription.place', 'is not', null)
    .executeTakeFirst()
  if (row === undefined) return
  const { place } = subscriptionOf(row)
  if (place?.kind !== 'announcement' || !place.isCrossposted) return
  await sql`
    insert into crosspost (delivery_id, part, channel_id, message_id, since, due_at)
    select delivery_id, part, coalesce(channel_id, cast(${row.channel_id} as text)), message_id, cast(${now} as bigint), cast(${now} as bigint)
    from delivery_part where delivery_id = ${id} and message_id is not null
    on conflict (delivery_id, part) do nothing
  `.execute(trx)
}
