/** Reading what is held: articles, stories, digests, editions. */
import type { Article, StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { Library } from '../digest/library.ts'
import { storyOf } from '../story/story.ts'
import type { Database } from './database.ts'
import { findHeadlines } from './headlines.ts'
import { articleColumns, articleOf, digestOf, editionOf } from './rows.ts'
import { heldLanguages } from './search.ts'
import { summariesOf } from './summarising.ts'

export function createLibrary(db: Database): Library {
  return {
    digests: async (guildId) => {
      const rows = await db
        .selectFrom('digest')
        .selectAll()
        .where('withdrawn_at', 'is', null)
        .where((e) => e.or([e('guild_id', 'is', null), e('guild_id', '=', guildId ?? '')]))
        .execute()
      return rows.map(digestOf).sort((a, b) => a.title.localeCompare(b.title))
    },

    findDigest: async (id) => {
      const row = await db
        .selectFrom('digest')
        .selectAll()
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst()
      return row && digestOf(row)
    },

    findStory: async (id) => {
      const current = await currentStory(db, id)
      const summaries = await summariesOf(db, [current])
      return storyOf(current, await articlesOf(db, [current]), summaries.get(current))
    },

    findArticle: async (id) => {
      const row = await heldArticles(db).where('article.id', '=', id).executeTakeFirst()
      return row && articleOf(row)
    },

    newestStories: async ({ digestIds, language, limit, offset = 0 }) => {
      const rows = await storiesByAge(db, digestIds, language).limit(limit).offset(offset).execute()
      const ids = rows.flatMap((row) => (row.story_id === null ? [] : [row.story_id as StoryId]))
      const byStory = Map.groupBy(await articlesOf(db, ids, digestIds), (article) => article.storyId)
      const summaries = await summariesOf(db, ids)
      return ids.flatMap((id) => storyOf(id, byStory.get(id) ?? [], summaries.get(id)) ?? [])
    },

    languages: () => heldLanguages(db),

    findHeadlines: (options) => findHeadlines(db, options),

    findEdition: async (id) => {
      const row = await db.selectFrom('edition').selectAll().where('id', '=', id).executeTakeFirst()
      return row && editionOf(row)
    },

    newestEdition: async (digestIds) => {
      if (digestIds.length === 0) return undefined
      const row = await db
        .selectFrom('edition')
        .selectAll()
        .where('digest_id', 'in', [...digestIds])
        .orderBy('composed_at', 'desc')
        .orderBy('id')
        .executeTakeFirst()
      return row && editionOf(row)
    },
  }
}

/** One row a story: its newest time, and the headline of its newest article. */
function storiesByAge(db: Database, digestIds: readonly DigestId[] | undefined, language?: string) {
  let query = db
    .selectFrom('article')
    .select(['story_id', 'headline'])
    // SQLite takes the bare columns from the row that holds the maximum.
    .select((e) => e.fn.max('seen_at').as('newest'))
    .where('retired_at', 'is', null)
    .where('story_id', 'is not', null)
    .groupBy('story_id')
    .orderBy('newest', 'desc')
    .orderBy('story_id')
  if (digestIds !== undefined) query = query.where('id', 'in', articleIdsOf(db, digestIds))
  if (language !== undefined) query = query.where('language', '=', language)
  return query
}

/** A subquery: the articles that came through any source of these digests. */
export function articleIdsOf(db: Database, digestIds: readonly DigestId[]) {
  return db
    .selectFrom('article_source')
    .innerJoin('digest_source', 'digest_source.source_id', 'article_source.source_id')
    .select('article_source.article_id')
    .where('digest_source.digest_id', 'in', [...digestIds])
}

/** Articles that are not retired, each with what its first source allows to be shown. */
function heldArticles(db: Database) {
  return db
    .selectFrom('article')
    .innerJoin('source', 'source.id', 'article.source_id')
    .select(articleColumns)
    .select('source.fulltext')
    .where('article.retired_at', 'is', null)
}

/** Follows merges to the story that stands today. */
async function currentStory(db: Database, id: StoryId): Promise<StoryId> {
  let current = id
  for (let hops = 0; hops < 20; hops += 1) {
    const row = await db
      .selectFrom('story')
      .select('merged_into')
      .where('id', '=', current)
      .executeTakeFirst()
    if (row === undefined || row.merged_into === null) return current
    current = row.merged_into as StoryId
  }
  return current
}

/** The articles of these stories that are not retired; only those of the digests, where digests are named. */
async function articlesOf(
  db: Database,
  ids: readonly StoryId[],
  digestIds?: readonly DigestId[],
): Promise<readonly Article[]> {
  const found: Article[] = []
  for (let start = 0; start < ids.length; start += 500) {
    let query = heldArticles(db).where('article.story_id', 'in', ids.slice(start, start + 500))
    if (digestIds !== undefined) query = query.where('article.id', 'in', articleIdsOf(db, digestIds))
    found.push(...(await query.execute()).map(articleOf))
  }
  return found
}
