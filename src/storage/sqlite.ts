/** SQLite files: opening, copying while they are in use, and checking them. The only home of the driver. */
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import SqliteDriver from 'better-sqlite3'
import { messageOf, OutsideError, UserError } from '../errors.ts'
import type { Room } from './room.ts'
import { type TakenStep, takenSteps } from './versions.ts'

export type SqliteFile = SqliteDriver.Database

/** Of `sqlite:path/to/file`, `sqlite:///path` or `sqlite::memory:`. Errors: `UserError` for any other address. */
export function sqlitePath(url: string): string {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]
  if (path === undefined && /^postgres(?:ql)?:/.test(url)) {
    throw new UserError(
      'database-postgres',
      'This works on SQLite files. A PostgreSQL database is backed up with pg_dump and restored with pg_restore.',
    )
  }
  if (path === undefined) {
    throw new UserError(
      'database-url',
      'DATABASE_URL must begin with "sqlite:", as in sqlite:data/depesche.sqlite, or with "postgres://"',
    )
  }
  return path
}

export function openFile(path: string, prepare: (file: SqliteFile) => void): SqliteFile {
  try {
    if (path !== ':memory:') mkdirSync(dirname(resolve(path)), { recursive: true })
    const file = new SqliteDriver(path, { timeout: 5000 })
    prepare(file)
    return file
  } catch (error) {
    throw new UserError(
      'database-open',
      `The database ${path} cannot be opened (${messageOf(error)}). Check that its folder exists and may be written to.`,
    )
  }
}

/** A file that must be there and is not changed. Errors: `UserError` where it cannot be read. */
export function openToRead(path: string): SqliteFile {
  try {
    const file = new SqliteDriver(path, { timeout: 5000, readonly: true, fileMustExist: true })
    file.pragma('schema_version')
    return file
  } catch (error) {
    throw new UserError('database-read', `${path} cannot be read as a database (${messageOf(error)}).`)
  }
}

/** Statements that are kept, and the longest that is worth it. */
const mostStatements = 300
const longestStatement = 4000

type Driven = SqliteDriver.Statement<unknown[], unknown>
export type KeptStatement = Pick<Driven, 'reader'> & {
  readonly all: (values?: readonly unknown[]) => unknown[]
  readonly run: (values?: readonly unknown[]) => SqliteDriver.RunResult
  readonly iterate: (values?: readonly unknown[]) => IterableIterator<unknown>
}

export interface Statements {
  readonly prepare: (text: string) => KeptStatement
  readonly close: () => void
}

/**
 * A file as Kysely uses it, with its statements kept: preparing one takes longer than most of them run. The one that was not used for
 * longest goes first; what changes the schema lets go of all. A write that finds no room on the disk is an `OutsideError`, told by `room`.
 */
export function keepStatements(file: SqliteFile, room: Room): Statements {
  const kept = new Map<string, KeptStatement>()
  return {
    prepare: (asked) => {
      // A full disk has rolled back by itself; the error to be told is that one.
      const text = asked === 'rollback' && !file.inTransaction ? 'select 1' : asked
      const known = kept.get(text)
      const statement = known ?? heedRoom(file.prepare<unknown[], unknown>(text), text, room)
      const changesSchema = known === undefined && /^\s*(?:create|alter|drop)\b/i.test(text)
      if (changesSchema) kept.clear()
      if (changesSchema || text.length > longestStatement) return statement
      kept.delete(text)
      kept.set(text, statement)
      const [oldest] = kept.keys()
      if (oldest !== undefined && kept.size > mostStatements) kept.delete(oldest)
      return statement
    },
    close: () => {
      kept.clear()
      file.close()
    },
  }
}

function heedRoom(statement: Driven, text: string, room: Room): KeptStatement {
  const writes = text === 'commit' || !statement.readonly
  const heeded = <Result>(work: () => Result): Result => {
    try {
      const result = work()
      if (writes && room.isFull()) room.written()
      return result
    } catch (error) {
      if (!isOutOfRoom(error)) throw error
      room.lacked()
      throw new OutsideError('The disk is full.', { retry: true, isTold: true, cause: error })
    }
  }
  return {
    reader: statement.reader,
    all: (values = []) => heeded(() => statement.all(...values)),
    run: (values = []) => heeded(() => statement.run(...values)),
    iterate: (values = []) => statement.iterate(...values),
  }
}

function isOutOfRoom(error: unknown): boolean {
  return (
    error instanceof SqliteDriver.SqliteError && ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'].includes(error.code)
  )
}

export function isBusy(error: unknown): boolean {
  return error instanceof SqliteDriver.SqliteError && error.code === 'SQLITE_BUSY'
}

/** Pages copied between two looks at the world. */
const pagesAtOnce = 2000

export type RowCounts = Readonly<Record<string, number>>

/**
 * Copies a database, as it is at one instant, into a new file, while others write to it. Returns how many rows its tables had then.
 * `told` hears how much is done, from 0 to 1.
 */
export async function copyFile(from: string, to: string, told: (share: number) => void): Promise<RowCounts> {
  const source = openToRead(from)
  try {
    // A reader keeps what it sees: without it, the copy would begin anew with every write of the bot.
    source.exec('begin')
    const counts = countRows(source)
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        told(totalPages === 0 ? 0 : 1 - remainingPages / totalPages)
        return pagesAtOnce
      },
    })
    return counts
  } finally {
    source.close()
  }
}

/** Leaves nothing beside the file: all is in it, and on disk. */
export function closeWhole(path: string): void {
  const file = openFile(path, () => undefined)
  try {
    file.pragma('journal_mode = DELETE')
  } finally {
    file.close()
  }
}

/** Tables with rows of their own; the full-text index is counted by the tables it is made of. */
export function countRows(file: SqliteFile): RowCounts {
  return Object.fromEntries(
    tableNames(file).map((name) => [
      name,
      Number(
        file
          .prepare(`select count(*) from "${name.replaceAll('"', '""')}"`)
          .pluck()
          .get(),
      ),
    ]),
  )
}

function tableNames(file: SqliteFile): readonly string[] {
  return file
    .prepare(
      "select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by name",
    )
    .pluck()
    .all()
    .map(String)
}

/** What is wrong with a file, in a few words each; empty where nothing is. `quick` leaves out what takes long. */
export function faultsOf(file: SqliteFile, { quick }: { readonly quick: boolean }): readonly string[] {
  try {
    const said = file
      .prepare(`pragma ${quick ? 'quick_check' : 'integrity_check'}(5)`)
      .pluck()
      .all()
      .map(String)
    const faults = said.filter((line) => line !== 'ok')
    const dangling = file
      .prepare('select "table" from pragma_foreign_key_check limit 5')
      .pluck()
      .all()
      .map(String)
    return [...faults, ...dangling.map((table) => `a row of ${table} names one that is not there`)]
  } catch (error) {
    return [messageOf(error)]
  }
}

/** The steps of the schema that a file has taken; undefined where it is no database of Depesche's. */
export function schemaSteps(file: SqliteFile): readonly TakenStep[] | undefined {
  try {
    // Not by their names: what a step needs is noted by newer versions only.
    return takenSteps.parse(file.prepare('select * from kysely_migration order by name').all())
  } catch {
    return undefined
  }
}

export function pragmaNumber(file: SqliteFile, name: string): number {
  return Number(file.pragma(name, { simple: true }))
}
