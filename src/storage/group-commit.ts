/**
 * Many small writes, one commit: a commit that is on disk before it returns takes as long for a hundred rows as for one. Writes that come
 * while another group is being committed wait and go together, in their order; none is reported before its group is on disk.
 *
 * The driver writes on the thread that answers people: between two commits there is as much time as the last one took, so that a slow disk holds up
 * an answer by one commit at most.
 *
 * A write that fails takes nothing with it: its group is rolled back and every write of it runs alone.
 */
import { setImmediate as afterInput, setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'

/** Runs a write within a transaction that it may share with others. It must be safe to run twice where the first was rolled back. */
export type GroupCommit = <Result>(write: (trx: Database) => Promise<Result>) => Promise<Result>

type Settle = () => void

interface Waiting {
  /** Runs the write; gives the way to report its result. */
  readonly run: (trx: Database) => Promise<Settle>
  readonly fail: (error: unknown) => void
}

const mostTogether = 200
/** Commits faster than this follow each other at once. */
const fastMs = 2
const longestPauseMs = 100

export function createGroupCommit(db: Database): GroupCommit {
  // A server gathers the commits of its connections itself.
  if (!engineOf(db).commitsTogether) return (write) => db.transaction().execute(write)
  const waiting: Waiting[] = []
  let isCommitting = false
  let freeAt = 0

  const commitAll = async (): Promise<void> => {
    isCommitting = true
    while (waiting.length > 0) {
      // Answers that arrived together are all heard before the first write is taken.
      await afterInput()
      const waitMs = freeAt - performance.now()
      if (waitMs > 0) await pause(waitMs)
      const began = performance.now()
      await commit(db, waiting.splice(0, mostTogether))
      const tookMs = performance.now() - began
      freeAt = tookMs < fastMs ? 0 : performance.now() + Math.min(tookMs, longestPauseMs)
    }
    isCommitting = false
  }

  return (write) =>
    new Promise((resolve, reject) => {
      waiting.push({
        run: async (trx) => {
          const result = await write(trx)
          return () => resolve(result)
        },
        fail: reject,
      })
      if (!isCommitting) void commitAll()
    })
}

async function commit(db: Database, group: readonly Waiting[]): Promise<void> {
  try {
    const settled = await db.transaction().execute(async (trx) => {
      const reports: Settle[] = []
      for (const { run } of group) reports.push(await run(trx))
      return reports
    })
    for (const report of settled) report()
  } catch (error) {
    const [only, ...more] = group
    if (more.length === 0) only?.fail(error)
    else for (const each of group) await commit(db, [each])
  }
}
