/**
 * Summaries made of an article's own sentences, verbatim and in its order.
 *
 * An editor's standfirst, where it is good, comes first; extracted sentences add only what it lacks. Which sentences,
 * is decided by what their words are worth to the article (`worth.ts`) and a search for the best text of the wanted
 * length (`select.ts`); sentences that cannot be read on their own are left out (`readable.ts`).
 *
 * Nothing here throws on any text. An article without a usable sentence is summarised by its headline.
 */
import { isBoilerplateLine } from '../article/boilerplate.ts'
import {
  type AnalysedSentence,
  type AnalysedText,
  type Analysis,
  placeSentences,
  stemIndex,
} from '../language/analyse.ts'
import { identifyLanguage, primaryTag } from '../language/identify.ts'
import { withoutDateline } from './datelines.ts'
import { readability, saysTheSame } from './readable.ts'
import { type Candidate, type Length, selectBest } from './select.ts'
import { DEPTH_WEIGHTS, sentenceWorth, WEIGHTS, type Weights, wordWorth } from './worth.ts'

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

const DEFAULTS = { maxBriefCharacters: 200, maxCharacters: 600, maxSentences: 4 } as const
/** Deeper in an article no sentence is considered: in the tuning sets none there was ever worth it. */
const MAX_CANDIDATES = 40
/** Further down, what a text says no longer tells what it is about. */
const MAX_READ = 120
const MIN_STANDFIRST_CHARACTERS = 40

/** Summarises an analysed article at two depths. */
export function summarise(analysis: Analysis, options: SummaryOptions = {}): Summary {
  const limits = { ...DEFAULTS, ...options }
  const standfirst = usableStandfirst(analysis)
  const opening = standfirstWithin(standfirst, limits.maxCharacters, limits.maxSentences)
  const places = extract(analysis, opening, limits.maxCharacters, limits.maxSentences)
  const summary = [
    ...opening.map(({ text }) => ({ text, at: STANDFIRST })),
    ...places.map((at) => ({ text: textOf(analysis.sentences[at]), at })),
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

function textOf(sentence: AnalysedText | undefined): string {
  return sentence === undefined ? '' : withoutDateline(sentence.text)
}

/**
 * The standfirst's sentences, or none where it is no summary: a label, a teaser that only asks, a repetition of the
 * headline, or the beginning of the body cut off by a feed ("… [weiterlesen]").
 */
function usableStandfirst({ standfirst, headline, language }: Analysis): readonly AnalysedSentence[] {
  const text = standfirst.map((sentence) => sentence.text).join(' ')
  if (text.length < MIN_STANDFIRST_CHARACTERS && !['ja', 'zh', 'ko', 'th'].includes(language)) return []
  if (isBoilerplateLine(text) || /(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*\p{L}{0,12}$/u.test(text)) return []
  if (standfirst.every((sentence) => isQuestion(sentence.text))) return []
  if (saysTheSame(text, headline.text, language) && text.length < headline.text.length * 1.5) return []
  return standfirst
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

/** The places of the body's sentences that add most to what `opening` says. */
function extract(
  analysis: Analysis,
  opening: readonly AnalysedText[],
  maxCharacters: number,
  maxSentences: number,
): number[] {
  const characters = maxCharacters - opening.reduce((sum, { text }) => sum + text.length + 1, 0)
  const sentences = maxSentences - opening.length
  if (sentences <= 0 || characters <= 0) return []
  const said = new Uint8Array(analysis.vocabulary.length)
  for (const { stems } of opening) for (const stem of stems) said[stem] = 1
  const candidates = candidatesOf(analysis.sentences, analysis.language, DEPTH_WEIGHTS).filter(
    ({ at, isWhole }) =>
      isWhole &&
      !opening.some(({ text }) => saysTheSame(text, textOf(analysis.sentences[at]), analysis.language)),
  )
  return selectBest({
    candidates,
    length: { kind: 'limits', characters, sentences },
    worth: worthOf(analysis, DEPTH_WEIGHTS),
    weights: DEPTH_WEIGHTS,
    isStrict: true,
    said,
  })
}

/** The standfirst stands for what it is: an editor's first sentences. */
function worthOf({ headline, standfirst, sentences, vocabulary }: Analysis, weights: Weights): Float64Array {
  return wordWorth([...standfirst, ...sentences], headline, vocabulary.length, weights)
}

/** The sentences near the top as candidates, those that cannot stand alone marked. */
function candidatesOf(
  sentences: readonly AnalysedText[],
  language: string,
  weights: Weights,
): (Candidate & { readonly isWhole: boolean })[] {
  const top = sentences.slice(0, MAX_CANDIDATES)
  const judged = top.map((sentence) => readability(textOf(sentence), language))
  const manners = top.map(({ text }, at) => ({
    isQuestion: isQuestion(text),
    isBroken: judged[at]?.isWhole === false,
  }))
  const own = sentenceWorth(top, manners, weights)
  return top.map((sentence, at) => ({
    at,
    words: sentence.words,
    characters: textOf(sentence).length,
    stems: [...new Set(sentence.stems)],
    leans: at > 0 && judged[at]?.leans === true,
    own: own[at] ?? 0,
    isWhole: judged[at]?.isWhole === true,
  }))
}

function isQuestion(sentence: string): boolean {
  return /[?？؟]["”“»]?$/u.test(sentence)
}

function briefOf(
  analysis: Analysis,
  standfirst: readonly AnalysedSentence[],
  maxCharacters: number,
): string | undefined {
  const [first] = standfirst
  if (first !== undefined && first.text.length <= maxCharacters) return first.text
  const [place] = extract(analysis, [], maxCharacters, 1)
  return place === undefined ? undefined : textOf(analysis.sentences[place])
}

/** For an article whose sentences all fail: the first that fits, else the headline, else the beginning of the body. */
function lastResort(analysis: Analysis, maxCharacters: number): { text: string; at: number }[] {
  const place = analysis.sentences.findIndex(
    ({ text }) =>
      text.length <= maxCharacters && text.length >= MIN_STANDFIRST_CHARACTERS && !isBoilerplateLine(text),
  )
  if (place !== -1) return [{ text: textOf(analysis.sentences[place]), at: place }]
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

export interface SelectionOptions {
  readonly title?: string | undefined
  /** BCP 47 tag; identified from the text where absent. */
  readonly language?: string | undefined
  /** How many sentences to choose at most. */
  readonly sentences?: number | undefined
  /** Sentences are chosen until this many words are reached or passed. */
  readonly words?: number | undefined
  /** The sentences, joined by spaces, have at most this many characters. */
  readonly characters?: number | undefined
}

export interface Selection {
  readonly language: string
  readonly sentences: readonly string[]
  /** The place of each among all sentences of the text, from 0. */
  readonly indexes: readonly number[]
}

/** Without any length, a text is summarised in this many sentences. */
const DEFAULT_SENTENCES = 3
const LINE_BREAKS = /\r\n|[\n\r\u2028\u2029]/u

/**
 * Chooses whole sentences of any text, in its order. At least one where the text has any; where several lengths are
 * given, `words` counts before `characters` and `sentences`, which are limits and may be combined.
 */
export function selectSentences(
  text: string,
  options: SelectionOptions = {},
  weights: Weights = WEIGHTS,
): Selection {
  const title = options.title ?? ''
  const language = primaryTag(options.language) ?? identifyLanguage(`${title}\n${text}`).language
  const index = stemIndex(language)
  const headline = index.read(title)
  const all = placeSentences(text.split(LINE_BREAKS), language)
  const sentences = all.slice(0, MAX_READ).map((sentence) => index.read(sentence.text))
  const worth = wordWorth(sentences, headline, index.vocabulary.length, weights)
  const places = choosePlaces(sentences, language, lengthOf(options), worth, weights)
  return {
    language,
    sentences: places.map((at) => sentences[at]?.text ?? ''),
    indexes: places,
  }
}

function lengthOf({ words, characters, sentences }: SelectionOptions): Length {
  if (words !== undefined) return { kind: 'words', words }
  return {
    kind: 'limits',
    characters: characters ?? Number.MAX_SAFE_INTEGER,
    sentences: sentences ?? (characters === undefined ? DEFAULT_SENTENCES : Number.MAX_SAFE_INTEGER),
  }
}

/**
 * To fill a number of words every sentence is let in, and those that read badly have their cost. Otherwise only
 * readable ones are, as long as there are any that fit; where nothing fits, it is the shortest.
 */
function choosePlaces(
  sentences: readonly AnalysedText[],
  language: string,
  length: Length,
  worth: Float64Array,
  weights: Weights,
): number[] {
  const all = candidatesOf(sentences, language, weights)
  const readable = all.filter(({ isWhole }) => isWhole)
  const shortest = all.toSorted((a, b) => a.characters - b.characters)[0]
  if (shortest === undefined) return []
  if (length.kind === 'words') return selectBest({ candidates: all, length, worth, weights, isStrict: false })
  const strict = selectBest({ candidates: readable, length, worth, weights, isStrict: true })
  if (strict.length > 0) return strict
  const any = selectBest({ candidates: all, length, worth, weights, isStrict: false })
  return any.length > 0 ? any : [shortest.at]
}
