/** SQLite files: opening, copying while they are in use, and checking them. The only home of the driver. */
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import SqliteDriver from 'better-sqlite3'
import { messageOf, UserError } from '../errors.ts'

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

export interface Statements {
  readonly prepare: (text: string) => SqliteDriver.Statement<unknown[], unknown>
  readonly close: () => void
}

/**
 * A file as Kysely uses it, with its statements kept: preparing one takes longer than most of them run. The one that was not used for
 * longest goes first; what changes the schema lets go of all.
 */
export function keepStatements(file: SqliteFile): Statements {
  const kept = new Map<string, SqliteDriver.Statement<unknown[], unknown>>()
  return {
    prepare: (text) => {
      const known = kept.get(text)
      const statement = known ?? file.prepare<unknown[], unknown>(text)
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
export function schemaSteps(file: SqliteFile): readonly string[] | undefined {
  try {
    return file.prepare('select name from kysely_migration order by name').pluck().all().map(String)
  } catch {
    return undefined
  }
}

export function pragmaNumber(file: SqliteFile, name: string): number {
  return Number(file.pragma(name, { simple: true }))
}
