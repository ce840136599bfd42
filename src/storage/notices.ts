/**
 * Notices: what somebody is to be told once. A row is written in the transaction of the failure itself and goes when all is well again; told
 * and still there, it keeps the same problem from being told twice.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Instant, SourceId } from '../article/article.ts'
import type {
  ChannelId,
  DeliveryId,
  Failure,
  GuildId,
  SubscriptionId,
  UserId,
  WorkerId,
} from '../digest/ledger.ts'
import {
  type ClaimedNotices,
  failingForMs,
  type GuildNotices,
  gatherMs,
  type NoticeId,
  type Notices,
  type ProblemNotice,
  tellEveryMs,
} from '../digest/notice.ts'
import { anyMember } from '../digest/place.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { newId, stringsOf } from './rows.ts'
import { troubleOf } from './source-health.ts'

/** Problems of one server that are told at length, and servers of one person in one message. */
const mostAtLength = 5
const mostGuilds = 20
const title = z.object({ title: z.string() })

export function createNotices(db: Database): Notices {
  return {
    noteSources: (now) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, ['notices of sources'])
        await forgetWellSources(trx)
        await noteFailingSources(trx, now)
      }),

    claim: ({ owner, now, leaseMs, limit }) =>
      db.transaction().execute(async (trx) => {
        const keys = await unclaimedPersons(trx, await waitingPersons(trx, now, limit), now)
        if (keys.length === 0) return []
        await trx
          .updateTable('notice')
          .set({ owner, lease_until: now + leaseMs, attempt: sql`attempt + 1` })
          .where('person', 'in', keys)
          .where('told_at', 'is', null)
          .where('lease_until', '<=', now)
          .execute()
        const claimed = await Promise.all(keys.map((key) => claimedBy(trx, key, owner)))
        return claimed.filter((each) => each !== undefined)
      }),

    settle: async ({ key, owner }, how, now, guildId) => {
      await db
        .updateTable('notice')
        .set({ told_at: now, told_how: how, owner: null })
        .where('person', '=', key)
        .where('owner', '=', owner)
        .where('told_at', 'is', null)
        .$if(guildId !== undefined, (query) => query.where('guild_id', '=', guildId ?? ''))
        .execute()
    },

    postpone: async ({ key, owner }, at, isUntried) => {
      await db
        .updateTable('notice')
        .set({ owner: null, lease_until: at, ...(isUntried ? { attempt: 0 } : {}) })
        .where('person', '=', key)
        .where('owner', '=', owner)
        .where('told_at', 'is', null)
        .execute()
    },

    endLeases: async (now) => {
      if (!engineOf(db).isAlone) return
      await db
        .updateTable('notice')
        .set({ owner: null, lease_until: now })
        .where('told_at', 'is', null)
        .where('owner', 'is not', null)
        .execute()
    },
  }
}

/** Who is to be told of a subscription: whoever set it up, else the owner of its server. */
const personOfSubscription = sql<string>`coalesce(subscription.added_by, 'guild:' || subscription.guild_id)`

/** Of a delivery that failed, where somebody on its server can mend that. */
export async function noteProblem(
  trx: Database,
  id: DeliveryId,
  { code, reason, missing = [] }: Failure,
  now: Instant,
): Promise<void> {
  await trx
    .insertInto('notice')
    .columns([
      'id',
      'guild_id',
      'subject',
      'subscription_id',
      'problem',
      'reason',
      'missing',
      'person',
      'noted_at',
      'lease_until',
      'attempt',
    ])
    .expression((e) =>
      e
        .selectFrom('subscription')
        .innerJoin('delivery', 'delivery.subscription_id', 'subscription.id')
        .select([
          sql<string>`cast(${newId<NoticeId>()} as text)`.as('id'),
          'subscription.guild_id',
          'subscription.id as subject',
          'subscription.id as subscription_id',
          sql<string>`cast(${code} as text)`.as('problem'),
          sql<string>`cast(${reason} as text)`.as('reason'),
          sql<string>`cast(${JSON.stringify(missing)} as text)`.as('missing'),
          personOfSubscription.as('person'),
          sql<number>`cast(${now} as bigint)`.as('noted_at'),
          sql<number>`cast(${now} as bigint)`.as('lease_until'),
          sql.lit(0).as('attempt'),
        ])
        .where('delivery.id', '=', id)
        // What a member has sent to them concerns no owner.
        .where('subscription.guild_id', 'not like', anyMember),
    )
    .onConflict((c) => c.columns(['guild_id', 'subject', 'problem']).doNothing())
    .execute()
}

/** All is well with a subscription, or it is another one now: a problem that comes later is news. */
export async function forgetProblems(trx: Database, id: SubscriptionId | string): Promise<void> {
  await trx.deleteFrom('notice').where('subscription_id', '=', id).execute()
}

/** Of a server that is forgotten. */
export async function forgetGuildNotices(trx: Database, guildId: GuildId | string): Promise<void> {
  await trx.deleteFrom('notice').where('guild_id', '=', guildId).execute()
  await trx.deleteFrom('source_adder').where('guild_id', '=', guildId).execute()
}

/** How much names this person as the one who set it up. */
export async function setUpBy(trx: Database, userId: UserId): Promise<number> {
  const count = async (table: 'subscription' | 'source_adder') => {
    const row = await trx
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('count'))
      .where(table === 'subscription' ? 'added_by' : 'user_id', '=', userId)
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }
  return (await count('subscription')) + (await count('source_adder'))
}

/** What they set up stays; from now on the owner of the server is told. */
export async function forgetAdder(trx: Database, userId: UserId): Promise<void> {
  await trx.updateTable('subscription').set({ added_by: null }).where('added_by', '=', userId).execute()
  await trx.deleteFrom('source_adder').where('user_id', '=', userId).execute()
  await trx
    .updateTable('notice')
    .set({ person: sql`'guild:' || guild_id` })
    .where('person', '=', userId)
    .execute()
}

/** Sources that were added to a digest of a server; whoever added one first stays the one to be told. */
export async function noteAdder(
  trx: Database,
  guildId: GuildId,
  sourceIds: readonly SourceId[],
  userId: UserId,
): Promise<void> {
  for (const source_id of sourceIds) {
    await trx
      .insertInto('source_adder')
      .values({ guild_id: guildId, source_id, user_id: userId })
      .onConflict((c) => c.columns(['guild_id', 'source_id']).doNothing())
      .execute()
  }
}

/** Those that are read again, and those that no digest of their server has any more. */
async function forgetWellSources(trx: Database): Promise<void> {
  await sql`
    delete from notice where source_id is not null and not exists (
      select 1 from source join digest_source on digest_source.source_id = source.id
      join digest on digest.id = digest_source.digest_id
      where source.id = notice.source_id and source.failing_since is not null
        and digest.guild_id = notice.guild_id and digest.withdrawn_at is null
    )`.execute(trx)
  await sql`
    delete from source_adder where not exists (
      select 1 from digest_source join digest on digest.id = digest_source.digest_id
      where digest_source.source_id = source_adder.source_id
        and digest.guild_id = source_adder.guild_id and digest.withdrawn_at is null
    )`.execute(trx)
}

async function noteFailingSources(trx: Database, now: Instant): Promise<void> {
  const rows = await trx
    .selectFrom('source')
    .innerJoin('digest_source', 'digest_source.source_id', 'source.id')
    .innerJoin('digest', 'digest.id', 'digest_source.digest_id')
    .leftJoin('source_adder', (join) =>
      join
        .onRef('source_adder.source_id', '=', 'source.id')
        .onRef('source_adder.guild_id', '=', 'digest.guild_id'),
    )
    .select(['source.id', 'source.trouble', 'source.next_poll_at', 'digest.guild_id', 'source_adder.user_id'])
    .where('source.failing_since', 'is not', null)
    .where((e) =>
      e.or([
        e('source.failing_since', '<=', now - failingForMs),
        e('source.trouble', '=', 'gone'),
        e('source.next_poll_at', 'is', null),
      ]),
    )
    .where('digest.guild_id', 'is not', null)
    .where('digest.withdrawn_at', 'is', null)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('notice')
            .select('notice.id')
            .whereRef('notice.guild_id', '=', 'digest.guild_id')
            .whereRef('notice.subject', '=', 'source.id')
            .where(
              'notice.problem',
              '=',
              sql<string>`case when source.next_poll_at is null then 'gone' else 'failing' end`,
            ),
        ),
      ),
    )
    .execute()
  for (const row of rows) {
    const guildId = row.guild_id ?? ''
    await trx
      .insertInto('notice')
      .values({
        id: newId<NoticeId>(),
        guild_id: guildId,
        subject: row.id,
        subscription_id: null,
        source_id: row.id,
        problem: row.next_poll_at === null ? 'gone' : 'failing',
        reason: row.trouble ?? '',
        missing: '[]',
        person: row.user_id ?? `guild:${guildId}`,
        noted_at: now,
        told_at: null,
        told_how: null,
        owner: null,
        lease_until: now,
        attempt: 0,
      })
      .onConflict((c) => c.columns(['guild_id', 'subject', 'problem']).doNothing())
      .execute()
  }
}

/** The longest waiting first; those who were told of something a short while ago wait. */
async function waitingPersons(trx: Database, now: Instant, limit: number): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('notice')
    .select('person')
    .select((e) => e.fn.min('noted_at').as('first'))
    .where('told_at', 'is', null)
    .where('lease_until', '<=', now)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('notice as told')
            .select('told.id')
            .whereRef('told.person', '=', 'notice.person')
            .where('told.told_at', '>', now - tellEveryMs)
            .where('told.told_at', '<=', now),
        ),
      ),
    )
    .groupBy('person')
    .having((e) => e.fn.min('noted_at'), '<=', now - gatherMs)
    .orderBy('first')
    .limit(limit)
    .execute()
  return rows.map(({ person }) => person)
}

/** Those that no other process is claiming; their first notice stands for all of a person's. */
async function unclaimedPersons(
  trx: Database,
  keys: readonly string[],
  now: Instant,
): Promise<readonly string[]> {
  if (keys.length === 0 || engineOf(trx).isAlone) return keys
  const isWaiting = sql`told_at is null and lease_until <= ${now}`
  const { rows } = await sql<{ person: string }>`
    select person from notice where ${isWaiting} and id in (
      select min(id) from notice where ${isWaiting} and person in (${sql.join(keys)}) group by person
    ) ${engineOf(trx).unclaimed('notice')}`.execute(trx)
  const free = new Set(rows.map(({ person }) => person))
  return keys.filter((key) => free.has(key))
}

/** Undefined where another process was faster. */
async function claimedBy(trx: Database, key: string, owner: WorkerId): Promise<ClaimedNotices | undefined> {
  const counts = await trx
    .selectFrom('notice')
    .select('guild_id')
    .select((e) => [
      e.fn.countAll().as('count'),
      e.fn.min('noted_at').as('first'),
      e.fn.max('attempt').as('attempt'),
    ])
    .where('person', '=', key)
    .where('owner', '=', owner)
    .where('told_at', 'is', null)
    .groupBy('guild_id')
    .orderBy('first')
    .execute()
  const all = await Promise.all(
    counts.slice(0, mostGuilds).map(async ({ guild_id, count }): Promise<GuildNotices> => {
      const guildId = guild_id as GuildId
      return { guildId, count: Number(count), first: await firstOf(trx, key, owner, guildId) }
    }),
  )
  const [first, ...more] = all
  if (first === undefined) return undefined
  return {
    person: key.startsWith('guild:') ? { kind: 'owner' } : { kind: 'member', userId: key as UserId },
    key,
    guilds: [first, ...more],
    owner,
    attempt: Math.max(...counts.map(({ attempt }) => Number(attempt))),
  }
}

async function firstOf(
  trx: Database,
  key: string,
  owner: WorkerId,
  guildId: GuildId,
): Promise<readonly ProblemNotice[]> {
  const rows = await trx
    .selectFrom('notice')
    .leftJoin('subscription', 'subscription.id', 'notice.subscription_id')
    .leftJoin('source', 'source.id', 'notice.source_id')
    .select(['notice.id', 'notice.problem', 'notice.reason', 'notice.missing', 'notice.noted_at'])
    .select(['subscription.id as subscription_id', 'subscription.channel_id'])
    .select(['source.id as source_id', 'source.address', 'source.trouble', 'source.failing_since'])
    .select((e) =>
      e
        .selectFrom('digest')
        .select('digest.definition')
        .where((each) =>
          each.or([
            each('digest.id', '=', each.ref('subscription.digest_id')),
            each.and([
              each('digest.guild_id', '=', guildId),
              each.exists(
                each
                  .selectFrom('digest_source')
                  .select('digest_source.digest_id')
                  .whereRef('digest_source.digest_id', '=', 'digest.id')
                  .whereRef('digest_source.source_id', '=', 'notice.source_id'),
              ),
            ]),
          ]),
        )
        .orderBy('digest.id')
        .limit(1)
        .as('definition'),
    )
    .where('notice.person', '=', key)
    .where('notice.owner', '=', owner)
    .where('notice.guild_id', '=', guildId)
    .where('notice.told_at', 'is', null)
    .orderBy('notice.noted_at')
    .orderBy('notice.id')
    .limit(mostAtLength)
    .execute()
  return rows.flatMap((row): readonly ProblemNotice[] => {
    const common = {
      id: row.id as NoticeId,
      guildId,
      digestTitle: row.definition === null ? '' : title.parse(JSON.parse(row.definition)).title,
    }
    if (row.source_id !== null) {
      const problem = {
        kind: 'source',
        sourceId: row.source_id as SourceId,
        address: row.address ?? '',
        trouble: troubleOf(row.reason),
        since: Number(row.failing_since ?? row.noted_at),
      } as const
      return [{ ...common, problem }]
    }
    if (row.subscription_id === null || row.channel_id === null) return []
    const problem = {
      kind: 'delivery',
      subscriptionId: row.subscription_id as SubscriptionId,
      channelId: row.channel_id as ChannelId,
      code: row.problem,
      reason: row.reason,
      missing: stringsOf(row.missing),
    } as const
    return [{ ...common, problem }]
  })
}
