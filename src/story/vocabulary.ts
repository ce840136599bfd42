/**
 * Numbers for terms, and in how many held articles each occurs. Terms of different languages are different terms, even
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
  const spellings: string[] = []
  let articles = 0
  let total = 0

  function numberOf(term: string, language: string): number {
    const key = `${language}\u0000${term}`
    let number = numbers.get(key)
    if (number === undefined) {
      number = frequencies.push(0) - 1
      spellings.push(term)
      numbers.set(key, number)
    }
    return number
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
      for (const term of article.terms) frequencies[term] = (frequencies[term] ?? 0) + change
      articles += change
      total += change * article.total
    },
    frequency: (term) => frequencies[term] ?? 0,
    spelling: (term) => spellings[term] ?? '',
    background: () => backgroundOf(frequencies, articles, total),
  }
}
