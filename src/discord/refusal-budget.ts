/**
 * The budget of refusals: 10,000 answers of 401, 403 or 429 within ten minutes have Discord block the whole address, interactions and all
 * (developers/topics/rate-limits, Invalid Request Limit; a 429 of scope `shared` does not count). Posting pauses before a tenth of that
 * is spent; answers to people go on. Processes on one database may have one address: their refusals are counted together.
 */
import {
  type Refusals,
  refusalSliceMs as sliceMs,
  refusalWindowMs as windowMs,
} from '../digest/rest-budget.ts'

export interface RefusalBudget {
  readonly note: (status: number, scope: string | null) => void
  /** How long posting has to pause; 0 while there is room. */
  readonly pauseMs: () => number
  /** Refusals within the window, as far as this process knows. */
  readonly spent: () => number
  /** What the other processes are told of, and what they tell. */
  readonly tell: RefusalTelling
}

export interface RefusalTelling {
  readonly untold: () => number
  /** There is something to tell. */
  readonly hear: (listener: () => void) => void
  /** Takes what has not been told; it counts on, whatever becomes of the telling. */
  readonly take: () => {
    readonly count: number
    /** All refusals of all processes, those that were told among them. */
    readonly done: (known: readonly Refusals[]) => void
    readonly failed: () => void
  }
}

export interface RefusalBudgetOptions {
  readonly most: number
  readonly now?: () => number
}

/** Room for the posts that are on their way when the pause begins. */
export const usualBudget = 900

const counted = [401, 403, 429]

interface Slice {
  readonly from: number
  readonly count: number
}

export function createRefusalBudget({
  most,
  now = () => performance.now(),
}: RefusalBudgetOptions): RefusalBudget {
  /** Known to all; being told to them; known here alone. */
  let known: readonly Slice[] = []
  let onTheirWay: readonly Slice[] = []
  let own: readonly Slice[] = []
  let heard = (): void => undefined
  const isCurrent = ({ from }: Slice): boolean => from + sliceMs > now() - windowMs
  const current = (): readonly Slice[] => [...known, ...onTheirWay, ...own].filter(isCurrent)
  const spent = () => total(current())
  return {
    note: (status, scope) => {
      if (!counted.includes(status) || scope === 'shared') return
      const from = Math.floor(now() / sliceMs) * sliceMs
      const last = own.at(-1)
      if (last?.from === from) own = own.with(-1, { from, count: last.count + 1 })
      else own = [...own.filter(isCurrent), { from, count: 1 }]
      heard()
    },
    pauseMs: () => {
      let over = spent() - most + 1
      if (over <= 0) return 0
      for (const { from, count } of current().toSorted((a, b) => a.from - b.from)) {
        over -= count
        if (over <= 0) return from + sliceMs + windowMs - now()
      }
      return windowMs
    },
    spent,
    tell: {
      untold: () => total(own),
      hear: (listener) => {
        heard = listener
      },
      take: () => {
        onTheirWay = own
        own = []
        return {
          count: total(onTheirWay),
          done: (all) => {
            known = all.map(({ agoMs, count }) => ({ from: now() - agoMs, count }))
            onTheirWay = []
          },
          failed: () => {
            own = [...onTheirWay, ...own]
            onTheirWay = []
          },
        }
      },
    },
  }
}

function total(slices: readonly Slice[]): number {
  return slices.reduce((sum, { count }) => sum + count, 0)
}
