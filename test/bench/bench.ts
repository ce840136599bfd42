/** What a bench is: a named measurement with rows of figures, each with the floor it must not fall below. */
import { existsSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join, resolve } from 'node:path'

export interface BenchRow {
  /** What was measured and on what, e.g. `aeb body F1`. */
  readonly metric: string
  readonly value: number
  readonly unit?: string
  /** The value must be at least (`min`) or at most (`max`) this; absent for peers and for information. */
  readonly min?: number
  readonly max?: number
}

export type BenchOutcome =
  | { readonly kind: 'measured'; readonly rows: readonly BenchRow[] }
  | { readonly kind: 'skipped'; readonly reason: string }

export interface BenchContext {
  /** The folder of corpora; benches say that they skipped where their part is absent. */
  readonly corpora: string
  /** One line of progress for a person; goes to stderr. */
  readonly progress: (line: string) => void
}

export interface Bench {
  readonly name: string
  readonly about: string
  readonly run: (context: BenchContext) => Promise<BenchOutcome>
}

/** Where measuring data lies: `CORPORA`, or a folder beside the project. */
export function corporaFolder(): string {
  return process.env.CORPORA ?? resolve(import.meta.dirname, '../../../shared/corpora')
}

/** The path of one corpus, or undefined where it is not there. */
export function findCorpus(context: BenchContext, name: string): string | undefined {
  const path = join(context.corpora, name)
  return existsSync(path) ? path : undefined
}

/** What else runs on the machine is not to be measured; processes begun from here on go first as well. */
export function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST)
  } catch {
    // Only some may.
  }
}
