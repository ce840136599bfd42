/** Search over what is held: the query as typed, tried from the strictest reading to the loosest, one hit a story. */
import { sql } from 'kysely'
import type { Article } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { Reader } from '../digest/library.ts'
import type { ReadersSearch, Search, SearchHit } from '../digest/search.ts'
import { readQuery, type SearchQuery, unfinishedWord } from '../language/search-query.ts'
import { snippetOf } from '../language/snippet.ts'
import type { Database } from './database.ts'
import { fullTextOf } from './full-text.ts'
import { type Among, type Candidate, type Match, type Scope, sourceWord } from './full-text-match.ts'
import { digestsFor } from './readers.ts'
import { articleColumns, articleOf } from './rows.ts'

/** Articles that are told apart by how well they fit. Nobody turns that many pages. */
const MOST_WEIGHED = 1000
/** Where so many articles hold exactly what was typed, nobody looks for what comes near. */
const ENOUGH = 100

export function createReadersSearch(db: Database, reader: Reader): ReadersSearch {
  return { ...createSearch(db, reader), reader }
}

/** Without a reader over everything. */
export function createSearch(db: Database, reader?: Reader): Search {
  return {
    find: async ({ words, digestIds: named, language, limit, offset = 0 }) => {
      const digestIds = await digestsFor(db, reader, named)
      const query = await readTyped(db, words, language)
      const scope = await scopeOf(db, digestIds, language)
      if (query.wanted.length === 0 || scope.sourceWords?.length === 0) return { hits: [], total: 0 }
      const stories = bestOfStories(await candidatesOf(db, query, scope))
      return {
        hits: await hitsOf(db, stories.slice(offset, offset + limit), query),
        total: stories.length,
      }
    },
  }
}

/** Letters from which on an unfinished word is completed; shorter ones are beginnings of stems themselves. */
const MIN_COMPLETED = 5
const MOST_COMPLETIONS = 40

async function readTyped(db: Database, typed: string, language: string | undefined): Promise<SearchQuery> {
  const languages = language === undefined ? await heldLanguages(db) : [primary(language)]
  const unfinished = unfinishedWord(typed) ?? ''
  const completions = unfinished.length < MIN_COMPLETED ? [] : await wordsFrom(db, unfinished)
  return readQuery(typed, languages, completions)
}

async function wordsFrom(db: Database, beginning: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('headline_word')
    .select('word')
    .where('word', '>=', beginning)
    .where('word', '<', `${beginning}\u{10ffff}`)
    .orderBy('word')
    .limit(MOST_COMPLETIONS)
    .execute()
  return rows.map((row) => row.word)
}

/** The languages of all articles; each is found by one step in the index, however many articles there are. */
export async function heldLanguages(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ language: string }>`
    with recursive held(language) as (
      select min(language) from searched_article
      union all
      select (select min(language) from searched_article where language > held.language) from held
      where held.language is not null
    )
    select language from held where language is not null`.execute(db)
  return rows.map((row) => row.language)
}

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? ''

async function scopeOf(
  db: Database,
  digestIds: readonly DigestId[] | undefined,
  language: string | undefined,
): Promise<Scope> {
  return {
    ...(digestIds === undefined ? {} : await amongOf(db, digestIds)),
    ...(language === undefined ? {} : { language: primary(language) }),
  }
}

/** Of more sources than this every article found is asked for its own: so many words cost the index more. */
const mostSourceWords = 100

/** The articles of these digests. */
export async function amongOf(db: Database, digestIds: readonly DigestId[]): Promise<Among> {
  const rows = await db
    .selectFrom('digest_source')
    .innerJoin('searched_source', 'searched_source.source_id', 'digest_source.source_id')
    .select('searched_source.number')
    .distinct()
    .where('digest_source.digest_id', 'in', [...digestIds])
    .limit(mostSourceWords + 1)
    .execute()
  return rows.length > mostSourceWords
    ? { digestIds }
    : { sourceWords: rows.map((row) => sourceWord(row.number)) }
}

/** A candidate and how strictly the query was read when it was found; 0 is as it was typed. */
interface Graded extends Candidate {
  readonly grade: number
}

/** From strict to loose: as typed with its words of grammar, without them, spelt otherwise, near in a headline, near. */
async function candidatesOf(db: Database, query: SearchQuery, scope: Scope): Promise<readonly Graded[]> {
  const { wanted, helpful, unwanted } = query
  const exact: Match = { terms: wanted, unwanted, scope, reach: 'exact', isInHeadline: false }
  const { rankedMatches, newestMatches, matchingNumbers } = fullTextOf(db)
  const find = query.isTelling ? rankedMatches : newestMatches
  const exactly = await find(db, exact, MOST_WEIGHED)
  const whole = { ...exact, terms: [...wanted, ...helpful] }
  const asTyped = helpful.length === 0 ? undefined : await matchingNumbers(db, whole)
  const found = new Map(
    exactly.map((each) => [each.number, { ...each, grade: asTyped?.has(each.number) === false ? 1 : 0 }]),
  )
  const looser: readonly Match[] = [
    ...(wanted.some((term) => term.respelt.length > 0) ? [{ ...exact, reach: 'respelt' as const }] : []),
    ...(wanted.some((term) => term.near.length > 0)
      ? [true, false].map((isInHeadline) => ({ ...exact, reach: 'near' as const, isInHeadline }))
      : []),
  ]
  for (const [at, match] of looser.entries()) {
    if (found.size >= ENOUGH) break
    for (const candidate of await newestMatches(db, match, MOST_WEIGHED))
      if (!found.has(candidate.number)) found.set(candidate.number, { ...candidate, grade: 2 + at })
  }
  return [...found.values()]
}

/** One candidate a story, the best first. An article that repeats another speaks only where the other was not found. */
function bestOfStories(candidates: readonly Graded[]): readonly Graded[] {
  const newest = Math.max(...candidates.map((each) => each.seenAt))
  const worth = (each: Graded) => each.score * freshness(newest - each.seenAt)
  const ordered = candidates
    .map((candidate) => ({ candidate, worth: worth(candidate) }))
    .sort(
      (a, b) =>
        a.candidate.grade - b.candidate.grade || b.worth - a.worth || b.candidate.number - a.candidate.number,
    )
    .map(({ candidate }) => candidate)
  const best = new Map<string, Graded>()
  for (const candidate of ordered) {
    const standing = best.get(candidate.storyId)
    if (
      standing === undefined ||
      (standing.isCopy && !candidate.isCopy && standing.grade === candidate.grade)
    )
      best.set(candidate.storyId, candidate)
  }
  return [...best.values()]
}

const DAY_MS = 86_400_000
/** What an old article keeps of its worth, and in how many days half of the rest is lost. */
const LASTING = 0.7
const HALF_LIFE_DAYS = 7

/** From 1 for the newest article found down to `LASTING`. */
function freshness(ageMs: number): number {
  return LASTING + (1 - LASTING) * 2 ** (-ageMs / DAY_MS / HALF_LIFE_DAYS)
}

async function hitsOf(
  db: Database,
  stories: readonly Candidate[],
  query: SearchQuery,
): Promise<readonly SearchHit[]> {
  if (stories.length === 0) return []
  const ids = stories.map((each) => each.articleId)
  const rows = await db
    .selectFrom('article')
    .innerJoin('source', 'source.id', 'article.source_id')
    .select(articleColumns)
    .select('source.fulltext')
    .where('article.id', 'in', ids)
    .where('article.retired_at', 'is', null)
    .execute()
  const articles = new Map(rows.map((row) => [row.id, articleOf(row)]))
  return ids.flatMap((id) => {
    const article = articles.get(id)
    return article === undefined ? [] : [hitOf(article, query)]
  })
}

function hitOf(article: Article, query: SearchQuery): SearchHit {
  const { standfirst, language, url } = article
  const text = article.fulltext === 'never' ? article.summary : article.body
  return {
    storyId: article.storyId,
    articleId: article.id,
    headline: article.headline,
    outlet: article.outlet,
    ...(url === undefined ? {} : { url }),
    at: article.publishedAt ?? article.seenAt,
    language,
    snippet: snippetOf(standfirst === undefined ? text : [standfirst, ...text], language, query),
  }
}
