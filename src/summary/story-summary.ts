/**
 * The summary of a story: sentences from all of its articles, each with the article it was taken from.
 *
 * - It opens with the sentence that best tells the event (`story-opening.ts`); the others come in the order of time.
 * - A word is worth what it is worth to the articles together, so what several of them report counts more. Nothing is
 *   said twice: words that were said earn nothing, and of sentences that say nearly the same, or give the same numbers,
 *   one is kept (as in maximal marginal relevance: J. Carbonell, J. Goldstein, SIGIR 1998).
 * - The newest figures win (`overtaken.ts`), and how many came to harm is said wherever it is found.
 * - Every article is heard as far as there is room: of several none gives all sentences, and of many none more than half.
 *
 * The articles are taken in the order given, the one that speaks for the story first, and only those in its language:
 * a summary that changes its language in the middle reads badly.
 */
import { shownText } from './candidates.ts'
import { DEFAULT_LIMITS, type SummaryOptions, summarise } from './extractive.ts'
import { isLater } from './member-times.ts'
import { isOvertaken, tollOf } from './overtaken.ts'
import { openingOf } from './story-opening.ts'
import {
  type Statement,
  type StoryMember,
  sharedOf,
  statementsOf,
  type Teller,
  TOP,
  tellersOf,
} from './story-statements.ts'
import { DEPTH_WEIGHTS } from './worth.ts'

export type { StoryMember }

export interface AttributedSentence {
  readonly text: string
  /** The article it was taken from, verbatim. */
  readonly articleId: string
}

export interface StorySummary {
  /** The first sentence of the summary that is short enough, or the brief of the first article. */
  readonly brief: AttributedSentence
  /** The opening, then the others in the order of time; never empty unless the articles are. */
  readonly summary: readonly AttributedSentence[]
}

/** More articles say nothing new; bounds the work for a story of hundreds. */
const MAX_MEMBERS = 12
/** Whole sentences of a body that may be told; further down only the number of those who came to harm is looked for. */
const MAX_DEPTH = 12
/** From this cosine on, two sentences say the same. */
const SAME = 0.55
/** The tops of two articles of one time, and the standfirst and top of one, tell the same event; from this cosine on, twice. */
const SAME_TOP = 0.35
/** Or when so many of the words of the shorter one are in the other. */
const SAME_SHARE = 0.75
const MIN_SAME_WORDS = 4
/** What a sentence adds is measured against a text of so many words. */
const TEXT_WORDS = 80
const WORTH = {
  /** Its article has not been heard yet. */
  voice: 0.1,
  /** It gives the newest number of those who came to harm. */
  toll: 0.45,
} as const

/** Summarises a story; undefined where it has no article. */
export function summariseStory(
  members: readonly StoryMember[],
  options: SummaryOptions = {},
): StorySummary | undefined {
  const [first] = members
  if (first === undefined) return undefined
  const limits = { ...DEFAULT_LIMITS, ...options }
  const tellers = tellersOf(members, MAX_MEMBERS)
  const all = statementsOf(tellers)
  const standing = all.statements.filter((statement) => !isOvertaken(statement, all.statements))
  const toll = tollOf(standing)
  const current = standing.filter((statement) => statement.place < MAX_DEPTH || statement === toll)
  const opening = openingOf(current, tellers, all, limits)
  const chosen = opening === undefined ? [] : choose(opening, current, { worth: all.worth, toll, limits })
  const alone = summarise(first.analysis, options)
  return {
    brief: briefOf(chosen, limits.maxBriefCharacters) ?? { text: alone.brief, articleId: first.id },
    summary:
      chosen.length > 0
        ? chosen.map(attributed)
        : alone.summary.map((text) => ({ text, articleId: first.id })),
  }
}

function attributed({ sentence, teller }: Statement): AttributedSentence {
  return { text: shownText(sentence), articleId: teller.id }
}

function briefOf(chosen: readonly Statement[], maxCharacters: number): AttributedSentence | undefined {
  const first = chosen.find(({ candidate }) => candidate.characters <= maxCharacters && !candidate.leans)
  return first === undefined ? undefined : attributed(first)
}

interface Means {
  readonly worth: Float64Array
  readonly toll: Statement | undefined
  readonly limits: Required<SummaryOptions>
}

/** The opening, and after it one sentence after another, the one that adds most; in reading order. */
function choose(opening: Statement, statements: readonly Statement[], means: Means): readonly Statement[] {
  const { maxSentences, maxCharacters } = means.limits
  const tellers = new Set(statements.map(({ teller }) => teller)).size
  const mostOfOne = maxSentences - Math.min(tellers - 1, Math.floor(maxSentences / 2))
  const others = withoutRepeats(
    statements.filter((statement) => statement !== opening && !sayTheSame(statement, opening)),
  )
  const chosen = [opening]
  let room = maxCharacters - opening.candidate.characters - 1
  while (chosen.length < maxSentences) {
    const fitting = others.filter(
      (statement) =>
        statement.candidate.characters <= room &&
        !chosen.includes(statement) &&
        chosen.filter(({ teller }) => teller === statement.teller).length < mostOfOne &&
        canStand(statement, chosen),
    )
    const next = mostWorth(fitting, chosen, means)
    if (next === undefined) break
    chosen.push(next)
    room -= next.candidate.characters + 1
  }
  return inReadingOrder(chosen)
}

/** A sentence that leans may only follow the one before it. */
function canStand({ candidate }: Statement, chosen: readonly Statement[]): boolean {
  return !candidate.leans || chosen.some((before) => before.candidate.at === candidate.at - 1)
}

/** The first that adds most to what was chosen; undefined where none adds anything. */
function mostWorth(
  statements: readonly Statement[],
  chosen: readonly Statement[],
  { worth, toll }: Means,
): Statement | undefined {
  const said = new Set(chosen.flatMap(({ words }) => [...words]))
  let best: Statement | undefined
  let most = 0
  for (const statement of statements) {
    const { words, candidate, teller } = statement
    let gain = 0
    for (const word of words) if (!said.has(word)) gain += worth[word] ?? 0
    const value =
      (2 * gain + (candidate.own - DEPTH_WEIGHTS.effort) * candidate.words) / TEXT_WORDS +
      (chosen.some((other) => other.teller === teller) ? 0 : WORTH.voice) +
      (statement === toll ? WORTH.toll : 0)
    if (value <= most) continue
    most = value
    best = statement
  }
  return best
}

/** The opening and what else its article says, then the other articles by their times; those without one last. */
function inReadingOrder([opening, ...others]: readonly Statement[]): readonly Statement[] {
  if (opening === undefined) return []
  const timeOf = ({ time }: Teller): number =>
    time === undefined || time.kind === 'seen' ? Number.POSITIVE_INFINITY : time.from
  const isOpening = ({ teller }: Statement): number => Number(teller === opening.teller)
  const byTime = (a: Teller, b: Teller): number => {
    const [x, y] = [timeOf(a), timeOf(b)]
    return x === y ? a.rank - b.rank : x - y
  }
  others.sort(
    (a, b) => isOpening(b) - isOpening(a) || byTime(a.teller, b.teller) || a.candidate.at - b.candidate.at,
  )
  return [opening, ...others]
}

/** Of sentences that say the same, the latest stays; among equals the one that can be read alone, then the first. */
function withoutRepeats(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter((statement, at) =>
    statements.every((other, otherAt) => {
      if (other === statement || !sayTheSame(statement, other)) return true
      if (isLater(other.teller.time, statement.teller.time)) return false
      if (isLater(statement.teller.time, other.teller.time)) return true
      if (statement.candidate.leans !== other.candidate.leans) return other.candidate.leans
      return at < otherAt
    }),
  )
}

function tellAtOnce(a: Statement, b: Statement): boolean {
  if (a.place >= TOP || b.place >= TOP) return false
  if (a.teller === b.teller) return a.place < 0 !== b.place < 0
  return !isLater(a.teller.time, b.teller.time) && !isLater(b.teller.time, a.teller.time)
}

/** Nearly the same words, or the words of a shorter one, or two numbers in common on a common matter. */
function sayTheSame(a: Statement, b: Statement): boolean {
  const shared = sharedOf(a.words, b.words)
  if (shared === 0) return false
  const smaller = Math.min(a.words.size, b.words.size)
  if (smaller >= MIN_SAME_WORDS && shared >= SAME_SHARE * smaller) return true
  const least = tellAtOnce(a, b) ? SAME_TOP : SAME
  if (shared / Math.sqrt(a.words.size * b.words.size) >= least) return true
  return sharedOf(a.numbers, b.numbers) > 1
}
