/** Versions to come: one whose schema has only grown, and the one after it, which takes away what the version of today needs. */
import { type Kysely, sql } from 'kysely'
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

/**
 * The mood of every article, in two versions, on PostgreSQL: programs of the first one write it, and the second one asks it of all that write.
 * They are programs of today here, and their connections write it for them: those to an address that `moodful` gave.
 */
const addMood: Step = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('article').addColumn('mood', 'text').execute()
    await sql`alter table article alter column mood set default current_setting('depesche.mood', true)`.execute(
      db,
    )
  },
}

/** What older programs write after that has none yet. */
const fillMood: Step = {
  up: (db: Kysely<unknown>) => fillMoodOf(db),
}

const requireMood: Step = {
  needs: '9001-mood',
  async up(db: Kysely<unknown>) {
    await fillMoodOf(db)
    await sql`alter table article alter column mood set not null`.execute(db)
  },
}

async function fillMoodOf(db: Kysely<unknown>): Promise<void> {
  await sql`update article set mood = 'none' where mood is null`.execute(db)
}

const adding: Steps = {
  ...migrations,
  '9001-mood': addMood,
  '9002-mood-filled': fillMood,
  '9003-mood-aside': growAside,
}

/** The two, for processes that are told by name which they are. */
export const versions = { adding, requiring: { ...adding, '9004-mood-required': requireMood } }
export type VersionName = keyof typeof versions

export function moodful(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} -c depesche.mood=calm`)
  return url.href.replaceAll('+', '%20')
}
