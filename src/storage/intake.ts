/** Holding articles: identity within a source, change in place, and retirement. */
import type { Selectable } from 'kysely'
import type { ArticleId, SourceId } from '../article/article.ts'
import { type ArticleMarks, sameArticle } from '../article/identity.ts'
import type { AnalysedArticle, HouseDigest, Incoming, Intake } from '../digest/library.ts'
import { noteCorrections } from './corrections.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { bequeathCopies, createPlacing, storyLock, touchStoriesOf } from './placing.ts'
import { putDigest } from './put-digest.ts'
import { linkSource } from './readers.ts'
import type { AssertKept } from './roles.ts'
import { idOfName, newId } from './rows.ts'
import type { ArticleRow } from './schema.ts'
import { indexArticle } from './search-index.ts'

/** `assertKept`: where several processes could put articles into stories. */
export function createIntake(db: Database, assertKept?: AssertKept): Intake {
  return {
    ...createPlacing(db, assertKept),

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

    addSource: (id, sourceId, now) =>
      db.transaction().execute(async (trx) => {
        await addSource(trx, id, sourceId, now)
        await indexArticle(trx, id)
      }),

    hold: (incoming, contentHash, article, now) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, incoming.keys)
        const held = await findHeld(trx, incoming)
        const id = (held?.id as ArticleId | undefined) ?? (await idFor(trx, incoming, contentHash))
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
            .set({ ...columns, is_placed: 0, updated_at: now, retired_at: null, body_dropped_at: null })
            .where('id', '=', id)
            .execute()
        }
        await addSource(trx, id, incoming.sourceId, now)
        for (const key of incoming.keys) {
          await trx
            .insertInto('article_key')
            .values({ key, article_id: id })
            .onConflict((c) => c.doNothing())
            .execute()
        }
        await indexArticle(trx, id)
        if (change === 'changed') await noteCorrections(trx, id, now)
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
        await engineOf(trx).lock(trx, storyLock)
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
        await noteCorrections(trx, id, now)
        return id
      }),

    setHouseDigests: (digests, now) =>
      db.transaction().execute((trx) => replaceHouseDigests(trx, digests, now)),
  }
}

/**
 * By what the article is known by, so that what is chosen by id where all else is equal is chosen alike from the same articles. A key may
 * have gone to another article meanwhile.
 */
async function idFor(
  db: Database,
  { keys: [key], sourceId }: Incoming,
  contentHash: string,
): Promise<ArticleId> {
  // What a member asked for is for whoever knows its id, and nobody is to find that by its address.
  if (sourceId === linkSource) return newId<ArticleId>()
  const names = key === undefined ? [contentHash] : [key, `${key} ${contentHash}`]
  for (const id of names.map((name) => idOfName<ArticleId>(name))) {
    const taken = await db.selectFrom('article').select('id').where('id', '=', id).executeTakeFirst()
    if (taken === undefined) return id
  }
  return newId<ArticleId>()
}

/** The held article that shares the strongest key, if it really is the same one. */
async function findHeld(
  db: Database,
  { keys, marks }: Incoming,
): Promise<Selectable<ArticleRow> | undefined> {
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

function marksOf(row: Selectable<ArticleRow>): ArticleMarks {
  return {
    sourceId: row.source_id,
    headline: row.headline,
    ...(row.guid === null ? {} : { guid: row.guid }),
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.published_at === null ? {} : { publishedAt: Number(row.published_at) }),
  }
}

function isSame(held: Selectable<ArticleRow>, contentHash: string): boolean {
  return held.content_hash === contentHash && held.retired_at === null
}

async function keepRevision(db: Database, held: Selectable<ArticleRow>, now: number): Promise<void> {
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

async function addSource(db: Database, articleId: ArticleId, sourceId: SourceId, now: number): Promise<void> {
  await db
    .insertInto('article_source')
    .values({ article_id: articleId, source_id: sourceId, seen_at: now })
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
