/**
 * A pool of worker threads for work that burns CPU on foreign bytes. A task that exceeds its time or memory is ended with
 * its thread: no text, however odd, holds up an answer.
 */
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { OutsideError, UserError } from '../errors.ts'
import type * as worker from './worker.ts'

type Tasks = typeof worker
export type TaskName = keyof Tasks

export interface WorkPool {
  /** Runs a task in a thread. Errors: a `UserError` of code `too-slow` or `too-large`; what the task itself threw. */
  readonly run: <Name extends TaskName>(
    name: Name,
    input: Parameters<Tasks[Name]>[0],
  ) => Promise<Awaited<ReturnType<Tasks[Name]>>>
  /** How many tasks run at once. */
  readonly threads: number
  readonly close: () => Promise<void>
}

const longestMs = 10_000
/** Of one thread. Without a limit garbage piles up between collections; the tables of languages alone take about 100. */
const usualHeapMb = 224
const youngHeapMb = 16

export function openPool(heapMb = usualHeapMb): WorkPool {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const threads = Math.max(1, Math.min(4, availableParallelism() - 1))
  const pool = new Piscina({
    filename: new URL(`./worker.${ending}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngHeapMb },
  })
  return {
    threads,
    run: async (name, input) => {
      const deadline = new AbortController()
      const timer = setTimeout(() => deadline.abort(), longestMs)
      try {
        return await pool.run(input, { name, signal: deadline.signal })
      } catch (error) {
        if (deadline.signal.aborted) {
          throw new UserError(
            'too-slow',
            `Reading it took longer than ${longestMs / 1000} seconds. Shorten or split it.`,
          )
        }
        throw meantError(error)
      } finally {
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
