/** Rows ↔ values. What was written by an older version, or by hand, is checked as it is read. */
import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Article, ArticleId, Fulltext, SourceId, StoryId } from '../article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../digest/definition.ts'
import type { Edition, EditionId } from '../digest/edition.ts'
import type { ChannelId, GuildId, Subscription, SubscriptionId } from '../digest/ledger.ts'
import type { LocalKey } from '../digest/local-clock.ts'
import { type Schedule, scheduleShape } from '../digest/schedule.ts'
import { parseContent } from './edition-content.ts'
import type { ArticleRow, EditionRow, SubscriptionRow } from './schema.ts'

/** 12 characters of a–z and 0–9 (62 bits): short enough for several in one custom id. */
export function newId<Id extends string>(): Id {
  const number = randomBytes(8).readBigUInt64BE()
  return number.toString(36).padStart(13, '0').slice(-12) as Id
}

const strings = z.array(z.string())
const terms = z.array(
  z.object({ text: z.string(), kind: z.enum(['person', 'place', 'organisation', 'name', 'topic']) }),
)

/** A list of texts as JSON. */
export function stringsOf(json: string): readonly string[] {
  return strings.parse(JSON.parse(json))
}

export function fulltextOf(text: string): Fulltext {
  return text === 'never' || text === 'excerpt' ? text : 'always'
}

/** The columns that an article is read from: not the long ones, which only clustering, search and filters need. */
export const articleColumns = [
  'article.id',
  'article.source_id',
  'article.story_id',
  'article.headline',
  'article.standfirst',
  'article.body',
  'article.authors',
  'article.outlet',
  'article.language',
  'article.url',
  'article.image',
  'article.published_at',
  'article.seen_at',
  'article.updated_at',
  'article.brief',
  'article.summary',
  'article.minutes',
  'article.terms',
  'article.copy_of',
] as const

type ColumnName = (typeof articleColumns)[number] extends `article.${infer Name}` ? Name : never

/** An article with what its source allows to be shown of it. */
export function articleOf(
  row: Pick<ArticleRow, ColumnName & keyof ArticleRow> & { fulltext: string },
): Article {
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
    minutes: row.minutes,
    terms: terms.parse(JSON.parse(row.terms)),
    ...(row.copy_of === null ? {} : { copyOf: row.copy_of as ArticleId }),
  }
}

export function digestOf(row: { id: string; definition: string }): Digest {
  return { id: row.id as DigestId, ...definitionSchema.parse(JSON.parse(row.definition)) }
}

export function editionOf(row: EditionRow): Edition {
  return {
    id: row.id as EditionId,
    digestId: row.digest_id as DigestId,
    number: row.number,
    slot: Number(row.slot),
    composedAt: Number(row.composed_at),
    ...parseContent(row.content),
  }
}

const schedules = new Map<string, Schedule>()
const mostSchedules = 5000

/** Many subscriptions have the same schedule, and checking the name of a zone takes its time. */
function scheduleOf(text: string): Schedule {
  const known = schedules.get(text)
  if (known !== undefined) return known
  const schedule = scheduleShape.parse(JSON.parse(text))
  if (schedules.size >= mostSchedules) schedules.clear()
  schedules.set(text, schedule)
  return schedule
}

export function subscriptionOf(row: Selectable<SubscriptionRow>): Subscription {
  return {
    id: row.id as SubscriptionId,
    guildId: row.guild_id as GuildId,
    channelId: row.channel_id as ChannelId,
    digestId: row.digest_id as DigestId,
    schedule: scheduleOf(row.schedule),
    createdAt: Number(row.created_at),
    plannedUntil: Number(row.planned_until),
    ...(row.planned_key === null ? {} : { plannedKey: row.planned_key as LocalKey }),
    ...(row.last_edition_id === null ? {} : { lastEditionId: row.last_edition_id as EditionId }),
    ...(row.paused_at === null ? {} : { pausedAt: Number(row.paused_at) }),
    ...(row.notice === 'silent' || row.notice === 'role' ? { notice: row.notice } : {}),
    ...(row.channel_since === null ? {} : { channelSince: Number(row.channel_since) }),
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
