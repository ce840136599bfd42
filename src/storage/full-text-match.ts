/** What is looked for in the full-text index, and what is found there: the same on every engine. */
import { type RawBuilder, sql } from 'kysely'
import type { DigestId } from '../digest/definition.ts'
import type { Reading, SearchTerm } from '../language/search-query.ts'
import type { Database } from './database.ts'

/**
 * Of articles that match, so many of the newest are ranked: a word of every day stays nearly as quick as a rare one. So words of grammar
 * are not ranked by.
 */
export const mostRanked = 2000

/** Marks words of the index that name a source or a language; no text holds it as part of a word. */
const scopeMark = '§'
/** Source numbers are told by one character of the private planes, so that a source is one trigram. */
const firstSource = 0xf0000
const mostSources = 0x1fffe

/** The word that stands for a source in the index. */
export function sourceWord(number: number): string {
  return scopeMark + scopeMark + String.fromCodePoint(firstSource + (number % mostSources))
}

/** The word that stands for a language in the index. */
export function languageWord(language: string): string {
  return scopeMark + language.replace(/[^a-z]/g, '')
}

/** Which articles are looked at: those of some sources, which the index knows by a word, or of the digests that name many; else all. */
export interface Among {
  readonly sourceWords?: readonly string[]
  readonly digestIds?: readonly DigestId[]
}

export interface Scope extends Among {
  readonly language?: string
}

/** That the article under a number of the index is of one of the digests. Counted: what only has to exist PostgreSQL might find for all articles at once. */
export function isAmong(number: RawBuilder<unknown>, { digestIds }: Among): RawBuilder<unknown> {
  if (digestIds === undefined) return sql``
  return sql`and (
    select count(*) from searched_article as held join article_source on article_source.article_id = held.article_id
    where held.number = ${number} and ${isOfDigests(digestIds)}) > 0`
}

/**
 * About a row of `article_source`. The sources of the digests are found once for the whole statement. What `is true` is joined with nothing: no engine begins
 * with the sources and reads all their articles.
 */
export function isOfDigests(digestIds: readonly DigestId[]): RawBuilder<boolean> {
  return sql<boolean>`(article_source.source_id in (
    select source_id from digest_source where digest_id in (${sql.join(digestIds)}))) is true`
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

export function readingsOf({ exact, respelt, near }: SearchTerm, reach: Reach): readonly Reading[] {
  if (reach === 'exact') return exact
  return reach === 'respelt' ? [...exact, ...respelt] : [...exact, ...respelt, ...near]
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

export interface CandidateRow {
  number: number
  article_id: string
  story_id: string | null
  copy_of: string | null
  seen_at: number
  score: number
}

export function candidateOf(row: CandidateRow): Candidate {
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

export interface HeadlineRow {
  number: number
  article_id: string
  story_id: string
}

export function listedOf(row: HeadlineRow): ListedHeadline {
  return { number: Number(row.number), articleId: row.article_id, storyId: row.story_id }
}

export interface ListOptions {
  /** For each word what may stand for it; one of them must be in the headline. Folded, without control characters. */
  readonly wanted: readonly (readonly string[])[]
  readonly among: Among
  /** Only numbers below this. */
  readonly below: number
  readonly limit: number
}

/** Under which words an article is found. */
export interface ArticleWords {
  readonly headline: string
  readonly body: string
  /** The words of its sources and its language. */
  readonly scope: string
  /** The headline as lists compare it. */
  readonly list: string
}

/** The index of one engine. Nothing typed reaches its query language: what is looked for is built from quoted words. */
export interface FullText {
  /** The best of the newest two thousand matches. `terms` must not be empty, here and below. */
  readonly rankedMatches: (db: Database, match: Match, limit: number) => Promise<readonly Candidate[]>
  readonly newestMatches: (db: Database, match: Match, limit: number) => Promise<readonly Candidate[]>
  /** The numbers of the newest matches, as many as are ranked. */
  readonly matchingNumbers: (db: Database, match: Match) => Promise<ReadonlySet<number>>
  /** Articles of stories whose headline holds all that is wanted anywhere, the newest first. */
  readonly listedHeadlines: (db: Database, options: ListOptions) => Promise<readonly ListedHeadline[]>
  /** Puts an article's words under its number, in place of what stood there. */
  readonly putWords: (db: Database, number: number, words: ArticleWords) => Promise<void>
  readonly removeAllWords: (db: Database) => Promise<void>
  /** Whether a word is in some headline, whole or in part. Short ones are taken to be. */
  readonly isInHeadline: (db: Database, word: string) => Promise<boolean>
  /** Makes room where words were removed, writing about so many pages; false where there is no more to do. Runs in a transaction. */
  readonly tidy: (trx: Database, pages: number) => Promise<boolean>
}

/** The index knows threes of letters; what is shorter is looked for in the headlines themselves. */
export function hasTrigram(word: string): boolean {
  return [...word].length >= 3
}
