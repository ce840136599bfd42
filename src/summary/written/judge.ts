/**
 * What becomes of a model's answer: it may be shown, or it is refused, with the reason. It is shown only if it is plain
 * prose, finished, short enough, and borne out by the texts that the model was given (`check.ts`). One sentence that is
 * not borne out refuses the whole: whoever invents once is not believed twice.
 *
 * Task and verdict are plain data, and no answer takes long to judge, so that this can run in a worker.
 */
import { splitSentences } from '../../language/sentences.ts'
import { readAnswer } from './answer.ts'
import { checkText } from './check.ts'
import { whyNotPlain } from './plain.ts'
import { contentStems, readSource, type Source } from './source.ts'
import type { WritingTask } from './task.ts'
import type { AnswerToJudge, Refusal, Verdict } from './verdict.ts'

/** An answer so many times too long is not cut but refused. */
const MAX_OVERLENGTH = 2
const MIN_CHARACTERS = 50
const FINISHED = /[.!?…]["”»“’)]*$/u

/** Judges one answer. Pure and never throws. */
export function judgeAnswer({ task, answer, isWhole }: AnswerToJudge): Verdict {
  const read = readAnswer(answer)
  if (read.kind !== 'text') return refused({ reason: read.kind })
  if (!isWhole) return refused({ reason: 'unfinished' })
  if (read.text.length > task.maxCharacters * MAX_OVERLENGTH) return refused({ reason: 'too-long' })
  const source = readSource(task.texts, task.language)
  const unplain = whyNotPlain(read.text, source.text, task.language)
  if (unplain !== undefined) return refused({ reason: unplain })
  const all = splitSentences(read.text.replace(/\s+/gu, ' '), task.language)
  if (!all.every((sentence) => FINISHED.test(sentence))) return refused({ reason: 'unfinished' })
  if (new Set(all).size < all.length) return refused({ reason: 'repeats' })
  const sentences = fitting(all, task)
  const text = sentences.join(' ')
  if (text.length < MIN_CHARACTERS)
    return refused({ reason: sentences.length < all.length ? 'too-long' : 'empty' })
  const doubts = checkText(source, text)
  if (doubts.length > 0) return refused({ reason: 'unfaithful', doubts })
  const [first = ''] = sentences
  return {
    kind: 'shown',
    sentences: sentences.map((sentence) => ({ text: sentence, from: bestText(sentence, source) })),
    ...(first.length <= task.maxBriefCharacters ? { brief: first } : {}),
  }
}

const refused = (refusal: Refusal): Verdict => ({ kind: 'refused', refusal })

/** The first sentences, as many as there may be. */
function fitting(sentences: readonly string[], { maxSentences, maxCharacters }: WritingTask): string[] {
  const kept: string[] = []
  let characters = 0
  for (const sentence of sentences) {
    if (kept.length === maxSentences || characters + sentence.length > maxCharacters) break
    kept.push(sentence)
    characters += sentence.length + 1
  }
  return kept
}

/** The text with the sentence that shares most words; the first among equals. */
function bestText(sentence: string, { sentences, language }: Source): number {
  const stems = contentStems(sentence, language)
  let best = { from: 0, shared: 0 }
  for (const { from, stems: known } of sentences) {
    let shared = 0
    for (const stem of stems) if (known.has(stem)) shared++
    if (shared > best.shared) best = { from, shared }
  }
  return best.from
}
