/** The rows of a table on PostgreSQL as records: its columns and key as the catalogue has them, and its rows in the order of their keys. */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { RecordKind, RecordShape, Row } from './records.ts'
import { storableRow } from './table-sum.ts'

/** Rows that are asked for at once. */
const rowsOfPage = 250

export type TableShape = Pick<RecordShape, 'kind' | 'columns' | 'key'>

export async function tableShapeOf(db: Database, kind: RecordKind): Promise<TableShape> {
  const { rows } = await sql<{ name: string; place: number | null }>`
    select a.attname as name, array_position(i.indkey::int2[], a.attnum) as place
    from pg_attribute as a left join pg_index as i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = ${kind}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`.execute(
    db,
  )
  const key = rows.flatMap(({ name, place }) => (place === null ? [] : [{ name, place }]))
  return {
    kind,
    columns: rows.map(({ name }) => name),
    key: key.toSorted((a, b) => a.place - b.place).map(({ name }) => name),
  }
}

/** Each of the rows has these columns; the others get their defaults. */
export async function insertRows(
  db: Database,
  { kind, columns }: Pick<TableShape, 'kind' | 'columns'>,
  rows: readonly Row[],
): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const json = JSON.stringify(rows.map(storableRow))
  await sql`
    insert into ${sql.table(kind)} (${names})
    select ${names} from json_populate_recordset(null::${sql.table(kind)}, ${json}::json)`.execute(db)
}

export async function* rowsOnServer(
  db: Database,
  { kind, columns, key }: TableShape,
): AsyncGenerator<readonly Row[]> {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const keys = sql.join(key.map((column) => sql.ref(column)))
  let behind = sql``
  for (;;) {
    const { rows } = await sql<Row>`
      select ${names} from ${sql.table(kind)} ${behind} order by ${keys} limit ${rowsOfPage}`.execute(db)
    yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsOfPage) return
    behind = sql`where (${keys}) > (${sql.join(key.map((column) => last[column] ?? null))})`
  }
}
