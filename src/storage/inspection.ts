/** How an embedded database is, read without changing it: for whoever looks after the bot. */
import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError } from '../errors.ts'
import { lockDatabase } from './database.ts'
import { counted, type Held } from './held.ts'
import { readServer } from './inspection-server.ts'
import { migrations } from './migrations/list.ts'
import { isPostgres } from './postgres.ts'
import { faultsOf, openToRead, pragmaNumber, type SqliteFile, schemaSteps, sqlitePath } from './sqlite.ts'
import { missingSteps, refuseNewer } from './versions.ts'

export interface StorageFacts extends Held {
  readonly path: string
  readonly bytes: number
  /** Of the write-ahead log beside it. */
  readonly logBytes: number
  /** On the disk, for whoever runs the bot. */
  readonly freeBytes: number
  readonly faults: readonly string[]
  readonly missingSteps: number
  /** Bytes in it that are not used. */
  readonly unusedBytes: number
  /** False in files of older versions: what is removed is used again, but never given back. */
  readonly shrinks: boolean
  readonly isInUse: boolean
}

export interface ServedChannel {
  readonly guildId: string
  readonly channelId: string
  readonly digestId: string
}

export interface FailingSource {
  readonly id: string
  readonly since: number
  readonly trouble: string
}

/** Undefined where there is no database yet. Errors: `UserError` where it cannot be read, or is of a newer version. */
export function inspectStorage(url: string): StorageFacts | undefined {
  const path = sqlitePath(url)
  if (!existsSync(path)) return undefined
  const file = openToRead(path)
  try {
    const steps = schemaSteps(file) ?? []
    refuseNewer(`The database ${path}`, steps, migrations)
    const missing = missingSteps(migrations, steps).length
    const faults = faultsOf(file, { quick: true })
    const isReadable = faults.length === 0 && missing === 0
    const page = pragmaNumber(file, 'page_size')
    return {
      path,
      bytes: statSync(path).size,
      logBytes: existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0,
      freeBytes: freeBytesAt(dirname(path)),
      faults,
      missingSteps: missing,
      unusedBytes: pragmaNumber(file, 'freelist_count') * page,
      shrinks: pragmaNumber(file, 'auto_vacuum') === 2,
      isInUse: isLocked(url),
      rows: isReadable ? rowsHeld(file) : {},
      oldest: isReadable ? oldestOf(file) : { article: undefined, body: undefined, edition: undefined },
    }
  } finally {
    file.close()
  }
}

/** Whether a file is kept here, or a server has its own people and tools. */
export const isServer = isPostgres

/** The channels that digests are posted to. */
export async function servedChannels(url: string): Promise<readonly ServedChannel[]> {
  const rows = await readAll(
    url,
    'select guild_id, channel_id, digest_id from subscription where paused_at is null order by guild_id, channel_id',
  )
  return rows.map((row) => ({
    guildId: String(row.guild_id),
    channelId: String(row.channel_id),
    digestId: String(row.digest_id),
  }))
}

export async function failingSources(url: string): Promise<readonly FailingSource[]> {
  const rows = await readAll(
    url,
    'select id, failing_since, trouble from source where failing_since is not null',
  )
  return rows.map((row) => ({
    id: String(row.id),
    since: Number(row.failing_since),
    trouble: String(row.trouble),
  }))
}

type Rows = readonly Readonly<Record<string, unknown>>[]

async function readAll(url: string, query: string): Promise<Rows> {
  return isPostgres(url) ? readServer(url, query) : readFile(url, query)
}

function readFile(url: string, query: string): Rows {
  const path = sqlitePath(url)
  if (!existsSync(path)) return []
  const file = openToRead(path)
  try {
    return file
      .prepare(query)
      .all()
      .map((row) => ({ ...(typeof row === 'object' ? row : {}) }))
  } catch {
    // A file that is damaged, or of an older version, is told of elsewhere.
    return []
  } finally {
    file.close()
  }
}

/** Bytes that a process of this user may still write. */
export function freeBytesAt(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function isLocked(url: string): boolean {
  if (!existsSync(`${sqlitePath(url)}.lock`)) return false
  try {
    lockDatabase(url)()
    return false
  } catch (error) {
    if (error instanceof UserError && error.code === 'already-running') return true
    throw error
  }
}

function rowsHeld(file: SqliteFile): Readonly<Record<string, number>> {
  return Object.fromEntries(
    counted.map((table) => [table, numberOf(file, `select count(*) from ${table}`) ?? 0]),
  )
}

function oldestOf(file: SqliteFile): StorageFacts['oldest'] {
  return {
    article: numberOf(file, 'select min(seen_at) from article'),
    body: numberOf(file, 'select min(seen_at) from article where body_dropped_at is null'),
    edition: numberOf(file, 'select min(composed_at) from edition where thinned_at is null'),
  }
}

function numberOf(file: SqliteFile, query: string): number | undefined {
  const value = file.prepare(query).pluck().get()
  return value === null || value === undefined ? undefined : Number(value)
}
