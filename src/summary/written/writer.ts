/** Who writes: a language model behind some endpoint. The core knows no network, key or price; it is handed this. */
import type { Prompt } from './prompt.ts'

export interface ModelWriter {
  /** What the endpoint calls the model; readers are told. */
  readonly model: string
  /** Never rejects. */
  readonly write: (prompt: Prompt, signal: AbortSignal) => Promise<Written>
}

export type Written =
  /** `isWhole` is false where the endpoint says that it cut the answer short. */
  | { readonly kind: 'answer'; readonly text: string; readonly isWhole: boolean }
  | { readonly kind: 'unwritten'; readonly reason: Unwritten }

/**
 * Why nothing was written: the day's budget is spent; the endpoint failed so often that it is left alone for a while;
 * it failed now; or the caller's time was up.
 */
export type Unwritten = 'budget' | 'paused' | 'failed' | 'stopped'
