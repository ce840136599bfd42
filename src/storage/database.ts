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
import { migrations } from './migrations/list.ts'
import { refuseHalfMoved } from './move-mark.ts'
import { isPostgres, placeOf, postgresDialect, type Setting } from './postgres.ts'
import { repeatTransactions } from './repeat.ts'
import { watchRoom } from './room.ts'
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
import { stepsOfServer, upgradeServer } from './upgrade.ts'
import {
  missingSteps,
  noteNeeds,
  refuseNewer,
  refuseUnknown,
  type Steps,
  type TakenStep,
} from './versions.ts'

export type Database = Kysely<Tables>

/** Bytes that the write-ahead log keeps on disk once it was written back. */
const longestJournal = 64 * 1024 * 1024
/** Pages that are left unused, for what comes next: this share of the file. */
const spareShare = 0.2

const files = new WeakMap<Database, SqliteFile>()

/** Nothing is in an empty list, as SQLite knows by itself. */
const emptyLists = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })

export interface Opening {
  /** The schema of the program; that of this version unless told. */
  readonly steps?: Steps
  /** It will be read or filled whole: it may hold nothing that this version does not know. */
  readonly isWhole?: true
  /** Hears that the disk is full, and that there is room again. Of a server its own log says so. */
  readonly onRoom?: (hasRoom: boolean) => void
}

/**
 * `sqlite:path/to/file`, `sqlite::memory:` or `postgres://user:password@host:port/name`. Commits are on disk before a write returns.
 * Errors: `UserError` where it cannot be opened, or programs of this version cannot work on it.
 */
export function openDatabase(url: string, opening: Opening = {}): Promise<Database> {
  return isPostgres(url) ? openServer(url, opening) : openSqlite(url, opening)
}

async function openServer(url: string, { steps = migrations, isWhole }: Opening): Promise<Database> {
  return connected(url, 'DATABASE_URL', async (db, place) => {
    const taken = await askServer(db, place, 'DATABASE_URL')
    const refuse = isWhole === true ? refuseUnknown : refuseNewer
    refuse(`The database ${place}`, taken, steps)
    await refuseHalfMoved(db, place)
    if (missingSteps(steps, taken).length > 0) await upgradeServer(db, steps)
  })
}

/**
 * A PostgreSQL database to be filled, which a setting names: one of this version, or one without any table of ours, which gets them.
 * Errors: `UserError` where it cannot be opened or is of another version; it is left as it is then.
 */
export function openTarget(url: string, setting: Setting): Promise<Database> {
  return connected(url, setting, async (db, place) => {
    const taken = await askServer(db, place, setting)
    refuseUnknown(`The database ${place}`, taken, migrations)
    if (taken.length === 0) return upgradeServer(db, migrations)
    if (missingSteps(migrations, taken).length > 0)
      throw new UserError(
        'older-schema',
        `The database ${place} holds tables of an older version of Depesche. Give an empty database.`,
      )
  })
}

/** A PostgreSQL database as it is, whatever it is, to be looked at. */
export function openAsItIs(url: string): Promise<Database> {
  return connected(url, 'DATABASE_URL', async (db, place) => {
    await askServer(db, place, 'DATABASE_URL')
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
  return repeatTransactions(db)
}

/** The first question that the server is asked. */
async function askServer(db: Database, place: string, setting: Setting): Promise<readonly TakenStep[]> {
  try {
    return await stepsOfServer(db)
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

async function openSqlite(
  url: string,
  { steps = migrations, isWhole, onRoom = () => undefined }: Opening,
): Promise<Database> {
  const path = sqlitePath(url)
  const file = openFile(path, keepEverything)
  const database = keepStatements(file, watchRoom(path, onRoom))
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  files.set(db, file)
  try {
    // What was never asked anything is not closed by Kysely either.
    await sql`select 1`.execute(db)
    const refuse = isWhole === true ? refuseUnknown : refuseNewer
    refuse(`The database ${path}`, schemaSteps(file) ?? [], steps)
    await migrate(db, path, file, steps)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** Of the newest schema, in memory: what its tables may hold can be read from it. */
export async function openEmptyFile(): Promise<SqliteFile> {
  const file = files.get(await openSqlite('sqlite::memory:', {}))
  if (file === undefined) throw new Error('a file that was opened is not there')
  return file
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

/** All steps that are missing, in one transaction: an upgrade that is killed has not begun. */
async function migrate(db: Database, path: string, file: SqliteFile, steps: Steps): Promise<void> {
  if (missingSteps(steps, schemaSteps(file) ?? []).length === 0) return
  beginAlone(path, file)
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...steps }) } })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    await noteNeeds(db, steps)
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
