/**
 * What differs between SQLite and PostgreSQL, side by side; full-text search, which differs altogether, is in `full-text-sqlite.ts` and
 * `full-text-postgres.ts`. Everything else is written once, in words that both understand.
 *
 * SQLite is one writer in one process: what a transaction has read stays true until it ends. On PostgreSQL others write meanwhile: whoever
 * decides by what it reads takes a lock first, by a row or, where there is none yet, by a name.
 */
import { type Kysely, PostgresAdapter, type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import type { Tables } from './schema.ts'

export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** One process has the database for itself: a lease that it finds at its start is nobody's. */
  readonly isAlone: boolean
  /** Small writes are gathered into one commit; otherwise the server does that, and every write is a transaction. */
  readonly commitsTogether: boolean
  /**
   * Rows of text values as a table of columns `c0`, `c1` …, for `insert into … select`. They go in as one JSON text: binding each value by
   * itself costs twice the time, and a statement takes only so many.
   */
  readonly manyRows: (rows: readonly (readonly string[])[], columns: number) => RawBuilder<unknown>
  /** Ends a select of rows to be claimed: those of this table that another process is claiming are passed over, not waited for. */
  readonly unclaimed: (table: string) => RawBuilder<unknown>
  /** Ends a select of rows that the transaction will decide about: whoever else wants to waits. */
  readonly keptStill: (table: string) => RawBuilder<unknown>
  /** Until the transaction ends nobody else has a lock of these names. */
  readonly lock: (trx: Kysely<Tables>, names: readonly string[]) => Promise<void>
  /** The instant by the clock of the database. */
  readonly now: RawBuilder<number>
  /** Whether a text holds a piece of text. */
  readonly holds: (text: RawBuilder<string>, piece: string) => RawBuilder<boolean>
}

const sqlite: Engine = {
  name: 'sqlite',
  isAlone: true,
  commitsTogether: true,
  manyRows: (rows, columns) =>
    sql`(select ${valuesAsColumns(columns)} from json_each(${JSON.stringify(rows)})) as many`,
  unclaimed: () => sql``,
  keptStill: () => sql``,
  lock: async () => undefined,
  now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  holds: (text, piece) => sql<boolean>`instr(${text}, ${piece}) > 0`,
}

const postgres: Engine = {
  name: 'postgres',
  isAlone: false,
  commitsTogether: false,
  manyRows: (rows, columns) =>
    sql`(select ${valuesAsColumns(columns)} from json_array_elements(${jsonOf(rows)}::json) as each(value)) as many`,
  unclaimed: (table) => sql`for no key update of ${sql.table(table)} skip locked`,
  keptStill: (table) => sql`for no key update of ${sql.table(table)}`,
  lock: async (trx, names) => {
    // In one order for all, so that no two wait for each other.
    for (const name of [...new Set(names)].sort())
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
  },
  now: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  holds: (text, piece) => sql<boolean>`position(${piece} in ${text}) > 0`,
}

function valuesAsColumns(columns: number): RawBuilder<unknown> {
  const values = Array.from(
    { length: columns },
    (_, at) => sql`value ->> ${sql.lit(at)} as ${sql.ref(`c${at}`)}`,
  )
  return sql.join(values)
}

/** As JSON, without the one character that PostgreSQL does not hold. */
function jsonOf(rows: readonly (readonly string[])[]): string {
  return JSON.stringify(rows.map((row) => row.map((text) => text.replaceAll('\0', ''))))
}

/** The engine that a database or a transaction runs on. */
export function engineOf(db: QueryExecutorProvider): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite
}
