/** Holding articles: identity within a source, change in place, and retirement. */
import type { ArticleId, SourceId } from '../article/article.ts'
import { type ArticleMarks, sameArticle } from '../article/identity.ts'
import type { AnalysedArticle, HouseDigest, Incoming, Intake } from '../digest/library.ts'
import type { Database } from './database.ts'
import { bequeathCopies, createPlacing, touchStoriesOf } from './placing.ts'
import { putDigest } from './put-digest.ts'
import { fold, newId } from './rows.ts'
import type { ArticleRow } from './schema.ts'
import { indexArticle } from './search-index.ts'

export function createIntake(db: Database): Intake {
  return {
    ...createPlacing(db),

    find: async (incoming) => {
      const held = await findHeld(db, incoming)
      if (held === undefined || held.retired_at !== null) return undefined
      const known = await db
        .selectFrom('article_source')
        .select('article_id')
        .where('article_id', '=', held.id)
        .where('source_id', '=', incoming.sourceId)
        .executeTakeFirst()
      return { id: held.id as ArticleId, contentHash: held.content_hash, isNewToSource: known === undefined }
    },

    addSource: (id, sourceId) =>
      db.transaction().execute(async (trx) => {
        await addSource(trx, id, sourceId)
        await indexArticle(trx, id)
      }),

    hold: (incoming, contentHash, article, now) =>
      db.transaction().execute(async (trx) => {
        const held = await findHeld(trx, incoming)
        const id = (held?.id ?? newId()) as ArticleId
        const change = held === undefined ? 'new' : isSame(held, contentHash) ? 'none' : 'changed'
        const columns = {
          ...columnsOf(article),
          guid: incoming.marks?.guid ?? null,
          content_hash: contentHash,
        }
        if (held === undefined) {
          await trx
            .insertInto('article')
            .values({
              ...columns,
              id,
              source_id: incoming.sourceId,
              story_id: null,
              copy_of: null,
              is_placed: 0,
              seen_at: now,
              updated_at: now,
              retired_at: null,
            })
            .execute()
        } else if (change === 'changed') {
          await keepRevision(trx, held, now)
          await trx
            .updateTable('article')
            .set({ ...columns, is_placed: 0, updated_at: now, retired_at: null })
            .where('id', '=', id)
            .execute()
        }
        await addSource(trx, id, incoming.sourceId)
        for (const key of incoming.keys) {
          await trx
            .insertInto('article_key')
            .values({ key, article_id: id })
            .onConflict((c) => c.doNothing())
            .execute()
        }
        await indexArticle(trx, id)
        return { id, change }
      }),

    heldKeys: async (sourceId) => {
      const rows = await db
        .selectFrom('article')
        .innerJoin('article_key', 'article_key.article_id', 'article.id')
        .select('article_key.key')
        .where('article.source_id', '=', sourceId)
        .where('article.retired_at', 'is', null)
        .execute()
      return rows.map((row) => row.key)
    },

    retire: (key, now) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('article')
          .set({ retired_at: now, copy_of: null, is_placed: 1 })
          .where('id', 'in', (e) => e.selectFrom('article_key').select('article_id').where('key', '=', key))
          .where('retired_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (row === undefined) return undefined
        const id = row.id as ArticleId
        await bequeathCopies(trx, id)
        await touchStoriesOf(trx, [id], now)
        return id
      }),

    setHouseDigests: (digests, now) =>
      db.transaction().execute((trx) => replaceHouseDigests(trx, digests, now)),
  }
}

/** The held article that shares the strongest key, if it really is the same one. */
async function findHeld(db: Database, { keys, marks }: Incoming): Promise<ArticleRow | undefined> {
  if (keys.length === 0) return undefined
  const rows = await db
    .selectFrom('article_key')
    .innerJoin('article', 'article.id', 'article_key.article_id')
    .selectAll('article')
    .select('article_key.key')
    .where('article_key.key', 'in', [...keys])
    .orderBy('article.seen_at', 'desc')
    .limit(50)
    .execute()
  const ranked = rows.sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))
  return ranked.find((row) => marks === undefined || sameArticle(marksOf(row), marks))
}

function marksOf(row: ArticleRow): ArticleMarks {
  return {
    sourceId: row.source_id,
    headline: row.headline,
    ...(row.guid === null ? {} : { guid: row.guid }),
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.published_at === null ? {} : { publishedAt: Number(row.published_at) }),
  }
}

function isSame(held: ArticleRow, contentHash: string): boolean {
  return held.content_hash === contentHash && held.retired_at === null
}

async function keepRevision(db: Database, held: ArticleRow, now: number): Promise<void> {
  await db
    .insertInto('article_revision')
    .values({
      article_id: held.id,
      replaced_at: now,
      headline: held.headline,
      standfirst: held.standfirst,
      body: held.body,
    })
    .onConflict((c) => c.doNothing())
    .execute()
}

async function addSource(db: Database, articleId: ArticleId, sourceId: SourceId): Promise<void> {
  await db
    .insertInto('article_source')
    .values({ article_id: articleId, source_id: sourceId })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Digests that servers made are not the house's to withdraw. */
async function replaceHouseDigests(
  db: Database,
  digests: readonly HouseDigest[],
  now: number,
): Promise<void> {
  await db
    .updateTable('digest')
    .set({ withdrawn_at: now })
    .where('guild_id', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
  for (const each of digests) await putDigest(db, each, null, now)
}

function columnsOf(article: AnalysedArticle) {
  return {
    headline: article.headline,
    headline_folded: fold(article.headline),
    standfirst: article.standfirst ?? null,
    body: JSON.stringify(article.body),
    authors: JSON.stringify(article.authors),
    outlet: article.outlet,
    language: article.language,
    url: article.url ?? null,
    image: article.image ?? null,
    published_at: article.publishedAt ?? null,
    ...analysedColumns(article),
  }
}

/** What was worked out about an article, and not what its source said. */
export function analysedColumns(article: AnalysedArticle) {
  return {
    brief: article.brief,
    summary: JSON.stringify(article.summary),
    analysis: article.analysis,
    stems: article.stems,
    minutes: article.minutes,
    terms: JSON.stringify(article.terms),
    features: article.features,
  }
}
