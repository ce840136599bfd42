/**
 * Putting a backup in the place of the database. At every instant the name of the database means either the old one or the new one, whole;
 * the old one stays beside it.
 */
import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf, UserError } from '../errors.ts'
import { checkedCopy, syncFolder } from './backup.ts'
import { lockDatabase, openDatabase } from './database.ts'
import { migrations } from './migrations/list.ts'
import {
  closeWhole,
  faultsOf,
  openFile,
  openToRead,
  type RowCounts,
  schemaSteps,
  sqlitePath,
} from './sqlite.ts'
import { refuseNewer } from './versions.ts'

export interface Restored {
  readonly from: string
  readonly rows: RowCounts
  /** Where the replaced database lies now; absent where there was none. */
  readonly before?: string
}

/** Errors: `UserError` where a bot runs on the database, or the backup cannot be used; nothing was changed then. */
export async function restore(
  databaseUrl: string,
  backup: string,
  told: (share: number) => void,
): Promise<Restored> {
  const path = sqlitePath(databaseUrl)
  checkBackup(backup)
  const unlock = lockForRestore(databaseUrl)
  try {
    const coming = `${path}.restoring`
    const rows = await checkedCopy(backup, coming, told)
    await bringUp(coming)
    const before = existsSync(path) ? keepOld(path) : undefined
    renameSync(coming, path)
    syncFolder(dirname(path))
    return { from: backup, rows, ...(before === undefined ? {} : { before }) }
  } finally {
    unlock()
  }
}

function lockForRestore(databaseUrl: string): () => void {
  try {
    return lockDatabase(databaseUrl)
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'already-running')) throw error
    throw new UserError(
      'running',
      'Depesche is running on this database. Stop it first, then restore, then start it again.',
    )
  }
}

function checkBackup(backup: string): void {
  if (!existsSync(backup)) throw new UserError('backup-missing', `There is no file ${backup}.`)
  const file = openToRead(backup)
  try {
    if (schemaSteps(file) === undefined)
      throw new UserError('no-backup', `${backup} is no database of Depesche's. Nothing was changed.`)
    refuseNewer(`The database ${backup}`, schemaSteps(file) ?? [], migrations)
    const faults = faultsOf(file, { quick: false })
    if (faults.length > 0) {
      throw new UserError(
        'backup-damaged',
        `${backup} is damaged (${faults[0]}). Nothing was changed; take an older backup.`,
      )
    }
  } finally {
    file.close()
  }
}

/** To the newest schema, and into one file. */
async function bringUp(path: string): Promise<void> {
  const db = await openDatabase(`sqlite:${path}`)
  await db.destroy()
  closeWhole(path)
}

/** Gives the old database a second name. What its log holds is in it afterwards: the new one must not find a log of the old one. */
function keepOld(path: string): string {
  const before = `${path}.before-restore`
  for (const end of ['', '-wal', '-shm']) rmSync(`${before}${end}`, { force: true })
  const isWhole = emptyLog(path)
  link(path, before)
  if (!isWhole && existsSync(`${path}-wal`)) link(`${path}-wal`, `${before}-wal`)
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  return before
}

/** False where the old file is too damaged for that. Errors: `UserError` where another program reads it. */
function emptyLog(path: string): boolean {
  try {
    const file = openFile(path, () => undefined)
    try {
      // Writes the log back first; fails while anybody else has the file open.
      file.pragma('journal_mode = DELETE')
      return true
    } finally {
      file.close()
    }
  } catch (error) {
    if (/locked|busy/i.test(messageOf(error)))
      throw new UserError(
        'database-in-use',
        `Another program has ${path} open. End it, then restore; nothing was changed.`,
      )
    return false
  }
}

function link(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Some file systems know no links.
    copyFileSync(from, to)
  }
}

export function sayRestored({ from, rows, before }: Restored): string {
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0)
  return [
    `Restored ${from}: ${count} rows, checked.`,
    before === undefined ? 'There was no database before.' : `The database from before is ${before}.`,
  ].join('\n')
}
