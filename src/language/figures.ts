/**
 * Numbers that a sentence states, with what they count: "15 Menschen", "3,5 Mio. Euro", "12 %", "$40 billion". Two
 * reports of one event disagree in exactly these, so a story's summary compares them. Years, clock times, ages and
 * numbers inside names ("Covid-19") count nothing and are left out.
 *
 * Decimal and thousands marks are read by form, not by locale, since foreign agencies' texts mix both: a mark before
 * exactly three digits, or one that repeats, groups thousands; any other is the decimal mark.
 */

import { stemmerFor } from './stems.ts'
import { stopWordsOf } from './stop-words.ts'

export interface Figure {
  /** The number with its unit as it stands in the text. */
  readonly text: string
  readonly value: number
  /** What is counted: `%`, a currency sign, or the stem of the noun that follows. */
  readonly unit: string
}

const NUMBER =
  /(?<![\p{L}\p{N}.,-])([$€£¥₹₽₴])?\s?(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,3})?)(?![\p{N}])/gu
const FOLLOWING =
  /^[\s\u00a0\u202f]?([%€$£¥₽₴]|\p{L}[\p{L}\p{M}-]*(?:\.(?=\s\p{L}))?)(?:[\s\u00a0]([%€$£]|\p{L}[\p{L}\p{M}-]*))?(?:[\s\u00a0](\p{L}[\p{L}\p{M}-]*))?/u

const THOUSAND =
  /^(?:tsd\.?|tausend|thousand|mille|mil|duizend|tusen|tusind|tys\.?|tis\.?|тыс\.?|тис\.?|bin|ezer|χιλ\.?)$/iu
const MILLION =
  /^(?:mio\.?|million(?:en|s|er)?|millones|millón|milioni|milione|milhões|milhão|miljoen|miljoner|mln\.?|mil\.|milion(?:y|ów|ů)?|млн\.?|миллион(?:а|ов)?|мільйон(?:и|ів)?|milyon|milj\.?|miljoona[a]?|εκατ\.?)$/iu
const BILLION =
  /^(?:mrd\.?|milliarde[n]?|billion[s]?|milliard[s]?|miljard(?:er)?|miliard[iy]?|miliardów|mld\.?|mlrd\.?|млрд\.?|миллиард(?:а|ов)?|мільярд(?:и|ів)?|milyar|δισ\.?)$/iu
const PERCENT =
  /^(?:%|prozent|per|percent|procent[au]?|prosent(?:ti|tia)?|pour|por|proc\.?|процент(?:а|ов)?|відсотк(?:и|ів)|yüzde)$/iu
const CURRENCIES: ReadonlyMap<string, RegExp> = new Map([
  ['€', /^(?:€|euros?|eur|евро|євро)$/iu],
  ['$', /^(?:\$|dollars?|usd|dólares|dollari|dolarów|долларов|доларів|us-dollar)$/iu],
  ['£', /^(?:£|pounds?|pfund|livres|gbp)$/iu],
])

const MAX_FIGURES_PER_SENTENCE = 12

/** The figures of one sentence, in order. */
export function figuresOf(sentence: string, language: string): Figure[] {
  if (!/\d/.test(sentence)) return []
  const figures: Figure[] = []
  for (const match of sentence.matchAll(NUMBER)) {
    const figure = readFigure(match, sentence, language)
    if (figure !== undefined) figures.push(figure)
    if (figures.length === MAX_FIGURES_PER_SENTENCE) break
  }
  return figures
}

function readFigure(match: RegExpMatchArray, sentence: string, language: string): Figure | undefined {
  const [whole = '', sign, digits = ''] = match
  const end = (match.index ?? 0) + whole.length
  const follows = FOLLOWING.exec(sentence.slice(end, end + 80))
  const words = follows?.slice(1).filter((word) => word !== undefined) ?? []
  const scale = scaleOf(words[0])
  if (scale === 1 && /^[12]\d{3}$/.test(digits)) return undefined
  const counted = scale === 1 ? words : words.slice(1)
  const counts = sign === undefined ? unitOf(counted, language) : { unit: sign, word: words[0] ?? '' }
  if (counts === undefined) return undefined
  const rest = scale === 1 && sign !== undefined ? '' : upTo(follows?.[0] ?? '', counts.word)
  const value = Math.round(readNumber(digits) * scale * 1000) / 1000
  return { text: `${whole.trim()}${rest}`, value, unit: counts.unit }
}

/** The beginning of `text` that ends with `word`. */
function upTo(text: string, word: string): string {
  return text.slice(0, text.indexOf(word) + word.length)
}

/** What a word such as "Mio." or "billion" multiplies a number by; 1 for any other word. */
export function scaleOf(word: string | undefined): number {
  if (word === undefined) return 1
  if (MILLION.test(word)) return 1e6
  if (BILLION.test(word)) return 1e9
  return THOUSAND.test(word) ? 1e3 : 1
}

/** What some words count, and the word that says so. */
function unitOf(words: readonly string[], language: string): { unit: string; word: string } | undefined {
  const [first] = words
  if (first === undefined) return undefined
  if (PERCENT.test(first)) return { unit: '%', word: first }
  const word = words.find((each) => !stopWordsOf(language).has(each.toLowerCase()))
  if (word === undefined) return undefined
  for (const [sign, name] of CURRENCIES) if (name.test(word)) return { unit: sign, word }
  return { unit: stemmerFor(language)(word.replace(/\.$/, '')), word }
}

/** The value of digits with marks, by the form of the marks. */
export function readNumber(digits: string): number {
  const plain = digits.replace(/['’\u00a0\u202f ]/g, '')
  const marks = plain.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  if (last === undefined) return Number(plain)
  const repeats = marks.filter((mark) => mark === last).length > 1
  const groups = repeats || (marks.length === 1 && /[.,]\d{3}$/.test(plain) && !plain.startsWith('0'))
  if (groups) return Number(plain.replace(/[.,]/g, ''))
  const decimal = plain.lastIndexOf(last)
  return Number(`${plain.slice(0, decimal).replace(/[.,]/g, '')}.${plain.slice(decimal + 1)}`)
}
