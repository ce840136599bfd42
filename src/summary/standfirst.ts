/** Whether an editor's standfirst is good enough to open a summary. */
import { isBoilerplateLine } from '../article/boilerplate.ts'
import type { AnalysedSentence, Analysis } from '../language/analyse.ts'
import { isQuestion } from './candidates.ts'
import { saysTheSame } from './readable.ts'

const MIN_CHARACTERS = 40

/**
 * The standfirst's sentences, or none where it is no summary: a label, a teaser that only asks, a repetition of the
 * headline, or the beginning of the body cut off by a feed ("… [weiterlesen]").
 */
export function usableStandfirst({ standfirst, headline, language }: Analysis): readonly AnalysedSentence[] {
  const text = standfirst.map((sentence) => sentence.text).join(' ')
  if (text.length < MIN_CHARACTERS && !['ja', 'zh', 'ko', 'th'].includes(language)) return []
  if (isBoilerplateLine(text) || /(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*\p{L}{0,12}$/u.test(text)) return []
  if (standfirst.every((sentence) => isQuestion(sentence.text))) return []
  if (saysTheSame(text, headline.text, language) && text.length < headline.text.length * 1.5) return []
  return standfirst.filter(({ text: sentence }) => !isLabel(sentence))
}

/** "Hamburg.", "Analyse.": stands before what is said and says nothing. */
function isLabel(sentence: string): boolean {
  return (
    sentence.length < 25 &&
    sentence.split(/\s+/u).length < 3 &&
    /^[\p{L}\s.:]+$/u.test(sentence) &&
    !/\p{Script=Han}|\p{Script=Hiragana}/u.test(sentence)
  )
}
