/**
 * Numbers written as words: "zwölf", "dreiundzwanzig", "two hundred and fifty", "quatre-vingt-dix". Whoever compares
 * what two texts count must read them like digits.
 * What is no number word is `undefined`, never a guess.
 */
import { NUMBER_WORDS, type NumberWords } from './number-word-lists.ts'
import { foldWord } from './tokens.ts'

/** The languages (ISO 639-1) whose number words are known. */
export const numberWordLanguages: readonly string[] = Object.keys(NUMBER_WORDS)

/** What may follow the beginning of an ordinal: "dritt" → "drittes". */
const ORDINAL_ENDING = /^(?:e[nmrs]?|[oa]s?|i|y|ej|ego|emu|ym|ych|ą)?$/u
/** More words than these make no number that a newspaper would write out. */
const MAX_NUMBER_WORDS = 6

interface Vocabulary {
  readonly values: ReadonlyMap<string, number>
  readonly ordinals: readonly (readonly [beginning: string, value: number])[]
  readonly hundred: ReadonlySet<string>
  readonly thousand: ReadonlySet<string>
  readonly and: string | undefined
}

const vocabularies = new Map<string, Vocabulary | undefined>()

export interface ReadNumber {
  readonly value: number
  /** How many of the words it took. */
  readonly words: number
}

/**
 * The number that begins at `words[at]`, as far as it goes; undefined where none does. Words are letters alone:
 * "twenty-three" comes as two.
 */
export function readNumberWords(
  words: readonly string[],
  at: number,
  language: string,
): ReadNumber | undefined {
  const vocabulary = vocabularyOf(language)
  if (vocabulary === undefined) return undefined
  const sum: Sum = { done: 0, open: 0, place: Number.POSITIVE_INFINITY }
  let taken = 0
  for (let ahead = 0; ahead < MAX_NUMBER_WORDS; ahead++) {
    const word = foldWord(words[at + ahead] ?? '')
    if (taken > 0 && word === vocabulary.and) continue
    if (!add(sum, word, vocabulary)) break
    taken = ahead + 1
  }
  if (taken > 0) return { value: sum.done + sum.open, words: taken }
  const ordinal = ordinalOf(foldWord(words[at] ?? ''), vocabulary)
  return ordinal === undefined ? undefined : { value: ordinal, words: 1 }
}

interface Sum {
  /** Thousands that are complete. */
  done: number
  open: number
  /** What is added next must be smaller than this. */
  place: number
}

/** Adds one word to the number, or leaves it as it was and says so. */
function add(sum: Sum, word: string, { values, hundred, thousand }: Vocabulary): boolean {
  if (hundred.has(word) && sum.open < 10) {
    sum.open = Math.max(1, sum.open) * 100
    sum.place = 100
    return true
  }
  if (thousand.has(word) && sum.done === 0) {
    sum.done = Math.max(1, sum.open) * 1000
    sum.open = 0
    sum.place = 1000
    return true
  }
  const value = values.get(word)
  if (value === undefined) return false
  // "quatre-vingt" multiplies, and "soixante-dix" goes on to nineteen.
  if (value === 20 && sum.open % 100 === 4 && word.startsWith('vingt')) sum.open += 76
  else if (value < sum.place || (value < 20 && isFrenchScore(sum.open))) sum.open += value
  else return false
  sum.place = placeAfter(word, value)
  return true
}

const isFrenchScore = (open: number): boolean => open % 100 === 60 || open % 100 === 80

function placeAfter(word: string, value: number): number {
  if (value >= 100) return 100
  return value >= 20 || word === 'dix' ? 10 : 1
}

function ordinalOf(word: string, { ordinals }: Vocabulary): number | undefined {
  return ordinals.find(
    ([beginning]) => word.startsWith(beginning) && ORDINAL_ENDING.test(word.slice(beginning.length)),
  )?.[1]
}

function vocabularyOf(language: string): Vocabulary | undefined {
  if (!vocabularies.has(language)) {
    const list = Object.hasOwn(NUMBER_WORDS, language) ? NUMBER_WORDS[language] : undefined
    if (vocabularies.size < 100) vocabularies.set(language, list && buildVocabulary(list))
  }
  return vocabularies.get(language)
}

function buildVocabulary(list: NumberWords): Vocabulary {
  const small = columnsOf(list.small)
  const units = [list.joinedOne?.split('/') ?? [], ...small.slice(1, 9)]
  const tens = columnsOf(list.tens)
  const values = new Map<string, number>()
  const hold = (words: readonly string[], value: number): void => {
    for (const word of words) if (word !== '') values.set(word, value)
  }
  for (const [at, words] of small.entries()) hold(words, at === 0 ? 0 : at + 1)
  for (const [at, words] of tens.entries()) hold(words, (at + 2) * 10)
  for (const [at, words] of columnsOf(list.hundreds ?? '').entries()) hold(words, (at + 2) * 100)
  const { joined } = list
  if (joined !== undefined) {
    for (const [at, names] of tens.entries()) {
      for (const [unit, words] of units.entries()) {
        hold(
          names.flatMap((ten) => words.map((word) => joined(word, ten))),
          (at + 2) * 10 + unit + 1,
        )
      }
    }
  }
  const hundred = list.hundred.split('/')
  const thousand = list.thousand.split('/')
  if (joined !== undefined) holdCompounds(values, small.slice(1, 9), hundred, thousand, hold)
  return {
    values,
    ordinals: columnsOf(list.ordinals ?? '').flatMap((words, at) =>
      words.filter((word) => word !== '-').map((word) => [word, at + 2] as const),
    ),
    hundred: new Set(hundred),
    thousand: new Set(thousand),
    and: list.and,
  }
}

/** "zweihundert", "zweihundertfünfzig", "viertausend": as one word, where the language joins. */
function holdCompounds(
  values: ReadonlyMap<string, number>,
  units: readonly (readonly string[])[],
  hundred: readonly string[],
  thousand: readonly string[],
  hold: (words: readonly string[], value: number) => void,
): void {
  const plainHundred = shortest(hundred)
  const plainThousand = shortest(thousand)
  const below = [...values].filter(([, value]) => value > 0 && value < 100)
  const heads: [string, number][] = [
    ...hundred.map((word): [string, number] => [word, 1]),
    ...units.flatMap((words, at) => words.map((word): [string, number] => [word + plainHundred, at + 2])),
  ]
  for (const [head, times] of heads) {
    if (times > 1) hold([head], times * 100)
    for (const [word, value] of below) hold([`${head}${word}`, `${head}und${word}`], times * 100 + value)
  }
  for (const [word, value] of below) hold([word + plainThousand], value * 1000)
}

const shortest = (words: readonly string[]): string =>
  words.reduce((best, word) => (word.length < best.length ? word : best))

/** The columns of a list, each with its variants. */
function columnsOf(list: string): string[][] {
  return list
    .split(/\s+/u)
    .filter((column) => column !== '')
    .map((column) => column.split('/'))
}
