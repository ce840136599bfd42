/** Holding articles: identity within a source, change in place, retirement, and the stories they belong to. */
import type { ArticleId, SourceId, StoryId } from '../article/article.ts'
import { type ArticleMarks, sameArticle } from '../article/identity.ts'
import type { AnalysedArticle, HouseDigest, HouseSource, Incoming, Intake } from '../digest/library.ts'
import type { Database } from './database.ts'
import { fold, newId } from './rows.ts'
import type { ArticleRow } from './schema.ts'

export function createIntake(db: Database): Intake {
  return {
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

    addSource: (id, sourceId) => addSource(db, id, sourceId),

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
              seen_at: now,
              updated_at: now,
              retired_at: null,
            })
            .execute()
        } else if (change === 'changed') {
          await keepRevision(trx, held, now)
          await trx
            .updateTable('article')
            .set({ ...columns, updated_at: now, retired_at: null })
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

    retire: async (key, now) => {
      const row = await db
        .updateTable('article')
        .set({ retired_at: now })
        .where('id', 'in', (e) => e.selectFrom('article_key').select('article_id').where('key', '=', key))
        .where('retired_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      return row && (row.id as ArticleId)
    },

    assignStories: (assignments, merged) =>
      db.transaction().execute(async (trx) => {
        for (const { articleId, storyId } of assignments) {
          await trx
            .insertInto('story')
            .values({ id: storyId, merged_into: null })
            .onConflict((c) => c.column('id').doUpdateSet({ merged_into: null }))
            .execute()
          await trx.updateTable('article').set({ story_id: storyId }).where('id', '=', articleId).execute()
        }
        for (const { from, into } of merged) {
          if (from !== into)
            await trx.updateTable('story').set({ merged_into: into }).where('id', '=', from).execute()
        }
      }),

    allFeatures: async function* () {
      const page = 500
      let after = { seenAt: -1, id: '' }
      for (;;) {
        const rows = await db
          .selectFrom('article')
          .select(['id', 'story_id', 'seen_at', 'features'])
          .where('retired_at', 'is', null)
          .where((e) =>
            e.or([
              e('seen_at', '>', after.seenAt),
              e.and([e('seen_at', '=', after.seenAt), e('id', '>', after.id)]),
            ]),
          )
          .orderBy('seen_at')
          .orderBy('id')
          .limit(page)
          .execute()
        for (const row of rows) {
          yield {
            articleId: row.id as ArticleId,
            storyId: row.story_id === null ? undefined : (row.story_id as StoryId),
            seenAt: Number(row.seen_at),
            features: row.features,
          }
        }
        const last = rows.at(-1)
        if (last === undefined || rows.length < page) return
        after = { seenAt: Number(last.seen_at), id: last.id }
      }
    },

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

async function replaceHouseDigests(
  db: Database,
  digests: readonly HouseDigest[],
  now: number,
): Promise<void> {
  await db.updateTable('digest').set({ withdrawn_at: now }).where('withdrawn_at', 'is', null).execute()
  for (const { digest, sources } of digests) {
    const { id, ...rest } = digest
    const definition = JSON.stringify(rest)
    await db
      .insertInto('digest')
      .values({ id, definition, withdrawn_at: null })
      .onConflict((c) => c.column('id').doUpdateSet({ definition, withdrawn_at: null }))
      .execute()
    await db.deleteFrom('digest_source').where('digest_id', '=', id).execute()
    for (const source of sources) {
      await putSource(db, source, digest.language, now)
      await db
        .insertInto('digest_source')
        .values({ digest_id: id, source_id: source.id })
        .onConflict((c) => c.doNothing())
        .execute()
    }
  }
}

/** A source keeps what is remembered of polling it; only what the digest says of it is put anew. */
async function putSource(db: Database, source: HouseSource, language: string, now: number): Promise<void> {
  const said = { outlet: source.outlet ?? null, fulltext: source.fulltext }
  await db
    .insertInto('source')
    .values({
      ...said,
      id: source.id,
      kind: source.kind,
      address: source.address,
      language,
      next_poll_at: source.kind === 'folder' ? null : now,
      poll_state: null,
    })
    .onConflict((c) => c.column('id').doUpdateSet(said))
    .execute()
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
    brief: article.brief,
    summary: JSON.stringify(article.summary),
    features: article.features,
  }
}
