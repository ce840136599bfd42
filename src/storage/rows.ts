/** Rows ↔ values. What was written by an older version, or by hand, is checked as it is read. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Article, ArticleId, Fulltext, SourceId, StoryId } from '../article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../digest/definition.ts'
import type { Edition, EditionId } from '../digest/edition.ts'
import type { ChannelId, GuildId, Subscription, SubscriptionId } from '../digest/ledger.ts'
import { scheduleShape } from '../digest/schedule.ts'
import type { ArticleRow, EditionRow, SubscriptionRow } from './schema.ts'

/** 12 characters of a–z and 0–9 (62 bits): short enough for several in one custom id. */
export function newId<Id extends string>(): Id {
  const number = randomBytes(8).readBigUInt64BE()
  return number.toString(36).padStart(13, '0').slice(-12) as Id
}

const strings = z.array(z.string())

export function fulltextOf(text: string): Fulltext {
  return text === 'never' || text === 'excerpt' ? text : 'always'
}

/** An article with what its source allows to be shown of it. */
export function articleOf(row: ArticleRow & { fulltext: string }): Article {
  return {
    id: row.id as ArticleId,
    sourceId: row.source_id as SourceId,
    storyId: (row.story_id ?? row.id) as StoryId,
    headline: row.headline,
    ...(row.standfirst === null ? {} : { standfirst: row.standfirst }),
    body: strings.parse(JSON.parse(row.body)),
    authors: strings.parse(JSON.parse(row.authors)),
    outlet: row.outlet,
    language: row.language,
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.image === null ? {} : { image: row.image }),
    ...(row.published_at === null ? {} : { publishedAt: Number(row.published_at) }),
    seenAt: Number(row.seen_at),
    updatedAt: Number(row.updated_at),
    brief: row.brief,
    summary: strings.parse(JSON.parse(row.summary)),
    fulltext: fulltextOf(row.fulltext),
  }
}

export function digestOf(row: { id: string; definition: string }): Digest {
  return { id: row.id as DigestId, ...definitionSchema.parse(JSON.parse(row.definition)) }
}

const branded = <Brand extends string>() => z.string().transform((text) => text as Brand)

const contentSchema = z.object({
  title: z.string(),
  language: z.string(),
  items: z.array(
    z.object({
      storyId: branded<StoryId>(),
      articleId: branded<ArticleId>(),
      headline: z.string(),
      brief: z.string(),
      url: z.string().exactOptional(),
      image: z.string().exactOptional(),
      outlets: strings,
      at: z.number(),
      carries: z.array(branded<ArticleId>()),
      because: z.string(),
    }),
  ),
})

export function editionOf(row: EditionRow): Edition {
  return {
    id: row.id as EditionId,
    digestId: row.digest_id as DigestId,
    number: row.number,
    slot: Number(row.slot),
    composedAt: Number(row.composed_at),
    ...contentSchema.parse(JSON.parse(row.content)),
  }
}

export function subscriptionOf(row: SubscriptionRow): Subscription {
  return {
    id: row.id as SubscriptionId,
    guildId: row.guild_id as GuildId,
    channelId: row.channel_id as ChannelId,
    digestId: row.digest_id as DigestId,
    schedule: scheduleShape.parse(JSON.parse(row.schedule)),
    createdAt: Number(row.created_at),
    plannedUntil: Number(row.planned_until),
    ...(row.last_edition_id === null ? {} : { lastEditionId: row.last_edition_id as EditionId }),
  }
}

/** Lower case, accents and umlaut dots off: `Über` is found by `uber` and by `über`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
}
