/** Reading what is held: articles, stories, digests, editions. All of it for jobs; for a reader what is for them. */
import { type RawBuilder, sql } from 'kysely'
import type { Article, StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { Library, Reader, ReadersLibrary } from '../digest/library.ts'
import { storyOf } from '../story/story.ts'
import type { Database } from './database.ts'
import { isOfDigests } from './full-text-match.ts'
import { findHeadlines } from './headlines.ts'
import { digestsFor, isArticleFor, isDigestFor } from './readers.ts'
import { articleColumns, articleOf, digestOf, digestsOf, editionOf } from './rows.ts'
import { heldLanguages } from './search.ts'
import { summariesOf } from './summarising.ts'

export function createReadersLibrary(db: Database, reader: Reader): ReadersLibrary {
  return {
    ...createLibrary(db, reader),
    reader,
    standsElsewhere: async (id) => {
      const { rows } = await sql`
        select 1 from article where (id = ${id} or story_id = ${id}) and retired_at is null and not ${isArticleFor(reader)}
        union all
        select 1 from edition join digest on digest.id = edition.digest_id
        where edition.id = ${id} and not ${isDigestFor(reader)} limit 1`.execute(db)
      return rows.length > 0
    },
  }
}

/** Without a reader everything. */
export function createLibrary(db: Database, reader?: Reader): Library {
  return {
    digests: async (guildId) => {
      const rows = await db
        .selectFrom('digest')
        .selectAll()
        .where('withdrawn_at', 'is', null)
        .where((e) => e.or([e('guild_id', 'is', null), e('guild_id', '=', guildId ?? '')]))
        .execute()
      return digestsOf(rows)
    },

    findDigest: async (id) => {
      const row = await db
        .selectFrom('digest')
        .selectAll()
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .$if(reader !== undefined, (q) => q.where(isDigestFor(reader ?? {})))
        .executeTakeFirst()
      return row && digestOf(row)
    },

    findStory: async (id) => {
      const current = await currentStory(db, id)
      const summaries = await summariesOf(db, [current])
      return storyOf(current, await articlesOf(db, [current], undefined, reader), summaries.get(current))
    },

    findArticle: async (id) => {
      const row = await heldArticles(db, reader).where('article.id', '=', id).executeTakeFirst()
      return row && articleOf(row)
    },

    newestStories: async ({ digestIds: named, language, limit, offset = 0 }) => {
      const digestIds = await digestsFor(db, reader, named)
      if (digestIds?.length === 0) return []
      const wanted = { digestIds, language, count: offset + limit }
      const ids = (await newestStoryIds(db, wanted)).slice(offset)
      const byStory = Map.groupBy(await articlesOf(db, ids, digestIds), (article) => article.storyId)
      const summaries = await summariesOf(db, ids)
      return ids.flatMap((id) => storyOf(id, byStory.get(id) ?? [], summaries.get(id)) ?? [])
    },

    languages: () => heldLanguages(db),

    findHeadlines: async ({ digestIds: named, ...options }) => {
      const digestIds = await digestsFor(db, reader, named)
      return findHeadlines(db, { ...options, ...(digestIds === undefined ? {} : { digestIds }) })
    },

    findEdition: async (id) => {
      const row = await editions(db, reader).where('edition.id', '=', id).executeTakeFirst()
      return row && editionOf(row)
    },

    newestEdition: async (digestIds) => {
      if (digestIds.length === 0) return undefined
      const row = await editions(db, reader)
        .where('digest_id', 'in', [...digestIds])
        .orderBy('composed_at', 'desc')
        .orderBy('edition.id')
        .executeTakeFirst()
      return row && editionOf(row)
    },
  }
}

interface WantedStories {
  readonly digestIds: readonly DigestId[] | undefined
  readonly language: string | undefined
  readonly count: number
}

/** For each story wanted so many of the newest articles of all are looked at first; then so many; then it takes every article to tell. */
const lookedAtForEach = 3
const mostLookedAt = 2000

async function newestStoryIds(db: Database, wanted: WantedStories): Promise<readonly StoryId[]> {
  for (const lookedAt of [wanted.count * lookedAtForEach, mostLookedAt]) {
    const ids = await storiesAmongNewest(db, wanted, lookedAt)
    if (ids.length >= wanted.count) return ids.slice(0, wanted.count)
  }
  return storiesByAge(db, wanted)
}

async function storiesAmongNewest(
  db: Database,
  { digestIds, language }: WantedStories,
  lookedAt: number,
): Promise<readonly StoryId[]> {
  const { rows } = await sql<{ story_id: string }>`
    select article.story_id from (
      select id, story_id, language, seen_at from article where retired_at is null and story_id is not null
      order by seen_at desc, id desc limit ${lookedAt}
    ) as article
    where true
      ${language === undefined ? sql`` : sql`and article.language = ${language}`}
      ${digestIds === undefined ? sql`` : sql`and ${cameThrough(digestIds)}`}
    order by article.seen_at desc, article.id desc`.execute(db)
  return [...new Set(rows.map((row) => row.story_id as StoryId))]
}

/** By the time of each story's newest article. */
async function storiesByAge(db: Database, wanted: WantedStories): Promise<readonly StoryId[]> {
  const { digestIds, language, count } = wanted
  let query = db
    .selectFrom('article')
    .select('story_id')
    .select((e) => e.fn.max('seen_at').as('newest'))
    .where('retired_at', 'is', null)
    .where('story_id', 'is not', null)
    .groupBy('story_id')
    .orderBy('newest', 'desc')
    .orderBy((e) => e.fn.max('id'), 'desc')
    .limit(count)
  if (digestIds !== undefined) query = query.where('id', 'in', articleIdsOf(db, digestIds))
  if (language !== undefined) query = query.where('language', '=', language)
  const rows = await query.execute()
  return rows.flatMap((row) => (row.story_id === null ? [] : [row.story_id as StoryId]))
}

/** About a row of `article` that is one of few: whether it came through any source of these digests. */
function cameThrough(digestIds: readonly DigestId[]): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from article_source where article_source.article_id = article.id and ${isOfDigests(digestIds)})`
}

/** A subquery: the articles that came through any source of these digests. */
export function articleIdsOf(db: Database, digestIds: readonly DigestId[]) {
  return db
    .selectFrom('article_source')
    .innerJoin('digest_source', 'digest_source.source_id', 'article_source.source_id')
    .select('article_source.article_id')
    .where('digest_source.digest_id', 'in', [...digestIds])
}

function editions(db: Database, reader: Reader | undefined) {
  return db
    .selectFrom('edition')
    .innerJoin('digest', 'digest.id', 'edition.digest_id')
    .selectAll('edition')
    .where('edition.thinned_at', 'is', null)
    .$if(reader !== undefined, (q) => q.where(isDigestFor(reader ?? {})))
}

/** Articles that are not retired, each with what its first source allows to be shown. */
function heldArticles(db: Database, reader?: Reader) {
  return db
    .selectFrom('article')
    .innerJoin('source', 'source.id', 'article.source_id')
    .select(articleColumns)
    .select('source.fulltext')
    .where('article.retired_at', 'is', null)
    .$if(reader !== undefined, (q) => q.where(isArticleFor(reader ?? {})))
}

/** Follows merges to the story that stands today. */
export async function currentStory(db: Database, id: StoryId): Promise<StoryId> {
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

/** The articles of these stories that are not retired; only those of the digests, and for the reader, where these are named. */
async function articlesOf(
  db: Database,
  ids: readonly StoryId[],
  digestIds?: readonly DigestId[],
  reader?: Reader,
): Promise<readonly Article[]> {
  const found: Article[] = []
  for (let start = 0; start < ids.length; start += 500) {
    let query = heldArticles(db, reader).where('article.story_id', 'in', ids.slice(start, start + 500))
    if (digestIds !== undefined) query = query.where(cameThrough(digestIds))
    found.push(...(await query.execute()).map(articleOf))
  }
  return found
}
