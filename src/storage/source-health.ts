/** How sources are doing, by what was recorded of reading them and by the articles they brought. */
import type { SourceId } from '../article/article.ts'
import {
  type SourceHealth,
  type SourceHealths,
  type SourceTrouble,
  sourceTroubles,
} from '../digest/source-health.ts'
import type { Database } from './database.ts'
import type { SourceRow } from './schema.ts'

/** Ids in one statement. */
const mostAtOnce = 500

export function createSourceHealths(db: Database): SourceHealths {
  return {
    of: async (ids, since) => {
      const found = new Map<SourceId, SourceHealth>()
      for (let start = 0; start < ids.length; start += mostAtOnce) {
        const some = ids.slice(start, start + mostAtOnce)
        const counts = await articlesSince(db, some, since)
        const rows = await db.selectFrom('source').selectAll().where('id', 'in', some).execute()
        for (const row of rows) found.set(row.id as SourceId, healthOf(row, counts.get(row.id) ?? 0))
      }
      return found
    },
  }
}

async function articlesSince(
  db: Database,
  ids: readonly SourceId[],
  since: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('article_source')
    .innerJoin('article', 'article.id', 'article_source.article_id')
    .select('article_source.source_id')
    .select((e) => e.fn.countAll().as('articles'))
    .where('article_source.source_id', 'in', ids)
    .where('article.retired_at', 'is', null)
    .where('article.seen_at', '>=', since)
    .groupBy('article_source.source_id')
    .execute()
  return new Map(rows.map((row) => [row.source_id, Number(row.articles)]))
}

/** A trouble that this version does not know is shown as one that any host may have. */
export function troubleOf(text: string | null): SourceTrouble {
  return sourceTroubles.find((each) => each === text) ?? 'server'
}

function healthOf(row: SourceRow, articles: number): SourceHealth {
  const code = troubleOf(row.trouble)
  return {
    address: row.address,
    articles,
    ...(row.read_at === null ? {} : { readAt: Number(row.read_at) }),
    ...(row.failing_since === null ? {} : { trouble: { code, since: Number(row.failing_since) } }),
    ...(row.next_poll_at === null ? {} : { nextAt: Number(row.next_poll_at) }),
  }
}
