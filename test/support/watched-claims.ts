/**
 * Who claimed what, when and for how long, as the database saw it: triggers note every change of a claim together with the name of the
 * connection that made it. PostgreSQL alone; the bot knows nothing of it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../src/storage/database.ts'

export type Claimed = 'delivery' | 'follow' | 'notice' | 'correction_edit' | 'source'

export interface ClaimChange {
  readonly table: Claimed
  readonly key: string
  /** The name of the process that made the change. */
  readonly by: string
  /** Whose it is from then on; undefined where it is nobody's. */
  readonly owner: string | undefined
  readonly attempt: number
  /** Until when, by the clock of the processes. */
  readonly until: number
  /** When it was noted in the row, by the clock of the processes. */
  readonly at: number
  readonly isSettled: boolean
  /** By the clock of the machine. */
  readonly machineAt: number
}

/** Tables whose rows are claimed by an owner, with what names a row and whether it came to its end. */
const claimedTables: Readonly<
  Record<Exclude<Claimed, 'source'>, { readonly key: string; readonly settled: string }>
> = {
  delivery: { key: 'new.id', settled: 'new.settled_at is not null' },
  follow: { key: 'new.id', settled: 'false' },
  notice: { key: 'new.id', settled: 'new.told_at is not null' },
  correction_edit: { key: "new.delivery_id || ' ' || new.part", settled: 'new.done_version >= new.version' },
}

/** A connection is named after the schema and its process. */
const processName = "regexp_replace(current_setting('application_name'), '^[^.]*[.]', '')"

/** From now on; the tables are those of this version. */
export async function watchClaims(db: Database): Promise<void> {
  await run(
    db,
    sql`
    create table watched_claim (
      number bigserial primary key, claimed text, key text, process text, owner text, attempt int, until bigint, at bigint, is_settled boolean,
      machine_at bigint not null default extract(epoch from clock_timestamp()) * 1000
    )`,
  )
  for (const [table, { key, settled }] of Object.entries(claimedTables)) {
    const at = table === 'delivery' ? 'new.updated_at' : '0'
    await run(
      db,
      sql`
      create function ${sql.ref(`watch_${table}`)}() returns trigger language plpgsql as ${sql.lit(`begin
        insert into watched_claim (claimed, key, process, owner, attempt, until, at, is_settled)
        values ('${table}', ${key}, ${processName}, new.owner, new.attempt, new.lease_until, ${at}, ${settled});
        return null; end`)}`,
    )
    await run(
      db,
      sql`
      create trigger watch after update on ${sql.table(table)} for each row
      when (old.owner is distinct from new.owner or old.lease_until is distinct from new.lease_until)
      execute function ${sql.ref(`watch_${table}`)}()`,
    )
  }
  // Whoever claims a source moves its next poll and nothing else; whoever has polled it notes what it said.
  await run(
    db,
    sql`
    create function watch_source() returns trigger language plpgsql as ${sql.lit(`begin
      insert into watched_claim (claimed, key, process, owner, attempt, until, at, is_settled)
      values ('source', new.id, ${processName}, null, 0, new.next_poll_at, coalesce(new.read_at, 0),
        to_jsonb(new) - 'next_poll_at' is distinct from to_jsonb(old) - 'next_poll_at');
      return null; end`)}`,
  )
  await run(
    db,
    sql`
    create trigger watch after update on source for each row
    when (old.next_poll_at is distinct from new.next_poll_at) execute function watch_source()`,
  )
}

/** Everything so far, in the order in which it happened. */
export async function claimChanges(db: Database): Promise<readonly ClaimChange[]> {
  const { rows } = await sql<{
    claimed: Claimed
    key: string
    process: string
    owner: string | null
    attempt: number
    until: number | null
    at: number
    is_settled: boolean
    machine_at: number
  }>`select * from watched_claim order by number`.execute(db)
  return rows.map((row) => ({
    table: row.claimed,
    key: row.key,
    by: row.process,
    owner: row.owner ?? undefined,
    attempt: row.attempt,
    until: Number(row.until ?? 0),
    at: Number(row.at),
    isSettled: row.is_settled,
    machineAt: Number(row.machine_at),
  }))
}

/** Names of the processes that hold something now. */
export async function holders(db: Database): Promise<readonly string[]> {
  const held = Object.entries(claimedTables).map(
    ([table, { settled }]) => sql`
      select distinct watched_claim.process from ${sql.table(table)} as new join watched_claim on watched_claim.owner = new.owner
      where new.owner is not null and not (${sql.raw(settled)})`,
  )
  const { rows } = await sql<{ process: string }>`${sql.join(held, sql` union `)}`.execute(db)
  return rows.map(({ process }) => process)
}

/** Nobody changes a claim until the transaction ends. Fails at once where somebody is about to. */
export async function lockClaims(trx: Database): Promise<void> {
  const tables = [...Object.keys(claimedTables), 'crosspost', 'source'].map((table) => sql.table(table))
  await run(trx, sql`lock table ${sql.join(tables)} in share row exclusive mode nowait`)
}

async function run(db: Database, statement: RawBuilder<unknown>): Promise<void> {
  await statement.execute(db)
}
