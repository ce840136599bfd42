/** Holding articles: identity within a source, change in place, retirement, and the stories they belong to. */
import type { ArticleId, StoryId } from '../article/article.ts'
import type { AnalysedArticle, HouseDigest, Intake } from '../digest/library.ts'
import type { Database } from './database.ts'
import { fold, newId } from './rows.ts'

export function createIntake(db: Database): Intake {
  return {
    hold: (sourceId, key, contentHash, article, now) =>
      db.transaction().execute(async (trx) => {
        const held = await trx
          .selectFrom('article')
          .select(['id', 'content_hash', 'retired_at'])
          .where('source_id', '=', sourceId)
          .where('key', '=', key)
          .executeTakeFirst()
        if (held === undefined) {
          const id = newId<ArticleId>()
          await trx
            .insertInto('article')
            .values({
              ...columnsOf(article),
              id,
              source_id: sourceId,
              key,
              content_hash: contentHash,
              story_id: null,
              seen_at: now,
              updated_at: now,
              retired_at: null,
            })
            .execute()
          return { id, change: 'new' as const }
        }
        const id = held.id as ArticleId
        if (held.content_hash === contentHash && held.retired_at === null)
          return { id, change: 'none' as const }
        await trx
          .updateTable('article')
          .set({ ...columnsOf(article), content_hash: contentHash, updated_at: now, retired_at: null })
          .where('id', '=', id)
          .execute()
        return { id, change: 'changed' as const }
      }),

    heldHash: async (sourceId, key) => {
      const row = await db
        .selectFrom('article')
        .select('content_hash')
        .where('source_id', '=', sourceId)
        .where('key', '=', key)
        .where('retired_at', 'is', null)
        .executeTakeFirst()
      return row?.content_hash
    },

    heldKeys: async (sourceId) => {
      const rows = await db
        .selectFrom('article')
        .select('key')
        .where('source_id', '=', sourceId)
        .where('retired_at', 'is', null)
        .execute()
      return rows.map((row) => row.key)
    },

    retire: async (sourceId, key, now) => {
      const row = await db
        .updateTable('article')
        .set({ retired_at: now })
        .where('source_id', '=', sourceId)
        .where('key', '=', key)
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
      await db
        .insertInto('source')
        .values({ id: source.id, kind: source.kind, address: source.address })
        .onConflict((c) => c.column('id').doUpdateSet({ address: source.address }))
        .execute()
      await db
        .insertInto('digest_source')
        .values({ digest_id: id, source_id: source.id })
        .onConflict((c) => c.doNothing())
        .execute()
    }
  }
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
