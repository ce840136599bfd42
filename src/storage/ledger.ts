/**
 * The ledger of deliveries. Every verb is one whole statement or one transaction; the small ones of many deliveries are committed together.
 * What a worker writes about a delivery counts only while the lease is its own.
 */
import { type ExpressionBuilder, sql } from 'kysely'
import { searchedBackMs } from '../digest/due-slots.ts'
import type { EditionId } from '../digest/edition.ts'
import type {
  ChannelId,
  Claim,
  Delivery,
  DeliveryId,
  DeliveryPart,
  Ledger,
  MessageId,
  Refusal,
  SubscriptionId,
  WorkerId,
} from '../digest/ledger.ts'
import { promiseCrossposts } from './crossposts.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { noteFailing } from './failing.ts'
import { createGroupCommit } from './group-commit.ts'
import { forgetProblems, noteProblem } from './notices.ts'
import { subscriptionOf } from './rows.ts'
import type { DeliveryRow, Tables } from './schema.ts'
import { createSlots } from './slots.ts'

/** A lease that lies so far ahead was given by a clock that was wrong. */
const farAheadMs = 2 * 24 * 60 * 60 * 1000

export function createLedger(db: Database): Ledger {
  const together = createGroupCommit(db)
  return {
    ...createSlots(db),

    claim: ({ owner, now, leaseMs, limit }) =>
      db.transaction().execute(async (trx) => {
        const rows = await trx
          .with(
            (name) => name('picked').materialized(),
            () => claimable(trx, now, limit),
          )
          .updateTable('delivery')
          .from('picked')
          .set({
            owner,
            lease_until: now + leaseMs,
            updated_at: now,
            attempt: sql`attempt + 1`,
            state: sql`case when state = 'planned' then 'claimed' else state end`,
          })
          .whereRef('delivery.id', '=', 'picked.id')
          .returningAll()
          .execute()
        return deliveriesOf(trx, rows, owner)
      }),

    renew: (owner, ids, leaseUntil) =>
      together(async (trx) => {
        await trx
          .updateTable('delivery')
          .set({ lease_until: leaseUntil })
          .where('id', 'in', ids)
          .where('owner', '=', owner)
          .where('settled_at', 'is', null)
          .execute()
      }),

    release: (claims, now) =>
      together(async (trx) => {
        for (const claim of claims) {
          await trx
            .updateTable('delivery')
            .set({ owner: null, lease_until: now, attempt: sql`attempt - 1` })
            .where((e) => isHeld(e, claim))
            .execute()
        }
      }),

    endLeases: async (now) => {
      if (!engineOf(db).isAlone) return 0
      const rows = await db
        .updateTable('delivery')
        .set({ owner: null, lease_until: now })
        .where('settled_at', 'is', null)
        .where('owner', 'is not', null)
        .returning('id')
        .execute()
      return rows.length
    },

    nextClaimAt: async () => {
      const { rows } = await sql<{ at: number | null }>`
        select delivery.lease_until as at from delivery where ${isOldest} order by delivery.lease_until limit 1
      `.execute(db)
      const at = rows[0]?.at ?? null
      return at === null ? undefined : Number(at)
    },

    beginPart: (claim, { editionId, parts, late, part, anew, channelId, now, leaseUntil }) =>
      together(async (trx) => {
        const begun = { edition_id: editionId, parts, late: late ? 1 : 0, state: 'sending' as const }
        const isOurs = await change(trx, claim, { ...begun, lease_until: leaseUntil, updated_at: now })
        if (!isOurs) return false
        await trx
          .insertInto('delivery_part')
          .values({
            delivery_id: claim.id,
            part,
            begun_at: now,
            message_id: null,
            sent_at: null,
            channel_id: channelId ?? null,
          })
          .onConflict((c) => {
            const again = c.columns(['delivery_id', 'part'])
            return anew
              ? again
                  .doUpdateSet({ begun_at: now, channel_id: channelId ?? null })
                  .where('delivery_part.sent_at', 'is', null)
              : again.doNothing()
          })
          .execute()
        return true
      }),

    cancelPart: (claim, part) =>
      together(async (trx) => {
        if (!(await holds(trx, claim))) return false
        await trx
          .deleteFrom('delivery_part')
          .where('delivery_id', '=', claim.id)
          .where('part', '=', part)
          .where('sent_at', 'is', null)
          .execute()
        return true
      }),

    recordPart: (claim, part, posted, now) =>
      together(async (trx) => {
        // Even without the lease: what stands in the channel stands.
        await trx
          .updateTable('delivery_part')
          .set({
            message_id: posted?.messageId ?? null,
            sent_at: now,
            ...(posted === undefined
              ? {}
              : { channel_id: posted.channelId, mentioned_role: posted.roleId ?? null }),
          })
          .where('delivery_id', '=', claim.id)
          .where('part', '=', part)
          .where('sent_at', 'is', null)
          .execute()
        if (posted?.opensThread === true) await rememberThread(trx, claim.id, posted.channelId)
        return holds(trx, claim)
      }),

    markSent: (claim, now, uncertain) =>
      together(async (trx) => {
        const row = await trx
          .updateTable('delivery')
          .set({
            state: uncertain === undefined ? 'sent' : 'uncertain',
            reason: uncertain ?? null,
            owner: null,
            updated_at: now,
            settled_at: now,
          })
          .where((e) => isHeld(e, claim))
          .returning(['subscription_id', 'edition_id'])
          .executeTakeFirst()
        if (row === undefined) return false
        await trx
          .updateTable('subscription')
          .set({ last_edition_id: row.edition_id })
          .where('id', '=', row.subscription_id)
          .execute()
        await trx
          .deleteFrom('subscription_health')
          .where('subscription_id', '=', row.subscription_id)
          .execute()
        await forgetProblems(trx, row.subscription_id)
        await promiseCrossposts(trx, claim.id, now)
        return true
      }),

    markSkipped: (claim, reason, now) =>
      together((trx) =>
        change(trx, claim, { state: 'skipped', reason, owner: null, updated_at: now, settled_at: now }),
      ),

    markFailed: (claim, failure, now, { pauses } = { pauses: false }) =>
      together(async (trx) => {
        const end = { state: 'failed' as const, owner: null, updated_at: now, settled_at: now }
        if (!(await change(trx, claim, { ...end, reason: failure.reason }))) return false
        await noteFailure(trx, claim.id, failure, now)
        if (failure.isToBeTold === true) await noteProblem(trx, claim.id, failure, now)
        if (pauses) {
          await trx
            .updateTable('subscription')
            .set({ paused_at: now })
            .where('id', '=', subscriptionOfDelivery(claim.id))
            .where('paused_at', 'is', null)
            .execute()
        }
        return true
      }),

    postpone: (claim, { at, reason, uncertain, now }) =>
      together((trx) =>
        change(trx, claim, {
          reason,
          lease_until: at,
          owner: null,
          updated_at: now,
          ...(uncertain ? { state: 'uncertain' } : {}),
        }),
      ),

    dropOld: async ({ before, now, limit }) => {
      const old = db
        .selectFrom('delivery')
        .select('delivery.id')
        .where('delivery.settled_at', 'is not', null)
        .where('delivery.slot', '<', Math.min(before, now - searchedBackMs))
        .where((e) => e.exists(newerOf(e)))
        .orderBy('delivery.slot')
        .limit(limit)
      const rows = await db.deleteFrom('delivery').where('id', 'in', old).returning('id').execute()
      return rows.length
    },

    health: async (guildId) => {
      const rows = await db
        .selectFrom('subscription_health')
        .innerJoin('subscription', 'subscription.id', 'subscription_health.subscription_id')
        .selectAll('subscription_health')
        .where('subscription.guild_id', '=', guildId)
        .orderBy('failing_since')
        .execute()
      return rows.map((row) => ({
        subscriptionId: row.subscription_id as SubscriptionId,
        failingSince: Number(row.failing_since),
        failedAt: Number(row.failed_at),
        code: row.code,
        reason: row.reason,
      }))
    },
  }
}

/**
 * What may be claimed, the first in the order of `inOrder`. Only the oldest unsettled delivery of a subscription. The index
 * `delivery_in_order` has that order: of a million that wait only those are read that are claimed.
 */
function claimable(trx: Database, now: number, limit: number) {
  return sql<{ id: string }>`(
    select delivery.id from delivery
    where ${isOldest} and (delivery.lease_until <= ${now} or delivery.lease_until > ${now + farAheadMs})
    order by case when attempt > ${sql.lit(troublesome)} then attempt else 0 end, turn, slot, id limit ${limit}
    ${engineOf(trx).unclaimed('delivery')}
  )`
}

/** What was tried more often than this goes last: it may be what ends the process each time. */
const troublesome = 5

/** Servers in turn, so that one with a thousand digests does not make the others wait. The claim has counted one attempt more. */
function inOrder(a: DeliveryRow, b: DeliveryRow): number {
  const trouble = ({ attempt }: DeliveryRow) => (attempt - 1 > troublesome ? attempt : 0)
  return trouble(a) - trouble(b) || a.turn - b.turn || a.slot - b.slot || (a.id < b.id ? -1 : 1)
}

/** Not settled, and the first of its subscription that is not. */
const isOldest = sql`delivery.settled_at is null and not exists (
  select 1 from delivery as older
  where older.subscription_id = delivery.subscription_id and older.settled_at is null and older.slot < delivery.slot
)`

/** A delivery of the same subscription with a newer slot. */
function newerOf(e: ExpressionBuilder<Tables, 'delivery'>) {
  return e
    .selectFrom('delivery as newer')
    .select('newer.id')
    .whereRef('newer.subscription_id', '=', 'delivery.subscription_id')
    .whereRef('newer.slot', '>', 'delivery.slot')
}

function isHeld(e: ExpressionBuilder<Tables, 'delivery'>, { id, owner }: Claim) {
  return e.and([e('id', '=', id), e('owner', '=', owner), e('settled_at', 'is', null)])
}

async function holds(trx: Database, claim: Claim): Promise<boolean> {
  const row = await trx
    .selectFrom('delivery')
    .select('id')
    .where((e) => isHeld(e, claim))
    .executeTakeFirst()
  return row !== undefined
}

async function change(
  trx: Database,
  claim: Claim,
  values: Partial<Omit<DeliveryRow, 'id' | 'subscription_id' | 'slot'>>,
): Promise<boolean> {
  const row = await trx
    .updateTable('delivery')
    .set(values)
    .where((e) => isHeld(e, claim))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Of the delivery's subscription; its next edition may go there. */
async function rememberThread(trx: Database, id: DeliveryId, threadId: ChannelId): Promise<void> {
  await trx
    .updateTable('subscription')
    .set({ thread_id: threadId })
    .where('id', '=', subscriptionOfDelivery(id))
    .execute()
}

function subscriptionOfDelivery(id: DeliveryId) {
  return sql<string>`(select subscription_id from delivery where id = ${id})`
}

/** The first failure is remembered, the last one is told; a failure of another kind is news to the owner. */
async function noteFailure(trx: Database, id: DeliveryId, refusal: Refusal, now: number): Promise<void> {
  const { subscription_id } = await trx
    .selectFrom('delivery')
    .select('subscription_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await noteFailing(trx, subscription_id, refusal, now)
}

async function deliveriesOf(
  db: Database,
  rows: readonly DeliveryRow[],
  owner: WorkerId,
): Promise<readonly Delivery[]> {
  if (rows.length === 0) return []
  const subscriptionRows = await db
    .selectFrom('subscription')
    .selectAll()
    .where(
      'id',
      'in',
      rows.map((row) => row.subscription_id),
    )
    .execute()
  const subscriptions = new Map(subscriptionRows.map((row) => [row.id, subscriptionOf(row)]))
  const parts = await partsOf(db, rows)
  return [...rows].sort(inOrder).flatMap((row): readonly Delivery[] => {
    const subscription = subscriptions.get(row.subscription_id)
    if (subscription === undefined) return []
    return [
      {
        id: row.id as DeliveryId,
        owner,
        subscription,
        slot: Number(row.slot),
        ...(row.edition_id === null ? {} : { editionId: row.edition_id as EditionId }),
        ...(row.late === null ? {} : { late: row.late === 1 }),
        attempt: row.attempt,
        parts: parts.get(row.id) ?? [],
      },
    ]
  })
}

async function partsOf(
  db: Database,
  rows: readonly DeliveryRow[],
): Promise<ReadonlyMap<string, readonly DeliveryPart[]>> {
  const begun = rows.filter((row) => row.edition_id !== null).map((row) => row.id)
  if (begun.length === 0) return new Map()
  const found = await db
    .selectFrom('delivery_part')
    .selectAll()
    .where('delivery_id', 'in', begun)
    .orderBy('part')
    .execute()
  const grouped = new Map<string, DeliveryPart[]>()
  for (const row of found) {
    const parts = grouped.get(row.delivery_id) ?? []
    grouped.set(row.delivery_id, parts)
    parts.push({
      part: row.part,
      begunAt: Number(row.begun_at),
      ...(row.sent_at === null ? {} : { sentAt: Number(row.sent_at) }),
      ...(row.message_id === null ? {} : { messageId: row.message_id as MessageId }),
      ...(row.channel_id === null ? {} : { channelId: row.channel_id as ChannelId }),
    })
  }
  return grouped
}
