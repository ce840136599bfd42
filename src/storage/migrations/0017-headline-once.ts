/** Headlines are compared in the search index alone; the copy that each article kept for it goes. */
import type { Kysely } from 'kysely'
import type { Step } from '../versions.ts'

export const headlineOnce: Step = {
  needs: '0017-headline-once',
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('article').dropColumn('headline_folded').execute()
  },
}
