/** Writes a database anew without what is unused in it, and so that it gives space back from then on. */
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError } from '../errors.ts'
import { lockDatabase } from './database.ts'
import { freeBytesAt } from './inspection.ts'
import { openFile, sqlitePath } from './sqlite.ts'

export interface Compacted {
  readonly before: number
  readonly after: number
}

/** Errors: `UserError` where a bot runs on it, there is none, or the disk has no room for a second one. */
export function compact(databaseUrl: string): Compacted {
  const path = sqlitePath(databaseUrl)
  if (!existsSync(path)) throw new UserError('database-missing', `There is no database ${path} yet.`)
  const before = statSync(path).size
  if (freeBytesAt(dirname(path)) < before * 2.2)
    throw new UserError(
      'disk-full',
      `There is too little space on the disk: twice the size of ${path} is needed.`,
    )
  const unlock = lockDatabase(databaseUrl)
  try {
    const file = openFile(path, (each) => each.pragma('auto_vacuum = INCREMENTAL'))
    file.exec('vacuum')
    file.pragma('wal_checkpoint(TRUNCATE)')
    file.close()
    return { before, after: statSync(path).size }
  } finally {
    unlock()
  }
}
