/** Subscriptions: which digest is posted where and when. Every verb of a command names its server. */
import type { DigestId } from '../digest/definition.ts'
import { plannedToNow } from '../digest/due-slots.ts'
import {
  type ChannelId,
  type GuildId,
  type Subscription,
  type SubscriptionId,
  type Subscriptions,
  unreadableCode,
} from '../digest/ledger.ts'
import type { Place } from '../digest/place.ts'
import type { Schedule } from '../digest/schedule.ts'
import { skipReasons } from '../digest/skipped.ts'
import type { Database } from './database.ts'
import { forgetFailing } from './failing.ts'
import { forgetProblems } from './notices.ts'
import { newId, subscriptionOf } from './rows.ts'

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
          planned_key: subscription.plannedKey ?? null,
          next_slot_at: 0,
          last_edition_id: null,
          notice: subscription.notice ?? 'usual',
          added_by: subscription.addedBy ?? null,
          place: placeJson(subscription.place),
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

    find: (guildId, id) => findOwn(db, guildId, id),

    change: (guildId, id, change, now) =>
      db.transaction().execute(async (trx) => {
        const standing = await findOwn(trx, guildId, id)
        if (standing === undefined) return 'unknown'
        const channelId = change.channelId ?? standing.channelId
        const isMoved = channelId !== standing.channelId
        if (isMoved && (await isBeingPosted(trx, id))) return 'busy'
        if (isMoved && (await isTaken(trx, standing.digestId, channelId))) return 'exists'
        await trx
          .updateTable('subscription')
          .set({
            ...(change.schedule === undefined ? {} : scheduled(change.schedule, now)),
            channel_id: channelId,
            ...(isMoved ? { channel_since: now, thread_id: null } : {}),
            ...(change.place === undefined ? {} : { place: placeJson(change.place) }),
            ...(change.notice === undefined ? {} : { notice: change.notice }),
          })
          .where('id', '=', id)
          .execute()
        if (isMoved) await forgetProblems(trx, id)
        if (change.schedule !== undefined) await forgetFailing(trx, [id], unreadableCode)
        return 'changed'
      }),

    pause: (guildId, id, now) =>
      db.transaction().execute(async (trx) => {
        const standing = await findOwn(trx, guildId, id)
        if (standing === undefined) return false
        await trx
          .updateTable('subscription')
          .set({ paused_at: standing.pausedAt ?? now })
          .where('id', '=', id)
          .execute()
        await letGo(trx, id, now)
        return true
      }),

    resume: (guildId, id, now) =>
      db.transaction().execute(async (trx) => {
        const standing = await findOwn(trx, guildId, id)
        if (standing === undefined) return false
        if (standing.pausedAt === undefined) return true
        await trx
          .updateTable('subscription')
          .set({ paused_at: null, ...searchedFrom(standing.schedule, now) })
          .where('id', '=', id)
          .execute()
        // What was in the way of a member's has changed, as far as they know.
        if (standing.place?.kind === 'member')
          await trx.deleteFrom('subscription_health').where('subscription_id', '=', id).execute()
        return true
      }),

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

/** A text channel is what a row without a place means. */
function placeJson(place: Place | undefined): string | null {
  return place === undefined || place.kind === 'text' ? null : JSON.stringify(place)
}

async function findOwn(
  db: Database,
  guildId: GuildId,
  id: SubscriptionId,
): Promise<Subscription | undefined> {
  const row = await db
    .selectFrom('subscription')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && subscriptionOf(row)
}

/** A schedule from now on: what has come by now is past, and the next slot is searched for. */
function scheduled(schedule: Schedule, now: number) {
  return { schedule: JSON.stringify(schedule), ...searchedFrom(schedule, now) }
}

function searchedFrom(schedule: Schedule, now: number) {
  const planned = plannedToNow(schedule, now)
  return {
    planned_until: planned.until,
    planned_key: planned.key,
    next_slot_at: 0,
  }
}

async function isBeingPosted(db: Database, id: SubscriptionId): Promise<boolean> {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('delivery_part', 'delivery_part.delivery_id', 'delivery.id')
    .select('delivery.id')
    .where('delivery.subscription_id', '=', id)
    .where('delivery.settled_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

async function isTaken(db: Database, digestId: DigestId, channelId: ChannelId): Promise<boolean> {
  const row = await db
    .selectFrom('subscription')
    .select('id')
    .where('digest_id', '=', digestId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst()
  return row !== undefined
}

/** Deliveries of which nothing was posted are over, whoever has claimed them. */
async function letGo(db: Database, id: SubscriptionId, now: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'skipped', reason: skipReasons.paused, owner: null, updated_at: now, settled_at: now })
    .where('subscription_id', '=', id)
    .where('settled_at', 'is', null)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('delivery_part')
            .select('part')
            .whereRef('delivery_part.delivery_id', '=', 'delivery.id'),
        ),
      ),
    )
    .execute()
}
