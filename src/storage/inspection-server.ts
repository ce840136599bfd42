/** How a PostgreSQL database is, read without changing it: for whoever looks after the bot. */
import { type RawBuilder, sql } from 'kysely'
import { type Database, openAsItIs } from './database.ts'
import { counted, type Held } from './held.ts'
import { migrations } from './migrations/list.ts'
import { findMark } from './move-mark.ts'
import { placeOf } from './postgres.ts'
import { stepsOfServer } from './upgrade.ts'
import { missingSteps, refuseNewer } from './versions.ts'

export interface ServerFacts extends Held {
  /** Without user and password. */
  readonly place: string
  /** Of the server, as it says it: `17.2 (Debian …)`. */
  readonly version: string
  /** `170002`. */
  readonly versionNumber: number
  /** As a standby is. */
  readonly onlyReads: boolean
  /** Steps of the schema that are yet to be taken; all of them where there is none of our tables. */
  readonly missingSteps: number
  readonly isEmpty: boolean
  readonly isHalfMoved: boolean
  /** Bytes of our tables with their indexes. */
  readonly bytes: number
  /** The building of them was cut off: they are kept up and never used. */
  readonly unusableIndexes: readonly string[]
  readonly connections: {
    /** Of Depesche, but for the one that asks. */
    readonly ours: number
    readonly used: number
    /** For those who are no superusers. */
    readonly most: number
  }
}

/** Errors: `UserError` where it cannot be opened or is of a newer version, `OutsideError` where it does not answer. */
export async function inspectServer(url: string): Promise<ServerFacts> {
  const db = await openAsItIs(url)
  try {
    const place = placeOf(url)
    const steps = await stepsOfServer(db)
    refuseNewer(`The database ${place}`, steps, migrations)
    const missing = missingSteps(migrations, steps).length
    const held = missing === 0 ? await heldOf(db) : nothing
    return {
      place,
      ...(await serverOf(db)),
      missingSteps: missing,
      isEmpty: steps.length === 0,
      isHalfMoved: await isHalfMoved(db),
      bytes: await bytesOf(db),
      unusableIndexes: await unusableIndexes(db),
      ...held,
    }
  } finally {
    await db.destroy()
  }
}

const nothing: Held = { rows: {}, oldest: { article: undefined, body: undefined, edition: undefined } }

async function serverOf(
  db: Database,
): Promise<Pick<ServerFacts, 'version' | 'versionNumber' | 'onlyReads' | 'connections'>> {
  const { rows } = await sql<{
    version: string
    number: number
    only_reads: boolean
    ours: number
    used: number
    most: number
  }>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      pg_is_in_recovery() or current_setting('transaction_read_only')::bool as only_reads,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most,
      count(*) filter (where datname is not null) as used,
      count(*) filter (
        where datname = current_database() and application_name = current_setting('application_name') and pid <> pg_backend_pid()
      ) as ours
    from pg_stat_activity`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the server said nothing about itself')
  return {
    version: row.version,
    versionNumber: row.number,
    onlyReads: row.only_reads,
    connections: { ours: row.ours, used: row.used, most: row.most },
  }
}

async function isHalfMoved(db: Database): Promise<boolean> {
  const mark = await findMark(db)
  return mark !== undefined && mark.completedAt === undefined
}

async function bytesOf(db: Database): Promise<number> {
  const { rows } = await sql<{ bytes: number | null }>`
    select sum(pg_total_relation_size(oid)) as bytes from pg_class
    where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace`.execute(db)
  return rows[0]?.bytes ?? 0
}

async function unusableIndexes(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where not indisvalid and relnamespace = current_schema()::regnamespace order by relname`.execute(db)
  return rows.map(({ name }) => name)
}

async function heldOf(db: Database): Promise<Held> {
  const rows: Record<string, number> = {}
  for (const table of counted)
    rows[table] = (await numberOf(db, sql`select count(*) as n from ${sql.table(table)}`)) ?? 0
  return {
    rows,
    oldest: {
      article: await numberOf(db, sql`select min(seen_at) as n from article`),
      body: await numberOf(db, sql`select min(seen_at) as n from article where body_dropped_at is null`),
      edition: await numberOf(db, sql`select min(composed_at) as n from edition where thinned_at is null`),
    },
  }
}

async function numberOf(db: Database, query: RawBuilder<unknown>): Promise<number | undefined> {
  const { rows } = await sql<{ n: number | null }>`${query}`.execute(db)
  return rows[0]?.n ?? undefined
}

/** Nothing where it cannot be read: what is wrong is told of elsewhere. */
export async function readServer(
  url: string,
  query: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  try {
    const db = await openAsItIs(url)
    try {
      return (await sql<Record<string, unknown>>`${sql.raw(query)}`.execute(db)).rows
    } finally {
      await db.destroy()
    }
  } catch {
    return []
  }
}
