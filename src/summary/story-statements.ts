/**
 * The sentences of a story's articles, side by side: their words numbered across all of them, what their numbers count,
 * where they stand, and what each is worth.
 *
 * Of an article that others follow, what it expected is left out, and what does not stand at its top counts less: it is
 * how matters stood that day.
 */
import type { AnalysedSentence, Analysis } from '../language/analyse.ts'
import { figuresOf } from '../language/figures.ts'
import type { Candidate } from './best-text.ts'
import { candidatesOf } from './candidates.ts'
import { type Count, countsOf, harmsIn, numbersIn } from './matters.ts'
import { isLater, type MemberTime, memberTimes, type Timed } from './member-times.ts'
import { looksAhead } from './outlook.ts'
import { usableStandfirst } from './standfirst.ts'
import { articleWorth, DEPTH_WEIGHTS } from './worth.ts'

export interface StoryMember extends Timed {
  readonly id: string
}

/** An article, with all the numbers it gives. */
export interface Teller {
  readonly id: string
  /** Its place among the articles, as they were given. */
  readonly rank: number
  readonly analysis: Analysis
  readonly time: MemberTime | undefined
  /** Another article is later. */
  readonly isFollowed: boolean
  /** The sentences that may be told: those of a usable standfirst, then those of the body. */
  readonly sentences: readonly AnalysedSentence[]
  readonly standfirsts: number
  readonly numbers: ReadonlySet<number>
  /** Those of its headline: what its editor thought the news. */
  readonly headlineNumbers: ReadonlySet<number>
}

/** A sentence of one of the articles. */
export interface Statement {
  readonly teller: Teller
  readonly sentence: AnalysedSentence
  readonly candidate: Candidate
  readonly words: ReadonlySet<number>
  /** Of its words those that tell what a number counts: without numbers and money. */
  readonly matter: ReadonlySet<number>
  readonly counts: readonly Count[]
  readonly numbers: ReadonlySet<number>
  /** The harms to people that it speaks of. */
  readonly harms: readonly string[]
  /** Its place in the body, or −1 in the standfirst. */
  readonly place: number
  /** It looks back on years long gone. */
  readonly isBackground: boolean
}

export interface Statements {
  readonly statements: readonly Statement[]
  /** The worth of every word to the articles together, by its number. */
  readonly worth: Float64Array
  /** The number of each stem. */
  readonly numbers: ReadonlyMap<string, number>
}

/** Places of two articles are this far apart, so that none follows the other. */
const MEMBER_GAP = 1000
/** Sentences of the body at its top. */
export const TOP = 2
/** What a sentence is worth for its own sake, beside what `worth.ts` says of it; a share of an average text. */
const WORTH = {
  /** An editor chose it to stand first. */
  standfirst: 0.25,
  /** It gives a number of its headline. */
  headlineNumber: 0.3,
  /** It tells how matters stood before the articles that follow. Taken off. */
  past: 0.4,
  /** Taken off. */
  background: 0.5,
} as const
/** "Three of them", "so many": of whom is said elsewhere. */
const PARTITIVE =
  /^(?:(?:so viele?|so many|as many)\s|(?:\S+\s){1,3}(?:von ihnen|davon|of (?:them|these|those)|d['’]entre (?:eux|elles)|de ell[oa]s|di loro|deles|delas|van hen|av dem)(?!\p{L}))/iu
/** Stems of numbers, scales and money. */
const NO_MATTER =
  /\p{N}|^(?:mio|mrd|mln|mld|mi?llion\p{L}*|milliard\p{L}*|billion\p{L}*|tausend|thousand|euros?|eur|dollars?|pounds?|pfund|prozent|per ?cent|p(?:our|or)?cent\p{L}*)$/u
/** A year of the twentieth century or before. */
const LONG_GONE = /(?<![\p{L}\p{N}.,])1[5-9]\d{2}(?![\p{L}\p{N}]|[.,]\p{N})/u

/** The articles in the language of the first, at most `most`. */
export function tellersOf(members: readonly StoryMember[], most: number): readonly Teller[] {
  const language = members[0]?.analysis.language ?? 'und'
  const told = members.filter(({ analysis }) => analysis.language === language).slice(0, most)
  const times = memberTimes(told)
  return told.map(({ id, analysis }, rank) => {
    const standfirst = usableStandfirst(analysis)
    const { text } = analysis.headline
    const headline = { ...analysis.headline, paragraph: 0, figures: figuresOf(text, language) }
    const all = [headline, ...analysis.standfirst, ...analysis.sentences]
    const time = times[rank]
    return {
      id,
      rank,
      analysis,
      time,
      isFollowed: times.some((other) => isLater(other, time)),
      sentences: [...standfirst, ...analysis.sentences],
      standfirsts: standfirst.length,
      numbers: new Set(all.flatMap((sentence) => [...numbersIn(sentence, language)])),
      headlineNumbers: numbersIn(headline, language),
    }
  })
}

/** All sentences that may be told, in the order of the articles. */
export function statementsOf(tellers: readonly Teller[]): Statements {
  const numbers = new Map<string, number>()
  const worth: number[] = []
  const statements = tellers.flatMap((teller) => {
    const own = articleWorth(teller.analysis)
    const renumber = teller.analysis.vocabulary.map(
      (stem) => numbers.get(stem) ?? numbers.set(stem, numbers.size).size - 1,
    )
    for (const [stem, number] of renumber.entries())
      worth[number] = (worth[number] ?? 0) + (own[stem] ?? 0) / tellers.length
    return statementsOfOne(teller, renumber).filter(isCurrent)
  })
  return { statements, worth: Float64Array.from(worth), numbers }
}

/** Whether it is not what an article expected that others follow. The top may: what was decided often lies ahead. */
function isCurrent({ teller, sentence, place }: Statement): boolean {
  if (!teller.isFollowed || (place >= 0 && place < TOP)) return true
  return !looksAhead(sentence.text, teller.analysis.language)
}

function statementsOfOne(teller: Teller, renumber: readonly number[]): Statement[] {
  const { analysis, sentences, standfirsts, isFollowed, headlineNumbers } = teller
  const { language, vocabulary } = analysis
  const whole = candidatesOf(sentences, language, DEPTH_WEIGHTS).filter(({ isWhole }) => isWhole)
  const ofStandfirst = whole.filter(({ at }) => at < standfirsts).length
  return whole.flatMap((judged, order): Statement[] => {
    const sentence = sentences[judged.at]
    if (sentence === undefined) return []
    const place = Math.max(-1, order - ofStandfirst)
    const numbers = numbersIn(sentence, language)
    const isBackground = LONG_GONE.test(sentence.text)
    const own =
      judged.own +
      (place < 0 && !isFollowed ? WORTH.standfirst : 0) -
      (isFollowed && (place < 0 || place >= TOP) ? WORTH.past : 0) -
      (isBackground ? WORTH.background : 0) +
      (sharedOf(numbers, headlineNumbers) > 0 ? WORTH.headlineNumber : 0)
    const stems = judged.stems.map((stem) => renumber[stem] ?? 0)
    const candidate = {
      ...judged,
      stems,
      own,
      at: teller.rank * MEMBER_GAP + judged.at,
      leans: judged.leans || PARTITIVE.test(sentence.text),
    }
    return [
      {
        teller,
        sentence,
        candidate,
        words: new Set(stems),
        matter: new Set(stems.filter((_, at) => !NO_MATTER.test(vocabulary[judged.stems[at] ?? -1] ?? ''))),
        counts: countsOf(sentence, language),
        numbers,
        harms: harmsIn(sentence.text, language),
        place,
        isBackground,
      },
    ]
  })
}

/** How many they have in common. */
export function sharedOf(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0
  for (const each of a) if (b.has(each)) shared++
  return shared
}
