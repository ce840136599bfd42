/**
 * Full-text search as SQLite does it (FTS5), and the only file that knows. Nothing typed reaches its query language:
 * expressions are built from quoted words.
 *
 * On PostgreSQL the same index words fill a `tsvector` made with the configuration `simple` (headline weight A, body
 * weight D, sources and language as words of their own); `matchExpression` becomes a `tsquery` (`<->` between the words
 * of a sequence, `:*` behind a beginning), `bm25` becomes `ts_rank_cd`, and `headline_search` a trigram index
 * (`pg_trgm`) on the folded headline.
 */
import { sql } from 'kysely'
import type { Reading, SearchTerm, WordSequence } from '../language/search-query.ts'
import type { Database } from './database.ts'

/** What a headline counts beside the body. */
const HEADLINE_WEIGHT = 6
/**
 * Of articles that match, so many of the newest are ranked: a word of every day stays nearly as quick as a rare one. What
 * remains is BM25 itself, which counts all articles that hold a word; so words of grammar are not ranked by.
 */
const MOST_RANKED = 5000

/** Marks words of the index that name a source or a language; no text holds it as part of a word. */
const SCOPE_MARK = '§'
/** Source numbers are told by one character of the private planes, so that a source is one trigram. */
const FIRST_SOURCE = 0xf0000
const MOST_SOURCES = 0x1fffe

/** The word that stands for a source in the index. */
export function sourceWord(number: number): string {
  return SCOPE_MARK + SCOPE_MARK + String.fromCodePoint(FIRST_SOURCE + (number % MOST_SOURCES))
}

/** The word that stands for a language in the index. */
export function languageWord(language: string): string {
  return SCOPE_MARK + language.replace(/[^a-z]/g, '')
}

/** Which articles are looked at; without `sourceWords` those of every source. */
export interface Scope {
  readonly sourceWords?: readonly string[]
  readonly language?: string
}

/** How freely a term is read: each takes in the one before it. */
export type Reach = 'exact' | 'respelt' | 'near'

/** All of `terms`, none of `unwanted`, in that scope. */
export interface Match {
  readonly terms: readonly SearchTerm[]
  readonly unwanted: readonly SearchTerm[]
  readonly scope: Scope
  readonly reach: Reach
  readonly isInHeadline: boolean
}

/** The match as an FTS5 expression. `terms` must not be empty. */
export function matchExpression({ terms, unwanted, scope, reach, isInHeadline }: Match): string {
  const column = isInHeadline ? 'headline : ' : ''
  const wanted = [
    ...terms.map((term) =>
      anyOf(readingsOf(term, reach).map((reading) => readingExpression(reading, column))),
    ),
    ...scopeExpressions(scope),
  ].join(' AND ')
  if (unwanted.length === 0) return wanted
  const excluded = unwanted.flatMap(({ exact }) => exact.map((reading) => readingExpression(reading, '')))
  return `(${wanted}) NOT ${anyOf(excluded)}`
}

function readingsOf({ exact, respelt, near }: SearchTerm, reach: Reach): readonly Reading[] {
  if (reach === 'exact') return exact
  return reach === 'respelt' ? [...exact, ...respelt] : [...exact, ...respelt, ...near]
}

export function scopeExpressions({ sourceWords, language }: Scope): readonly string[] {
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

/** A held article that matches, with what choosing between articles needs. */
export interface Candidate {
  readonly number: number
  readonly articleId: string
  readonly storyId: string
  readonly isCopy: boolean
  readonly seenAt: number
  /** The better, the higher; 0 where matches are not ranked. */
  readonly score: number
}

interface CandidateRow {
  number: number
  article_id: string
  story_id: string | null
  copy_of: string | null
  seen_at: number
  score: number
}

/** The best matches by BM25 among the newest five thousand. */
export async function rankedMatches(
  db: Database,
  expression: string,
  limit: number,
): Promise<readonly Candidate[]> {
  const { rows } = await sql<CandidateRow>`
    select a.number, a.article_id, a.story_id, a.copy_of, a.seen_at, -found.score as score
    from (
      select rowid, rank as score from article_search
      where article_search match ${expression}
        and rank match ${`bm25(${HEADLINE_WEIGHT}.0, 1.0, 0.0)`}
        and rowid >= (
          select coalesce(min(rowid), 0) from (
            select rowid from article_search where article_search match ${expression}
            order by rowid desc limit ${MOST_RANKED}
          )
        )
      order by rank limit ${limit}
    ) as found
    join searched_article as a on a.number = found.rowid`.execute(db)
  return rows.map(candidateOf)
}

/** The newest matches. */
export async function newestMatches(
  db: Database,
  expression: string,
  limit: number,
): Promise<readonly Candidate[]> {
  const { rows } = await sql<CandidateRow>`
    select a.number, a.article_id, a.story_id, a.copy_of, a.seen_at, 0 as score
    from (
      select rowid from article_search where article_search match ${expression} order by rowid desc limit ${limit}
    ) as found
    join searched_article as a on a.number = found.rowid`.execute(db)
  return rows.map(candidateOf)
}

/** The numbers of the newest matches, as many as are ranked. */
export async function matchingNumbers(db: Database, expression: string): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ number: number }>`
    select rowid as number from article_search where article_search match ${expression}
    order by rowid desc limit ${MOST_RANKED}`.execute(db)
  return new Set(rows.map((row) => Number(row.number)))
}

function candidateOf(row: CandidateRow): Candidate {
  return {
    number: Number(row.number),
    articleId: row.article_id,
    storyId: row.story_id ?? row.article_id,
    isCopy: row.copy_of !== null,
    seenAt: Number(row.seen_at),
    score: Number(row.score),
  }
}

/** An article whose headline fits. */
export interface ListedHeadline {
  readonly number: number
  readonly articleId: string
  readonly storyId: string
}

export interface ListOptions {
  /** For each word what may stand for it; one of them must be in the headline. Folded, without control characters. */
  readonly wanted: readonly (readonly string[])[]
  readonly sourceWords?: readonly string[]
  /** Only numbers below this. */
  readonly below: number
  readonly limit: number
}

/** Articles of stories whose headline holds all that is wanted anywhere, the newest first. */
export async function listedHeadlines(
  db: Database,
  options: ListOptions,
): Promise<readonly ListedHeadline[]> {
  const { wanted, sourceWords, below, limit } = options
  const indexed = wanted.filter((spellings) => spellings.every(hasTrigram))
  const short = wanted.filter((spellings) => !spellings.every(hasTrigram))
  const expression = [
    ...indexed.map((spellings) => `headline : ${anyOf(spellings.map(quoted))}`),
    ...scopeExpressions(sourceWords === undefined ? {} : { sourceWords }),
  ].join(' AND ')
  const holdsShort = short.map(
    (spellings) =>
      sql`and (${sql.join(
        spellings.map((word) => sql`instr(a.headline, ${word}) > 0`),
        sql` or `,
      )})`,
  )
  const source =
    expression === ''
      ? sql`searched_article as a where a.number < ${below}`
      : sql`headline_search join searched_article as a on a.number = headline_search.rowid
          where headline_search match ${expression} and headline_search.rowid < ${below}`
  const { rows } = await sql<{ number: number; article_id: string; story_id: string }>`
    select a.number, a.article_id, a.story_id from ${source} and a.story_id is not null ${sql.join(holdsShort, sql` `)}
    order by ${sql.raw(expression === '' ? 'a.number' : 'headline_search.rowid')} desc limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => ({
    number: Number(row.number),
    articleId: row.article_id,
    storyId: row.story_id,
  }))
}

/** The index knows threes of letters; what is shorter is looked for in the headlines themselves. */
function hasTrigram(word: string): boolean {
  return [...word].length >= 3
}

/** Those of the words with which a word of some headline begins. */
export async function wordsThatBegin(
  db: Database,
  words: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ word: string }>`
    select value as word from json_each(${JSON.stringify(words)})
    where exists (
      select 1 from headline_word where word >= value and word < value || char(1114111)
    ) limit ${limit}`.execute(db)
  return rows.map((row) => row.word)
}

/** Puts an article's words under its number, in place of what stood there. */
export async function putWords(
  db: Database,
  number: number,
  words: { readonly headline: string; readonly body: string; readonly scope: string; readonly list: string },
): Promise<void> {
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

export async function removeAllWords(db: Database): Promise<void> {
  await sql`insert into article_search (article_search) values ('delete-all')`.execute(db)
  await sql`insert into headline_search (headline_search) values ('delete-all')`.execute(db)
}
