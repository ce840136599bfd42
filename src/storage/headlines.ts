/**
 * The list of headlines that opens as somebody types: stories, the newest first, whose headline holds every word typed,
 * in any order, whole or in part, case and accents aside. Where none does, umlauts written out count ("Bruecke"); where
 * still none does, words that no headline knows may be one letter off.
 *
 * Only stories of the last two weeks before the newest are offered, unless what was typed is found in older ones alone.
 */
import type { StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { StoryLine } from '../digest/library.ts'
import { spelledOtherwise } from '../language/search-query.ts'
import { oneLetterOff } from '../language/typos.ts'
import type { Database } from './database.ts'
import { fullTextOf, wordsThatBegin } from './full-text.ts'
import type { Among, ListedHeadline } from './full-text-match.ts'
import { headlineKey } from './headline-key.ts'
import { amongOf } from './search.ts'

const RECENT_MS = 14 * 86_400_000
const MAX_CHARACTERS = 100
const MAX_WORDS = 8
/** Known words a letter off from one that was typed; more is guessing. */
const MOST_CORRECTIONS = 16
/** Articles read at a time, the first time and then, and how often: stories of hundreds of articles end the list early. */
const FIRST_PAGE = 50
const PAGE = 400
const MOST_PAGES = 6

export interface HeadlineOptions {
  readonly digestIds?: readonly DigestId[]
  readonly words: string
  readonly limit: number
}

export async function findHeadlines(
  db: Database,
  { digestIds, words, limit }: HeadlineOptions,
): Promise<readonly StoryLine[]> {
  const among = digestIds === undefined ? {} : await amongOf(db, digestIds)
  if (among.sourceWords?.length === 0) return []
  const recent = await firstRecentNumber(db)
  for await (const wanted of readings(db, typedWords(words))) {
    const found = await newestOfStories(db, { wanted, among }, limit)
    const fresh = found.filter((each) => each.number >= recent)
    if (found.length > 0) return linesOf(db, fresh.length > 0 ? fresh : found)
  }
  return []
}

/** Control characters and halves of characters are in no headline. */
function typedWords(text: string): readonly string[] {
  return headlineKey(text.slice(0, MAX_CHARACTERS))
    .replace(/\p{C}+/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
}

/** What was typed, from literally to forgivingly: for each word everything that may stand for it. */
async function* readings(
  db: Database,
  typed: readonly string[],
): AsyncGenerator<readonly (readonly string[])[]> {
  yield typed.map((word) => [word])
  const spelled = typed.map((word) => [word, ...spelledOtherwise(word)])
  if (spelled.some((spellings) => spellings.length > 1)) yield spelled
  const known = await wordsThatBegin(db, typed, typed.length)
  if (known.length === typed.length) return
  yield Promise.all(
    typed.map(async (word, at) => [
      ...(spelled[at] ?? []),
      ...(known.includes(word) ? [] : await corrections(db, word)),
    ]),
  )
}

/** Beginnings of known words that are one letter off. */
function corrections(db: Database, word: string): Promise<readonly string[]> {
  const likely = oneLetterOff(word).filter((other) => other.length >= Math.min(word.length, 4))
  return wordsThatBegin(db, likely, MOST_CORRECTIONS)
}

/** The number of the first article of the last two weeks; articles are numbered in the order they were seen. */
async function firstRecentNumber(db: Database): Promise<number> {
  const newest = await db
    .selectFrom('searched_article')
    .select('seen_at')
    .orderBy('seen_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const first = await db
    .selectFrom('searched_article')
    .select('number')
    .where('seen_at', '>', Number(newest?.seen_at ?? 0) - RECENT_MS)
    .orderBy('seen_at')
    .limit(1)
    .executeTakeFirst()
  return first?.number ?? 0
}

interface Wanted {
  readonly wanted: readonly (readonly string[])[]
  readonly among: Among
}

/** The newest article of each story that fits, newest first. */
async function newestOfStories(
  db: Database,
  options: Wanted,
  limit: number,
): Promise<readonly ListedHeadline[]> {
  const stories = new Map<string, ListedHeadline>()
  let below = Number.MAX_SAFE_INTEGER
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const size = page === 0 ? FIRST_PAGE : PAGE
    const rows = await fullTextOf(db).listedHeadlines(db, { ...options, below, limit: size })
    for (const row of rows) {
      if (!stories.has(row.storyId)) stories.set(row.storyId, row)
      if (stories.size === limit) return [...stories.values()]
      below = row.number
    }
    if (rows.length < size) break
  }
  return [...stories.values()]
}

async function linesOf(db: Database, found: readonly ListedHeadline[]): Promise<readonly StoryLine[]> {
  const rows = await db
    .selectFrom('article')
    .select(['id', 'headline'])
    .where(
      'id',
      'in',
      found.map((each) => each.articleId),
    )
    .execute()
  const headlines = new Map(rows.map((row) => [row.id, row.headline]))
  return found.map(({ storyId, articleId }) => ({
    storyId: storyId as StoryId,
    headline: headlines.get(articleId) ?? '',
  }))
}
