/** Rows ↔ values. What was written by an older version, or by hand, is checked as it is read. */
import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Article, ArticleId, Fulltext, SourceId, StoryId } from '../article/article.ts'
import { type Digest, type DigestDefinition, type DigestId, definitionSchema } from '../digest/definition.ts'
import type { Edition, EditionId } from '../digest/edition.ts'
import type { ChannelId, GuildId, Subscription, SubscriptionId, UserId } from '../digest/ledger.ts'
import type { LocalKey } from '../digest/local-clock.ts'
import { type Place, placeShape } from '../digest/place.ts'
import { type Schedule, scheduleShape, unreadableSchedule } from '../digest/schedule.ts'
import { parseContent } from './edition-content.ts'
import type { ArticleRow, EditionRow, SubscriptionRow } from './schema.ts'

/** 12 characters of a–z and 0–9 (62 bits): short enough for several in one custom id. */
export function newId<Id extends string>(): Id {
  return idFrom<Id>(randomBytes(8))
}

/** The id that belongs to a name: the same in every database. */
export function idOfName<Id extends string>(name: string): Id {
  return idFrom<Id>(createHash('sha256').update(name).digest())
}

function idFrom<Id extends string>(bytes: Buffer): Id {
  return bytes.readBigUInt64BE().toString(36).padStart(13, '0').slice(-12) as Id
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
  'article.body_dropped_at',
] as const

type ColumnName = (typeof articleColumns)[number] extends `article.${infer Name}` ? Name : never

/** An article with what its source allows to be shown of it. */
export function articleOf(
  row: Pick<Selectable<ArticleRow>, ColumnName & keyof ArticleRow> & { fulltext: string },
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
    ...(row.body_dropped_at === null ? {} : { isTextGone: true }),
  }
}

const definitions = new Map<string, DigestDefinition>()
const mostDefinitions = 2000

/** Undefined where the definition cannot be read: that digest rests, and no other. */
export function digestOf(row: { id: string; definition: string }): Digest | undefined {
  try {
    return { id: row.id as DigestId, ...definitionIn(row.definition) }
  } catch {
    return undefined
  }
}

/** Those that can be read, by title. */
export function digestsOf(rows: readonly { id: string; definition: string }[]): readonly Digest[] {
  return rows.flatMap((row) => digestOf(row) ?? []).sort((a, b) => a.title.localeCompare(b.title))
}

/** The same few digests are read for every answer, and checking a definition takes its time. */
function definitionIn(text: string): DigestDefinition {
  const known = definitions.get(text)
  if (known !== undefined) return known
  const definition = definitionSchema.parse(JSON.parse(text))
  if (definitions.size >= mostDefinitions) definitions.clear()
  definitions.set(text, definition)
  return definition
}

export function editionOf(row: Selectable<EditionRow>): Edition {
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
  const schedule = readSchedule(text)
  if (schedules.size >= mostSchedules) schedules.clear()
  schedules.set(text, schedule)
  return schedule
}

/** Undefined where it cannot be read. */
function readPlace(text: string): Place | undefined {
  try {
    return placeShape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** One that cannot be read stops nothing but its own subscription. */
function readSchedule(text: string): Schedule {
  try {
    return scheduleShape.parse(JSON.parse(text))
  } catch {
    return unreadableSchedule
  }
}

/** Without a place or times that can be read it rests. */
export function subscriptionOf(row: Selectable<SubscriptionRow>): Subscription {
  const place = row.place === null ? undefined : readPlace(row.place)
  const isReadable = row.place === null || place !== undefined
  return {
    id: row.id as SubscriptionId,
    guildId: row.guild_id as GuildId,
    channelId: row.channel_id as ChannelId,
    digestId: row.digest_id as DigestId,
    schedule: isReadable ? scheduleOf(row.schedule) : unreadableSchedule,
    createdAt: Number(row.created_at),
    plannedUntil: Number(row.planned_until),
    ...(row.planned_key === null ? {} : { plannedKey: row.planned_key as LocalKey }),
    ...(row.last_edition_id === null ? {} : { lastEditionId: row.last_edition_id as EditionId }),
    ...(row.paused_at === null ? {} : { pausedAt: Number(row.paused_at) }),
    ...(row.notice === 'silent' || row.notice === 'role' ? { notice: row.notice } : {}),
    ...(row.channel_since === null ? {} : { channelSince: Number(row.channel_since) }),
    ...(row.added_by === null ? {} : { addedBy: row.added_by as UserId }),
    ...(place === undefined ? {} : { place }),
    ...(row.thread_id === null ? {} : { threadId: row.thread_id as ChannelId }),
  }
}
