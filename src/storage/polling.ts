/** Sources that are read over the network: which are due, and what is remembered of reading them. */
import { sql } from 'kysely'
import type { SourceId } from '../article/article.ts'
import type { PollClaim, PolledSource, Polling } from '../digest/library.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { fulltextOf } from './rows.ts'
import type { SourceRow } from './schema.ts'

export function createPolling(db: Database): Polling {
  return {
    claimDue: (claim) =>
      engineOf(db).isAlone ? lease(db, claim) : db.transaction().execute((trx) => lease(trx, claim)),

    release: async (ids, now) => {
      if (ids.length === 0) return
      await db
        .updateTable('source')
        .set({ next_poll_at: now })
        .where('id', 'in', [...ids])
        .execute()
    },

    leaveHost: async (host, owner) => {
      if (engineOf(db).isAlone) return
      await db.deleteFrom('polled_host').where('host', '=', host).where('owner', '=', owner).execute()
    },

    record: async (id, { at, state, nextPollAt, address, trouble }) => {
      await db
        .updateTable('source')
        .set((e) => ({
          ...(trouble === undefined
            ? { read_at: at, failing_since: null, trouble: null }
            : { failing_since: e.fn.coalesce('failing_since', e.val(at)), trouble }),
          poll_state: state,
          next_poll_at: nextPollAt ?? null,
          ...(address === undefined ? {} : { address, host: URL.parse(address)?.host ?? null }),
        }))
        .where('id', '=', id)
        .execute()
    },

    passBy: (id, keys) =>
      db.transaction().execute(async (trx) => {
        for (const key of keys) {
          await trx
            .insertInto('passed_entry')
            .values({ source_id: id, key })
            .onConflict((c) => c.doNothing())
            .execute()
        }
      }),

    wasPassedBy: async (id, keys) => {
      if (keys.length === 0) return false
      const row = await db
        .selectFrom('passed_entry')
        .select('key')
        .where('source_id', '=', id)
        .where('key', 'in', [...keys])
        .executeTakeFirst()
      return row !== undefined
    },

    noteListed: (id, keys, now) =>
      db.transaction().execute(async (trx) => {
        const rows = keys.map((key) => [key])
        const listed = sql`select c0 from ${engineOf(trx).manyRows(rows, 1)}`
        await sql`
          update passed_entry set missing_since = null
          where source_id = ${id} and missing_since is not null and key in (${listed})`.execute(trx)
        await sql`
          update passed_entry set missing_since = ${now}
          where source_id = ${id} and missing_since is null and key not in (${listed})`.execute(trx)
      }),
  }
}

/** On PostgreSQL within a transaction: what is picked stays picked until it is leased. */
async function lease(db: Database, claim: PollClaim): Promise<readonly PolledSource[]> {
  const picked = await pick(db, claim)
  const hosts = engineOf(db).isAlone ? undefined : await takeHosts(db, picked, claim)
  const ours = picked.filter(({ host }) => host === null || hosts?.has(host) !== false)
  if (ours.length === 0) return []
  const ids = ours.map(({ id }) => id)
  await db.updateTable('source').set({ next_poll_at: claim.leaseUntil }).where('id', 'in', ids).execute()
  return ours.map(polledOf)
}

function pick(db: Database, { owner, now, limit }: PollClaim): Promise<SourceRow[]> {
  return db
    .selectFrom('source')
    .selectAll('source')
    .where('kind', 'in', ['feed', 'page'])
    .where('next_poll_at', '<=', now)
    .where((each) =>
      each.exists(
        each
          .selectFrom('digest_source')
          .innerJoin('digest', 'digest.id', 'digest_source.digest_id')
          .select('digest.id')
          .whereRef('digest_source.source_id', '=', 'source.id')
          .where('digest.withdrawn_at', 'is', null),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('polled_host')
            .select('polled_host.host')
            .whereRef('polled_host.host', '=', 'source.host')
            .where('owner', '<>', owner)
            .where('until', '>', now),
        ),
      ),
    )
    .orderBy('next_poll_at')
    .limit(limit)
    .modifyEnd(engineOf(db).unclaimed('source'))
    .execute()
}

/** Those hosts from which nobody else reads, from now on. Taken in one order by all, so that no two wait for each other. */
async function takeHosts(
  db: Database,
  sources: readonly SourceRow[],
  { owner, now, leaseUntil }: PollClaim,
): Promise<ReadonlySet<string>> {
  const hosts = [...new Set(sources.flatMap(({ host }) => host ?? []))].sort()
  if (hosts.length === 0) return new Set()
  const taken = await db
    .insertInto('polled_host')
    .values(hosts.map((host) => ({ host, owner, until: leaseUntil })))
    .onConflict((c) =>
      c
        .column('host')
        .doUpdateSet({ owner, until: leaseUntil })
        .where((e) => e.or([e('polled_host.owner', '=', owner), e('polled_host.until', '<=', now)])),
    )
    .returning('host')
    .execute()
  return new Set(taken.map(({ host }) => host))
}

function polledOf(row: SourceRow): PolledSource {
  return {
    id: row.id as SourceId,
    kind: row.kind === 'page' ? 'page' : 'feed',
    address: row.address,
    ...(row.host === null ? {} : { host: row.host }),
    ...(row.outlet === null ? {} : { outlet: row.outlet }),
    fulltext: fulltextOf(row.fulltext),
    language: row.language,
    ...(row.poll_state === null ? {} : { state: row.poll_state }),
  }
}
