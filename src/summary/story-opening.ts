/**
 * The sentence that opens the summary of a story: it stands at the top of its article, can be read alone, names whom or
 * what the story is about, and says most of what the articles say together.
 */
import type { SummaryOptions } from './extractive.ts'
import { type Statement, type Statements, sharedOf, type Teller, TOP } from './story-statements.ts'
import { DEPTH_WEIGHTS } from './worth.ts'

/** What tells that a sentence is about this story. */
interface Keys {
  /** Names in a headline, and those that several articles name. */
  readonly names: readonly string[]
  /** Words of several headlines. */
  readonly words: ReadonlySet<number>
}

/** It is weighed as a text of so many words. */
const OPENING_WORDS = 25
/** What a word counts that only one of several articles uses. */
const ALONE = 0.25
const WORTH = {
  /** It names somebody or something of the story, or has a word of several headlines; each of at most three. */
  key: 0.15,
  /** It is the first of a body, which says whole what a standfirst only hints at. */
  lead: 0.3,
  /** It looks back on years long gone. Taken off. */
  background: 0.5,
} as const
const MAX_KEYS = 3

/** The opening among `current`, short enough for a brief where one is; undefined where nothing fits the summary. */
export function openingOf(
  current: readonly Statement[],
  tellers: readonly Teller[],
  { worth, numbers }: Statements,
  limits: Required<SummaryOptions>,
): Statement | undefined {
  const keys = keysOf(tellers, numbers)
  const together = worthTogether(current, worth)
  const openings = current.filter(({ place, candidate }) => place < TOP && !candidate.leans)
  const within = (statements: readonly Statement[], most: number): readonly Statement[] =>
    statements.filter(({ candidate }) => candidate.characters <= most)
  return (
    mostWorth(within(openings, limits.maxBriefCharacters), together, keys) ??
    mostWorth(within(openings, limits.maxCharacters), together, keys) ??
    within(current, limits.maxCharacters)[0]
  )
}

function mostWorth(statements: readonly Statement[], worth: Float64Array, keys: Keys): Statement | undefined {
  let best: Statement | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const statement of statements) {
    const value = openingValue(statement, worth, keys)
    if (value <= most) continue
    most = value
    best = statement
  }
  return best
}

function openingValue(
  { candidate, sentence, words, place, isBackground }: Statement,
  worth: Float64Array,
  keys: Keys,
): number {
  let gain = 0
  for (const word of words) gain += worth[word] ?? 0
  const named = keys.names.filter((name) => sentence.text.includes(name)).length
  return (
    (2 * gain) / OPENING_WORDS -
    DEPTH_WEIGHTS.effort * Math.max(0, candidate.words / OPENING_WORDS - 1) +
    WORTH.key * Math.min(MAX_KEYS, named + sharedOf(words, keys.words)) +
    (place === 0 ? WORTH.lead : 0) -
    (isBackground ? WORTH.background : 0)
  )
}

/** The worth of words; what only one of several articles says is not what they have in common. */
function worthTogether(statements: readonly Statement[], worth: Float64Array): Float64Array {
  const tellers = new Map<number, Set<Teller>>()
  for (const { words, teller } of statements)
    for (const word of words) tellers.set(word, (tellers.get(word) ?? new Set()).add(teller))
  return worth.map((value, word) => ((tellers.get(word)?.size ?? 0) > 1 ? value : value * ALONE))
}

function keysOf(tellers: readonly Teller[], numbers: ReadonlyMap<string, number>): Keys {
  const texts = tellers.map(({ analysis }) =>
    [analysis.headline, ...analysis.standfirst, ...analysis.sentences].map(({ text }) => text).join('\n'),
  )
  const terms = tellers.flatMap(({ analysis }) => analysis.terms.filter(({ kind }) => kind !== 'topic'))
  const names = [...new Set(terms.map(({ text }) => text))].filter(
    (name) =>
      tellers.some(({ analysis }) => analysis.headline.text.includes(name)) ||
      texts.filter((text) => text.includes(name)).length > 1,
  )
  const seen = new Set<string>()
  const words = new Set<number>()
  for (const { analysis } of tellers) {
    for (const stem of new Set(analysis.headline.stems.map((at) => analysis.vocabulary[at] ?? ''))) {
      if (seen.has(stem)) words.add(numbers.get(stem) ?? -1)
      seen.add(stem)
    }
  }
  return { names, words }
}
