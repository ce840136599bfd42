/**
 * The budget of refusals: 10,000 answers of 401, 403 or 429 within ten minutes have Discord block the whole address, interactions and all
 * (developers/topics/rate-limits, Invalid Request Limit; a 429 of scope `shared` does not count). Posting pauses before a tenth of that
 * is spent; answers to people go on.
 */

export interface RefusalBudget {
  readonly note: (status: number, scope: string | null) => void
  /** How long posting has to pause; 0 while there is room. */
  readonly pauseMs: () => number
  /** Refusals within the window. */
  readonly spent: () => number
}

export interface RefusalBudgetOptions {
  readonly most: number
  readonly now?: () => number
}

/** Room for the posts that are on their way when the pause begins. */
export const usualBudget = 900

const windowMs = 10 * 60_000
/** Refusals are counted by the slice, so that the count takes the same memory however many there are. */
const sliceMs = 10_000
const counted = [401, 403, 429]

export function createRefusalBudget({
  most,
  now = () => performance.now(),
}: RefusalBudgetOptions): RefusalBudget {
  let slices: { readonly from: number; count: number }[] = []
  const current = () => {
    const since = now() - windowMs
    slices = slices.filter(({ from }) => from + sliceMs > since)
    return slices
  }
  const spent = () => current().reduce((sum, { count }) => sum + count, 0)
  return {
    note: (status, scope) => {
      if (!counted.includes(status) || scope === 'shared') return
      const from = Math.floor(now() / sliceMs) * sliceMs
      const last = current().at(-1)
      if (last?.from === from) last.count += 1
      else slices.push({ from, count: 1 })
    },
    pauseMs: () => {
      let over = spent() - most + 1
      if (over <= 0) return 0
      for (const { from, count } of slices) {
        over -= count
        if (over <= 0) return from + sliceMs + windowMs - now()
      }
      return windowMs
    },
    spent,
  }
}
