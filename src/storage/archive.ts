/** Reading what is published. Every verb begins with the digests that are: nothing here can reach what is not. */
import { type ExpressionBuilder, sql } from 'kysely'
import type { ArticleId, SourceId, StoryId } from '../article/article.ts'
import {
  type Archive,
  asItReadsToday,
  digestOfArticle,
  isPublished,
  openSources,
  type PublishedDigest,
  type PublishedEdition,
} from '../digest/archive.ts'
import type { Digest, DigestId } from '../digest/definition.ts'
import type { Edition } from '../digest/edition.ts'
import { sourceIdOf, sourcesIn } from '../digest/own-sources.ts'
import { storyOf } from '../story/story.ts'
import { createCorrections } from './corrections.ts'
import type { Database } from './database.ts'
import { currentStory } from './library.ts'
import { articleColumns, articleOf, digestOf, editionOf } from './rows.ts'
import type { Tables } from './schema.ts'
import { summariesOf } from './summarising.ts'

/** Editions that told a story; of more the oldest are left out. */
const mostTellings = 10

export function createArchive(db: Database): Archive {
  const published = publishedDigests(db)
  return {
    digests: async () => (await published()).map((digest) => publishedDigest(db, digest)),

    findDigest: async (id) => {
      const digest = (await published()).find((each) => each.id === id)
      return digest && publishedDigest(db, digest)
    },

    findStory: async (id) => {
      const [first, ...more] = await published()
      if (first === undefined) return undefined
      const digests: readonly [Digest, ...Digest[]] = [first, ...more]
      const current = await currentStory(db, id)
      const rows = await articlesWithin(db, idsOf(digests)).where('article.story_id', '=', current).execute()
      const articles = rows.map(articleOf)
      const story = storyOf(current, articles, (await summariesOf(db, [current])).get(current))
      if (story === undefined) return undefined
      const toldIn = await tellingsOf(db, idsOf(digests), new Set(articles.map((article) => article.id)))
      const teller = digests.find((digest) => digest.id === toldIn[0]?.digestId)
      const open = openSources(digests)
      return {
        story,
        digest: teller ?? digestOfArticle(digests, story.articles[0]),
        open: new Set(articles.filter(({ sourceId }) => open.has(sourceId)).map((article) => article.id)),
        toldIn,
      }
    },

    findArticle: async (id) => {
      const [first, ...more] = await published()
      if (first === undefined) return undefined
      const digests: readonly [Digest, ...Digest[]] = [first, ...more]
      const row = await articlesWithin(db, idsOf(digests)).where('article.id', '=', id).executeTakeFirst()
      if (row === undefined) return undefined
      const article = articleOf(row)
      return {
        article,
        digest: digestOfArticle(digests, article),
        showsFulltext: openSources(digests).has(article.sourceId),
      }
    },

    storiesOf: async (ids) => {
      const digests = await published()
      if (digests.length === 0 || ids.length === 0) return new Map()
      const rows = await db
        .selectFrom('article')
        .select(['id', 'story_id'])
        .where('id', 'in', [...ids])
        .where(cameThrough(idsOf(digests)))
        .where('retired_at', 'is', null)
        .execute()
      return new Map(
        rows.flatMap(({ id, story_id }) =>
          story_id === null ? [] : [[id as ArticleId, story_id as StoryId] as const],
        ),
      )
    },
  }
}

const idsOf = (digests: readonly Digest[]): readonly DigestId[] => digests.map((digest) => digest.id)

/** What came through a source of these digests and is not retired. */
function articlesWithin(db: Database, digests: readonly DigestId[]) {
  return db
    .selectFrom('article')
    .innerJoin('source', 'source.id', 'article.source_id')
    .select(articleColumns)
    .select('source.fulltext')
    .where('article.retired_at', 'is', null)
    .where(cameThrough(digests))
}

/** Asked of each article by itself: digests may have gathered hundreds of thousands. */
function cameThrough(digests: readonly DigestId[]) {
  return (e: ExpressionBuilder<Tables, 'article'>) =>
    e.exists(
      e
        .selectFrom('article_source')
        .innerJoin('digest_source', 'digest_source.source_id', 'article_source.source_id')
        .select('article_source.source_id')
        .whereRef('article_source.article_id', '=', 'article.id')
        .where('digest_source.digest_id', 'in', [...digests]),
    )
}

/** Those that are published, by title; a definition is parsed once as long as it stays as it is. */
function publishedDigests(db: Database): () => Promise<readonly Digest[]> {
  let known = new Map<string, Digest>()
  return async () => {
    const rows = await db
      .selectFrom('digest')
      .select(['id', 'definition'])
      .where('withdrawn_at', 'is', null)
      .where('guild_id', 'is', null)
      .execute()
    known = new Map(
      rows.flatMap((row): readonly (readonly [string, Digest])[] => {
        const key = JSON.stringify([row.id, row.definition])
        const digest = known.get(key) ?? digestOf(row)
        return digest === undefined ? [] : [[key, digest]]
      }),
    )
    return [...known.values()].filter(isPublished).sort((a, b) => a.title.localeCompare(b.title))
  }
}

function publishedDigest(db: Database, digest: Digest): PublishedDigest {
  const { id } = digest
  const editions: PublishedDigest['editions'] = async ({ before, limit }) => {
    let query = db
      .selectFrom('edition')
      .select('number')
      .where('digest_id', '=', id)
      .where('thinned_at', 'is', null)
      .where(isFirstOfNumber)
      .orderBy('number', 'desc')
      .limit(limit)
    if (before !== undefined) query = query.where('number', '<', before)
    const rows = await query.execute()
    const found = await Promise.all(rows.map(({ number }) => firstOfNumber(db, id, number)))
    return found.filter((edition) => edition !== undefined)
  }
  return {
    digest,
    readAt: async () => {
      const ids = sourcesIn(digest).map(sourceIdOf)
      if (ids.length === 0) return new Map()
      const rows = await db.selectFrom('source').select(['id', 'address']).where('id', 'in', ids).execute()
      return new Map(rows.map(({ id: source, address }) => [source as SourceId, { address }]))
    },
    editions,
    newest: async () => (await editions({ limit: 1 }))[0],
    findEdition: (number) => firstOfNumber(db, id, number),
  }
}

async function firstOfNumber(
  db: Database,
  id: DigestId,
  number: number,
): Promise<PublishedEdition | undefined> {
  const row = await db
    .selectFrom('edition')
    .selectAll()
    .where('digest_id', '=', id)
    .where('number', '=', number)
    .orderBy('composed_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const edition = row && editionOf(row)
  if (edition === undefined || !saysSomething(edition)) return undefined
  return asItReadsToday(edition, await createCorrections(db).of(edition.id))
}

/** Only the first of a number is in the archive; one that has lost its content makes no room for the next. */
const isFirstOfNumber = (e: ExpressionBuilder<Tables, 'edition'>) =>
  e.not(
    e.exists(
      e
        .selectFrom('edition as earlier')
        .select('earlier.id')
        .whereRef('earlier.digest_id', '=', 'edition.digest_id')
        .whereRef('earlier.number', '=', 'edition.number')
        .where(sql<boolean>`(earlier.composed_at, earlier.id) < (edition.composed_at, edition.id)`),
    ),
  )

/** Editions lose their content with the years, and keep their number. */
function saysSomething({ items, quiet }: Edition): boolean {
  return items.length > 0 || quiet !== undefined
}

/** Of the editions that the archive holds, those that carried one of these articles. */
async function tellingsOf(
  db: Database,
  digests: readonly DigestId[],
  articles: ReadonlySet<ArticleId>,
): Promise<readonly Edition[]> {
  const rows = await db
    .selectFrom('edition_article')
    .innerJoin('edition', 'edition.id', 'edition_article.edition_id')
    .select(['edition.digest_id', 'edition.number'])
    .select((e) => e.fn.min('edition.composed_at').as('first'))
    .where('edition_article.article_id', 'in', [...articles])
    .where('edition.digest_id', 'in', [...digests])
    .where('edition.thinned_at', 'is', null)
    .groupBy(['edition.digest_id', 'edition.number'])
    .orderBy('first', 'desc')
    .limit(mostTellings)
    .execute()
  const found = await Promise.all(
    rows.map(({ digest_id, number }) => firstOfNumber(db, digest_id as DigestId, number)),
  )
  return found
    .filter((edition) => edition !== undefined)
    .filter(({ items }) => items.some(({ carries }) => carries.some((id) => articles.has(id))))
}
