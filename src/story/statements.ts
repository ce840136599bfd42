/**
 * What a news text states, sentence by sentence, as far as it can be seen on the surface: how many of what, which turning points, what it
 * denies, and whether it says so as something that has happened. What stands in quotation marks is talk and states nothing.
 */
import { figuresOf, readNumber } from '../language/figures.ts'
import { readNumberWords } from '../language/number-words.ts'
import { splitSentences } from '../language/sentences.ts'
import { stemmerFor } from '../language/stems.ts'
import { stopWordsOf } from '../language/stop-words.ts'
import { foldWord, tokenise } from '../language/tokens.ts'
import { withoutDateline } from '../summary/datelines.ts'
import { NEGATIONS, NO_NEGATIONS } from '../summary/written/negations.ts'
import { type Manner, mannerFinder } from './manner-words.ts'
import { type SentenceWords, sentenceWords } from './phrases.ts'
import { RETURN, turnFinder } from './turns.ts'

export interface NewsText {
  readonly id: string
  readonly headline: string
  readonly standfirst?: string
  readonly body: readonly string[]
  readonly language: string
  /** When it was published; absent where it bears no date. */
  readonly at?: number
}

/** A number and the stem of what it counts; without unit where the text names none beside it. */
export interface Count {
  readonly value: number
  readonly unit?: string
  /** "about 300", "more than 300". */
  readonly isRough: boolean
  /** Written as a word: "five", "fifth". */
  readonly isWord: boolean
}

export interface Statement {
  /** Verbatim, without a dateline. */
  readonly text: string
  readonly place: 'headline' | 'standfirst' | 'body'
  /** Which sentence of the standfirst or body it is, from 0. */
  readonly at: number
  /** Of its telling words. What is a function here is worked out when it is first asked for. */
  readonly stems: () => ReadonlySet<string>
  readonly counts: readonly Count[]
  /** Names of the turning points it tells. */
  readonly turns: readonly string[]
  /** Those that one of its clauses tells, whatever the others hope for or deny. */
  readonly looseTurns: readonly string[]
  readonly isNegated: boolean
  /** Says what somebody feels about it; what its other clauses tell are its turns. */
  readonly isReaction: () => boolean
  /** Says that a number goes up or down. */
  readonly isChange: () => boolean
  /** `possible`: may be, is wanted or feared. `background`: long ago or always. `asked`: a question. */
  readonly manner: () => 'stated' | 'possible' | 'background' | 'asked'
}

const MAX_PARAGRAPH_CHARACTERS = 20_000
const MAX_SENTENCE_CHARACTERS = 2000
/** An ordinary sentence of a quotation, with its marks. */
const QUOTED = /[“„«][^“”„«»]{0,1000}[”“»]|"[^"]{0,1000}"/gu
const YEAR = /(?<![\p{L}\p{N}.,-])(?:1[5-9]|20)\d{2}(?![\p{L}\p{N}]|[.,]\p{N})/gu
const SHORT_MILLIONS = /(?<=[£$€]\s?\d{1,4}(?:[.,]\d{1,3})?)\s?(m|mn|bn|k)(?![\p{L}\p{N}])/gu
const LONG_SCALES: ReadonlyMap<string, string> = new Map([
  ['m', ' million'],
  ['mn', ' million'],
  ['bn', ' billion'],
  ['k', ' thousand'],
])
const BARE_NUMBER = /(?<![\p{L}\p{N}.,:-])\d{1,9}(?:[.,]\d{1,3})*(?![\p{L}\p{N}:-])/gu
/** In characters before a number. */
const ROUGH_REACH = 24
const CLAUSE_END = /[,;:–—]|\s-\s/u
/** A clause that hangs on the one before: what is demanded, feared or said there. */
const HANGING = /^\s*(?:dass|daß|that|to|zu|ob|wenn|if)(?!\p{L})/iu

/** The statements of a text, at most `maxSentences` of its body, in order. */
export function statementsOf(text: NewsText, maxSentences: number): Statement[] {
  const year = text.at === undefined ? undefined : new Date(text.at).getUTCFullYear()
  const reader = { language: text.language, year }
  return [
    read(text.headline, 'headline', 0, () => false, reader),
    ...sentencesOf([text.standfirst ?? ''], 'standfirst', maxSentences, reader),
    ...sentencesOf(text.body, 'body', maxSentences, reader),
  ]
}

interface Reader {
  readonly language: string
  /** In which it was published. */
  readonly year: number | undefined
}

function sentencesOf(
  paragraphs: readonly string[],
  place: Statement['place'],
  most: number,
  reader: Reader,
): Statement[] {
  const statements: Statement[] = []
  for (const paragraph of paragraphs) {
    let looksBack = (): boolean => false
    for (const sentence of splitSentences(paragraph.slice(0, MAX_PARAGRAPH_CHARACTERS), reader.language)) {
      if (statements.length === most) return statements
      const lookedBack = looksBack
      const statement = read(sentence, place, statements.length, lookedBack, reader)
      // Once a paragraph looks back, the rest of it does.
      looksBack = () => lookedBack() || statement.manner() === 'background'
      statements.push(statement)
    }
  }
  return statements
}

function read(
  sentence: string,
  place: Statement['place'],
  at: number,
  lookedBack: () => boolean,
  { language, year }: Reader,
): Statement {
  const text = withoutDateline(sentence.slice(0, MAX_SENTENCE_CHARACTERS).trim())
  const own = text
    .replace(QUOTED, ' ')
    .replace(SHORT_MILLIONS, (scale) => LONG_SCALES.get(scale.trim()) ?? scale)
  const words = tokenise(own, language)
  const sentenceOf = sentenceWords(words)
  const manners = once(() => mannerFinder(language)(sentenceOf))
  const isReaction = (): boolean => manners().includes('reaction')
  const isNegated = denies(own, language)
  const told = turnFinder(language)(sentenceOf)
  return {
    text,
    place,
    at,
    stems: once(() => contentStems(sentenceOf, language)),
    counts: countsOf(own, words, language),
    turns: isNegated
      ? told.filter((turn) => turn === RETURN)
      : told.length > 0 && isReaction()
        ? unmovedClausesOf(own, language).flatMap((clause) => turnsIn(clause, language))
        : told,
    looseTurns:
      told.length === 0 ? [] : clausesOf(own, language).flatMap((clause) => turnsIn(clause, language)),
    isNegated,
    isReaction,
    isChange: () => manners().includes('change'),
    manner: once(() =>
      isAsked(text) ? 'asked' : lookedBack() ? 'background' : mannerOf(own, manners(), year),
    ),
  }
}

function mannerOf(
  own: string,
  manners: readonly Manner[],
  year: number | undefined,
): 'stated' | 'possible' | 'background' {
  const years = [...own.matchAll(YEAR)].map(([digits]) => Number(digits))
  const isPast = years.some((each) => year === undefined || each < year)
  if (isPast || manners.includes('background')) return 'background'
  return manners.includes('possible') ? 'possible' : 'stated'
}

function isAsked(text: string): boolean {
  return /[?？؟]["”“»]?$/u.test(text)
}

function mannersOf(words: readonly string[], language: string): readonly Manner[] {
  return mannerFinder(language)(sentenceWords(words))
}

/** "Not only … but also" denies nothing. */
function denies(text: string, language: string): boolean {
  const negations = Object.hasOwn(NEGATIONS, language) ? NEGATIONS[language] : undefined
  return negations?.test(text.replace(NO_NEGATIONS, ' ')) === true
}

/** "Was not arrested" is no arrest; "no longer closed" is a return. */
function turnsIn(clause: string, language: string): readonly string[] {
  const turns = turnFinder(language)(sentenceWords(tokenise(clause, language)))
  return turns.length > 0 && denies(clause, language) ? turns.filter((turn) => turn === RETURN) : turns
}

/** The clauses that are not themselves put as possible. */
function clausesOf(own: string, language: string): string[] {
  const clauses = own.split(CLAUSE_END)
  let wasPossible = false
  return clauses.filter((clause) => {
    const isPossible = mannersOf(tokenise(clause, language), language).includes('possible')
    wasPossible = isPossible || (wasPossible && HANGING.test(clause))
    return !wasPossible
  })
}

/** The clauses that do not say what somebody feels. */
function unmovedClausesOf(own: string, language: string): string[] {
  return own
    .split(CLAUSE_END)
    .filter((clause) => !mannersOf(tokenise(clause, language), language).includes('reaction'))
}

/** Of what was told, little is ever asked for. */
function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined
  return () => {
    done ??= { value: work() }
    return done.value
  }
}

/** The stems of the words that say something; a lone letter says nothing. */
function contentStems({ asWritten, folded }: SentenceWords, language: string): Set<string> {
  const stopWords = stopWordsOf(language)
  const telling = asWritten.filter(
    (word, at) =>
      (word.length > 1 || /\p{Script=Han}/u.test(word)) && !stopWords.has(folded[at] ?? foldWord(word)),
  )
  return new Set(telling.map(stemmerFor(language)))
}

/** Every number of a sentence but years: with what it counts where the text names it, in digits or in a small word. */
function countsOf(own: string, words: readonly string[], language: string): Count[] {
  const figures = figuresOf(own, language).map(({ text, value, unit }) => ({
    value,
    unit,
    isRough: isRoughAt(own, own.indexOf(text), language),
    isWord: false,
  }))
  const numbers = /\d/.test(own) ? [...own.matchAll(BARE_NUMBER)] : []
  const bare = numbers.flatMap((match): Count[] => {
    const value = readNumber(match[0])
    if (/^(?:1[5-9]|20)\d{2}$/.test(match[0]) || figures.some((figure) => digitsOf(figure.value, value)))
      return []
    return [{ value, isRough: isRoughAt(own, match.index, language), isWord: false }]
  })
  return [...figures, ...bare, ...countsInWords(words, language)]
}

/** Whether a figure with a scale ("12 million") has these digits. */
function digitsOf(figure: number, digits: number): boolean {
  return [1, 1e3, 1e6, 1e9].some((scale) => Math.abs(figure - digits * scale) < 1e-6 * scale)
}

function countsInWords(tokens: readonly string[], language: string): Count[] {
  const stopWords = stopWordsOf(language)
  const words = tokens.flatMap((word) => (/[-‐‑]/.test(word) ? word.split(/[-‐‑]/) : word))
  const counts: Count[] = []
  for (let at = 0; at < words.length; at++) {
    const number = readNumberWords(words, at, language)
    if (number === undefined) continue
    const end = at + number.words
    const unit = words.slice(end, end + 2).find((next) => !stopWords.has(foldWord(next)))
    counts.push({
      value: number.value,
      ...(unit === undefined ? {} : { unit: stemmerFor(language)(unit) }),
      isRough: mannersOf(words.slice(Math.max(0, at - 2), at), language).includes('rough'),
      isWord: true,
    })
    at = end - 1
  }
  return counts
}

function isRoughAt(own: string, at: number, language: string): boolean {
  const before = own.slice(Math.max(0, at - ROUGH_REACH), Math.max(0, at))
  return mannersOf(tokenise(before, language), language).includes('rough')
}
