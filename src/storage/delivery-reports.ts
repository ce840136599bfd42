/** How deliveries went, read back from the ledger. */
import type { DeliveryReports, PostedEdition } from '../digest/delivery-report.ts'
import type { ChannelId, MessageId, SubscriptionId } from '../digest/ledger.ts'
import type { Database } from './database.ts'

export function createDeliveryReports(db: Database): DeliveryReports {
  return {
    newest: async (id) => {
      const row = await deliveries(db, id)
        .where('delivery.state', 'in', ['sent', 'uncertain'])
        .where('delivery.settled_at', 'is not', null)
        .orderBy('delivery.slot', 'desc')
        .executeTakeFirst()
      return row && postedOf(row)
    },

    at: async (id, slot) => {
      const row = await deliveries(db, id).where('delivery.slot', '=', slot).executeTakeFirst()
      if (row === undefined) return undefined
      const posted = postedOf(row)
      const isPutOff = row.settled_at === null && row.owner === null && row.attempt > 0
      if (row.settled_at === null) return { kind: 'under-way', isPutOff }
      if (row.state === 'skipped' || row.state === 'failed')
        return { kind: row.state, reason: row.reason ?? '' }
      return posted === undefined ? { kind: 'under-way', isPutOff } : { kind: 'posted', ...posted }
    },
  }
}

function deliveries(db: Database, id: SubscriptionId) {
  return db
    .selectFrom('delivery')
    .leftJoin('edition', 'edition.id', 'delivery.edition_id')
    .leftJoin('delivery_part', (join) =>
      join.onRef('delivery_part.delivery_id', '=', 'delivery.id').on('delivery_part.part', '=', 0),
    )
    .select(['delivery.slot', 'delivery.state', 'delivery.settled_at', 'delivery.reason'])
    .select(['delivery.owner', 'delivery.attempt'])
    .select(['edition.number', 'delivery_part.message_id', 'delivery_part.channel_id'])
    .where('delivery.subscription_id', '=', id)
}

function postedOf(row: {
  slot: number
  settled_at: number | null
  number: number | null
  message_id: string | null
  channel_id: string | null
}): PostedEdition | undefined {
  if (row.number === null || row.settled_at === null) return undefined
  return {
    number: row.number,
    slot: Number(row.slot),
    postedAt: Number(row.settled_at),
    ...(row.message_id === null ? {} : { messageId: row.message_id as MessageId }),
    ...(row.channel_id === null ? {} : { channelId: row.channel_id as ChannelId }),
  }
}
