/**
 * Chooses sentences of a bare text, for the `summarise` command: the method of `extractive.ts` without its article.
 * The text has no standfirst and may have lost its paragraphs, and a length may be asked for that must be filled.
 */
import { type AnalysedText, placeSentences, stemIndex } from '../language/analyse.ts'
import { identifyLanguage, primaryTag } from '../language/identify.ts'
import { bestText, type Candidate, type Length } from './best-text.ts'
import { candidatesOf } from './candidates.ts'
import { WEIGHTS, type Weights, wordWorth } from './worth.ts'

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

/** Further down, what a text says no longer tells what it is about. */
const MAX_READ = 120
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
  const length = lengthOf(options)
  const places = choosePlaces(sentences, language, length, worth, { ...weights, effort: 0 })
  return {
    language,
    sentences: places.map((at) => sentences[at]?.text ?? ''),
    indexes: places,
  }
}

function lengthOf({ words, characters, sentences }: SelectionOptions): Length {
  if (words !== undefined) return { kind: 'words', words }
  if (characters === undefined) return { kind: 'sentences', sentences: sentences ?? DEFAULT_SENTENCES }
  return { kind: 'limits', characters, sentences: sentences ?? Number.MAX_SAFE_INTEGER }
}

/**
 * To fill a number of words, sentences that read badly are let in at their cost. Otherwise only readable ones are, and
 * others where those do not suffice. What is no part of the text (captions, pointers) comes last.
 */
function choosePlaces(
  sentences: readonly AnalysedText[],
  language: string,
  length: Length,
  worth: Float64Array,
  weights: Weights,
): number[] {
  const all = candidatesOf(sentences, language, weights)
  const text = all.filter(({ isFurniture }) => !isFurniture)
  const choose = (candidates: readonly Candidate[], isStrict: boolean): number[] =>
    bestText({ candidates, length, worth, weights, isStrict })
  const attempts = [
    () =>
      length.kind === 'words'
        ? []
        : choose(
            all.filter(({ isWhole }) => isWhole),
            true,
          ),
    () => choose(text, false),
    () => choose(all, false),
  ]
  for (const attempt of attempts) {
    const places = attempt()
    if (places.length > 0) return places
  }
  return fromTheTop(sentences, length)
}

/** Where the candidates do not make up the length: sentences from the top, or the shortest that there is. */
function fromTheTop(sentences: readonly AnalysedText[], length: Length): number[] {
  if (length.kind === 'limits') {
    const shortest = [...sentences.entries()].sort(([, a], [, b]) => a.text.length - b.text.length)[0]
    return shortest === undefined ? [] : [shortest[0]]
  }
  const places: number[] = []
  let words = 0
  for (const [at, sentence] of sentences.entries()) {
    if (length.kind === 'words' ? words >= length.words : places.length >= length.sentences) break
    places.push(at)
    words += sentence.words
  }
  return places
}
