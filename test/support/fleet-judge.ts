/** What the fleet made of it all, beside the messages themselves: every article once, every feed left in peace. */
import { sql } from 'kysely'
import type { Database } from '../../src/storage/database.ts'
import type { Fleet } from './fleet.ts'
import { type FleetWorld, ttlMinutes } from './fleet-world.ts'
import { claimChanges } from './watched-claims.ts'

/** Articles that are not held exactly once, and those that a subscription did not carry exactly once: each in a sentence. */
export async function articlesAmiss(
  { db, published }: Pick<FleetWorld, 'db' | 'published'>,
  isJudged: (channelId: string) => boolean,
): Promise<readonly string[]> {
  const rows = await db.selectFrom('article').select(['id', 'guid', 'source_id']).execute()
  const byGuid = Map.groupBy(rows, ({ guid }) => guid ?? '')
  const held = published().flatMap((guid) => {
    const count = byGuid.get(guid)?.length ?? 0
    return count === 1 ? [] : [`${guid} is held ${count} times`]
  })
  const carried = await sql<{ subscription_id: string; channel_id: string; guid: string; count: number }>`
    select subscription.id as subscription_id, subscription.channel_id, article.guid, (
      select count(*) from delivery join edition_article on edition_article.edition_id = delivery.edition_id
      where delivery.subscription_id = subscription.id and edition_article.article_id = article.id and delivery.state = 'sent'
    ) as count
    from subscription join digest_source on digest_source.digest_id = subscription.digest_id
      join article on article.source_id = digest_source.source_id`.execute(db)
  const amiss = carried.rows.filter(({ channel_id, count }) => isJudged(channel_id) && Number(count) !== 1)
  return [
    ...held,
    ...amiss.map((row) => `${row.guid} was carried ${row.count} times by ${row.subscription_id}`),
  ]
}

/**
 * Feeds that were asked again before they allow it: after a poll that was recorded, and after one whose process died over it. Of processes that
 * were cut off from the database while they polled nobody can tell what they knew.
 */
export async function feedsHurried(
  { db, feedRequests }: Pick<FleetWorld, 'db' | 'feedRequests'>,
  fleet: Fleet,
): Promise<readonly string[]> {
  const changes = (await claimChanges(db)).filter(({ table }) => table === 'source')
  const cut = new Set(fleet.crews().flatMap((crew) => (crew.wasCut() ? [crew.name] : [])))
  const judged = feedRequests.filter(({ by }) => !cut.has(by))
  return [...Map.groupBy(judged, ({ feed }) => feed)].flatMap(([feed, requests]) =>
    requests.slice(1).flatMap((request, index) => {
      const before = requests[index] ?? request
      const isRecorded = changes.some(
        ({ key, by, isSettled, machineAt }) =>
          key.endsWith(`/${feed}.xml`) &&
          by === before.by &&
          isSettled &&
          machineAt >= before.machineAt &&
          machineAt <= request.machineAt,
      )
      const leastMs = isRecorded ? ttlMinutes * minute : pollLeaseMs - onItsWayMs
      const gapMs = request.at - before.at
      return gapMs >= leastMs ? [] : [`${feed} after ${gapMs} ms, ${isRecorded ? '' : 'not '}recorded`]
    }),
  )
}

const minute = 60_000
const pollLeaseMs = 10 * minute
/** From a claim to its request, on a machine that has other things to do. */
const onItsWayMs = minute

/** What is still held by whoever is gone, for longer than it may be. */
export async function heldByTheDead(db: Database, now: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select id from delivery where settled_at is null and owner is not null and lease_until < ${now}
    union all select id from follow where owner is not null and lease_until < ${now}
    union all select id from notice where told_at is null and owner is not null and lease_until < ${now}
    union all select delivery_id from correction_edit where owner is not null and lease_until < ${now}
  ) as held`.execute(db)
  return Number(rows[0]?.count)
}
