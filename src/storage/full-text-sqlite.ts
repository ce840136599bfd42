/** Full-text search as SQLite does it (FTS5), and the only file that knows. */
import { sql } from 'kysely'
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

/** What a headline counts beside the body. */
const headlineWeight = 6

export const sqliteFullText: FullText = {
  rankedMatches,
  newestMatches,
  matchingNumbers,
  listedHeadlines,
  putWords,
  removeAllWords,
  isInHeadline,
  tidy,
}

/** The match as an FTS5 expression. `terms` must not be empty. */
function matchExpression(match: Match): string {
  const { unwanted, scope } = match
  const wanted = [wantedExpression(match), ...scopeExpressions(scope)].join(' AND ')
  if (unwanted.length === 0) return wanted
  const excluded = unwanted.flatMap(({ exact }) => exact.map((reading) => readingExpression(reading, '')))
  return `(${wanted}) NOT ${anyOf(excluded)}`
}

/** What is wanted, wherever it is: every word of an expression costs BM25 a count of the articles that hold it. */
function wantedExpression({ terms, reach, isInHeadline }: Match): string {
  const column = isInHeadline ? 'headline : ' : ''
  return terms
    .map((term) => anyOf(readingsOf(term, reach).map((reading) => readingExpression(reading, column))))
    .join(' AND ')
}

function scopeExpressions({ sourceWords, language }: Scope): readonly string[] {
  return [
    ...(sourceWords === undefined ? [] : [anyOf(sourceWords.map(quoted))]),
    ...(language === undefined ? [] : [quoted(languageWord(language))]),
  ]
}

function readingExpression({ sequences, language }: Reading, column: string): string {
  const all = sequences.map((sequence) => column + sequenceExpression(sequence))
  return `(${[...all, ...(language === undefined ? [] : [quoted(languageWord(language))])].join(' AND ')})`
}

function sequenceExpression({ words, isBeginning }: WordSequence): string {
  return quoted(words.join(' ')) + (isBeginning ? ' *' : '')
}

function anyOf(expressions: readonly string[]): string {
  return `(${expressions.join(' OR ')})`
}

function quoted(words: string): string {
  return `"${words.replaceAll('"', '""')}"`
}

/**
 * The best matches by BM25 among the newest two thousand. FTS5's own order by rank would rank every match there is, and so would a condition that
 * it may look up by: these are found first, and then told from the others.
 */
async function rankedMatches(db: Database, match: Match, limit: number): Promise<readonly Candidate[]> {
  const newest = await newestNumbers(db, match)
  const { rows } = await sql<CandidateRow>`
    select a.number, a.article_id, a.story_id, a.copy_of, a.seen_at, -found.score as score
    from (
      select rowid, bm25(article_search, ${sql.lit(headlineWeight)}, 1, 0) as score from article_search
      where article_search match ${wantedExpression(match)}
        and rowid >= ${newest.at(-1) ?? 0} and +rowid in (select value from json_each(${JSON.stringify(newest)}))
      order by score limit ${limit}
    ) as found
    join searched_article as a on a.number = found.rowid`.execute(db)
  return rows.map(candidateOf)
}

/** The newest matches. */
async function newestMatches(db: Database, match: Match, limit: number): Promise<readonly Candidate[]> {
  const { rows } = await sql<CandidateRow>`
    select a.number, a.article_id, a.story_id, a.copy_of, a.seen_at, 0 as score
    from (
      select rowid from article_search
      where article_search match ${matchExpression(match)} ${isAmong(sql.ref('article_search.rowid'), match.scope)}
      order by rowid desc limit ${limit}
    ) as found
    join searched_article as a on a.number = found.rowid`.execute(db)
  return rows.map(candidateOf)
}

async function matchingNumbers(db: Database, match: Match): Promise<ReadonlySet<number>> {
  return new Set(await newestNumbers(db, match))
}

/** The numbers of the newest matches, as many as are ranked, the newest first. */
async function newestNumbers(db: Database, match: Match): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`
    select rowid as number from article_search
    where article_search match ${matchExpression(match)} ${isAmong(sql.ref('article_search.rowid'), match.scope)}
    order by rowid desc limit ${mostRanked}`.execute(db)
  return rows.map((row) => Number(row.number))
}

async function listedHeadlines(db: Database, options: ListOptions): Promise<readonly ListedHeadline[]> {
  const { wanted, among, below, limit } = options
  const indexed = wanted.filter((spellings) => spellings.every(hasTrigram))
  const short = wanted.filter((spellings) => !spellings.every(hasTrigram))
  const expression = [
    ...indexed.map((spellings) => `headline : ${anyOf(spellings.map(quoted))}`),
    ...scopeExpressions(among),
  ].join(' AND ')
  const holdsShort = short.map(
    (spellings) =>
      sql`and (${sql.join(
        spellings.map((word) => engineOf(db).holds(sql<string>`a.headline`, word)),
        sql` or `,
      )})`,
  )
  const source =
    expression === ''
      ? sql`searched_article as a where a.number < ${below}`
      : sql`headline_search join searched_article as a on a.number = headline_search.rowid
          where headline_search match ${expression} and headline_search.rowid < ${below}`
  const { rows } = await sql<HeadlineRow>`
    select a.number, a.article_id, a.story_id from ${source} and a.story_id is not null ${sql.join(holdsShort, sql` `)}
      ${isAmong(sql.ref('a.number'), among)}
    order by ${sql.raw(expression === '' ? 'a.number' : 'headline_search.rowid')} desc limit ${limit}`.execute(
    db,
  )
  return rows.map(listedOf)
}

async function putWords(db: Database, number: number, words: ArticleWords): Promise<void> {
  await removeWords(db, number)
  await sql`
    insert into article_search (rowid, headline, body, sources)
    values (${number}, ${words.headline}, ${words.body}, ${words.scope})`.execute(db)
  await sql`
    insert into headline_search (rowid, headline, sources)
    values (${number}, ${words.list}, ${words.scope})`.execute(db)
}

async function removeWords(db: Database, number: number): Promise<void> {
  await sql`delete from article_search where rowid = ${number}`.execute(db)
  await sql`delete from headline_search where rowid = ${number}`.execute(db)
}

async function removeAllWords(db: Database): Promise<void> {
  await sql`insert into article_search (article_search) values ('delete-all')`.execute(db)
  await sql`insert into headline_search (headline_search) values ('delete-all')`.execute(db)
}

async function isInHeadline(db: Database, word: string): Promise<boolean> {
  if (!hasTrigram(word)) return true
  const { rows } = await sql`
    select 1 from headline_search where headline_search match ${`headline : ${quoted(word)}`} limit 1`.execute(
    db,
  )
  return rows.length > 0
}

const indexes = ['article_search', 'headline_search']
/** Segments with more than so many percent of removed articles are written anew without them. */
const tidiedPercent = 10

/** FTS5 does so only while it is told a percentage: otherwise it would in the midst of any delete, for as long as that takes. */
async function tidy(trx: Database, pages: number): Promise<boolean> {
  for (const index of indexes) {
    await tell(trx, index, 'deletemerge', tidiedPercent)
    const before = await changesOf(trx)
    await tell(trx, index, 'merge', pages)
    const changes = (await changesOf(trx)) - before
    await tell(trx, index, 'deletemerge', 0)
    // Of the command itself there is one.
    if (changes > 1) return true
  }
  return false
}

/** A number that is bound is not a whole one to FTS5. */
async function tell(db: Database, index: string, what: string, value: number): Promise<void> {
  const table = sql.ref(index)
  await sql`insert into ${table} (${table}, rank) values (${sql.lit(what)}, ${sql.lit(value)})`.execute(db)
}

async function changesOf(trx: Database): Promise<number> {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(trx)
  return Number(rows[0]?.changes ?? 0)
}
