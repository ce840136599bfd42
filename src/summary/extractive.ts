/**
 * Summaries made of an article's own sentences, verbatim and in its order.
 *
 * An editor's standfirst, where it is good, comes first; extracted sentences add only what it lacks. Which sentences,
 * is decided by what their words are worth to the article (`worth.ts`) and a search for the best text of the wanted
 * length (`best-text.ts`); sentences that cannot be read on their own are left out (`readable.ts`).
 *
 * Nothing here throws on any text. An article without a usable sentence is summarised by its headline.
 */
import { isBoilerplateLine } from '../article/boilerplate.ts'
import type { AnalysedSentence, AnalysedText, Analysis } from '../language/analyse.ts'
import { bestText, type Candidate } from './best-text.ts'
import { candidatesOf, isQuestion, shownText } from './candidates.ts'
import { usableStandfirst } from './standfirst.ts'
import { articleWorth, BRIEF_WEIGHTS, DEPTH_WEIGHTS, type Weights } from './worth.ts'

export interface SummaryOptions {
  /** The brief has at most this many characters; 200 unless told. */
  readonly maxBriefCharacters?: number
  /** The summary has at most this many characters, its sentences joined by spaces; 600 unless told. */
  readonly maxCharacters?: number
  /** The summary has at most this many sentences; 4 unless told. */
  readonly maxSentences?: number
}

export interface Summary {
  /** One sentence; of the standfirst, or the one that best stands for the article. */
  readonly brief: string
  /** Sentences in reading order: those of the standfirst, then those extracted. Never empty unless the article is. */
  readonly summary: readonly string[]
  /** For each sentence of `summary` its place in `Analysis.sentences`; −1 for the standfirst, −2 for the headline. */
  readonly indexes: readonly number[]
}

export const STANDFIRST = -1
export const HEADLINE = -2

/** What a summary may hold unless told otherwise. */
export const DEFAULT_LIMITS = { maxBriefCharacters: 200, maxCharacters: 600, maxSentences: 4 } as const
const MIN_LAST_RESORT_CHARACTERS = 40

/** Summarises an analysed article at two depths. */
export function summarise(analysis: Analysis, options: SummaryOptions = {}): Summary {
  const limits = { ...DEFAULT_LIMITS, ...options }
  const standfirst = usableStandfirst(analysis)
  const opening = standfirstWithin(standfirst, limits.maxCharacters, limits.maxSentences)
  const material = materialOf(analysis, DEPTH_WEIGHTS)
  const places = extract(material, opening, limits.maxCharacters, limits.maxSentences)
  const summary = [
    ...opening.map(({ text }) => ({ text, at: STANDFIRST })),
    ...places.map((at) => ({ text: shownText(analysis.sentences[at]), at })),
  ]
  if (summary.length === 0) summary.push(...lastResort(analysis, limits.maxCharacters))
  return {
    brief:
      briefOf(analysis, standfirst, limits.maxBriefCharacters) ??
      cut(analysis.headline.text, limits.maxBriefCharacters),
    summary: summary.map(({ text }) => text),
    indexes: summary.map(({ at }) => at),
  }
}

function standfirstWithin(
  standfirst: readonly AnalysedSentence[],
  maxCharacters: number,
  maxSentences: number,
): readonly AnalysedSentence[] {
  const kept: AnalysedSentence[] = []
  let characters = 0
  for (const sentence of standfirst) {
    if (kept.length === maxSentences || characters + sentence.text.length > maxCharacters) break
    kept.push(sentence)
    characters += sentence.text.length + 1
  }
  return kept
}

/** The article as the search needs it. */
interface Material {
  readonly candidates: readonly Candidate[]
  readonly worth: Float64Array
  readonly weights: Weights
}

function materialOf(analysis: Analysis, weights: Weights): Material {
  const candidates = candidatesOf(analysis.sentences, analysis.language, weights)
  return { candidates: candidates.filter(({ isWhole }) => isWhole), worth: articleWorth(analysis), weights }
}

/** The places of the body's sentences that add most to what `opening` says. */
function extract(
  { candidates, worth, weights }: Material,
  opening: readonly AnalysedText[],
  maxCharacters: number,
  maxSentences: number,
): number[] {
  const characters = maxCharacters - opening.reduce((sum, { text }) => sum + text.length + 1, 0)
  const sentences = maxSentences - opening.length
  if (sentences <= 0 || characters <= 0) return []
  const said = new Uint8Array(worth.length)
  for (const { stems } of opening) for (const stem of stems) said[stem] = 1
  return bestText({
    candidates: candidates.filter(({ stems }) => !opening.some((sentence) => repeats(stems, sentence.stems))),
    length: { kind: 'limits', characters, sentences },
    worth,
    weights,
    isStrict: true,
    said,
  })
}

const REPEATED = 0.8

/** Whether nearly all words of the shorter are in the other too. */
function repeats(stems: readonly number[], others: readonly number[]): boolean {
  const smaller = Math.min(stems.length, others.length)
  return smaller > 0 && stems.filter((stem) => others.includes(stem)).length >= REPEATED * smaller
}

function briefOf(
  analysis: Analysis,
  standfirst: readonly AnalysedSentence[],
  maxCharacters: number,
): string | undefined {
  const first = standfirst.find(({ text }) => text.length <= maxCharacters && !isQuestion(text))
  if (first !== undefined) return first.text
  const [place] = extract(materialOf(analysis, BRIEF_WEIGHTS), [], maxCharacters, 1)
  return place === undefined ? undefined : shownText(analysis.sentences[place])
}

/** For an article whose sentences all fail: the first that fits, else the headline, else the beginning of the body. */
function lastResort(analysis: Analysis, maxCharacters: number): { text: string; at: number }[] {
  const place = analysis.sentences.findIndex(
    ({ text }) =>
      text.length <= maxCharacters && text.length >= MIN_LAST_RESORT_CHARACTERS && !isBoilerplateLine(text),
  )
  if (place !== -1) return [{ text: shownText(analysis.sentences[place]), at: place }]
  if (analysis.headline.text !== '')
    return [{ text: cut(analysis.headline.text, maxCharacters), at: HEADLINE }]
  const [first] = analysis.sentences
  return first === undefined ? [] : [{ text: cut(first.text, maxCharacters), at: 0 }]
}

/** Cuts a text that cannot be had whole at a space, and marks the cut. */
function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  const room = text.slice(0, Math.max(0, maxCharacters - 1))
  const space = room.lastIndexOf(' ')
  return `${(space > room.length / 2 ? room.slice(0, space) : room).trimEnd()}…`
}
