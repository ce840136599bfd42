/**
 * Numbers for terms, and in how many held articles each occurs. A term that no held article has any more is forgotten
 * and its number is given again, so that what is remembered is bounded by what is held. Terms of different languages are different terms, even
 * when spelled alike ("gift", "die"): articles in two languages are compared by their anchors, never by their words.
 */
import { partsOf } from './compounds.ts'
import { type Background, backgroundOf } from './likeness.ts'
import { bagOf, type TermBag } from './term-bag.ts'

export interface Vocabulary {
  /**
   * The bag of one article's terms in one language; new terms get a number. The first `topTerms` (all, if not given)
   * stand in headline or standfirst and count 1, the others count `BODY_WEIGHT`.
   */
  readonly bag: (terms: readonly string[], language: string, topTerms?: number) => TermBag
  /** Counts an article in (`1`) or out (`-1`). */
  readonly count: (article: TermBag, change: 1 | -1) => void
  readonly frequency: (term: number) => number
  /** The term as it was given. */
  readonly spelling: (term: number) => string
  /** How common each term is among the articles counted; a view that follows later counts except for its totals. */
  readonly background: () => Background
}

/** A word of the body tells less of the event than one of the headline. */
const BODY_WEIGHT = 0.5

export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>()
  const frequencies: number[] = []
  /** The key in `numbers` of each term, by its number. */
  const keys: string[] = []
  const free: number[] = []
  let articles = 0
  let total = 0

  function numberOf(term: string, language: string): number {
    const key = `${language}\u0000${term}`
    let number = numbers.get(key)
    if (number === undefined) {
      number = free.pop() ?? frequencies.length
      frequencies[number] = 0
      keys[number] = key
      numbers.set(key, number)
    }
    return number
  }

  function forget(term: number): void {
    numbers.delete(keys[term] ?? '')
    keys[term] = ''
    free.push(term)
  }

  return {
    bag(terms, language, topTerms = terms.length) {
      const counts = new Map<number, number>()
      for (const [at, term] of terms.entries()) {
        for (const [part, share] of partsOf(term, language)) {
          const number = numberOf(part, language)
          counts.set(number, Math.max(counts.get(number) ?? 0, share * (at < topTerms ? 1 : BODY_WEIGHT)))
        }
      }
      return bagOf(counts)
    },
    count(article, change) {
      for (const term of article.terms) {
        const frequency = (frequencies[term] ?? 0) + change
        frequencies[term] = frequency
        if (frequency === 0) forget(term)
      }
      articles += change
      total += change * article.total
    },
    frequency: (term) => frequencies[term] ?? 0,
    spelling: (term) => keys[term]?.slice(keys[term].indexOf('\u0000') + 1) ?? '',
    background: () => backgroundOf(frequencies, articles, total),
  }
}
