/** Beside each step: the oldest one whose programs can work on what it left (`versions.ts`). */
import type { Kysely } from 'kysely'
import type { Step } from '../versions.ts'

export const sideBySide: Step = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('kysely_migration').addColumn('needs', 'text').execute()
  },
}
