/** Due slots: which subscriptions have one, and the promise to post it. A few statements for any number of subscriptions. */
import { type ExpressionBuilder, sql } from 'kysely'
import {
  type DeliveryId,
  type Ledger,
  type SlotPlan,
  type SubscriptionId,
  unreadableCode,
} from '../digest/ledger.ts'
import { skipReasons } from '../digest/skipped.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { forgetFailing, noteFailing } from './failing.ts'
import { newId, subscriptionOf } from './rows.ts'
import type { Tables } from './schema.ts'

/** A search that lies so far ahead was made by a clock that was wrong: it is made again. */
const farAheadMs = 10 * 60_000
/** Whoever holds a lease has renewed it by then. */
const leaseAfterJumpMs = 60_000
/** Under which rules of time zones slots were searched for. */
const rulesKey = 'zone-rules'
/** Rows in one statement: databases bound the number of values in one. */
const rowsAtOnce = 500

export function createSlots(db: Database): Pick<Ledger, 'due' | 'plan' | 'planExtra' | 'searchAnew'> {
  return {
    due: async (now, limit) => {
      // One by one: what is due is read in its order and no further than `limit`, however much of it there is.
      const come = await planned(db)
        .where('subscription.next_slot_at', '<=', now)
        .orderBy('subscription.next_slot_at')
        .orderBy('subscription.id')
        .limit(limit)
        .execute()
      const known = new Set(come.map(({ id }) => id))
      const tooFar = await planned(db)
        .where('subscription.planned_until', '>', now + farAheadMs)
        .orderBy('subscription.planned_until')
        .limit(limit)
        .execute()
      const rows = [...come, ...tooFar.filter(({ id }) => !known.has(id))].slice(0, limit)
      return rows.map((row) => ({ ...subscriptionOf(row), dueAt: Number(row.next_slot_at) }))
    },

    plan: (plans, now) =>
      db.transaction().execute(async (trx) => {
        await keepStill(trx, plans)
        const broughtBack = plans.filter(({ from, planned }) => planned.until < from.until)
        for (const some of chunksOf(broughtBack)) await giveWay(trx, some, now)
        await promise(trx, plans, now)
        for (const some of chunksOf(plans)) {
          await foldOlder(trx, some, now)
          await moveOn(trx, some)
          await noteUnreadable(trx, some, now)
        }
      }),

    planExtra: (id, slot, now) =>
      db.transaction().execute(async (trx) => {
        await keepStill(trx, [{ subscription: id }])
        const added = await promise(trx, [{ subscription: id, slots: [{ at: slot }] }], now)
        await foldOlder(trx, [{ subscription: id }], now)
        return added > 0
      }),

    searchAnew: (rules) =>
      db.transaction().execute(async (trx) => {
        const changed = await trx
          .insertInto('meta')
          .values({ key: rulesKey, value: rules })
          .onConflict((c) => c.column('key').doUpdateSet({ value: rules }).where('meta.value', '<>', rules))
          .returning('key')
          .executeTakeFirst()
        if (changed === undefined) return false
        await trx.updateTable('subscription').set({ next_slot_at: 0 }).execute()
        return true
      }),
  }
}

/** Those for which slots are searched. */
function planned(db: Database) {
  return db
    .selectFrom('subscription')
    .innerJoin('digest', 'digest.id', 'subscription.digest_id')
    .selectAll('subscription')
    .where('digest.withdrawn_at', 'is', null)
    .where('subscription.paused_at', 'is', null)
}

/** Of two that plan the same the second one waits, and finds it done; in one order, so that no two wait for each other. */
async function keepStill(trx: Database, plans: readonly Pick<SlotPlan, 'subscription'>[]): Promise<void> {
  const engine = engineOf(trx)
  if (engine.isAlone) return
  const ids = plans.map((plan) => plan.subscription)
  await trx
    .selectFrom('subscription')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .modifyEnd(engine.keptStill('subscription'))
    .execute()
}

interface Promised {
  readonly subscription: SubscriptionId
  readonly slots: readonly { readonly at: number; readonly skipped?: string }[]
}

/** Returns how many slots were not promised before. */
async function promise(trx: Database, plans: readonly Promised[], now: number): Promise<number> {
  const nextTurn = await turnsOf(trx, plans)
  const rows = plans.flatMap(({ subscription, slots }) =>
    slots.map(({ at: slot, skipped }) => ({
      id: newId<DeliveryId>(),
      subscription_id: subscription,
      slot,
      state: skipped === undefined ? ('planned' as const) : ('skipped' as const),
      turn: skipped === undefined ? nextTurn(subscription, slot) : 0,
      edition_id: null,
      parts: null,
      late: null,
      attempt: 0,
      owner: null,
      lease_until: slot,
      reason: skipped ?? null,
      updated_at: now,
      settled_at: skipped === undefined ? null : now,
    })),
  )
  let added = 0
  for (const some of chunksOf(rows)) {
    const results = await trx
      .insertInto('delivery')
      .values(some)
      .onConflict((c) => c.columns(['subscription_id', 'slot']).doNothing())
      .execute()
    for (const { numInsertedOrUpdatedRows = 0n } of results) added += Number(numInsertedOrUpdatedRows)
  }
  return added
}

/** Which of its server's deliveries of a slot the next one is; counts on where an earlier search of that slot has ended. */
async function turnsOf(
  trx: Database,
  plans: readonly Promised[],
): Promise<(subscription: SubscriptionId, slot: number) => number> {
  const guilds = new Map<string, string>()
  const turns = new Map<string, number>()
  const slots = [...new Set(plans.flatMap((plan) => plan.slots.at(-1)?.at ?? []))]
  for (const some of chunksOf(plans)) {
    const ids = some.map((plan) => plan.subscription)
    const own = await trx
      .selectFrom('subscription')
      .select(['id', 'guild_id'])
      .where('id', 'in', ids)
      .execute()
    for (const { id, guild_id } of own) guilds.set(id, guild_id)
  }
  for (const guildIds of chunksOf([...new Set(guilds.values())])) {
    const taken = await trx
      .selectFrom('subscription')
      .innerJoin('delivery', 'delivery.subscription_id', 'subscription.id')
      .select((e) => ['guild_id', 'slot', e.fn.max('turn').as('last')])
      .where('guild_id', 'in', guildIds)
      .where('slot', 'in', slots.slice(-rowsAtOnce))
      .groupBy(['guild_id', 'slot'])
      .execute()
    for (const { guild_id, slot, last } of taken) turns.set(`${guild_id} ${slot}`, Number(last) + 1)
  }
  return (subscription, slot) => {
    const key = `${guilds.get(subscription)} ${slot}`
    const turn = turns.get(key) ?? 0
    turns.set(key, turn + 1)
    return turn
  }
}

/**
 * After a clock that was wrong: slots that are still to come were folded, let go or promised already. Those of which nothing was posted
 * make room, to be promised when they come; what was begun stays, and its lease is one of this clock.
 */
async function giveWay(
  trx: Database,
  plans: readonly Pick<SlotPlan, 'subscription'>[],
  now: number,
): Promise<void> {
  const ids = plans.map((plan) => plan.subscription)
  await trx
    .deleteFrom('delivery')
    .where('subscription_id', 'in', ids)
    .where('slot', '>', now)
    .where((e) => e.not(e.exists(anyPart(e))))
    .execute()
  await trx
    .updateTable('delivery')
    .set({ lease_until: now + leaseAfterJumpMs })
    .where('subscription_id', 'in', ids)
    .where('settled_at', 'is', null)
    .where('updated_at', '>', now)
    .where('lease_until', '>', now + leaseAfterJumpMs)
    .execute()
}

/** A part of the delivery that was begun. */
function anyPart(e: ExpressionBuilder<Tables, 'delivery'>) {
  return e
    .selectFrom('delivery_part')
    .select('delivery_part.part')
    .whereRef('delivery_part.delivery_id', '=', 'delivery.id')
}

/** A delivery of which nothing was posted goes into the newer one of its subscription. */
async function foldOlder(
  trx: Database,
  plans: readonly Pick<SlotPlan, 'subscription'>[],
  now: number,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({
      state: 'skipped',
      reason: skipReasons.folded,
      owner: null,
      updated_at: now,
      settled_at: now,
    })
    .where(
      'subscription_id',
      'in',
      plans.map((plan) => plan.subscription),
    )
    .where('settled_at', 'is', null)
    .where((e) => e.not(e.exists(anyPart(e))))
    .where((e) => e.or([e('owner', 'is', null), e('lease_until', '<=', now)]))
    .where((e) =>
      e.exists(
        e
          .selectFrom('delivery as newer')
          .select('newer.id')
          .whereRef('newer.subscription_id', '=', 'delivery.subscription_id')
          .whereRef('newer.slot', '>', 'delivery.slot')
          .where('newer.settled_at', 'is', null),
      ),
    )
    .execute()
}

/** Of several searches that began alike one counts; one that began before the schedule changed leaves the next search to come. */
async function moveOn(trx: Database, plans: readonly SlotPlan[]): Promise<void> {
  const rows = plans.map(
    ({ subscription, dueAt, from, planned, nextSlotAt }) =>
      sql`(${sql.join([subscription, integer(dueAt), integer(from.until), integer(planned.until), planned.key ?? null, integer(nextSlotAt)])})`,
  )
  await sql`
    with search(id, due_at, began_at, ended_at, ended_key, next_at) as (values ${sql.join(rows)})
    update subscription set
      planned_until = case when planned_until = search.began_at then search.ended_at else planned_until end,
      planned_key = case when planned_until = search.began_at then search.ended_key else planned_key end,
      next_slot_at = case when next_slot_at = search.due_at then search.next_at else next_slot_at end
    from search where subscription.id = search.id
  `.execute(trx)
}

async function noteUnreadable(trx: Database, plans: readonly SlotPlan[], now: number): Promise<void> {
  const read = plans.filter(({ refusal }) => refusal === undefined).map(({ subscription }) => subscription)
  if (read.length > 0) await forgetFailing(trx, read, unreadableCode)
  for (const { subscription, refusal } of plans) {
    if (refusal !== undefined) await noteFailing(trx, subscription, refusal, now)
  }
}

/** A bare value in a list of values has no type of its own. */
function integer(value: number | undefined) {
  return sql`cast(${value ?? null} as bigint)`
}

function* chunksOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += rowsAtOnce) yield items.slice(start, start + rowsAtOnce)
}
