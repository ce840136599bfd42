/** Held articles that an older analysis worked out, and what a new one says of the same text. */
import { z } from 'zod'
import type { ArticleId } from '../article/article.ts'
import type { Renewing } from '../digest/renewing.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { analysedColumns } from './intake.ts'
import { storyLock, touchStoriesOf } from './placing.ts'

const strings = z.array(z.string())

export function createRenewing(db: Database): Renewing {
  return {
    outdated: async (mark, limit) => {
      const rows = await db
        .selectFrom('article')
        .select([
          'id',
          'content_hash',
          'headline',
          'standfirst',
          'body',
          'authors',
          'outlet',
          'language',
          'published_at',
          'brief',
          'summary',
          'features',
        ])
        .where((e) => e.or([e('analysis', '<', mark), e('analysis', '>', mark)]))
        .where('retired_at', 'is', null)
        // Without its text nothing better can be worked out.
        .where('body_dropped_at', 'is', null)
        .orderBy('seen_at', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        articleId: row.id as ArticleId,
        contentHash: row.content_hash,
        outlet: row.outlet,
        language: row.language,
        brief: row.brief,
        summary: strings.parse(JSON.parse(row.summary)),
        features: row.features,
        draft: {
          headline: row.headline,
          ...(row.standfirst === null ? {} : { standfirst: row.standfirst }),
          body: strings.parse(JSON.parse(row.body)),
          authors: strings.parse(JSON.parse(row.authors)),
          ...(row.published_at === null ? {} : { publishedAt: Number(row.published_at) }),
        },
      }))
    },

    renew: ({ articleId, contentHash }, analysed, now) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, storyLock)
        const held = await trx
          .selectFrom('article')
          .select('features')
          .where('id', '=', articleId)
          .where('content_hash', '=', contentHash)
          .modifyEnd(engineOf(trx).keptStill('article'))
          .executeTakeFirst()
        if (held === undefined) return
        await trx
          .updateTable('article')
          .set({
            ...analysedColumns(analysed),
            ...(held.features === analysed.features ? {} : { is_placed: 0 }),
          })
          .where('id', '=', articleId)
          .execute()
        await touchStoriesOf(trx, [articleId], now)
      }),

    giveUpRenewing: async (articleId, mark) => {
      await db.updateTable('article').set({ analysis: mark }).where('id', '=', articleId).execute()
    },
  }
}
