/**
 * Runs a piece of work again and again with a pause between, never twice at once, until it is stopped: what is under way then is waited
 * for, and may heed `stopping`.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log.ts'

export function startRepeating(
  pauseMs: number,
  work: (stopping: AbortSignal) => Promise<unknown>,
  log: Log,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController()
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      await work(stopping.signal).catch((error: unknown) => log.error({ err: error }, 'work.failed'))
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
