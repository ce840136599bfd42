/** How much is held and what is waiting. */
import type { Instant } from '../article/article.ts'
import type { FindFigures } from '../digest/figures.ts'
import type { Database } from './database.ts'

export function createFigures(db: Database): FindFigures {
  return async (now) => {
    const delivery = await oldestDelivery(db, now)
    const source = await oldestSource(db, now)
    return {
      articles: await count(db, 'article'),
      stories: await count(db, 'story'),
      editions: await count(db, 'edition'),
      subscriptions: await count(db, 'subscription'),
      ...(delivery === undefined ? {} : { oldestDueDelivery: delivery }),
      ...(source === undefined ? {} : { oldestDueSource: source }),
    }
  }
}

async function count(db: Database, table: 'article' | 'story' | 'edition' | 'subscription'): Promise<number> {
  // Retired articles and merged stories count as well: they are held.
  const row = await db
    .selectFrom(table)
    .select((e) => e.fn.countAll().as('rows'))
    .executeTakeFirst()
  return Number(row?.rows ?? 0)
}

async function oldestDelivery(db: Database, now: Instant): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('delivery')
    .select((e) => e.fn.min('slot').as('oldest'))
    .where('settled_at', 'is', null)
    .where('slot', '<=', now)
    .executeTakeFirst()
  return instantOf(row?.oldest)
}

async function oldestSource(db: Database, now: Instant): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('source')
    .select((e) => e.fn.min('next_poll_at').as('oldest'))
    .where('next_poll_at', '<=', now)
    .executeTakeFirst()
  return instantOf(row?.oldest)
}

function instantOf(value: number | null | undefined): Instant | undefined {
  return value === null || value === undefined ? undefined : Number(value)
}
