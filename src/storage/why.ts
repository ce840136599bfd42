/** What is on record about an article: who carried it, who passed it, and why. Reads alone; nothing is decided here. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { ArticleId, StoryId } from '../article/article.ts'
import { articleKeys } from '../article/identity.ts'
import type { DigestId } from '../digest/definition.ts'
import type { EditionId } from '../digest/edition.ts'
import type { Reader } from '../digest/library.ts'
import type { PassedReason } from '../digest/passed.ts'
import type { Search } from '../digest/search.ts'
import {
  type AskedArticle,
  type Explaining,
  type ReadersExplaining,
  type WhyRecord,
  whyOf,
} from '../digest/why.ts'
import type { Database } from './database.ts'
import { parseContent } from './edition-content.ts'
import { isArticleFor } from './readers.ts'
import { createReadersSearch } from './search.ts'

export function createReadersExplaining(db: Database, reader: Reader): ReadersExplaining {
  return { ...createExplaining(db, createReadersSearch(db, reader), reader), reader }
}

/** Without a reader about everything. */
export function createExplaining(db: Database, search: Search, reader?: Reader): Explaining {
  return {
    why: async (articleId, digestId, newest) => {
      const record = await recordOf(db, articleId, digestId, newest)
      return record && whyOf(record)
    },

    asked: async (typed, limit) => {
      const text = typed.trim()
      const byId = await askedArticles(db, [text], reader)
      if (byId.length > 0) return byId
      if (/^https?:\/\//i.test(text)) return askedArticles(db, await idsAt(db, text, limit), reader)
      const { hits } = await search.find({ words: text, limit })
      return askedArticles(
        db,
        hits.map((hit) => hit.articleId),
        reader,
      )
    },
  }
}

async function recordOf(
  db: Database,
  articleId: ArticleId,
  digestId: DigestId,
  newest: EditionId | undefined,
): Promise<WhyRecord | undefined> {
  const article = await db
    .selectFrom('article')
    .select(['copy_of', 'seen_at', 'retired_at'])
    .where('id', '=', articleId)
    .executeTakeFirst()
  if (article === undefined) return undefined
  const copyOf = (article.copy_of ?? undefined) as ArticleId | undefined
  const carried = await findCarried(db, articleId, newest, copyOf)
  const passed = await findPassed(db, articleId, newest)
  const skipped = await findSkipped(db, articleId, digestId, newest)
  const seenFrom = await findSeenFrom(db, newest)
  const seenByDigest = await findSeenBy(db, articleId, digestId)
  return {
    seenAt: seenByDigest ?? Number(article.seen_at),
    isOfDigest: seenByDigest !== undefined,
    ...(copyOf === undefined ? {} : { copyOf }),
    ...(article.retired_at === null ? {} : { retiredAt: Number(article.retired_at) }),
    ...(carried === undefined ? {} : { carried }),
    ...(passed === undefined ? {} : { passed }),
    ...(skipped === undefined ? {} : { skipped }),
    ...(seenFrom === undefined ? {} : { seenFrom }),
  }
}

/** A subquery: the ids of the editions of a chain. */
function chainOf(newest: EditionId | undefined): RawBuilder<string> {
  return sql<string>`(
    with recursive chain(id, previous_id) as (
      select id, previous_id from edition where id = ${newest ?? ''}
      union
      select edition.id, edition.previous_id from edition join chain on edition.id = chain.previous_id
    )
    select id from chain
  )`
}

async function findCarried(
  db: Database,
  articleId: ArticleId,
  newest: EditionId | undefined,
  copyOf: ArticleId | undefined,
): Promise<WhyRecord['carried']> {
  const row = await db
    .selectFrom('edition_article')
    .innerJoin('edition', 'edition.id', 'edition_article.edition_id')
    .select(['edition.number', 'edition.slot', 'edition.content'])
    .where('edition_article.article_id', '=', articleId)
    .where('edition.id', 'in', chainOf(newest))
    .orderBy('edition.number', 'desc')
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { items } = parseContent(row.content)
  const at = items.findIndex((item) => item.carries.includes(articleId))
  const item = items[at]
  return {
    number: row.number,
    slot: Number(row.slot),
    place: at + 1,
    isUpdate: item?.update !== undefined,
    isOwnVoice:
      item?.articleId === articleId || copyOf === undefined || item?.carries.includes(copyOf) !== true,
  }
}

const reasonShape = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('filtered'), rule: z.string() }),
  z.object({
    reason: z.literal('copy'),
    of: z.string().transform((id) => id as ArticleId),
    ofNumber: z.number(),
  }),
  z.object({ reason: z.literal('below-cut'), place: z.number(), of: z.number(), points: z.number() }),
  z.object({ reason: z.literal('not-moved'), ofNumber: z.number() }),
  z.object({ reason: z.literal('quiet'), stories: z.number() }),
  z.object({
    reason: z.literal('too-late'),
    standing: z.enum(['filtered', 'copy', 'below-cut', 'not-moved', 'quiet']).exactOptional(),
  }),
]) satisfies z.ZodType<PassedReason>

async function findPassed(
  db: Database,
  articleId: ArticleId,
  newest: EditionId | undefined,
): Promise<WhyRecord['passed']> {
  const row = await db
    .selectFrom('edition_passed')
    .innerJoin('edition', 'edition.id', 'edition_passed.edition_id')
    .select(['edition.number', 'edition.slot', 'edition_passed.reason', 'edition_passed.detail'])
    .where('edition_passed.article_id', '=', articleId)
    .where('edition.id', 'in', chainOf(newest))
    .orderBy('edition.number', 'desc')
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { number: row.number, slot: Number(row.slot), why: reasonOf(row) }
}

async function findSkipped(
  db: Database,
  articleId: ArticleId,
  digestId: DigestId,
  newest: EditionId | undefined,
): Promise<WhyRecord['skipped']> {
  const row = await db
    .selectFrom('skipped_passed')
    .select(['reason', 'detail'])
    .where('digest_id', '=', digestId)
    .where('previous_id', '=', newest ?? '')
    .where('article_id', '=', articleId)
    .executeTakeFirst()
  return row && reasonOf(row)
}

function reasonOf({ reason, detail }: { readonly reason: string; readonly detail: string }): PassedReason {
  return reasonShape.parse({ ...JSON.parse(detail), reason })
}

async function findSeenFrom(db: Database, newest: EditionId | undefined): Promise<number | undefined> {
  const row = await db
    .selectFrom('edition')
    .select('seen_from')
    .where('id', '=', newest ?? '')
    .executeTakeFirst()
  return row === undefined || row.seen_from === null ? undefined : Number(row.seen_from)
}

/** When a source of the digest brought the article first; undefined where none did. */
async function findSeenBy(
  db: Database,
  articleId: ArticleId,
  digestId: DigestId,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('article_source')
    .innerJoin('digest_source', 'digest_source.source_id', 'article_source.source_id')
    .select('article_source.seen_at')
    .where('article_source.article_id', '=', articleId)
    .where('digest_source.digest_id', '=', digestId)
    .orderBy('article_source.seen_at')
    .executeTakeFirst()
  return row && Number(row.seen_at)
}

/** The articles of an address, however it is written, the newest first. */
async function idsAt(db: Database, url: string, limit: number): Promise<readonly string[]> {
  const keys = articleKeys({ sourceId: '', url })
  const rows = await db
    .selectFrom('article')
    .select('id')
    .where((e) =>
      e.or([
        e('url', '=', url),
        e('id', 'in', e.selectFrom('article_key').select('article_id').where('key', 'in', keys)),
      ]),
    )
    .orderBy('seen_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** In the order of the ids; unknown ones are left out. */
async function askedArticles(
  db: Database,
  ids: readonly string[],
  reader: Reader | undefined,
): Promise<readonly AskedArticle[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('article')
    .select(['id', 'story_id', 'headline', 'outlet', 'url', 'seen_at'])
    .where('id', 'in', [...ids])
    .$if(reader !== undefined, (q) => q.where(isArticleFor(reader ?? {})))
    .execute()
  return rows
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map((row) => ({
      id: row.id as ArticleId,
      ...(row.story_id === null ? {} : { storyId: row.story_id as StoryId }),
      headline: row.headline,
      outlet: row.outlet,
      ...(row.url === null ? {} : { url: row.url }),
      seenAt: Number(row.seen_at),
    }))
}
