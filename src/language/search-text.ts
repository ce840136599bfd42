/**
 * A text as search and filters read it: the stems of all of its words, in order. Stop words stay, so that a phrase is
 * found as it was written; what a person types is stemmed by the same function before it is looked for.
 */
import { stemmerFor } from './stems.ts'
import { tokenise } from './tokens.ts'

/** More words of an article are not searched: text is foreign and may be endless. */
const MAX_WORDS = 3000
/** Enough characters for so many words of any language; the rest is not even cut into words. */
const MAX_CHARACTERS = 40_000

/**
 * The stems of some pieces of a text (headline, standfirst, paragraphs), in order, joined by single spaces; at most
 * 3,000. Never throws; a text without words gives the empty string.
 */
export function searchStems(parts: readonly string[], language: string): string {
  const stem = stemmerFor(language)
  const stems: string[] = []
  for (const part of parts) {
    for (const word of tokenise(part.slice(0, MAX_CHARACTERS), language)) {
      if (stems.length === MAX_WORDS) return stems.join(' ')
      stems.push(stem(word))
    }
  }
  return stems.join(' ')
}
