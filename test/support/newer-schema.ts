/** Versions to come: one whose schema has only grown, and the one after it, which takes away what the version of today needs. */
import type { Kysely } from 'kysely'
import { createIndexAside } from '../../src/storage/index-aside.ts'
import { migrations } from '../../src/storage/migrations/list.ts'
import type { Step, Steps } from '../../src/storage/versions.ts'

const grow: Step = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    await schema
      .alterTable('delivery')
      .addColumn('urgency', 'integer', (c) => c.notNull().defaultTo(3))
      .execute()
    await schema.alterTable('article').addColumn('mood', 'text').execute()
    await schema
      .createTable('mood')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .execute()
  },
}

const growAside: Step = {
  isAside: true,
  up: (db: Kysely<unknown>) =>
    createIndexAside(db, { name: 'article_by_mood', table: 'article', columns: ['mood', 'seen_at'] }),
}

/** Programs that know the first of the two above have stopped using the column. */
const shrink: Step = {
  needs: '9001-grown',
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('article').dropColumn('brief').execute()
  },
}

export const grown: Steps = { ...migrations, '9001-grown': grow, '9002-grown-aside': growAside }
export const shrunk: Steps = { ...grown, '9003-shrunk': shrink }
