/**
 * What the numbers of a sentence count, so that two articles' numbers of one matter can be told from numbers of two: the
 * noun beside the number, and for people who came to harm whatever the noun is ("nine people fell ill", "14 cases").
 * Numbers written as words count like digits.
 */
import type { AnalysedSentence } from '../language/analyse.ts'
import { readNumber } from '../language/figures.ts'
import { readNumberWords } from '../language/number-words.ts'
import { stemmerFor } from '../language/stems.ts'
import { stopWordsOf } from '../language/stop-words.ts'
import { foldWord, tokenise } from '../language/tokens.ts'
import { NEGATIONS, NO_NEGATIONS } from './written/negations.ts'

export interface Count {
  readonly value: number
  /** The stem of what is counted, a currency sign, or `%`; empty where the text names nothing beside the number. */
  readonly unit: string
  /** The harm that the sentence speaks of, where the number may count people. */
  readonly harms: readonly string[]
}

const harm = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}])(?:${list})`, 'iu')

const HARMS: readonly { readonly name: string; readonly byLanguage: Readonly<Record<string, RegExp>> }[] = [
  {
    name: 'injury',
    byLanguage: {
      de: harm('(?:leicht|schwer|lebensgefährlich)?verletzt|verwundet'),
      en: harm('injur|wounded|hurt(?!\\p{L})'),
      fr: harm('bless[ée]'),
      es: harm('herid|lesionad'),
      it: harm('ferit'),
      pt: harm('ferid'),
      nl: harm('gewond'),
      sv: harm('skada[dt]'),
    },
  },
  {
    name: 'death',
    byLanguage: {
      de: harm('tote|todesopfer|getötet|gestorben|starb|ums leben|verstorben'),
      en: harm('dead(?!\\p{L})|deaths?(?!\\p{L})|died|killed|fatalit'),
      fr: harm('morts?(?!\\p{L})|tué|décéd'),
      es: harm('muert|fallec|mataron'),
      it: harm('mort[ioae](?!\\p{L})|uccis|vittim'),
      pt: harm('mort[oae]|morr'),
      nl: harm('doden|overleden|omgekomen'),
      sv: harm('död|omkom'),
    },
  },
  {
    name: 'illness',
    byLanguage: {
      de: harm('erkrank|infiziert|infektion|ansteck'),
      en: harm('ill(?:ness(?:es)?)?(?!\\p{L})|sick|infect|cases?(?!\\p{L})'),
      fr: harm('malade|infect|contamin'),
      es: harm('enferm|infect|contagi'),
      it: harm('malat|infett|contagi'),
      pt: harm('doente|infect|contagi'),
      nl: harm('ziek|besmet'),
      sv: harm('sjuk|smittad'),
    },
  },
  {
    name: 'loss',
    byLanguage: {
      de: harm('vermisst'),
      en: harm('missing'),
      fr: harm('disparu'),
      es: harm('desaparec'),
      it: harm('dispers'),
      pt: harm('desaparec'),
      nl: harm('vermist'),
      sv: harm('saknad|saknas'),
    },
  },
]

/** What never counts people. */
const IS_MEASURE =
  /^(?:[%€$£¥₹₽₴]|(?:minut|stund|tag|woch|monat|jahr|uhr|grad|hour|day|week|month|year|second|heur|jour|mois|anné|hora|dia|día|mes|año|or[ae]|giorn|ann|pm|am)\p{L}*|(?:kilo|zenti|milli|centi)?met\p{L}*|mile\p{L}*|mill\p{L}*)$/u
/** "third", "dritte", "troisième": which one, and not how many. */
const ORDINAL = /(?:t(?:e[nrms]?)|th|second|third|ième)$/iu

/** The harms to people that a sentence speaks of. */
export function harmsIn(text: string, language: string): readonly string[] {
  return HARMS.flatMap(({ name, byLanguage }) =>
    Object.hasOwn(byLanguage, language) && byLanguage[language]?.test(text) === true ? [name] : [],
  )
}

/** Whether a sentence says that nobody came to harm. */
export function deniesHarm(text: string, language: string): boolean {
  const negation = Object.hasOwn(NEGATIONS, language) ? NEGATIONS[language] : undefined
  return negation?.test(text.replace(NO_NEGATIONS, ' ')) === true && harmsIn(text, language).length > 0
}

/** The numbers of a sentence and what they count, in no order. */
export function countsOf({ text, figures }: AnalysedSentence, language: string): readonly Count[] {
  const harms = harmsIn(text, language)
  const counted = [...figures, ...inWords(text, language), ...(harms.length > 0 ? bareNumbers(text) : [])]
  return counted.map(({ value, unit }) => ({ value, unit, harms: IS_MEASURE.test(unit) ? [] : harms }))
}

/** Every number of a text, in digits or words, without years: what its readers have been told, whatever it counts. */
export function numbersIn(sentence: AnalysedSentence, language: string): ReadonlySet<number> {
  const plain = [...sentence.text.matchAll(DIGITS)].map(([digits]) => readNumber(digits))
  const counted = [...sentence.figures, ...inWords(sentence.text, language)].map(({ value }) => value)
  return new Set([...counted, ...plain.filter((value) => !isYear(value))])
}

const DIGITS = /(?<![\p{L}\p{N}.,])\d{1,9}(?:[.,]\d{1,3})*(?![\p{N}])/gu

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1500 && value < 2100
}

/** Whether two numbers count one matter, as far as the words beside them tell. */
export function countTheSame(a: Count, b: Count): boolean {
  if (a.unit === '' || b.unit === '') return false
  const [short, long] = a.unit.length <= b.unit.length ? [a.unit, b.unit] : [b.unit, a.unit]
  return short === long || (short.length >= 4 && long.endsWith(short))
}

/** Whether two numbers may count people who came to the same harm. */
export function countTheHarmed(a: Count, b: Count): boolean {
  return a.harms.some((name) => b.harms.includes(name))
}

function inWords(text: string, language: string): { readonly value: number; readonly unit: string }[] {
  const stopWords = stopWordsOf(language)
  const words = tokenise(text, language).flatMap((word) => word.split(/[-‐‑]/u))
  const found: { readonly value: number; readonly unit: string }[] = []
  for (let at = 0; at < words.length; at++) {
    const number = readNumberWords(words, at, language)
    if (number === undefined || ORDINAL.test(words[at] ?? '')) continue
    const after = words.slice(at + number.words, at + number.words + 2)
    const noun = after.find((word) => !stopWords.has(foldWord(word)))
    found.push({ value: number.value, unit: noun === undefined ? '' : stemmerFor(language)(noun) })
    at += number.words - 1
  }
  return found
}

/** Numbers in digits without a noun of their own: "cases have risen to 14", "risen from 17 to 23". */
function bareNumbers(text: string): { readonly value: number; readonly unit: string }[] {
  const numbers = text.matchAll(
    /(?<![\p{L}\p{N}.,:£$€-])\d{1,6}(?![\p{L}\p{N}:%-]|[.,]\d|\s?(?:%|€|Uhr|am|pm))/gu,
  )
  return [...numbers].map(([digits]) => ({ value: Number(digits), unit: '' }))
}
