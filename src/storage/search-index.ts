/**
 * Keeps the search index in step with the articles. Triggers note what changed (`search_pending`); whoever holds an
 * article reads its note in the same transaction, and `catchUp` reads the notes that are left: of articles held by an
 * older version, or changed by anything that knows nothing of search.
 */
import { sql } from 'kysely'
import type { ArticleId } from '../article/article.ts'
import { searchStems } from '../language/search-text.ts'
import { indexWords } from '../language/search-words.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { fullTextOf } from './full-text.ts'
import { languageWord, sourceWord } from './full-text-match.ts'
import { headlineKey, headlineWords } from './headline-key.ts'
import type { Tables } from './schema.ts'

export interface SearchIndex {
  /** Reads at most `most` articles that changed unnoticed, the oldest first. Returns how many it read. */
  readonly catchUp: (most: number) => Promise<number>
  /** Forgets all words and has every article read anew by `catchUp`. Until then less is found. */
  readonly rebuild: () => Promise<void>
}

/** Raised when the same text gives other index words than before: the index is then rebuilt after the start. */
const indexVersion = '1'
const versionKey = 'search.version'

export function createSearchIndex(db: Database): SearchIndex {
  const rebuild = (isWanted: (trx: Database) => Promise<boolean> = async () => true) =>
    db.transaction().execute(async (trx) => {
      await engineOf(trx).lock(trx, ['search anew'])
      if (!(await isWanted(trx))) return
      await fullTextOf(trx).removeAllWords(trx)
      await trx.deleteFrom('headline_word').execute()
      await sql`
        insert into search_pending (article_id, seen_at)
        select id, seen_at from article
        where retired_at is null and id not in (select article_id from search_pending)`.execute(trx)
      await trx
        .insertInto('meta')
        .values({ key: versionKey, value: indexVersion })
        .onConflict((c) => c.column('key').doUpdateSet({ value: indexVersion }))
        .execute()
    })
  let isOfThisVersion: boolean | undefined
  return {
    rebuild: () => rebuild(),
    catchUp: async (most) => {
      isOfThisVersion ??= (await findVersion(db)) === indexVersion
      if (!isOfThisVersion) {
        // Of several that start at once the first one does it.
        await rebuild(async (trx) => (await findVersion(trx)) !== indexVersion)
        isOfThisVersion = true
      }
      if (engineOf(db).isAlone) return db.transaction().execute((trx) => readPending(trx, most))
      // One by one: two that put the words of many articles in different orders would wait for each other.
      let count = 0
      while (count < most && (await db.transaction().execute((trx) => readPending(trx, 1))) > 0) count += 1
      return count
    },
  }
}

async function findVersion(db: Database): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', versionKey).executeTakeFirst()
  return row?.value
}

async function readPending(trx: Database, most: number): Promise<number> {
  const taken = await trx
    .deleteFrom('search_pending')
    .where('article_id', 'in', (e) =>
      e
        .selectFrom('search_pending')
        .select('article_id')
        .orderBy('seen_at')
        .orderBy('article_id')
        .limit(most)
        .modifyEnd(engineOf(trx).unclaimed('search_pending')),
    )
    .returning(['article_id', 'seen_at'])
    .execute()
  const oldestFirst = taken.sort((a, b) => a.seen_at - b.seen_at || (a.article_id < b.article_id ? -1 : 1))
  for (const { article_id } of oldestFirst) await readArticle(trx, article_id)
  return taken.length
}

/** Puts what the running transaction made of an article into the index. */
export async function indexArticle(trx: Database, id: ArticleId): Promise<void> {
  const taken = await trx
    .deleteFrom('search_pending')
    .where('article_id', '=', id)
    .returning('article_id')
    .executeTakeFirst()
  if (taken !== undefined) await readArticle(trx, id)
}

const columns = ['headline', 'standfirst', 'language', 'stems', 'story_id', 'copy_of', 'seen_at'] as const
type IndexedArticle = Pick<Tables['article'], (typeof columns)[number]>

async function readArticle(trx: Database, id: string): Promise<void> {
  const article = await trx
    .selectFrom('article')
    .select(columns)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (article === undefined) return
  const list = headlineKey(article.headline)
  const number = await numberOf(trx, id, article, list)
  const headline = indexWords(searchStems([article.headline], article.language))
  const sources = await sourceNumbers(trx, id)
  await fullTextOf(trx).putWords(trx, number, {
    headline,
    body: bodyWords(article, headline),
    scope: [languageWord(article.language), ...sources.map(sourceWord)].join(' '),
    list,
  })
  const words = headlineWords(list)
  if (words.length === 0) return
  await trx
    .insertInto('headline_word')
    .values(words.toSorted().map((word) => ({ word })))
    .onConflict((c) => c.doNothing())
    .execute()
}

/** The article's words without those of its headline, which the stems begin with. */
function bodyWords({ stems, standfirst, language }: IndexedArticle, headline: string): string {
  if (stems === '') return indexWords(searchStems([standfirst ?? ''], language))
  const all = indexWords(stems)
  return all.startsWith(headline) ? all.slice(headline.length).trim() : all
}

/** The article's number in the index, with what stands beside it brought up to date. */
async function numberOf(
  trx: Database,
  id: string,
  article: IndexedArticle,
  headline: string,
): Promise<number> {
  const facts = {
    story_id: article.story_id,
    copy_of: article.copy_of,
    language: article.language,
    seen_at: article.seen_at,
    headline,
  }
  const row = await trx
    .insertInto('searched_article')
    .values({ article_id: id, ...facts })
    .onConflict((c) => c.column('article_id').doUpdateSet(facts))
    .returning('number')
    .executeTakeFirstOrThrow()
  return row.number
}

async function sourceNumbers(trx: Database, id: string): Promise<readonly number[]> {
  await sql`
    insert into searched_source (source_id)
    select source_id from article_source where article_id = ${id}
      and not exists (select 1 from searched_source where searched_source.source_id = article_source.source_id)
    on conflict do nothing`.execute(trx)
  const rows = await trx
    .selectFrom('article_source')
    .innerJoin('searched_source', 'searched_source.source_id', 'article_source.source_id')
    .select('searched_source.number')
    .where('article_source.article_id', '=', id)
    .execute()
  return rows.map((row) => row.number)
}
