/**
 * Full-text search as PostgreSQL does it, and the only file that knows. Our own index words stand in a `tsvector` as they are, so that no
 * dictionary of the server has a say: those of the headline with weight A, then those of the body, and without a place the words of sources
 * and language. Of headlines, as lists compare them, every three letters that follow each other stand in a second one.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Reading, WordSequence } from '../language/search-query.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import {
  type ArticleWords,
  type Candidate,
  type CandidateRow,
  candidateOf,
  type FullText,
  type HeadlineRow,
  hasTrigram,
  isAmong,
  type ListedHeadline,
  type ListOptions,
  languageWord,
  listedOf,
  type Match,
  mostRanked,
  readingsOf,
  type Scope,
} from './full-text-match.ts'

/** Weights of D, C, B and A: what a headline counts beside the body. */
const weights = '{0.17, 0, 0, 1}'
/** Long texts hold every word more often: the rank is divided by the logarithm of their length. */
const byLength = 1
/** Limits of a `tsvector`: places are counted up to here, and all of it has a size. */
const lastPlace = 16_000
const mostBytes = 900_000
const longestWord = 500

export const postgresFullText: FullText = {
  rankedMatches: async (db, match, limit) =>
    candidates(
      db,
      sql`
        select number, ts_rank(${weights}::float4[], words, ${wantedQuery(match)}::tsquery, ${sql.lit(byLength)}) as score
        from article_search where number = any(${await newestNumbers(db, match, mostRanked)}::bigint[])
        order by score desc, number desc limit ${limit}`,
    ),
  newestMatches: async (db, match, limit) =>
    candidates(
      db,
      sql`select number, 0 as score from unnest(${await newestNumbers(db, match, limit)}::bigint[]) as newest(number)`,
    ),
  matchingNumbers: async (db, match) => new Set(await newestNumbers(db, match, mostRanked)),
  listedHeadlines,
  putWords,
  removeAllWords: async (db) => {
    await sql`delete from article_search`.execute(db)
    await sql`delete from headline_search`.execute(db)
  },
  isInHeadline: async (db, word) => {
    if (!hasTrigram(word)) return true
    const query = trigramsOf(word).map(quoted).join(' & ')
    const { rows } =
      await sql`select 1 from headline_search where grams @@ ${query}::tsquery limit 1`.execute(db)
    return rows.length > 0
  },
  // The server does that by itself.
  tidy: async () => false,
}

/**
 * Numbers of matches, the newest first. Where each must be asked for its sources, the newest of all are asked first, for most of them will do:
 * the server would ask every match there is before it sorts them.
 */
async function newestNumbers(db: Database, match: Match, limit: number): Promise<readonly number[]> {
  const matching = sql`select number from article_search where words @@ ${matchQuery(match)}::tsquery`
  const newest = sql`${matching} order by number desc limit ${limit}`
  const { digestIds } = match.scope
  if (digestIds === undefined) return numbersOf(db, newest)
  const among = (all: RawBuilder<unknown>) =>
    sql`select number from (${all}) as newest where true ${isAmong(sql.ref('newest.number'), match.scope)}`
  const found = await numbersOf(db, sql`${among(newest)} order by number desc`)
  if (found.length >= limit / 2) return found
  return numbersOf(db, sql`${among(sql`${matching} offset 0`)} order by number desc limit ${limit}`)
}

async function numbersOf(db: Database, query: RawBuilder<unknown>): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`${query}`.execute(db)
  return rows.map((row) => row.number)
}

async function candidates(db: Database, found: RawBuilder<unknown>): Promise<readonly Candidate[]> {
  const { rows } = await sql<CandidateRow>`
    select a.number, a.article_id, a.story_id, a.copy_of, a.seen_at, found.score
    from (${found}) as found join searched_article as a on a.number = found.number
    order by found.score desc, a.number desc`.execute(db)
  return rows.map(candidateOf)
}

/** The match as a `tsquery`. */
function matchQuery(match: Match): string {
  const { unwanted, scope } = match
  const wanted = [wantedQuery(match), ...scopeQueries(scope)].join(' & ')
  if (unwanted.length === 0) return wanted
  const excluded = unwanted.flatMap(({ exact }) => exact.map((reading) => readingQuery(reading, '')))
  return `(${wanted}) & !${anyOf(excluded)}`
}

function wantedQuery({ terms, reach, isInHeadline }: Match): string {
  const weight = isInHeadline ? 'A' : ''
  return terms
    .map((term) => anyOf(readingsOf(term, reach).map((reading) => readingQuery(reading, weight))))
    .join(' & ')
}

function scopeQueries({ sourceWords, language }: Scope): readonly string[] {
  return [
    ...(sourceWords === undefined ? [] : [anyOf(sourceWords.map(quoted))]),
    ...(language === undefined ? [] : [quoted(languageWord(language))]),
  ]
}

function readingQuery({ sequences, language }: Reading, weight: string): string {
  const all = sequences.map((sequence) => sequenceQuery(sequence, weight))
  return `(${[...all, ...(language === undefined ? [] : [quoted(languageWord(language))])].join(' & ')})`
}

function sequenceQuery({ words, isBeginning }: WordSequence, weight: string): string {
  const last = words.length - 1
  const marked = words.map((word, at) => {
    const marks = (isBeginning && at === last ? '*' : '') + weight
    return quoted(word) + (marks === '' ? '' : `:${marks}`)
  })
  return `(${marked.join(' <-> ')})`
}

function anyOf(queries: readonly string[]): string {
  return `(${queries.join(' | ')})`
}

/** Shortened alike where words are kept and where they are looked for. */
function lexeme(word: string): string {
  return word.replaceAll('\0', '').slice(0, longestWord)
}

function quoted(word: string): string {
  return `'${lexeme(word).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

async function putWords(db: Database, number: number, words: ArticleWords): Promise<void> {
  const grams = [...new Set([...trigramsOf(words.list), ...wordsIn(words.scope).map(lexeme)])]
  await sql`
    insert into article_search (number, words) values (${number}, ${vectorOf(words)}::tsvector)
    on conflict (number) do update set words = excluded.words`.execute(db)
  await sql`
    insert into headline_search (number, grams) values (${number}, array_to_tsvector(${grams}))
    on conflict (number) do update set grams = excluded.grams`.execute(db)
}

/** As the server reads a `tsvector`: every word with its places. */
function vectorOf({ headline, body, scope }: ArticleWords): string {
  const places = new Map<string, string[]>()
  let bytes = 0
  const put = (word: string, place: string): void => {
    const key = quoted(word)
    const known = places.get(key)
    bytes += 4 + (known === undefined ? Buffer.byteLength(key) : 0)
    if (key === "''" || bytes > mostBytes) return
    if (known === undefined) places.set(key, place === '' ? [] : [place])
    else if (place !== '') known.push(place)
  }
  const told = wordsIn(headline)
  for (const word of wordsIn(scope)) put(word, '')
  for (const [at, word] of told.entries()) put(word, at < lastPlace ? `${at + 1}A` : '')
  // A place between them stays empty, so that no sequence reaches from the headline into the body.
  for (const [at, word] of wordsIn(body).entries()) {
    const place = told.length + at + 2
    put(word, place < lastPlace ? String(place) : '')
  }
  return [...places].map(([word, at]) => (at.length === 0 ? word : `${word}:${at.join(',')}`)).join(' ')
}

function wordsIn(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}

function trigramsOf(text: string): readonly string[] {
  const letters = [...text.replaceAll('\0', '')]
  return letters.slice(2).map((letter, at) => `${letters[at]}${letters[at + 1]}${letter}`)
}

/** So many of the newest articles are read one by one before the index is asked: words of every day are found there. */
const readOneByOne = 5000
const lookedAtFirst = 1000

async function listedHeadlines(db: Database, options: ListOptions): Promise<readonly ListedHeadline[]> {
  const { wanted, among, below, limit } = options
  const query = [
    ...wanted
      .filter((spellings) => spellings.every(hasTrigram))
      .map((spellings) => anyOf(spellings.map((word) => `(${trigramsOf(word).map(quoted).join(' & ')})`))),
    ...scopeQueries(among),
  ].join(' & ')
  const fits = fitting(db, options)
  if (query === '') return listed(db, sql`searched_article as a where a.number < ${below} ${fits}`, limit)
  const found = sql`headline_search as h join searched_article as a on a.number = h.number
    where h.grams @@ ${query}::tsquery and h.number < ${below} ${fits}`
  const newest = await listed(
    db,
    sql`${found} and h.number > (
      select coalesce(max(number), 0) - ${sql.lit(readOneByOne)} from headline_search where number < ${below})`,
    limit,
  )
  if (newest.length === limit) return newest
  // Found by the index alone, whatever is thought of how many they are, and looked at closely as many as are needed.
  const all = sql`select number from headline_search where grams @@ ${query}::tsquery and number < ${below} offset 0`
  const some = sql`select number from (${all}) as all_of_them order by number desc limit ${sql.lit(lookedAtFirst)}`
  const first = await listed(
    db,
    sql`(${some}) as h join searched_article as a on a.number = h.number where true ${fits}`,
    limit,
  )
  if (first.length === limit) return first
  return listed(
    db,
    sql`(${all}) as h join searched_article as a on a.number = h.number where true ${fits}`,
    limit,
  )
}

/** Threes of letters may lie anywhere; the word holds them in their order. */
function fitting(db: Database, { wanted, among }: ListOptions): RawBuilder<unknown> {
  const { holds } = engineOf(db)
  const holdsWanted = wanted.map(
    (spellings) =>
      sql`and (${sql.join(
        spellings.map((word) => holds(sql<string>`a.headline`, word)),
        sql` or `,
      )})`,
  )
  return sql`and a.story_id is not null ${sql.join(holdsWanted, sql` `)} ${isAmong(sql.ref('a.number'), among)}`
}

async function listed(
  db: Database,
  source: RawBuilder<unknown>,
  limit: number,
): Promise<readonly ListedHeadline[]> {
  const { rows } = await sql<HeadlineRow>`
    select a.number, a.article_id, a.story_id from ${source} order by a.number desc limit ${limit}`.execute(
    db,
  )
  return rows.map(listedOf)
}
