/** Databases as every step of the schema left them, with a row in every table. */
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../../src/storage/migrations/list.ts'

export const steps = Object.keys(migrations).sort()

export async function migrateTo(db: Kysely<unknown>, step: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateTo(step)
  if (error !== undefined) throw error
}

export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly dflt_value: string | null
  readonly pk: number
}

interface Reference {
  readonly from: string
  readonly table: string
  readonly to: string
}

/** What a bot of that version had written; of a column that is not named, something of its type. */
const known: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  subscription: { schedule: '{"times":["07:30"],"zone":"UTC"}' },
  digest: {
    definition:
      '{"title":"Wire","language":"en","sources":[{"folder":"articles"}],"schedule":{"times":["07:30"],"zone":"UTC"}}',
  },
  edition: { content: '{"title":"Wire","language":"en","items":[]}', previous_id: '' },
  article: { body: '["One."]', authors: '[]', summary: '["One."]', features: '{}' },
  article_revision: { body: '["Zero."]' },
  delivery: { state: 'sent', settled_at: 5 },
}

/** A row in every table that has none, those first that others refer to. */
export async function fill(db: Kysely<unknown>): Promise<void> {
  const waiting = new Set(await tables(db))
  while (waiting.size > 0) {
    const before = waiting.size
    for (const table of waiting) {
      const references = await referencesOf(db, table)
      if (references.some((each) => each.table !== table && waiting.has(each.table))) continue
      waiting.delete(table)
      await fillOne(db, table, references)
    }
    if (waiting.size === before)
      throw new Error(`tables that refer to each other: ${[...waiting].join(', ')}`)
  }
}

async function fillOne(db: Kysely<unknown>, table: string, references: readonly Reference[]): Promise<void> {
  const columns = (await sql<Column>`select * from pragma_table_info(${table})`.execute(db)).rows
  const values = columns.flatMap(({ name, type, notnull, dflt_value, pk }) => {
    const value = known[table]?.[name]
    if (value !== undefined) return [[name, sql`${value}`] as const]
    const reference = references.find((each) => each.from === name)
    if (reference !== undefined)
      return [
        [name, sql`(select ${sql.ref(reference.to)} from ${sql.table(reference.table)} limit 1)`] as const,
      ]
    if ((notnull === 0 && pk === 0) || dflt_value !== null) return []
    return [[name, type === 'TEXT' ? sql`${`${table} ${name}`}` : sql`5`] as const]
  })
  await sql`
    insert into ${sql.table(table)} (${sql.join(values.map(([name]) => sql.ref(name)))})
    values (${sql.join(values.map(([, value]) => value))}) on conflict do nothing`.execute(db)
}

async function referencesOf(db: Kysely<unknown>, table: string): Promise<readonly Reference[]> {
  const { rows } = await sql<Reference>`
    select "from", "table", "to" from pragma_foreign_key_list(${table})`.execute(db)
  return rows
}

/** Without those that the full-text index and the migrations are kept in. */
async function tables(db: Kysely<unknown>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and sql not like 'create virtual%'
      and name not like 'sqlite%' and name not like 'kysely%' and name not like '%\_search\_%' escape '\\'
      and name <> 'search_pending'`.execute(db)
  return rows.map(({ name }) => name)
}

export async function allRows(db: Kysely<unknown>): Promise<Rows> {
  const found: Record<string, readonly Readonly<Record<string, unknown>>[]> = {}
  for (const table of await tables(db)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)
    found[table] = rows
  }
  return found
}
