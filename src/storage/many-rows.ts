/**
 * Thousands of rows in one statement: they go in as one JSON text, which the database reads as a table. Binding each value by itself
 * costs twice the time, and a statement takes only so many.
 */
import { type RawBuilder, sql } from 'kysely'

/** Rows of text values as a table of columns `c0`, `c1` …, for `insert into … select`. */
export function manyRows(rows: readonly (readonly string[])[], columns: number): RawBuilder<unknown> {
  const values = Array.from(
    { length: columns },
    (_, at) => sql`value ->> ${sql.lit(at)} as ${sql.ref(`c${at}`)}`,
  )
  return sql`(select ${sql.join(values)} from json_each(${JSON.stringify(rows)}))`
}
