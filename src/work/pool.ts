/**
 * A pool of worker threads for work that burns CPU on foreign bytes. A task that exceeds its time or memory is ended with
 * its thread: no text, however odd, holds up an answer.
 */
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { OutsideError, UserError } from '../errors.ts'
import type * as worker from './worker.ts'
import type { Begun, Order } from './worker.ts'

type Tasks = typeof worker
export type TaskName = keyof Tasks

export interface WorkPool {
  /**
   * Runs a task in a thread. Errors: a `UserError` of code `too-slow` or `too-large`; an `OutsideError` where no thread was
   * free and ready in time; what the task itself threw.
   */
  readonly run: <Name extends TaskName>(
    name: Name,
    input: Parameters<Tasks[Name]>[0]['input'],
  ) => Promise<Awaited<ReturnType<Tasks[Name]>>>
  /** How many tasks run at once. */
  readonly threads: number
  readonly close: () => Promise<void>
}

export interface PoolLimits {
  /** Of one thread. Without a limit garbage piles up between collections; the tables of languages alone take about 100. */
  readonly heapMb: number
  /** Of one task, from when its thread is ready and has loaded what it needs. */
  readonly taskMs: number
  /** Until then: waiting for its turn, and for a thread to start. */
  readonly startMs: number
}

const usualLimits: PoolLimits = { heapMb: 224, taskMs: 10_000, startMs: 60_000 }
const youngHeapMb = 16

export function openPool(given: Partial<PoolLimits> = {}): WorkPool {
  const { heapMb, taskMs, startMs } = { ...usualLimits, ...given }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const threads = Math.max(1, Math.min(4, availableParallelism() - 1))
  const pool = new Piscina({
    filename: new URL(`./worker.${extension}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngHeapMb },
  })
  /** By the number of each order that has not begun. */
  const begins = new Map<number, () => void>()
  let orders = 0
  pool.on('message', ({ begun }: Begun) => begins.get(begun)?.())
  return {
    threads,
    run: async (name, input) => {
      const id = ++orders
      const ending = new AbortController()
      let late: Error = new OutsideError(
        `No thread was free and ready within ${startMs / 1000} seconds: the machine has too much to do.`,
        { retry: true },
      )
      let timer = setTimeout(() => ending.abort(), startMs)
      begins.set(id, () => {
        late = new UserError(
          'too-slow',
          `Reading it took longer than ${taskMs / 1000} seconds. Shorten or split it.`,
        )
        clearTimeout(timer)
        timer = setTimeout(() => ending.abort(), taskMs)
      })
      try {
        return await pool.run({ id, input } satisfies Order<typeof input>, { name, signal: ending.signal })
      } catch (error) {
        throw ending.signal.aborted ? late : meantError(error)
      } finally {
        begins.delete(id)
        clearTimeout(timer)
      }
    },
    close: () => pool.destroy(),
  }
}

/** Errors lose their class between threads; what a person can mend is known by its name and code. */
function meantError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new UserError('too-large', 'Reading it took too much memory. Shorten or split it.')
  if (error.name === 'UserError') return new UserError(code, error.message)
  return new OutsideError(error.message, { retry: false, cause: error })
}
