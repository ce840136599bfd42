/**
 * How far a move into this database has come: one row in a table that only a move makes. Until the row says that the move is complete, no
 * bot starts here: it would post what the rest of the rows tell it not to.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import { UserError } from '../errors.ts'
import type { Cell } from './records.ts'
import type { Tables } from './schema.ts'

/** How many rows a table has, and a hash of them in whatever order. */
export interface TableSum {
  readonly rows: number
  readonly hash: string
}

/** By the name of the table. */
export type Sums = Readonly<Record<string, TableSum>>

/** The last row that is here: its table, and its key in it. Tables before it are here whole. */
export interface MovePlace {
  readonly kind: string
  readonly key: readonly Cell[]
}

export interface MoveMark {
  readonly promised: Sums
  readonly place: MovePlace | undefined
  readonly completedAt: Instant | undefined
}

const sumsShape = z.record(z.string(), z.object({ rows: z.number(), hash: z.string() }))
const placeShape = z.object({
  kind: z.string(),
  key: z.array(z.union([z.string(), z.number(), z.null()])),
})

type Server = Kysely<Tables>

/** Undefined where nothing was ever moved to. Within a transaction it stays so until that ends. */
export async function findMark(db: Server): Promise<MoveMark | undefined> {
  // Not `to_regclass`: within a transaction it goes on saying that there is no table which somebody else has made meanwhile.
  const { rows: tables } = await sql`
    select from pg_tables where schemaname = current_schema() and tablename = 'move'`.execute(db)
  if (tables.length === 0) return undefined
  const { rows } = await sql<{ promised: string; place: string | null; completed_at: number | null }>`
    select promised, place, completed_at from move ${db.isTransaction ? sql`for update` : sql``}`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  return {
    promised: sumsShape.parse(JSON.parse(row.promised)),
    place: row.place === null ? undefined : placeShape.parse(JSON.parse(row.place)),
    completedAt: row.completed_at ?? undefined,
  }
}

/** Errors: `UserError` where a move into the database has not come to its end. */
export async function refuseHalfMoved(db: Server, place: string): Promise<void> {
  const mark = await findMark(db)
  if (mark === undefined || mark.completedAt !== undefined) return
  throw new UserError(
    'half-moved',
    `A move into the database ${place} is not complete. Run the same "depesche migrate" again, which goes on with it, or set DATABASE_URL back to the SQLite file.`,
  )
}

/** Notes that the rows will come, within the transaction that has found the database empty. */
export async function beginMark(trx: Server, promised: Sums): Promise<void> {
  await sql`
    create table if not exists move (
      id integer primary key check (id = 1), promised text not null, place text, completed_at bigint)`.execute(
    trx,
  )
  await sql`
    insert into move (id, promised) values (1, ${JSON.stringify(promised)})
    on conflict (id) do update set promised = excluded.promised, place = null, completed_at = null`.execute(
    trx,
  )
}

/** Within the transaction that brings the rows, before them. Errors: `UserError` where somebody else has brought some meanwhile. */
export async function advanceMark(trx: Server, from: MovePlace | undefined, to: MovePlace): Promise<void> {
  const { numAffectedRows } = await sql`
    update move set place = ${JSON.stringify(to)} where ${isAt(from)}`.execute(trx)
  refuseOthers(numAffectedRows)
}

/** Errors: `UserError` where somebody else has begun anew meanwhile. */
export async function completeMark(db: Server, last: MovePlace | undefined, now: Instant): Promise<void> {
  const { numAffectedRows } = await sql`update move set completed_at = ${now} where ${isAt(last)}`.execute(db)
  refuseOthers(numAffectedRows)
}

function isAt(place: MovePlace | undefined): RawBuilder<boolean> {
  const text = place === undefined ? null : JSON.stringify(place)
  return sql<boolean>`completed_at is null and place is not distinct from ${text}::text`
}

function refuseOthers(marks: bigint | undefined): void {
  if (marks === 1n) return
  throw new UserError(
    'moved-elsewhere',
    'Another "depesche migrate" is moving into the same database. Let one of them end.',
  )
}
