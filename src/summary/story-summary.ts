/**
 * The summary of a story: sentences from all of its articles, each with the article it was taken from.
 *
 * A word is worth what it is worth to the articles together, so what several of them report counts more. Nothing is
 * said twice: words that were said earn nothing, and of sentences that say nearly the same one is kept (the cosine of
 * their words, as in maximal marginal relevance: J. Carbonell, J. Goldstein, SIGIR 1998). The newest figures win: a
 * sentence is left out when a newer article gives a number of the same thing that the older one did not know.
 *
 * The articles are taken in the order given, the one that speaks for the story first, and only those in its language:
 * a summary that changes its language in the middle reads badly.
 */
import type { Instant } from '../article/article.ts'
import type { AnalysedSentence, Analysis } from '../language/analyse.ts'
import { bestText, type Candidate } from './best-text.ts'
import { candidatesOf, shownText } from './candidates.ts'
import { DEFAULT_LIMITS, type SummaryOptions, summarise } from './extractive.ts'
import { usableStandfirst } from './standfirst.ts'
import { articleWorth, DEPTH_WEIGHTS } from './worth.ts'

export interface StoryMember {
  readonly id: string
  readonly analysis: Analysis
  /** When it was published, or failing that, first seen. Without it an article is neither newer nor older. */
  readonly at?: Instant | undefined
}

export interface AttributedSentence {
  readonly text: string
  /** The article it was taken from, verbatim. */
  readonly articleId: string
}

export interface StorySummary {
  /** The first sentence of the summary that is short enough, or the brief of the first article. */
  readonly brief: AttributedSentence
  /** In the order of the articles, and within each in its own; never empty unless the articles are. */
  readonly summary: readonly AttributedSentence[]
}

/** A sentence of one of the articles, its words numbered across all of them. */
interface Statement {
  readonly member: StoryMember
  readonly sentence: AnalysedSentence
  readonly candidate: Candidate
  readonly words: ReadonlySet<number>
}

/** More articles say nothing new; bounds the work for a story of hundreds. */
const MAX_MEMBERS = 12
const MAX_STATEMENTS_PER_MEMBER = 12
/** From this cosine on, two sentences say the same. */
const SAME = 0.55
/** From this cosine on, two numbers of the same unit count the same thing. */
const SAME_MATTER = 0.2
/** Places of two articles are this far apart, so that none follows the other. */
const MEMBER_GAP = 1000
/** A standfirst sentence is worth more than any of the body for its own sake. */
const STANDFIRST_BONUS = 0.5

/** Summarises a story; undefined where it has no article. */
export function summariseStory(
  members: readonly StoryMember[],
  options: SummaryOptions = {},
): StorySummary | undefined {
  const [first] = members
  if (first === undefined) return undefined
  const limits = { ...DEFAULT_LIMITS, ...options }
  const told = members
    .filter(({ analysis }) => analysis.language === first.analysis.language)
    .slice(0, MAX_MEMBERS)
  const { statements, worth } = pool(told)
  const current = withoutRepeats(statements.filter((statement) => !isOvertaken(statement, statements)))
  const places = bestText({
    candidates: current.map(({ candidate }) => candidate),
    length: { kind: 'limits', characters: limits.maxCharacters, sentences: limits.maxSentences },
    worth,
    weights: DEPTH_WEIGHTS,
    isStrict: true,
  })
  const chosen = current.filter(({ candidate }) => places.includes(candidate.at))
  const alone = summarise(first.analysis, options)
  return {
    brief: briefOf(chosen, limits.maxBriefCharacters) ?? { text: alone.brief, articleId: first.id },
    summary:
      chosen.length > 0
        ? chosen.map(attributed)
        : alone.summary.map((text) => ({ text, articleId: first.id })),
  }
}

function attributed({ sentence, member }: Statement): AttributedSentence {
  return { text: shownText(sentence), articleId: member.id }
}

function briefOf(chosen: readonly Statement[], maxCharacters: number): AttributedSentence | undefined {
  const first = chosen.find(({ candidate }) => candidate.characters <= maxCharacters && !candidate.leans)
  return first === undefined ? undefined : attributed(first)
}

/** All sentences that may be chosen, and the worth of their words to the articles together. */
function pool(members: readonly StoryMember[]): { statements: Statement[]; worth: Float64Array } {
  const numbers = new Map<string, number>()
  const worth: number[] = []
  const statements: Statement[] = []
  for (const [place, member] of members.entries()) {
    const { vocabulary } = member.analysis
    const own = articleWorth(member.analysis)
    const renumber = vocabulary.map((stem) => numbers.get(stem) ?? numbers.set(stem, numbers.size).size - 1)
    for (const [stem, number] of renumber.entries()) {
      worth[number] = (worth[number] ?? 0) + (own[stem] ?? 0) / members.length
    }
    statements.push(...statementsOf(member, place, renumber))
  }
  return { statements, worth: Float64Array.from(worth) }
}

function statementsOf(member: StoryMember, place: number, renumber: readonly number[]): Statement[] {
  const { analysis } = member
  const standfirst = usableStandfirst(analysis)
  const sentences = [...standfirst, ...analysis.sentences]
  return candidatesOf(sentences, analysis.language, DEPTH_WEIGHTS)
    .filter(({ isWhole }) => isWhole)
    .slice(0, MAX_STATEMENTS_PER_MEMBER)
    .flatMap((judged) => {
      const sentence = sentences[judged.at]
      if (sentence === undefined) return []
      const stems = judged.stems.map((stem) => renumber[stem] ?? 0)
      const bonus = judged.at < standfirst.length ? STANDFIRST_BONUS : 0
      const candidate = { ...judged, stems, at: place * MEMBER_GAP + judged.at, own: judged.own + bonus }
      return [{ member, sentence, candidate, words: new Set(stems) }]
    })
}

/** Of sentences that say the same, the newest stays; among equals the first. */
function withoutRepeats(statements: readonly Statement[]): Statement[] {
  return statements.filter((statement, at) =>
    statements.every((other, otherAt) => {
      if (other === statement || cosine(statement.words, other.words) < SAME) return true
      if (isNewer(other.member, statement.member)) return false
      return isNewer(statement.member, other.member) || at < otherAt
    }),
  )
}

function isNewer(a: StoryMember, b: StoryMember): boolean {
  return a.at !== undefined && b.at !== undefined && a.at > b.at
}

/** A newer article gives, on the same matter, a number of the same thing that the older article does not know. */
function isOvertaken(statement: Statement, statements: readonly Statement[]): boolean {
  const { figures } = statement.sentence
  if (figures.length === 0) return false
  return statements.some(
    (newer) =>
      isNewer(newer.member, statement.member) &&
      newer.sentence.figures.some(
        ({ unit, value }) =>
          figures.some((figure) => figure.unit === unit && figure.value !== value) &&
          !knows(statement.member.analysis, unit, value),
      ) &&
      cosine(statement.words, newer.words) >= SAME_MATTER,
  )
}

function knows({ standfirst, sentences }: Analysis, unit: string, value: number): boolean {
  return [...standfirst, ...sentences].some(({ figures }) =>
    figures.some((figure) => figure.unit === unit && figure.value === value),
  )
}

function cosine(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  return shared / Math.sqrt(a.size * b.size)
}
