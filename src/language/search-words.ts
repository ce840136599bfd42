/**
 * The words under which a text stands in the search index: its stems without accents, parted where a hyphen or a point
 * joins them. What is typed goes the same way, so both meet. Folding is done here and not by the database, so that
 * every database finds the same.
 *
 * Marks fall where readers leave them off (Latin, Greek, Cyrillic, Arabic, Hebrew) and stay where they are vowels or
 * change the letter (Devanagari, Thai, kana).
 */
import { foldMarks } from './plain-letters.ts'
import { stemmerFor } from './stems.ts'
import { tokenise } from './tokens.ts'

const PLAIN = /^[a-z0-9 ]*$/
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu

/** Stems joined by spaces, as `searchStems` gives them → index words joined by single spaces. */
export function indexWords(stems: string): string {
  return PLAIN.test(stems) ? stems.trim() : foldMarks(stems).replace(BETWEEN_WORDS, ' ').trim()
}

/** The index words of one word as it stands in a text; mostly one, several where it has inner marks. */
export function indexWordsOf(word: string, language: string): readonly string[] {
  return wordsIn(indexWords(stemmerFor(language)(word)))
}

/** Index words of a piece of text, in order. */
export function indexWordsIn(text: string, language: string): readonly string[] {
  return tokenise(text, language).flatMap((word) => indexWordsOf(word, language))
}

/** One word as it stands in a text, folded and not stemmed; several where it has inner marks. */
export function foldedWords(word: string): readonly string[] {
  return wordsIn(indexWords(word))
}

/** The words of a text folded and not stemmed, in order: what somebody types before a word is finished. */
export function foldedWordsIn(text: string, language = 'und'): readonly string[] {
  return tokenise(text, language).flatMap(foldedWords)
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Whether a text is in a script that puts no spaces between words. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text)
}

function wordsIn(joined: string): readonly string[] {
  return joined === '' ? [] : joined.split(' ')
}
