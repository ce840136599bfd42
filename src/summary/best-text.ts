/**
 * Chooses sentences, in article order, that together are worth most within a length (see `worth.ts`). A beam search
 * over ascending sequences rather than a greedy pick: the worth of a text of given length depends on what is cut off
 * or left unused at its end, so the best single sentence need not be part of the best pair.
 *
 * A length is a number of words (reached or passed; what lies beyond it is worth nothing), a number of sentences, or
 * limits of characters and sentences that are never passed. All worth is counted in texts: 1 is what an average text of that length is worth.
 */
import type { Weights } from './worth.ts'

export interface Candidate {
  /** Place in the article. */
  readonly at: number
  readonly words: number
  readonly characters: number
  /** Distinct content words in order, as indexes into the vocabulary. */
  readonly stems: readonly number[]
  /** Leans on the sentence before it. */
  readonly leans: boolean
  /** What it is worth for its own sake, apart from its words; may be negative. See `sentenceWorth`. */
  readonly own: number
}

export type Length =
  | { readonly kind: 'words'; readonly words: number }
  | { readonly kind: 'sentences'; readonly sentences: number }
  | { readonly kind: 'limits'; readonly characters: number; readonly sentences: number }

export interface Choice {
  readonly candidates: readonly Candidate[]
  readonly length: Length
  /** The worth of each word of the vocabulary, 1 on average. */
  readonly worth: Float64Array
  readonly weights: Weights
  /** A sentence that leans may only follow the one before it; otherwise that has its cost. */
  readonly isStrict: boolean
  /** 1 for every word that the reader has read already and that earns nothing again. */
  readonly said?: Uint8Array
}

/** A text so far: the one it continues, and the place of its last sentence. */
interface Text {
  readonly before: Text | undefined
  readonly at: number
  readonly sentences: number
  readonly words: number
  readonly characters: number
  readonly worth: number
}

interface OpenText extends Text {
  readonly said: Uint8Array
}

const BEAM = 16
/** How many content words a word of text holds, about; turns a length into the worth of an average text. */
const CONTENT_SHARE = 0.5
const CHARACTERS_PER_WORD = 7
const WORDS_PER_SENTENCE = 20

/** The places of the chosen sentences, ascending. Empty where the candidates cannot make up the length. */
export function bestText(choice: Choice): number[] {
  const empty = { before: undefined, at: -1, sentences: 0, words: 0, characters: 0, worth: 0 }
  let beam: OpenText[] = [{ ...empty, said: choice.said ?? new Uint8Array(choice.worth.length) }]
  let best: Text | undefined
  while (beam.length > 0) {
    const longer: { readonly text: Text; readonly from: OpenText; readonly candidate: Candidate }[] = []
    for (const from of beam) {
      for (const candidate of choice.candidates) {
        if (candidate.at <= from.at || !fits(from, candidate, choice)) continue
        const text = append(from, candidate, choice)
        const isDone = isLongEnough(text, choice.length)
        if (isDone && (best === undefined || text.worth > best.worth)) best = text
        if (choice.length.kind === 'limits' || !isDone) longer.push({ text, from, candidate })
      }
    }
    longer.sort((a, b) => promise(b.text) - promise(a.text))
    beam = longer
      .slice(0, BEAM)
      .map(({ text, from, candidate }) => ({ ...text, said: mark(from.said, candidate) }))
  }
  return best === undefined ? [] : placesOf(best)
}

function isLongEnough(text: Text, length: Length): boolean {
  if (length.kind === 'limits') return true
  return length.kind === 'words' ? text.words >= length.words : text.sentences >= length.sentences
}

function fits(text: Text, candidate: Candidate, { length, isStrict }: Choice): boolean {
  if (isStrict && candidate.leans && candidate.at !== text.at + 1) return false
  if (length.kind !== 'limits') return true
  return text.sentences < length.sentences && text.characters + candidate.characters <= length.characters
}

function append(text: OpenText, candidate: Candidate, { length, worth, weights }: Choice): Text {
  const wanted = wantedWords(length)
  const room =
    length.kind === 'words' ? Math.min(candidate.words, length.words - text.words) : candidate.words
  const read = Math.ceil((candidate.stems.length * room) / Math.max(1, candidate.words))
  let gain = 0
  for (let place = 0; place < read; place++) {
    const stem = candidate.stems[place] ?? 0
    if (text.said[stem] === 0) gain += worth[stem] ?? 0
  }
  const leaning = candidate.leans && candidate.at !== text.at + 1 ? weights.leaning : 0
  const isJump = text.at >= 0 && candidate.at > text.at + 1
  const jump = isJump ? weights.gap * Math.min(1, room / 10) : 0
  const effort = length.kind === 'limits' ? weights.effort : 0
  return {
    before: text,
    at: candidate.at,
    sentences: text.sentences + 1,
    words: text.words + candidate.words,
    // A space joins it to the sentence before.
    characters: text.characters + candidate.characters + 1,
    worth:
      text.worth +
      gain / (wanted * CONTENT_SHARE) +
      ((candidate.own - leaning - effort) * room) / wanted -
      jump,
  }
}

function wantedWords(length: Length): number {
  if (length.kind === 'words') return Math.max(1, length.words)
  if (length.kind === 'sentences') return length.sentences * WORDS_PER_SENTENCE
  const byCharacters = length.characters / CHARACTERS_PER_WORD
  return Math.max(1, Math.min(byCharacters, length.sentences * WORDS_PER_SENTENCE))
}

/** By which unfinished texts of different length are compared. */
function promise(text: Text): number {
  return text.worth / Math.sqrt(Math.max(1, text.words))
}

function mark(said: Uint8Array, candidate: Candidate): Uint8Array {
  const marked = said.slice()
  for (const stem of candidate.stems) marked[stem] = 1
  return marked
}

function placesOf(text: Text): number[] {
  const places: number[] = []
  for (let here: Text | undefined = text; here !== undefined && here.at >= 0; here = here.before)
    places.push(here.at)
  return places.reverse()
}
