/**
 * One piece of work on a database, as a process that a test can kill: `fork`ed, it loads everything and says `loaded`; told to begin, it works and
 * says `done`.
 */
import { retain } from '../../src/jobs/retain.ts'
import { createLog } from '../../src/log.ts'
import { backUp } from '../../src/storage/backup.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createLedger } from '../../src/storage/ledger.ts'
import { restore } from '../../src/storage/restore.ts'
import { createRetention } from '../../src/storage/retention.ts'

export interface Work {
  readonly kind: 'backup' | 'restore' | 'migration' | 'retention'
  readonly databaseUrl: string
  /** The backup, to be written or to be read. */
  readonly file: string
  readonly now: number
}

const nothing = (): void => undefined

async function begin({ kind, databaseUrl, file, now }: Work): Promise<void> {
  if (kind === 'backup') await backUp({ databaseUrl, file, now, told: nothing })
  if (kind === 'restore') await restore(databaseUrl, file, nothing)
  if (kind === 'migration') await (await openDatabase(databaseUrl)).destroy()
  if (kind === 'retention') {
    const db = await openDatabase(databaseUrl)
    await retain({
      retention: createRetention(db),
      ledger: createLedger(db),
      now: () => now,
      days: { articleDays: 90, bodyDays: 30, editionDays: 730 },
      log: createLog({ level: 'silent' }),
    })
    await db.destroy()
  }
}

process.on('message', (work: Work) => {
  begin(work).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(String(error)),
  )
})
process.send?.('loaded')
