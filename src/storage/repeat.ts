/**
 * Transactions on PostgreSQL that the server has ended (a deadlock, two that changed the same, a lock that could not be had in time), or whose
 * connection was lost before they were to be committed: nothing of them was done, so they are run again. Each must be safe to run twice where the
 * first was rolled back. What was lost while it was being committed is not: nobody knows whether it was done.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { backWithinMs, isEnded, isLostConnection } from './postgres.ts'
import type { Tables } from './schema.ts'

/** So often the server may end the same transaction. */
type Server = Kysely<Tables>

const mostTimes = 6
const pauseMs = 25
const longestPauseMs = 500

/** Of this database every transaction is run again, except those that `startTransaction` begins. */
export function repeatTransactions(db: Server): Server {
  const transaction = db.transaction.bind(db)
  db.transaction = () => {
    const builder = transaction()
    const execute = builder.execute.bind(builder)
    builder.execute = (work) =>
      repeated((isWorking) =>
        execute(async (trx) => {
          isWorking(true)
          const result = await work(trx)
          isWorking(false)
          return result
        }),
      )
    return builder
  }
  return db
}

type Run<Result> = (isWorking: (is: boolean) => void) => Promise<Result>

async function repeated<Result>(run: Run<Result>): Promise<Result> {
  const until = performance.now() + backWithinMs
  for (let time = 1; ; time += 1) {
    let isWorking = false
    try {
      return await run((is) => {
        isWorking = is
      })
    } catch (error) {
      const mayEndWell = isEnded(error) && time < mostTimes
      const mayBeBack = isWorking && isLostConnection(error) && performance.now() < until
      if (!mayEndWell && !mayBeBack) throw error
      // Those that have met do not meet again.
      await pause(Math.min(longestPauseMs, pauseMs * 2 ** time) * (0.5 + Math.random()))
    }
  }
}
