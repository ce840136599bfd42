/**
 * Languages that write compounds as one word. "Getriebebauer" and "Getriebehersteller", or "Straßenbahn" and
 * "Straßenbahnlinie", are different stems that mean the same event; their beginnings, as character n-grams, are alike.
 */

const COMPOUNDING: ReadonlySet<string> = new Set(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu', 'is'])
/** Length of the n-gram, and from which length on a word has one. */
const BEGINNING = 6
const MIN_LENGTH = 7
/** What a word and its beginning count each: more than half, for together they say a little more than the word. */
const SHARE = 0.6

export function compounds(language: string): boolean {
  return COMPOUNDING.has(language)
}

/** What a word is compared by and with what share of its weight: itself, or itself and its beginning. */
export function partsOf(term: string, language: string): readonly (readonly [part: string, share: number])[] {
  if (!compounds(language) || term.length < MIN_LENGTH || !/^\p{L}+$/u.test(term)) return [[term, 1]]
  return [
    [term, SHARE],
    [`${term.slice(0, BEGINNING)}-`, SHARE],
  ]
}
