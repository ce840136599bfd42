/** How a server is being served: read from the ledger, and from what came in. */
import { sql } from 'kysely'
import type { DigestId } from '../digest/definition.ts'
import type { GuildStatus, LastDelivery } from '../digest/guild-status.ts'
import type { SubscriptionId } from '../digest/ledger.ts'
import { skipKindOf } from '../digest/skipped.ts'
import type { Database } from './database.ts'
import { parseContent } from './edition-content.ts'
import type { DeliveryRow } from './schema.ts'

export function createGuildStatus(db: Database): GuildStatus {
  return {
    lastDeliveries: async (guildId) => {
      const rows = await db
        .selectFrom('delivery')
        .innerJoin('subscription', 'subscription.id', 'delivery.subscription_id')
        .leftJoin('edition', 'edition.id', 'delivery.edition_id')
        .select(['delivery.subscription_id', 'delivery.state', 'delivery.reason', 'delivery.lease_until'])
        .select(['delivery.settled_at', 'edition.number', 'edition.content'])
        .where('subscription.guild_id', '=', guildId)
        .where((e) =>
          e.not(
            e.exists(
              e
                .selectFrom('delivery as newer')
                .select('newer.id')
                .whereRef('newer.subscription_id', '=', 'delivery.subscription_id')
                .whereRef('newer.slot', '>', 'delivery.slot'),
            ),
          ),
        )
        .execute()
      return new Map(rows.map((row) => [row.subscription_id as SubscriptionId, lastOf(row)]))
    },

    unpublished: async (guildId) => {
      const rows = await db
        .selectFrom('crosspost')
        .innerJoin('delivery', 'delivery.id', 'crosspost.delivery_id')
        .innerJoin('subscription', 'subscription.id', 'delivery.subscription_id')
        .innerJoin('edition', 'edition.id', 'delivery.edition_id')
        .select(['subscription.id', 'edition.number', 'crosspost.ended_at'])
        .where('subscription.guild_id', '=', guildId)
        .whereRef('crosspost.channel_id', '=', 'subscription.channel_id')
        .where('crosspost.ended_at', 'is not', null)
        .where('crosspost.reason', 'is not', null)
        .where((e) =>
          e.not(
            e.exists(
              e
                .selectFrom('delivery as newer')
                .innerJoin('crosspost as later', 'later.delivery_id', 'newer.id')
                .select('newer.id')
                .whereRef('newer.subscription_id', '=', 'delivery.subscription_id')
                .whereRef('newer.slot', '>', 'delivery.slot')
                .where('later.ended_at', 'is not', null),
            ),
          ),
        )
        .execute()
      return new Map(
        rows.map((row) => [row.id as SubscriptionId, { number: row.number, at: Number(row.ended_at) }]),
      )
    },

    seen: async (digestIds, since) => {
      if (digestIds.length === 0) return { articles: [], stories: [] }
      const articles = await heldIn(db, digestIds)
        .select('article.seen_at')
        .where('article.seen_at', '>=', since)
        .execute()
      const recent = db
        .selectFrom('article')
        .select('article.story_id')
        .where('article.seen_at', '>=', since)
        .where('article.retired_at', 'is', null)
        .where('article.story_id', 'is not', null)
      const stories = await heldIn(db, digestIds)
        .select((e) => e.fn.min('article.seen_at').as('first'))
        .where('article.story_id', 'in', recent)
        .groupBy('article.story_id')
        .having((e) => e.fn.min('article.seen_at'), '>=', since)
        .execute()
      return {
        articles: articles.map((row) => Number(row.seen_at)),
        stories: stories.map((row) => Number(row.first)),
      }
    },
  }
}

/** Articles of these digests that are not retired; each is looked up, however many the sources have ever brought. */
function heldIn(db: Database, digestIds: readonly DigestId[]) {
  return db
    .selectFrom('article')
    .where('article.retired_at', 'is', null)
    .where((e) =>
      e.exists(
        e
          .selectFrom('digest_source')
          .innerJoin('article_source', 'article_source.source_id', 'digest_source.source_id')
          .select(sql.lit(1).as('one'))
          .whereRef('article_source.article_id', '=', 'article.id')
          .where('digest_source.digest_id', 'in', [...digestIds]),
      ),
    )
}

function lastOf(
  row: Pick<DeliveryRow, 'state' | 'reason' | 'settled_at' | 'lease_until'> & {
    readonly number: number | null
    readonly content: string | null
  },
): LastDelivery {
  if (row.settled_at === null) return { kind: 'under-way', at: Number(row.lease_until) }
  const at = Number(row.settled_at)
  if (row.state === 'failed') return { kind: 'failed', at }
  if (row.number === null || row.content === null) return { kind: 'skipped', at, why: skipKindOf(row.reason) }
  const stories = parseContent(row.content).items.length
  return { kind: 'posted', at, number: row.number, stories, isUnseen: row.state === 'uncertain' }
}
