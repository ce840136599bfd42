/** Lets one loop sleep until somebody rings. A ring while nobody sleeps is kept for the next sleep. */
export interface Bell {
  readonly ring: () => void
  /** Resolves when it rings or rang, or after `afterMs`. */
  readonly rung: (afterMs?: number) => Promise<void>
}

/** The longest a timer can be set for. */
const longestMs = 2 ** 31 - 1

export function createBell(): Bell {
  let hasRung = false
  let wake: (() => void) | undefined
  return {
    ring: () => {
      hasRung = true
      wake?.()
    },
    rung: async (afterMs = longestMs) => {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(Math.max(afterMs, 0), longestMs))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = undefined
      }
      hasRung = false
    },
  }
}
