/**
 * What is kept of model-written summaries: each verdict under a key of everything that led to it, so that the same
 * texts are never paid for twice, and what a day's writing has used, over all processes. Storage implements both.
 */
import type { Instant } from '../article/article.ts'
import type { Verdict } from '../summary/written/verdict.ts'

export interface WrittenSummaries {
  /** The verdict kept under this key; refusals are kept as well. */
  readonly find: (key: string) => Promise<Verdict | undefined>
  /** Keeps a verdict, and lets go of those that are too old to be asked for. */
  readonly keep: (
    key: string,
    written: { readonly language: string; readonly model: string; readonly verdict: Verdict },
    now: Instant,
  ) => Promise<void>
}

/** The tokens of one UTC day. */
export interface ModelBudget {
  /** Takes so many tokens of the day's `most`; false, and nothing taken, where fewer are left. */
  readonly reserve: (now: Instant, tokens: number, most: number) => Promise<boolean>
  /** Puts what was used in the place of what was reserved at `reservedAt`. */
  readonly settle: (reservedAt: Instant, reserved: number, used: number) => Promise<void>
}
