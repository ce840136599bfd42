/** Opens the database named by `DATABASE_URL` and brings it to the newest schema. */
import {
  HandleEmptyInListsPlugin,
  Kysely,
  replaceWithNoncontingentExpression,
  SqliteDialect,
  sql,
} from 'kysely'
import { Migrator } from 'kysely/migration'
import { messageOf, OutsideError, UserError } from '../errors.ts'
import { textByBytes } from './by-bytes.ts'
import { migrations } from './migrations/list.ts'
import { refuseHalfMoved } from './move-mark.ts'
import { isPostgres, placeOf, postgresDialect, type Setting } from './postgres.ts'
import type { Tables } from './schema.ts'
import {
  isBusy,
  keepStatements,
  openFile,
  pragmaNumber,
  type SqliteFile,
  schemaSteps,
  sqlitePath,
} from './sqlite.ts'

export type Database = Kysely<Tables>

/** Bytes that the write-ahead log keeps on disk once it was written back. */
const longestJournal = 64 * 1024 * 1024
/** Pages that are left unused, for what comes next: this share of the file. */
const spareShare = 0.2

const files = new WeakMap<Database, SqliteFile>()

/** Nothing is in an empty list, as SQLite knows by itself. */
const emptyLists = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })

/**
 * `sqlite:path/to/file`, `sqlite::memory:` or `postgres://user:password@host:port/name`. Commits are on disk before a write returns.
 * Errors: `UserError` where it cannot be opened.
 */
export function openDatabase(url: string): Promise<Database> {
  return isPostgres(url) ? openServer(url) : openSqlite(url)
}

async function openServer(url: string): Promise<Database> {
  return connected(url, 'DATABASE_URL', async (db, place) => {
    const taken = await stepsTaken(db, place, 'DATABASE_URL')
    refuseUnknown(`The database ${place}`, taken)
    await refuseHalfMoved(db, place)
    if (Object.keys(migrations).some((step) => !taken.includes(step))) await migrateServer(db)
  })
}

/**
 * A PostgreSQL database to move into, which `--to` names: one of this version, or one without any table of ours, which gets them.
 * Errors: `UserError` where it cannot be opened or is of another version; it is left as it is then.
 */
export function openTarget(url: string): Promise<Database> {
  return connected(url, '--to', async (db, place) => {
    const taken = await stepsTaken(db, place, '--to')
    refuseUnknown(`The database ${place}`, taken)
    if (taken.length === 0) return migrateServer(db)
    if (taken.length < Object.keys(migrations).length)
      throw new UserError(
        'older-schema',
        `The database ${place} holds tables of an older version of Depesche. Give an empty database.`,
      )
  })
}

async function connected(
  url: string,
  setting: Setting,
  prepare: (db: Database, place: string) => Promise<void>,
): Promise<Database> {
  const place = placeOf(url, setting)
  const db = new Kysely<Tables>({ dialect: postgresDialect(url), plugins: [emptyLists] })
  try {
    await prepare(db, place)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** The first question that the server is asked. */
async function stepsTaken(db: Database, place: string, setting: Setting): Promise<readonly string[]> {
  try {
    const { rows: found } = await sql<{ table: string | null }>`
      select to_regclass(quote_ident(current_schema()) || '.kysely_migration')::text as table`.execute(db)
    if ((found[0]?.table ?? null) === null) return []
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
    return rows.map(({ name }) => name)
  } catch (error) {
    // A server that does not answer yet may do so in a minute: whoever looks after this process starts it again.
    if (error instanceof OutsideError)
      throw new OutsideError(`The database ${place} does not answer: is ${setting} right? ${error.message}`, {
        retry: true,
        cause: error,
      })
    throw new UserError(
      'database-open',
      `The database ${place} cannot be opened (${messageOf(error)}). Check that the server runs there and that ${setting} names it, the user and the password.`,
    )
  }
}

/** All steps that are missing, in one transaction. Two that start at once: the second one waits, and finds everything done. */
async function migrateServer(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      schema: string
    }>`select current_schema() as schema, set_config('statement_timeout', '0', true)`.execute(trx)
    await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' schema of depesche', 0))`.execute(
      trx,
    )
    const migrator = new Migrator({
      db: trx.withPlugin(textByBytes),
      provider: { getMigrations: async () => ({ ...migrations }) },
      ...(rows[0] === undefined ? {} : { migrationTableSchema: rows[0].schema }),
    })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined)
      throw new Error(`The database could not be brought to the newest schema: ${messageOf(error)}`, {
        cause: error,
      })
  })
}

async function openSqlite(url: string): Promise<Database> {
  const path = sqlitePath(url)
  const file = openFile(path, keepEverything)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepStatements(file) }) })
  files.set(db, file)
  try {
    // What was never asked anything is not closed by Kysely either.
    await sql`select 1`.execute(db)
    refuseNewer(path, file)
    await migrate(db, path, file)
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
  // PostgreSQL is there for many processes.
  if (isPostgres(url)) return () => undefined
  const path = sqlitePath(url)
  if (path === ':memory:') return () => undefined
  const lock = openFile(`${path}.lock`, (file) => file.pragma('busy_timeout = 0'))
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new UserError(
      'already-running',
      `Another Depesche is running on ${path}: two would post everything twice. Stop it first, or give this one a DATABASE_URL of its own.`,
    )
  }
  return () => lock.close()
}

/** Shortens the file by so many unused pages at most, where more than a fifth of it is unused; the number given back. */
export async function giveBackPages(db: Database, most: number): Promise<number> {
  const file = files.get(db)
  if (file === undefined) return 0
  return db.connection().execute(async () => {
    const count = (name: string): number => pragmaNumber(file, name)
    const unused = count('freelist_count')
    const spare = Math.floor(count('page_count') * spareShare)
    if (unused <= spare || count('auto_vacuum') !== 2) return 0
    file.pragma(`incremental_vacuum(${Math.min(most, unused - spare)})`)
    return unused - count('freelist_count')
  })
}

function keepEverything(file: SqliteFile): void {
  // Counts for a file that is new; it must come first.
  file.pragma('auto_vacuum = INCREMENTAL')
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.pragma(`journal_size_limit = ${longestJournal}`)
}

/**
 * What a newer version has written is not understood, and might be spoilt.
 * Errors: `UserError` where the file has taken steps that this version does not know.
 */
export function refuseNewer(path: string, file: SqliteFile): void {
  refuseUnknown(`The database ${path}`, schemaSteps(file) ?? [])
}

function refuseUnknown(database: string, taken: readonly string[]): void {
  const unknown = taken.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length === 0) return
  throw new UserError(
    'newer-schema',
    `${database} was written by a newer version of Depesche (its schema has the step ${unknown.at(-1)}). Install that version again, or restore a backup from before the upgrade with "depesche restore".`,
  )
}

/** All steps that are missing, in one transaction: an upgrade that is killed has not begun. */
async function migrate(db: Database, path: string, file: SqliteFile): Promise<void> {
  const taken = new Set(schemaSteps(file))
  if (Object.keys(migrations).every((step) => taken.has(step))) return
  beginAlone(path, file)
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    file.exec('commit')
  } catch (error) {
    if (file.inTransaction) file.exec('rollback')
    throw new Error(`The database could not be brought to the newest schema: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/** Two that start at once: the second one waits, and finds everything done. */
function beginAlone(path: string, file: SqliteFile): void {
  try {
    file.exec('begin immediate')
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new UserError(
      'database-busy',
      `Another process is writing to ${path}, perhaps an upgrade. Try again in a minute.`,
    )
  }
}
