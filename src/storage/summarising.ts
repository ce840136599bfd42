/** The summaries of stories: which are out of date, and what they say. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { Summarising } from '../digest/placing.ts'
import type { AttributedSentence, StoryDepths } from '../story/story.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { storyLock } from './placing.ts'

/** Ids in one statement. */
const mostIds = 500

export function createSummarising(db: Database): Summarising {
  return {
    settleSingles: (until) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, storyLock)
        const waiting = (await changed(trx, until).limit(mostIds).execute()).map(({ id }) => id)
        if (waiting.length === 0) return 0
        const told = await trx
          .selectFrom('article')
          .select('story_id')
          .where('story_id', 'in', waiting)
          .where('retired_at', 'is', null)
          .where('copy_of', 'is', null)
          .groupBy('story_id')
          .having((e) => e.fn.countAll(), '>', 1)
          .execute()
        const several = new Set(told.map((row) => row.story_id))
        const singles = waiting.filter((id) => !several.has(id))
        if (singles.length === 0) return 0
        await trx.deleteFrom('story_summary').where('story_id', 'in', singles).execute()
        await trx
          .updateTable('story')
          .set({ summarised_revision: sql`revision` })
          .where('id', 'in', singles)
          .execute()
        return singles.length
      }),

    changedStories: async (until, limit) => {
      const rows = await changed(db, until).limit(limit).execute()
      return rows.map(({ id, revision }) => ({ storyId: id as StoryId, revision }))
    },

    keepSummaries: ({ storyId, revision }, summaries) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, storyLock)
        await trx.deleteFrom('story_summary').where('story_id', '=', storyId).execute()
        for (const [language, { brief, sentences }] of summaries) {
          await trx
            .insertInto('story_summary')
            .values({
              story_id: storyId,
              language,
              brief: JSON.stringify(brief),
              summary: JSON.stringify(sentences),
            })
            .execute()
        }
        await trx
          .updateTable('story')
          .set({ summarised_revision: revision })
          .where('id', '=', storyId)
          .execute()
      }),
  }
}

function changed(db: Database, until: Instant) {
  return (
    db
      .selectFrom('story')
      .select(['id', 'revision'])
      // Spelt as in the index of stories to summarise, so that it serves.
      .where(sql<boolean>`summarised_revision < revision`)
      .where('merged_into', 'is', null)
      .where('changed_at', '<=', until)
      .orderBy('changed_at')
  )
}

const attributed: z.ZodType<AttributedSentence> = z.object({
  text: z.string(),
  articleId: z.string().transform((id) => id as ArticleId),
})

/** What is kept about these stories, by story and language. */
export async function summariesOf(
  db: Database,
  ids: readonly StoryId[],
): Promise<ReadonlyMap<StoryId, ReadonlyMap<string, StoryDepths>>> {
  const found = new Map<StoryId, Map<string, StoryDepths>>()
  for (let start = 0; start < ids.length; start += mostIds) {
    const rows = await db
      .selectFrom('story_summary')
      .selectAll()
      .where('story_id', 'in', ids.slice(start, start + mostIds))
      .execute()
    for (const row of rows) {
      const id = row.story_id as StoryId
      const byLanguage = found.get(id) ?? new Map<string, StoryDepths>()
      byLanguage.set(row.language, {
        brief: attributed.parse(JSON.parse(row.brief)),
        sentences: z.array(attributed).parse(JSON.parse(row.summary)),
      })
      found.set(id, byLanguage)
    }
  }
  return found
}
