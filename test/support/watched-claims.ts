/**
 * Who claimed what, when and for how long, as the database saw it: triggers note every change of a claim together with the name of the
 * connection that made it, and every look for work that found none. PostgreSQL alone; the bot knows nothing of it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../src/storage/database.ts'

export type Claimed =
  | 'delivery'
  | 'follow'
  | 'notice'
  | 'correction_edit'
  | 'crosspost'
  | 'source'
  | 'role_lease'

export interface ClaimChange {
  readonly table: Claimed
  readonly key: string
  /** The name of the process that made the change. */
  readonly by: string
  /** Whose it is from then on; undefined where it is nobody's. */
  readonly owner: string | undefined
  readonly attempt: number
  /** Until when, by the clock of the processes; of a role by that of the machine. */
  readonly until: number
  readonly isSettled: boolean
  /** By the clock of the machine. */
  readonly machineAt: number
}

/** A look for work that found none, or for a role, had or not. */
export interface Look {
  readonly table: Claimed
  /** Of a role alone. */
  readonly key: string
  readonly by: string
  readonly machineAt: number
}

/** Tables whose rows are claimed by an owner, with what names a row and whether it came to its end. */
const ownedTables: Readonly<
  Record<
    'delivery' | 'follow' | 'notice' | 'correction_edit',
    { readonly key: string; readonly settled: string }
  >
> = {
  delivery: { key: 'new.id', settled: 'new.settled_at is not null' },
  follow: { key: 'new.id', settled: 'false' },
  notice: { key: 'new.id', settled: 'new.told_at is not null' },
  correction_edit: { key: "new.delivery_id || ' ' || new.part", settled: 'new.done_version >= new.version' },
}

/** A connection is named after the schema and its process. */
const processName = "regexp_replace(current_setting('application_name'), '^[^.]*[.]', '')"

/** In these a look for work is one statement, by whose words it is known. */
const lookedForIn = ['delivery', 'follow', 'correction_edit', 'crosspost'] as const
const isLook = "current_query() like '%picked%'"

interface Noted {
  readonly table: Claimed
  readonly key: string
  readonly owner: string
  readonly attempt?: string
  readonly until: string
  readonly settled: string
}

/** From now on; the tables are those of this version. */
export async function watchClaims(db: Database): Promise<void> {
  await run(
    db,
    sql`
    create table watched_claim (
      number bigserial primary key, claimed text, key text, process text, owner text, attempt int, until bigint, is_settled boolean,
      machine_at bigint not null default extract(epoch from clock_timestamp()) * 1000
    )`,
  )
  await run(
    db,
    sql`
    create table watched_look (
      number bigserial primary key, claimed text, key text, process text,
      machine_at bigint not null default extract(epoch from clock_timestamp()) * 1000
    )`,
  )
  for (const [table, { key, settled }] of Object.entries(ownedTables)) {
    const until = 'new.lease_until'
    const noted = { table: table as Claimed, key, owner: 'new.owner', attempt: 'new.attempt', until, settled }
    const isClaim = 'old.owner is distinct from new.owner or old.lease_until is distinct from new.lease_until'
    await watch(db, noted, `after update on ${table} for each row when (${isClaim})`)
  }
  await watch(
    db,
    {
      table: 'crosspost',
      key: "new.delivery_id || ' ' || new.part",
      owner: `case when ${isLook} then ${processName} end`,
      until: 'new.due_at',
      settled: 'new.due_at is null',
    },
    'after update on crosspost for each row when (old.due_at is distinct from new.due_at)',
  )
  // Whoever claims a source moves its next poll far ahead and nothing else; whoever has polled it notes what it said.
  const read = "to_jsonb(new) - 'next_poll_at' is distinct from to_jsonb(old) - 'next_poll_at'"
  const isAhead = `new.next_poll_at > coalesce(old.next_poll_at, 0) + ${aheadMs}`
  await watch(
    db,
    {
      table: 'source',
      key: 'new.id',
      owner: `case when ${isAhead} and not (${read}) then ${processName} end`,
      until: 'new.next_poll_at',
      settled: read,
    },
    'after update on source for each row when (old.next_poll_at is distinct from new.next_poll_at)',
  )
  const role = { table: 'role_lease', key: 'new.name', owner: 'new.owner', until: 'new.until' } as const
  await watch(db, { ...role, settled: 'false' }, 'after insert or update on role_lease for each row')
  const left = { table: 'role_lease', key: 'old.name', owner: 'null', until: 'null' } as const
  await watch(db, { ...left, settled: 'true' }, 'after delete on role_lease for each row')
  for (const table of lookedForIn) await watchLooks(db, table)
  await run(db, lookFunction('role_lease', 'new.name', 'return new;'))
  await run(
    db,
    sql`create trigger look before insert on role_lease for each row execute function look_role_lease()`,
  )
}

/** A poll claims its source for longer than that from when it was due, and a release moves it by less. */
const aheadMs = 60_000

async function watch(db: Database, noted: Noted, when: string): Promise<void> {
  const { table, key, owner, attempt = '0', until, settled } = noted
  const name = `watch_${table}_${/^after (\w+)/.exec(when)?.[1]}`
  await run(
    db,
    sql`
    create function ${sql.ref(name)}() returns trigger language plpgsql as ${sql.lit(`begin
      insert into watched_claim (claimed, key, process, owner, attempt, until, is_settled)
      values ('${table}', ${key}, ${processName}, ${owner}, ${attempt}, ${until}, ${settled});
      return null; end`)}`,
  )
  await run(db, sql`create trigger ${sql.ref(name)} ${sql.raw(when)} execute function ${sql.ref(name)}()`)
}

/** A statement of its own for all rows that it found: where there are none, it was in vain. */
async function watchLooks(db: Database, table: (typeof lookedForIn)[number]): Promise<void> {
  const isInVain = `${isLook} and not exists (select 1 from looked)`
  await run(db, lookFunction(table, "''", 'return null;', isInVain))
  await run(
    db,
    sql`
    create trigger look after update on ${sql.table(table)} referencing new table as looked
    for each statement execute function ${sql.ref(`look_${table}`)}()`,
  )
}

function lookFunction(table: Claimed, key: string, then: string, isOne = 'true'): RawBuilder<unknown> {
  return sql`
    create function ${sql.ref(`look_${table}`)}() returns trigger language plpgsql as ${sql.lit(`begin
      if ${isOne} then
        insert into watched_look (claimed, key, process) values ('${table}', ${key}, ${processName});
      end if;
      ${then} end`)}`
}

/** Looks in vain so far, in the order in which they happened. */
export async function looksInVain(db: Database): Promise<readonly Look[]> {
  const { rows } = await sql<{ claimed: Claimed; key: string; process: string; machine_at: number }>`
    select claimed, key, process, machine_at from watched_look order by number`.execute(db)
  return rows.map((row) => ({
    table: row.claimed,
    key: row.key,
    by: row.process,
    machineAt: Number(row.machine_at),
  }))
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
    isSettled: row.is_settled,
    machineAt: Number(row.machine_at),
  }))
}

/** The processes that hold something now. */
export async function holders(db: Database): Promise<readonly Pick<ClaimChange, 'table' | 'by'>[]> {
  const held = Object.entries(ownedTables).map(
    ([table, { settled }]) => sql`
      select distinct watched_claim.claimed, watched_claim.process from ${sql.table(table)} as new join watched_claim on watched_claim.owner = new.owner
      where new.owner is not null and not (${sql.raw(settled)})`,
  )
  const { rows } = await sql<{ claimed: Claimed; process: string }>`${sql.join(held, sql` union `)}`.execute(
    db,
  )
  return rows.map(({ claimed, process }) => ({ table: claimed, by: process }))
}

/** Nobody changes a claim until the transaction ends. Fails at once where somebody is about to. */
export async function lockClaims(trx: Database): Promise<void> {
  const tables = [...Object.keys(ownedTables), 'crosspost', 'source'].map((table) => sql.table(table))
  await run(trx, sql`lock table ${sql.join(tables)} in share row exclusive mode nowait`)
}

async function run(db: Database, statement: RawBuilder<unknown>): Promise<void> {
  await statement.execute(db)
}
