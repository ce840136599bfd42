/** At most so many at once; the others wait for their turn, in order, or until they no longer care. */

export interface Turns {
  /** Runs `work` when its turn comes; undefined where `signal` aborted before. */
  readonly run: <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result | undefined>
}

export function createTurns(atOnce: number): Turns {
  let running = 0
  const waiting = new Set<() => void>()
  const wakeNext = (): void => {
    const [next] = waiting
    next?.()
  }

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        waiting.delete(go)
        signal.removeEventListener('abort', go)
        resolve()
      }
      waiting.add(go)
      signal.addEventListener('abort', go)
    })

  return {
    run: async (work, signal) => {
      while (running >= atOnce && !signal.aborted) await turn(signal)
      if (signal.aborted) {
        wakeNext()
        return undefined
      }
      running++
      try {
        return await work()
      } finally {
        running--
        wakeNext()
      }
    },
  }
}
