/** The desk where editions are made: what a chain has not carried yet, and the freezing of what it carries next. */
import { type RawBuilder, sql } from 'kysely'
import type { ArticleId, StoryId } from '../article/article.ts'
import type { EditionId } from '../digest/edition.ts'
import type { EditionDesk } from '../digest/library.ts'
import type { Database } from './database.ts'
import { articleIdsOf, articlesOf, storiesOf } from './library.ts'
import { editionOf, newId } from './rows.ts'

/** Articles older than this stay out of candidates: they had their chance in every edition since. */
const horizonMs = 7 * 24 * 60 * 60 * 1000

export function createEditionDesk(db: Database): EditionDesk {
  return {
    candidates: async (digestId, previous, until) => {
      const rows = await db
        .selectFrom('article')
        .select(['id', 'story_id'])
        .where('id', 'in', articleIdsOf(db, [digestId]))
        .where('retired_at', 'is', null)
        .where('story_id', 'is not', null)
        .where('seen_at', '<=', until)
        .where('seen_at', '>', until - horizonMs)
        .where('id', 'not in', carriedBy(previous, 'article_id'))
        .execute()
      const fresh = Map.groupBy(rows, (row) => row.story_id as StoryId)
      const ids = [...fresh.keys()].sort()
      const carried = await sql<{
        id: string
      }>`select id from ${carriedBy(previous, 'story_id')} as carried`.execute(db)
      const carriedStories = new Set(carried.rows.map((row) => row.id))
      return storiesOf(ids, await articlesOf(db, ids, [digestId])).map((story) => ({
        story,
        fresh: (fresh.get(story.id) ?? []).map((row) => row.id as ArticleId),
        wasCarried: carriedStories.has(story.id),
      }))
    },

    findNext: async (digestId, slot, previous) => {
      const row = await db
        .selectFrom('edition')
        .selectAll()
        .where('digest_id', '=', digestId)
        .where('slot', '=', slot)
        .where('previous_id', '=', previous ?? '')
        .executeTakeFirst()
      return row && editionOf(row)
    },

    freeze: ({ digestId, slot, previous, composedAt, content }) =>
      db.transaction().execute(async (trx) => {
        const before =
          previous &&
          (await trx.selectFrom('edition').select('number').where('id', '=', previous).executeTakeFirst())
        const id = newId<EditionId>()
        const inserted = await trx
          .insertInto('edition')
          .values({
            id,
            digest_id: digestId,
            slot,
            previous_id: previous ?? '',
            number: (before ? before.number : 0) + 1,
            composed_at: composedAt,
            content: JSON.stringify(content),
          })
          .onConflict((c) => c.columns(['digest_id', 'slot', 'previous_id']).doNothing())
          .returningAll()
          .executeTakeFirst()
        if (inserted !== undefined) {
          for (const item of content.items) {
            for (const articleId of item.carries) {
              await trx
                .insertInto('edition_article')
                .values({ edition_id: id, article_id: articleId, story_id: item.storyId })
                .onConflict((c) => c.doNothing())
                .execute()
            }
          }
          return editionOf(inserted)
        }
        const standing = await trx
          .selectFrom('edition')
          .selectAll()
          .where('digest_id', '=', digestId)
          .where('slot', '=', slot)
          .where('previous_id', '=', previous ?? '')
          .executeTakeFirstOrThrow()
        return editionOf(standing)
      }),
  }
}

/** A subquery: the articles or stories that this chain of editions has carried. */
function carriedBy(previous: EditionId | undefined, column: 'article_id' | 'story_id'): RawBuilder<string> {
  return sql<string>`(
    with recursive chain(id, previous_id) as (
      select id, previous_id from edition where id = ${previous ?? ''}
      union
      select edition.id, edition.previous_id from edition join chain on edition.id = chain.previous_id
    )
    select edition_article.${sql.ref(column)} as id from edition_article join chain on edition_article.edition_id = chain.id
  )`
}
