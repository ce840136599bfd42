/**
 * Versions side by side. A step of the schema says which programs can work on what it leaves: those that know the step it `needs`, or any that
 * can work on what was before where it only adds to it. A database notes that beside each step it has taken, so that an older program can tell a schema
 * that has only grown, on which it works, from one that it would misread or spoil.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'
import { UserError } from '../errors.ts'

export interface Step extends Migration {
  /** The oldest step whose programs can work on what this one leaves. Absent where it only adds: then they are those from before. */
  readonly needs?: string
  /**
   * On PostgreSQL it runs in no transaction, as `create index concurrently` must. Killed under way it is run again from its beginning, and
   * it does nothing else.
   */
  readonly isAside?: true
}

/** By their names, which are in order. */
export type Steps = Readonly<Record<string, Step>>

/** A step that a database has taken; without `needs` where it was written before steps noted that. */
export interface TakenStep {
  readonly name: string
  readonly needs?: string | null | undefined
}

/** From this one on a database has the place for the note. */
export const firstToNote = '0025-side-by-side'

export const takenSteps = z.array(z.object({ name: z.string(), needs: z.string().nullish() }))

export function namesOf(steps: Steps): readonly string[] {
  return Object.keys(steps).sort()
}

/** Those that a database has yet to take, in order. */
export function missingSteps(steps: Steps, taken: readonly TakenStep[]): readonly string[] {
  const names = new Set(taken.map(({ name }) => name))
  return namesOf(steps).filter((name) => !names.has(name))
}

/**
 * What a newer version has written may not be understood, and might be spoilt; where it has only added to the schema, it is and cannot.
 * Errors: `UserError` where programs of these steps cannot work on the database.
 */
export function refuseNewer(database: string, taken: readonly TakenStep[], steps: Steps): void {
  const newest = namesOf(steps).at(-1) ?? ''
  const hasOnlyGrown =
    missingSteps(steps, taken).length === 0 &&
    unknownSteps(taken, steps).every(({ needs }) => needs !== undefined && needs !== null && needs <= newest)
  if (!hasOnlyGrown) refuseUnknown(database, taken, steps)
}

/** For what reads or fills a database whole. Errors: `UserError` where it has taken any step that is not among these. */
export function refuseUnknown(database: string, taken: readonly TakenStep[], steps: Steps): void {
  const last = unknownSteps(taken, steps).at(-1)
  if (last === undefined) return
  throw new UserError(
    'newer-schema',
    `${database} was written by a newer version of Depesche (its schema has the step ${last.name}). Install that version again, or restore a backup from before the upgrade with "depesche restore".`,
  )
}

function unknownSteps(taken: readonly TakenStep[], steps: Steps): readonly TakenStep[] {
  return taken.filter(({ name }) => !Object.hasOwn(steps, name))
}

/** The oldest step whose programs can work on what a step has left. */
export function needsOf(steps: Steps, name: string): string {
  const [first = '', ...more] = namesOf(steps).filter((each) => each <= name)
  return more.reduce((needs, each) => {
    const own = steps[each]?.needs ?? first
    return own > needs ? own : needs
  }, first)
}

/** Within the transaction that takes steps: beside each that has no note yet, what it needs. */
export async function noteNeeds<Tables>(trx: Kysely<Tables>, steps: Steps): Promise<void> {
  if (!Object.hasOwn(steps, firstToNote)) return
  const noted = Map.groupBy(namesOf(steps), (name) => needsOf(steps, name))
  for (const [needs, names] of noted)
    await sql`update kysely_migration set needs = ${needs} where needs is null and name in (${sql.join(names)})`.execute(
      trx,
    )
}
