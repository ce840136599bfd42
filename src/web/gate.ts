/** Costly work a few at a time, with a short queue: what comes on top is told to come again. */

export interface Gate {
  /** Undefined where too much is waiting already; the work was not begun then. */
  readonly pass: <Result>(work: () => Promise<Result>) => Promise<Result | undefined>
}

export function createGate({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }): Gate {
  let running = 0
  const queue: (() => void)[] = []
  return {
    pass: async (work) => {
      if (running >= atOnce) {
        if (queue.length >= waiting) return undefined
        await new Promise<void>((resolve) => queue.push(resolve))
      } else running += 1
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
  }
}
