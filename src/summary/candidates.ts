/** The sentences of an article as candidates for its summary: without datelines, judged and weighed. */
import type { AnalysedText } from '../language/analyse.ts'
import type { Candidate } from './best-text.ts'
import { withoutDateline } from './datelines.ts'
import { readability } from './readable.ts'
import { sentenceWorth, type Weights } from './worth.ts'

/** Deeper in an article no sentence is considered: in the tuning sets none there was ever worth it. */
const MAX_CANDIDATES = 40

export interface JudgedCandidate extends Candidate {
  /** Can be read on its own. */
  readonly isWhole: boolean
  readonly isFurniture: boolean
}

/** What of a sentence a summary shows; a verbatim slice of the article. */
export function shownText(sentence: AnalysedText | undefined): string {
  return sentence === undefined ? '' : withoutDateline(sentence.text)
}

/** The sentences near the top as candidates, those that cannot stand alone marked. */
export function candidatesOf(
  sentences: readonly AnalysedText[],
  language: string,
  weights: Weights,
): JudgedCandidate[] {
  const top = sentences.slice(0, MAX_CANDIDATES)
  const judged = top.map((sentence) => readability(shownText(sentence), language))
  const manners = top.map(({ text }, at) => ({
    isQuestion: isQuestion(text),
    isBroken: judged[at]?.isWhole === false,
  }))
  const own = sentenceWorth(top, manners, weights)
  return top.map((sentence, at) => ({
    at,
    words: sentence.words,
    characters: shownText(sentence).length,
    stems: [...new Set(sentence.stems)],
    leans: at > 0 && judged[at]?.leans === true,
    own: own[at] ?? 0,
    isWhole: judged[at]?.isWhole === true,
    isFurniture: judged[at]?.isFurniture === true,
  }))
}

export function isQuestion(sentence: string): boolean {
  return /[?？؟]["”“»]?$/u.test(sentence)
}
