/** A pool of worker threads. A task that exceeds its time is ended with its thread, and said to be too slow. */
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { FileOutcome, FileTask } from './tasks.ts'

export interface WorkPool {
  readonly analyseFile: (task: FileTask) => Promise<FileOutcome>
  readonly close: () => Promise<void>
}

const longestMs = 10_000
const heapMb = 256

export function openPool(): WorkPool {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const pool = new Piscina({
    filename: new URL(`./worker.${ending}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.max(1, Math.min(4, availableParallelism() - 1)),
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  })
  return {
    analyseFile: async (task) => {
      const deadline = AbortSignal.timeout(longestMs)
      try {
        return await pool.run(task, { name: 'analyseFile', signal: deadline })
      } catch (error) {
        if (deadline.aborted) {
          return {
            kind: 'refused',
            reason: `it took longer than ${longestMs / 1000} seconds to read; shorten or split it`,
          }
        }
        throw error
      }
    },
    close: () => pool.destroy(),
  }
}
