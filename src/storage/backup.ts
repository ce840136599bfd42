/**
 * Backups of an embedded database. A copy counts only when it was checked: it is written under another name (`.part`), compared with what it
 * was made from, and gets its name last, so that whatever bears the name of a backup is one.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Instant } from '../article/article.ts'
import { OutsideError, UserError } from '../errors.ts'
import {
  closeWhole,
  copyFile,
  countRows,
  faultsOf,
  openToRead,
  type RowCounts,
  sqlitePath,
} from './sqlite.ts'

export interface BackupOptions {
  readonly databaseUrl: string
  /** Where it goes; a name with the date in `backups` beside the database unless told. */
  readonly file?: string
  /** Of the backups with such names in the same folder only so many of the newest are kept. */
  readonly keep?: number
  readonly now: Instant
  readonly told: (share: number) => void
}

export interface Backup {
  readonly file: string
  readonly bytes: number
  readonly rows: RowCounts
  /** Older backups that were removed. */
  readonly removed: readonly string[]
}

/** While the bot runs, or not. Errors: `UserError` where there is no database, or the file is there already. */
export async function backUp({ databaseUrl, file: named, keep, now, told }: BackupOptions): Promise<Backup> {
  const path = sqlitePath(databaseUrl)
  if (!existsSync(path))
    throw new UserError('database-missing', `There is no database ${path} yet: nothing to back up.`)
  const file = named ?? join(dirname(path), 'backups', nameAt(now))
  if (named !== undefined && existsSync(named))
    throw new UserError('backup-exists', `${named} is there already. Name another file, or remove that one.`)
  mkdirSync(dirname(file), { recursive: true })
  const rows = await checkedCopy(path, `${file}.part`, told)
  renameSync(`${file}.part`, file)
  syncFolder(dirname(file))
  const removed = keep === undefined ? [] : removeOlder(dirname(file), keep)
  return { file, bytes: statSync(file).size, rows, removed }
}

/** A whole file with everything in it. Errors: `OutsideError` where it is not what it was made from. */
export async function checkedCopy(
  from: string,
  to: string,
  told: (share: number) => void,
): Promise<RowCounts> {
  for (const name of [to, `${to}-wal`, `${to}-shm`, `${to}-journal`]) rmSync(name, { force: true })
  const wanted = await copyFile(from, to, told)
  closeWhole(to)
  const copy = openToRead(to)
  try {
    const faults = faultsOf(copy, { quick: false })
    const found = countRows(copy)
    const differing = Object.keys({ ...wanted, ...found }).filter((table) => wanted[table] !== found[table])
    const all = [...faults, ...differing.map((table) => `${table} has not the same rows`)]
    if (all.length > 0)
      throw new OutsideError(`The copy of ${from} is not sound: ${all.join('; ')}.`, { retry: true })
    return found
  } finally {
    copy.close()
  }
}

/** `depesche-2026-11-20-0730.sqlite`, in UTC. */
function nameAt(now: Instant): string {
  const [date, time] = new Date(now).toISOString().split('T')
  return `depesche-${date}-${time?.slice(0, 5).replace(':', '')}.sqlite`
}

const ourNames = /^depesche-\d{4}-\d{2}-\d{2}-\d{4}\.sqlite$/

function removeOlder(folder: string, keep: number): readonly string[] {
  const all = readdirSync(folder)
    .filter((name) => ourNames.test(name))
    .sort()
  const old = all.slice(0, Math.max(0, all.length - keep)).map((name) => join(folder, name))
  for (const each of old) rmSync(each)
  return old
}

/** A name is on disk when its folder is. */
export function syncFolder(folder: string): void {
  // Folders cannot be opened on Windows, which needs no such thing.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function sayBackup({ file, bytes, rows, removed }: Backup): string {
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0)
  return [
    `${file}: ${(bytes / 1e6).toFixed(1)} MB, ${count} rows, checked.`,
    ...removed.map((each) => `Removed ${basename(each)}.`),
  ].join('\n')
}
