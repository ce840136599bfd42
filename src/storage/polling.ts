/** Sources that are read over the network: which are due, and what is remembered of reading them. */
import { sql } from 'kysely'
import type { SourceId } from '../article/article.ts'
import type { PolledSource, Polling } from '../digest/library.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { fulltextOf } from './rows.ts'
import type { SourceRow } from './schema.ts'

export function createPolling(db: Database): Polling {
  return {
    claimDue: async (now, leaseUntil, limit) => {
      const rows = await db
        .with(
          (name) => name('picked').materialized(),
          (e) =>
            e
              .selectFrom('source')
              .select('source.id')
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
              .orderBy('next_poll_at')
              .limit(limit)
              .modifyEnd(engineOf(db).unclaimed('source')),
        )
        .updateTable('source')
        .from('picked')
        .set({ next_poll_at: leaseUntil })
        .whereRef('source.id', '=', 'picked.id')
        .returningAll()
        .execute()
      return rows.map(polledOf)
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
          ...(address === undefined ? {} : { address }),
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

function polledOf(row: SourceRow): PolledSource {
  return {
    id: row.id as SourceId,
    kind: row.kind === 'page' ? 'page' : 'feed',
    address: row.address,
    ...(row.outlet === null ? {} : { outlet: row.outlet }),
    fulltext: fulltextOf(row.fulltext),
    language: row.language,
    ...(row.poll_state === null ? {} : { state: row.poll_state }),
  }
}
