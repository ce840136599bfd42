/**
 * Brings a PostgreSQL database to the newest schema while older processes work on it: step by step, each in a transaction of its own that
 * waits for a lock only briefly, since whoever waits for one makes all others wait behind it. What could not have its locks is tried again.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { messageOf, OutsideError } from '../errors.ts'
import { textByBytes } from './by-bytes.ts'
import { isEnded } from './postgres.ts'
import type { Tables } from './schema.ts'
import {
  firstToNote,
  missingSteps,
  needsOf,
  noteNeeds,
  type Steps,
  type TakenStep,
  takenSteps,
} from './versions.ts'

type Server = Kysely<Tables>

const lockWithinMs = 2000
const pauseMs = 200
/** Together with the pauses some minutes. */
const mostTries = 100

/** The steps that the database has taken, in order; none where there is no table of ours. */
export async function stepsOfServer(db: Server): Promise<readonly TakenStep[]> {
  const { rows: found } = await sql<{ table: string | null }>`
    select to_regclass(quote_ident(current_schema()) || '.kysely_migration')::text as table`.execute(db)
  if ((found[0]?.table ?? null) === null) return []
  // Not by their names: what a step needs is noted by newer versions only.
  const { rows } = await sql`select * from kysely_migration order by name`.execute(db)
  return takenSteps.parse(rows)
}

type Outcome = 'done' | 'went on' | 'another is at it' | 'no lock'

/** Any number may begin at once: one goes on, the others find everything done. Killed, it has taken whole steps. */
export async function upgradeServer(db: Server, steps: Steps): Promise<void> {
  for (let left = mostTries; left > 0; ) {
    const outcome = await goOn(db, steps)
    if (outcome === 'done') return
    if (outcome === 'no lock') left -= 1
    if (outcome !== 'went on') await pause(pauseMs)
  }
  throw new OutsideError(
    'The database could not be brought to the newest schema: something holds its tables all the time, perhaps a transaction that was left open.',
    { retry: true },
  )
}

async function goOn(db: Server, steps: Steps): Promise<Outcome> {
  try {
    return await db.transaction().execute(async (trx) => {
      if (!(await isFirst(trx))) return 'another is at it'
      const taken = await stepsOfServer(trx)
      const missing = missingSteps(steps, taken)
      const [next] = missing
      if (next === undefined) return 'done'
      if (steps[next]?.isAside === true) await takeAside(db, steps, next)
      else await take(trx, steps, together(missing, steps, taken.length === 0))
      return 'went on'
    })
  } catch (error) {
    if (isEnded(error)) return 'no lock'
    if (error instanceof OutsideError) throw error
    throw new Error(`The database could not be brought to the newest schema: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/** Asks for the lock instead of waiting: whoever waits in a statement holds up `create index concurrently`. */
async function isFirst(trx: Server): Promise<boolean> {
  const { rows } = await sql<{ is_first: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(current_schema() || ' schema of depesche', 0)) as is_first,
      set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true),
      set_config('lock_timeout', ${String(lockWithinMs)}, true)`.execute(trx)
  return rows[0]?.is_first === true
}

/** Those that go into one transaction: the next one, or where nobody works on the database yet, all up to one that goes by itself. */
function together(missing: readonly string[], steps: Steps, isEmpty: boolean): readonly string[] {
  if (!isEmpty) return missing.slice(0, 1)
  const aside = missing.findIndex((name) => steps[name]?.isAside === true)
  return aside === -1 ? missing : missing.slice(0, aside)
}

/** Not by Kysely's migrator: it lets a statement wait an hour for a lock, and takes one for all schemas of the database. */
async function take(trx: Server, steps: Steps, names: readonly string[]): Promise<void> {
  await sql`
    create table if not exists kysely_migration (
      name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(trx)
  for (const name of names) {
    await steps[name]?.up(trx.withPlugin(textByBytes))
    await sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(
      trx,
    )
  }
  if ((names.at(-1) ?? '') >= firstToNote) await noteNeeds(trx, steps)
}

/** On a connection without a transaction, while the one that asked keeps others away. */
async function takeAside(db: Server, steps: Steps, name: string): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select set_config('statement_timeout', '0', false)`.execute(connection)
    try {
      await steps[name]?.up(connection.withPlugin(textByBytes))
      await sql`
        insert into kysely_migration (name, timestamp, needs)
        values (${name}, ${new Date().toISOString()}, ${needsOf(steps, name)})`.execute(connection)
    } finally {
      await sql`reset statement_timeout`.execute(connection)
    }
  })
}
