/**
 * What stays the same when an event is told in another language: names and numbers. "Selenskyj", "NATO", "1.200" and
 * "1,200" are written alike or nearly; other words are not. Cyrillic names are spelled in Latin letters, accents are
 * dropped, and thousands separators removed, so that the two sides can meet.
 *
 * A word counts as a name when it has a capital letter. In German that lets nouns through, in English headlines nearly
 * everything; both do no harm, because a word must be found in the other language too.
 */
import { stopWordsOf } from '../language/stop-words.ts'
import { foldWord } from '../language/tokens.ts'

const MIN_NAME_LENGTH = 3
const MAX_NAME_LENGTH = 30
/** One digit says nothing. */
const MIN_DIGITS = 2

/** English titles of films and books are quoted everywhere; "The" is in all of them. */
const TITLE_WORDS = stopWordsOf('en')

const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  є: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}

/** The distinct anchors of some words (as they stand in the text), in order of appearance. */
export function anchorsOf(words: readonly string[], language: string): string[] {
  const stopWords = stopWordsOf(language)
  const anchors = new Set<string>()
  for (const word of words) {
    const anchor = /^\p{N}/u.test(word) ? numberAnchor(word) : nameAnchor(word, stopWords)
    if (anchor !== undefined) anchors.add(anchor)
  }
  return [...anchors]
}

/** True for an anchor that is a number. */
export function isNumber(anchor: string): boolean {
  return /^\p{N}/u.test(anchor)
}

function numberAnchor(word: string): string | undefined {
  const joined = word.replace(/[.,](?=\p{N}{3}(?!\p{N}))/gu, '').replace(',', '.')
  return joined.replace(/\P{N}/gu, '').length < MIN_DIGITS ? undefined : joined
}

function nameAnchor(word: string, stopWords: ReadonlySet<string>): string | undefined {
  if (!/\p{Lu}/u.test(word)) return undefined
  const folded = foldWord(word)
  if (stopWords.has(folded) || TITLE_WORDS.has(folded)) return undefined
  const latin = [...folded].map((letter) => CYRILLIC[letter] ?? letter).join('')
  const plain = latin.normalize('NFD').replace(/\p{M}/gu, '')
  return plain.length < MIN_NAME_LENGTH || plain.length > MAX_NAME_LENGTH ? undefined : plain
}
