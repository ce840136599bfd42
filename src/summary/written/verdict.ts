/** What becomes of a model's answer, as plain data: it is judged in a worker and kept in storage. */
import type { Doubt } from './check.ts'
import type { Unplain } from './plain.ts'
import type { WritingTask } from './task.ts'

export interface AnswerToJudge {
  readonly task: WritingTask
  /** As the endpoint sent it. */
  readonly answer: string
  /** False where the endpoint says that it cut the answer short. */
  readonly isWhole: boolean
}

export type Verdict =
  | { readonly kind: 'shown'; readonly sentences: readonly WrittenSentence[]; readonly brief?: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export interface WrittenSentence {
  readonly text: string
  /** Index of the text in `WritingTask.texts` that bears it out best. */
  readonly from: number
}

export type Refusal =
  | { readonly reason: 'empty' | 'too-long' | 'unfinished' | 'repeats' | Unplain }
  | { readonly reason: 'unfaithful'; readonly doubts: readonly Doubt[] }

/**
 * Raised whenever a rule of judging changes, so that verdicts that were kept are not taken for today's.
 */
export const JUDGING_VERSION = 1
