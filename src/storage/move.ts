/**
 * Moves everything that is held from a SQLite file into PostgreSQL. The file is read as it is at one instant and never changed. What is to
 * come is promised first (rows and a hash of each table, `move-mark.ts`); rows come in the order of their keys, and each transaction that
 * brings some notes the last one, so that the same call goes on wherever the last one was killed. At the end what is there is compared with
 * what was promised; only then may a bot start on it.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import { messageOf, OutsideError, UserError } from '../errors.ts'
import { type Database, lockDatabase, openTarget } from './database.ts'
import { engineOf } from './engine.ts'
import { openHeld, quoted } from './export.ts'
import {
  advanceMark,
  beginMark,
  completeMark,
  findMark,
  type MoveMark,
  type MovePlace,
  type Sums,
  type TableSum,
} from './move-mark.ts'
import { isPostgres, placeOf } from './postgres.ts'
import { type Cell, type RecordKind, type RecordShape, type Row, recordKinds, shapeOf } from './records.ts'
import { insertRows, rowsOnServer } from './server-rows.ts'
import { type SqliteFile, sqlitePath } from './sqlite.ts'
import { createSumming, storableRow } from './table-sum.ts'

export interface MoveOptions {
  /** The SQLite file, as `DATABASE_URL` names it. */
  readonly from: string
  /** The address of the PostgreSQL database. */
  readonly to: string
  /** What an incomplete move has brought goes first. */
  readonly isAnew: boolean
  readonly now: () => Instant
  readonly told: (line: string) => void
}

export interface DifferingTable {
  readonly table: RecordKind
  readonly promised: TableSum
  readonly found: TableSum
}

export interface Moved {
  readonly from: string
  /** Without user and password. */
  readonly to: string
  readonly rows: number
  /** Rows that an earlier call had brought. */
  readonly rowsBefore: number
  readonly tables: Sums
  /** Empty where the move is complete. */
  readonly differing: readonly DifferingTable[]
}

/** Rows of a transaction: so many, or fewer where they are long. */
const mostRows = 500
const mostCharacters = 2_000_000

/** Errors: `UserError` where the file is in use or missing, or the target holds anything but the beginning of this same move. */
export async function move(options: MoveOptions): Promise<Moved> {
  refuseAddresses(options)
  const file = openHeld(options.from, 'move')
  try {
    const unlock = lockDatabase(options.from)
    try {
      file.exec('begin')
      return await moveFrom(file, options)
    } finally {
      unlock()
    }
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    throw new OutsideError(`${error.message} What was moved stays: run the same command again.`, {
      retry: true,
      cause: error,
    })
  } finally {
    file.close()
  }
}

function refuseAddresses({ from, to }: MoveOptions): void {
  if (!isPostgres(to))
    throw new UserError(
      'move-target',
      '--to must be the address of a PostgreSQL database, as in postgres://user:password@host:5432/name.',
    )
  placeOf(to, '--to')
  if (isPostgres(from))
    throw new UserError(
      'move-source',
      'DATABASE_URL names a PostgreSQL database. Let it name the SQLite file to move from, as in sqlite:data/depesche.sqlite.',
    )
}

async function moveFrom(file: SqliteFile, { from, to, isAnew, now, told }: MoveOptions): Promise<Moved> {
  const db = await openTarget(to, '--to')
  try {
    const place = placeOf(to)
    const shapes = recordKinds.map((kind) => shapeOf(file, kind))
    refuseComplete(place, await findMark(db))
    const tables = sumsOf(file, shapes)
    const rows = countOf(tables)
    const begun = await beginOrGoOn(db, { place, tables, isAnew })
    const rowsBefore = begun === undefined ? 0 : await rowsThere(db)
    const last = await bring(db, file, shapes, {
      begun,
      told: (count) => told(`Moved ${rowsBefore + count} of ${rows} rows`),
    })
    told('Comparing')
    const differing = await differingTables(db, shapes, tables)
    if (differing.length === 0) await completeMark(db, last, now())
    return { from: sqlitePath(from), to: place, rows, rowsBefore, tables, differing }
  } finally {
    await db.destroy()
  }
}

function countOf(sums: Sums): number {
  return Object.values(sums).reduce((count, { rows }) => count + rows, 0)
}

function refuseComplete(place: string, mark: MoveMark | undefined): void {
  if (mark?.completedAt === undefined) return
  throw new UserError(
    'moved-already',
    `The move into ${place} was completed on ${new Date(mark.completedAt).toISOString()}. Set DATABASE_URL to that database and start Depesche.`,
  )
}

interface Beginning {
  readonly place: string
  readonly tables: Sums
  readonly isAnew: boolean
}

/** The last row that is there already. */
async function beginOrGoOn(
  db: Database,
  { place, tables, isAnew }: Beginning,
): Promise<MovePlace | undefined> {
  return db.transaction().execute(async (trx) => {
    await engineOf(trx).lock(trx, ['move'])
    const mark = await findMark(trx)
    refuseComplete(place, mark)
    if (mark !== undefined && !isAnew) {
      refuseChanged(place, mark.promised, tables)
      return mark.place
    }
    if (mark === undefined) await refuseFull(trx, place)
    else await sql`truncate ${sql.join(recordKinds.map((kind) => sql.table(kind)))} cascade`.execute(trx)
    await beginMark(trx, tables)
    return undefined
  })
}

async function refuseFull(db: Database, place: string): Promise<void> {
  const full: string[] = []
  for (const kind of recordKinds) {
    const { rows } = await sql`select 1 from ${sql.table(kind)} limit 1`.execute(db)
    if (rows.length > 0) full.push(kind)
  }
  if (full.length === 0) return
  throw new UserError(
    'database-full',
    `The database ${place} holds something already (${full.slice(0, 3).join(', ')}), which is not the beginning of this move. Give an empty one.`,
  )
}

function refuseChanged(place: string, promised: Sums, tables: Sums): void {
  const changed = Object.keys({ ...promised, ...tables }).filter(
    (table) => !isSame(promised[table], tables[table]),
  )
  if (changed.length === 0) return
  throw new UserError(
    'move-changed',
    `The SQLite file is not the one, or not as it was, with which the move into ${place} began (${changed.slice(0, 3).join(', ')}). Give the same command with --anew: it removes what was moved and begins again.`,
  )
}

function isSame(one: TableSum | undefined, other: TableSum | undefined): boolean {
  return one?.rows === other?.rows && one?.hash === other?.hash
}

/** How many rows of ours are there. */
async function rowsThere(db: Database): Promise<number> {
  let count = 0
  for (const kind of recordKinds) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(kind)}`.execute(db)
    count += rows[0]?.n ?? 0
  }
  return count
}

interface Bringing {
  readonly begun: MovePlace | undefined
  readonly told: (rows: number) => void
}

/** Returns the place of the last row that is there. */
async function bring(
  db: Database,
  file: SqliteFile,
  shapes: readonly RecordShape[],
  { begun, told }: Bringing,
): Promise<MovePlace | undefined> {
  let place = begun
  let count = 0
  const first = begun === undefined ? 0 : shapes.findIndex(({ kind }) => kind === begun.kind)
  for (const shape of shapes.slice(first)) {
    const after = begun?.kind === shape.kind ? begun.key : undefined
    for (const rows of batches(rowsAfter(file, shape, after))) {
      place = await bringRows(db, shape, rows, place)
      count += rows.length
      told(count)
    }
  }
  return place
}

/** In one transaction with the mark. Returns the place of the last one. */
async function bringRows(
  db: Database,
  { kind, columns, key }: RecordShape,
  rows: readonly Row[],
  before: MovePlace | undefined,
): Promise<MovePlace> {
  const place = { kind, key: key.map((column) => rows.at(-1)?.[column] ?? null) }
  try {
    await db.transaction().execute(async (trx) => {
      await advanceMark(trx, before, place)
      await insertRows(trx, { kind, columns }, rows)
    })
  } catch (error) {
    if (error instanceof UserError || error instanceof OutsideError) throw error
    throw new Error(`PostgreSQL does not take a row of ${kind}: ${messageOf(error)}`, { cause: error })
  }
  return place
}

const rowShape = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** In the order of their keys, those behind a key or all. */
function* rowsAfter(
  file: SqliteFile,
  { kind, columns, key }: RecordShape,
  after: readonly Cell[] | undefined,
): Generator<Row> {
  const keys = key.map(quoted).join(', ')
  const behind = after === undefined ? '' : `where (${keys}) > (${key.map(() => '?').join(', ')})`
  const select = `select ${columns.map(quoted).join(', ')} from ${quoted(kind)} ${behind} order by ${keys}`
  for (const row of file.prepare(select).iterate(...(after ?? []))) yield rowShape.parse(row)
}

function* batches(rows: Iterable<Row>): Generator<readonly Row[]> {
  let batch: Row[] = []
  let characters = 0
  for (const row of rows) {
    batch.push(row)
    for (const cell of Object.values(row)) characters += typeof cell === 'string' ? cell.length : 8
    if (batch.length < mostRows && characters < mostCharacters) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield batch
}

function sumsOf(file: SqliteFile, shapes: readonly RecordShape[]): Sums {
  return Object.fromEntries(
    shapes.map((shape) => {
      const summing = createSumming(shape.columns)
      for (const row of rowsAfter(file, shape, undefined)) summing.add(storableRow(row))
      return [shape.kind, summing.sum()]
    }),
  )
}

async function differingTables(
  db: Database,
  shapes: readonly RecordShape[],
  tables: Sums,
): Promise<readonly DifferingTable[]> {
  const differing: DifferingTable[] = []
  for (const shape of shapes) {
    const promised = tables[shape.kind]
    const found = await sumThere(db, shape)
    if (promised !== undefined && !isSame(promised, found))
      differing.push({ table: shape.kind, promised, found })
  }
  return differing
}

async function sumThere(db: Database, shape: RecordShape): Promise<TableSum> {
  const summing = createSumming(shape.columns)
  for await (const rows of rowsOnServer(db, shape)) for (const row of rows) summing.add(row)
  return summing.sum()
}

export function sayMoved({ from, to, rows, rowsBefore, tables, differing }: Moved): string {
  if (differing.length > 0) return sayDiffering(from, to, differing)
  const before = rowsBefore === 0 ? '' : ` (${rowsBefore} of them by an earlier call)`
  return [
    `Moved ${rows} rows of ${Object.keys(tables).length} tables to ${to}${before}; each table has the same rows and the same hash there.`,
    `Set DATABASE_URL to that database and start Depesche: search reads the articles then. ${from} is as it was.`,
  ].join('\n')
}

function sayDiffering(from: string, to: string, differing: readonly DifferingTable[]): string {
  return [
    `${to} is not what ${from} is:`,
    ...differing.map(({ table, promised, found }) =>
      promised.rows === found.rows
        ? `  ${table}: ${found.rows} rows, of which some are other ones`
        : `  ${table}: ${found.rows} rows instead of ${promised.rows}`,
    ),
    'Somebody else has written there. No bot starts on it. Give the same command with --anew: it removes what was moved and begins again.',
  ].join('\n')
}
