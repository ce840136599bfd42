/**
 * What processes on one PostgreSQL may ask of Discord together: one row for the budget of requests, which is read, decided about
 * (`digest/rest-budget.ts`) and written if nobody else wrote meanwhile; and a row for each key by which shards identify. Nothing is locked
 * between two statements: a process that stands still holds up nobody.
 *
 * A process that has the database for itself shares with nobody: on SQLite there is none of it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { IdentifyTurns } from '../digest/identify.ts'
import { type BudgetState, budgetState, emptyBudget, type RestBudget, settle } from '../digest/rest-budget.ts'
import { OutsideError } from '../errors.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'

const name = 'discord'
/** Whoever writes at the same time lets somebody else through. */
const mostTries = 50
const longestPauseMs = 20

export function createRestBudget(db: Database): RestBudget | undefined {
  const { isAlone, now } = engineOf(db)
  if (isAlone) return undefined

  const read = () =>
    db
      .selectFrom('rest_budget')
      .select(['state', 'version', now.as('now')])
      .where('name', '=', name)
      .executeTakeFirst()
  const write = async (state: BudgetState, version: number): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('rest_budget')
      .set({ state: JSON.stringify(state), version: version + 1 })
      .where('name', '=', name)
      .where('version', '=', version)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
  const begin = async (): Promise<void> => {
    await db
      .insertInto('rest_budget')
      .values({ name, state: JSON.stringify(emptyBudget), version: 0 })
      .onConflict((c) => c.doNothing())
      .execute()
  }
  return {
    settle: async (claim) => {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const row = await read()
        if (row === undefined) {
          await begin()
          continue
        }
        const { state, share } = settle(stateOf(row.state), claim, row.now)
        if (await write(state, row.version)) return share
        await pause(Math.random() * longestPauseMs)
      }
      throw new OutsideError('Too many processes write the budget of requests at once.', { retry: true })
    },
  }
}

/** What cannot be read is begun anew: it says nothing about more than a few seconds. */
function stateOf(text: string): BudgetState {
  try {
    return budgetState.parse(JSON.parse(text))
  } catch {
    return emptyBudget
  }
}

/** Five seconds by Discord's clock, and half a second for what requests differ on their way. */
const betweenIdentifiesMs = 5500

export function createIdentifyTurns(
  db: Database,
  betweenMs: number = betweenIdentifiesMs,
): IdentifyTurns | undefined {
  const { isAlone, now } = engineOf(db)
  if (isAlone) return undefined
  return {
    take: async (key) => {
      // An instant that is further ahead was written by a clock that was wrong.
      const { rows } = await sql`
        insert into identify_turn (key, free_at) values (${key}, ${now} + ${betweenMs})
        on conflict (key) do update set free_at = excluded.free_at
          where identify_turn.free_at <= ${now} or identify_turn.free_at > ${now} + 2 * ${betweenMs}
        returning key`.execute(db)
      if (rows.length > 0) return 0
      const row = await db
        .selectFrom('identify_turn')
        .select(sql<number>`free_at - ${now}`.as('wait'))
        .where('key', '=', key)
        .executeTakeFirst()
      return Math.max(1, row?.wait ?? 1)
    },
  }
}
