/**
 * What somebody types into a search, read as a query: words, "phrases" and -exclusions. Whatever is typed is a query;
 * nothing is an error, and nothing typed reaches a database as syntax.
 *
 * Nobody says which language they type, so each word is read in every language that is held: its stem as German reads
 * it, its stem as English does. A reading is exact (the same word), respelt (an umlaut written out: "Bruecke"), or near:
 * the beginning of a compound ("Brücke" → "Brückenneubau") or of a word still being typed.
 */
import { foldMarks } from './plain-letters.ts'
import { foldedWordsIn, indexWordsIn, indexWordsOf, isUnspaced } from './search-words.ts'
import { stopWordsOf } from './stop-words.ts'
import { tokenise } from './tokens.ts'

/** Index words one behind another. */
export interface WordSequence {
  readonly words: readonly string[]
  /** The last of them may go on. */
  readonly isBeginning: boolean
}

/** One way to read a typed word or phrase: all of its sequences must be there. */
export interface Reading {
  readonly sequences: readonly WordSequence[]
  /** Only articles in this language are read so. */
  readonly language?: string
}

/** A typed word or phrase. Any of its readings will do. */
export interface SearchTerm {
  readonly exact: readonly Reading[]
  readonly respelt: readonly Reading[]
  readonly near: readonly Reading[]
}

export interface SearchQuery {
  /** All must be there. Empty: nothing was asked for. */
  readonly wanted: readonly SearchTerm[]
  /** Whether one of the wanted words says something; words of grammar alone tell no article from another. */
  readonly isTelling: boolean
  /** Words of grammar beside others: an article that has them comes first, and one without them is still found. */
  readonly helpful: readonly SearchTerm[]
  /** None may be there. */
  readonly unwanted: readonly SearchTerm[]
}

/** A piece of what was typed. */
interface Piece {
  readonly text: string
  readonly isPhrase: boolean
  readonly isUnwanted: boolean
  /** The last piece, with the cursor right behind it. */
  readonly isUnfinished: boolean
}

/** More is no query but a text that was pasted. */
const MAX_CHARACTERS = 300
const MAX_PIECES = 12
const QUOTES = '"“”„«»「」『』'
const PIECE = new RegExp(`([-−]?)(?:[${QUOTES}]([^${QUOTES}]*)[${QUOTES}]?|([^\\s${QUOTES}]+))`, 'gu')

function piecesOf(typed: string): readonly Piece[] {
  const text = typed.slice(0, MAX_CHARACTERS)
  return [...text.matchAll(PIECE)].slice(0, MAX_PIECES).map((match) => {
    const [whole, minus = '', phrase, word = ''] = match
    return {
      text: phrase ?? word,
      isPhrase: phrase !== undefined,
      isUnwanted: minus !== '',
      isUnfinished: phrase === undefined && minus === '' && match.index + whole.length === text.length,
    }
  })
}

/** The word that is still being typed, folded, or undefined: `Stadtrat bru` → `bru`. */
export function unfinishedWord(typed: string): string | undefined {
  const last = piecesOf(typed).at(-1)
  return last?.isUnfinished === true ? foldedWordsIn(last.text).at(-1) : undefined
}

/**
 * Reads what was typed in the languages that are held. `completions`: known words that begin as the unfinished word
 * does; they find articles whose stem is shorter than what is typed ("governm" → "govern").
 */
export function readQuery(
  typed: string,
  languages: readonly string[],
  completions: readonly string[] = [],
): SearchQuery {
  const read = piecesOf(typed)
    .map((piece) => ({ piece, term: termOf(piece, languages, completions) }))
    .filter(({ term }) => term.exact.length > 0)
  const asked = read.filter(({ piece }) => !piece.isUnwanted)
  const helpful = asked.filter(({ piece }) => isGrammar(piece, languages))
  const telling = asked.filter((each) => !helpful.includes(each))
  const termsOf = (some: typeof read) => [
    ...new Map(some.map(({ term }) => [JSON.stringify(term), term])).values(),
  ]
  return {
    wanted: termsOf(telling.length === 0 ? helpful : telling),
    isTelling: telling.length > 0,
    helpful: termsOf(telling.length === 0 ? [] : helpful),
    unwanted: termsOf(read.filter(({ piece }) => piece.isUnwanted)),
  }
}

/** Stop words of any language held: "war" is one in German, and an English query for it still finds it first. */
function isGrammar({ text, isPhrase }: Piece, languages: readonly string[]): boolean {
  if (isPhrase) return false
  const word = text.toLowerCase()
  return languages.some((language) => {
    const stopWords = stopWordsOf(language)
    return stopWords.has(word) || tokenise(word, language).every((token) => stopWords.has(token))
  })
}

function termOf(piece: Piece, languages: readonly string[], completions: readonly string[]): SearchTerm {
  const exact = distinct([
    ...languages.flatMap((language) => exactReading(piece, language) ?? []),
    ...plainReading(piece),
  ])
  if (piece.isPhrase || piece.isUnwanted) return { exact, respelt: [], near: [] }
  const spellings = languages.includes('de') ? spelledOtherwise(piece.text) : []
  const near = distinct([
    ...languages.flatMap((language) => compoundReadings(piece.text, language)),
    ...spellings.flatMap((spelling) => compoundReadings(spelling, 'de')),
    ...languages.flatMap((language) => unspacedReading(piece.text, language) ?? []),
    ...(piece.isUnfinished ? unfinishedReadings(piece.text, languages, completions) : []),
  ])
  const known = new Set(exact.map(keyOf))
  return {
    exact,
    respelt: distinct(spellings.flatMap(respeltReading)),
    near: near.filter((reading) => !known.has(keyOf(reading))),
  }
}

/** The stems one behind another; in scripts without spaces, where only a dictionary parts words, each on its own. */
function exactReading({ text, isPhrase }: Piece, language: string): Reading | undefined {
  const words = indexWordsIn(text, language)
  if (words.length === 0) return undefined
  return isUnspaced(text) && !isPhrase ? { sequences: words.map(alone) } : { sequences: [whole(words)] }
}

/** As typed: for the inner parts of hyphenated words, which are not stemmed, and for names. */
function plainReading({ text }: Piece): readonly Reading[] {
  const words = foldedWordsIn(text)
  return words.length === 0 || isUnspaced(text) ? [] : [{ sequences: [whole(words)] }]
}

/** Languages that write compounds as one word. */
const COMPOUNDING: ReadonlySet<string> = new Set('de nl sv da no nb nn fi hu is et'.split(' '))
/** A shorter word begins too many others. */
const MIN_COMPOUND_BEGINNING = 5

function compoundReadings(text: string, language: string): readonly Reading[] {
  const words = indexWordsIn(text, language)
  const [word = ''] = words
  const isCompoundPart =
    COMPOUNDING.has(language) && words.length === 1 && foldMarks(text).length >= MIN_COMPOUND_BEGINNING
  return isCompoundPart && word.length >= MIN_COMPOUND_BEGINNING - 1
    ? [{ sequences: [beginning([word])], language }]
    : []
}

const UMLAUTS: readonly (readonly [written: string, umlaut: string])[] = [
  ['ae', 'ä'],
  ['oe', 'ö'],
  ['ue', 'ü'],
]

/** "Bruecke" is "Brücke", and "Brücke" may stand as "Bruecke". */
export function spelledOtherwise(text: string): readonly string[] {
  const typed = text.normalize('NFC').toLowerCase()
  const dotted = UMLAUTS.reduce((word, [written, umlaut]) => word.replaceAll(written, umlaut), typed)
  const written = UMLAUTS.reduce((word, [letters, umlaut]) => word.replaceAll(umlaut, letters), typed)
  return [dotted, written].filter((spelling) => spelling !== typed)
}

/** German alone: in other languages "blue" is not "blü". */
function respeltReading(spelling: string): readonly Reading[] {
  const words = indexWordsIn(spelling, 'de')
  return words.length === 0 ? [] : [{ sequences: [whole(words)], language: 'de' }]
}

/** Where dictionaries part words, they part them differently by what stands around: a word may be the beginning of one. */
function unspacedReading(text: string, language: string): Reading | undefined {
  if (!isUnspaced(text) && !/\p{Script=Hangul}/u.test(text)) return undefined
  const words = indexWordsIn(text, language)
  return words.length === 0
    ? undefined
    : { sequences: words.map((word) => (word.length >= 2 ? beginning([word]) : alone(word))) }
}

/** Letters of an unfinished word that are looked for; fewer begin half of the dictionary. */
const MIN_UNFINISHED = 3

function unfinishedReadings(
  text: string,
  languages: readonly string[],
  completions: readonly string[],
): readonly Reading[] {
  const words = foldedWordsIn(text)
  const last = words.at(-1) ?? ''
  if (last.length < MIN_UNFINISHED) return []
  const before = words.slice(0, -1)
  const completed = completions.flatMap((completion) =>
    languages.map((language) => whole([...before, ...indexWordsOf(completion, language)])),
  )
  return [beginning(words), ...completed].map((sequence) => ({ sequences: [sequence] }))
}

const alone = (word: string): WordSequence => ({ words: [word], isBeginning: false })
const whole = (words: readonly string[]): WordSequence => ({ words, isBeginning: false })
const beginning = (words: readonly string[]): WordSequence => ({ words, isBeginning: true })

const keyOf = (reading: Reading): string => JSON.stringify(reading)

function distinct(readings: readonly Reading[]): readonly Reading[] {
  return [...new Map(readings.map((reading) => [keyOf(reading), reading])).values()]
}
