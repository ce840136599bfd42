/** Full-text search on the engine that a database runs on; see `full-text-match.ts` for what its verbs promise. */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import type { FullText } from './full-text-match.ts'
import { postgresFullText } from './full-text-postgres.ts'
import { sqliteFullText } from './full-text-sqlite.ts'

export function fullTextOf(db: Database): FullText {
  return engineOf(db).name === 'sqlite' ? sqliteFullText : postgresFullText
}

/** Those of the words with which a word of some headline begins. */
export async function wordsThatBegin(
  db: Database,
  words: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const rowsOfWords = words.map((word) => [word])
  const { rows } = await sql<{ word: string }>`
    select c0 as word from ${engineOf(db).manyRows(rowsOfWords, 1)}
    where exists (
      select 1 from headline_word where headline_word.word >= c0 and headline_word.word < c0 || ${'\u{10ffff}'}
    ) limit ${limit}`.execute(db)
  return rows.map((row) => row.word)
}
