/** Opens the database named by `DATABASE_URL` and brings it to the newest schema. The only home of the driver. */
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import SqliteDriver from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { messageOf, UserError } from '../errors.ts'
import { migrations } from './migrations/list.ts'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>

/** `sqlite:path/to/file` or `sqlite::memory:`. Commits are on disk before a write returns. */
export async function openDatabase(url: string): Promise<Database> {
  const path = sqlitePath(url)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openFile(path, keepEverything) }) })
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/**
 * Makes this process the only bot on the database, until it lets go or ends, however it ends: the lock is the operating system's, on a
 * small file beside the database. Whoever only reads the database needs no lock and is not held up.
 * Errors: `UserError` where another bot has it.
 */
export function lockDatabase(url: string): () => void {
  const path = sqlitePath(url)
  if (path === ':memory:') return () => undefined
  const lock = openFile(`${path}.lock`, (file) => file.pragma('busy_timeout = 0'))
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!(error instanceof SqliteDriver.SqliteError && error.code === 'SQLITE_BUSY')) throw error
    throw new UserError(
      'already-running',
      `Another Depesche is running on ${path}: two would post everything twice. Stop it first, or give this one a DATABASE_URL of its own.`,
    )
  }
  return () => lock.close()
}

function sqlitePath(url: string): string {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url)?.[1]
  if (path === undefined) {
    throw new UserError(
      'database-url',
      'DATABASE_URL must begin with "sqlite:", as in sqlite:data/depesche.sqlite',
    )
  }
  return path
}

function openFile(path: string, prepare: (file: SqliteDriver.Database) => void): SqliteDriver.Database {
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

function keepEverything(file: SqliteDriver.Database): void {
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
}

async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    throw new Error(`The database could not be brought to the newest schema: ${messageOf(error)}`, {
      cause: error,
    })
  }
}
