/** An index on a table that may be long, built without holding up those that write to it; for a step of the schema that does nothing else. */
import { type Kysely, sql } from 'kysely'
import { engineOf } from './engine.ts'

export interface IndexAside {
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
}

/** On PostgreSQL what an earlier attempt has left half built goes first. */
export async function createIndexAside(
  db: Kysely<unknown>,
  { name, table, columns }: IndexAside,
): Promise<void> {
  const isServer = engineOf(db).name === 'postgres'
  const aside = isServer ? sql`concurrently` : sql``
  if (isServer) await sql`drop index concurrently if exists ${sql.ref(name)}`.execute(db)
  await sql`
    create index ${aside} ${sql.ref(name)} on ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})`.execute(
    db,
  )
}
