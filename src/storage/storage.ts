/** Everything the bot keeps, behind one set of repositories. */

import type { Ledger, Subscriptions } from '../digest/ledger.ts'
import type { EditionDesk, Intake, Library, Polling } from '../digest/library.ts'
import { openDatabase } from './database.ts'
import { createEditionDesk } from './desk.ts'
import { createIntake } from './intake.ts'
import { createLedger, createSubscriptions } from './ledger.ts'
import { createLibrary } from './library.ts'
import { createPolling } from './polling.ts'

export interface Storage {
  readonly library: Library
  readonly intake: Intake
  readonly polling: Polling
  readonly desk: EditionDesk
  readonly subscriptions: Subscriptions
  readonly ledger: Ledger
  /** A small note that outlives a restart, such as the hash of the registered commands. */
  readonly findNote: (key: string) => Promise<string | undefined>
  readonly setNote: (key: string, value: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the storage and brings it to the newest schema. Errors: `UserError` where the address is wrong. */
export async function openStorage(url: string): Promise<Storage> {
  const db = await openDatabase(url)
  return {
    library: createLibrary(db),
    intake: createIntake(db),
    polling: createPolling(db),
    desk: createEditionDesk(db),
    subscriptions: createSubscriptions(db),
    ledger: createLedger(db),
    findNote: async (key) =>
      (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value,
    setNote: async (key, value) => {
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((c) => c.column('key').doUpdateSet({ value }))
        .execute()
    },
    close: () => db.destroy(),
  }
}
