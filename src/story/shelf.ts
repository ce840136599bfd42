/**
 * The articles an index holds, numbered as they come, and where each term occurs among them, so that an article finds
 * those it shares telling words with without looking at the rest. What that costs grows with the number of recent
 * articles per term, which is bounded, and not with the number held.
 */
import type { StoryFeatures } from './features.ts'
import type { Background } from './likeness.ts'
import type { TermBag } from './term-bag.ts'
import { createVocabulary } from './vocabulary.ts'

export interface HeldArticle {
  /** Ascending in the order of coming; never used twice. */
  readonly number: number
  readonly features: StoryFeatures
  readonly bag: TermBag
  readonly anchors: TermBag
}

/** How many of the newest articles with a term are looked at. */
const MAX_RECENT = 250
/** How many occurrences are looked at for one article in all. */
const MAX_VISITS = 4000
/** Articles by which the set must grow or shrink before common words are weighed anew. */
const REWEIGH_SHARE = 0.05

/** Where terms occur: lists of article numbers, ascending. */
interface Postings {
  readonly add: (article: number, bag: TermBag) => void
  readonly forget: (terms: Iterable<number>, isHeld: (article: number) => boolean) => void
  /** The articles with the term. */
  readonly of: (term: number) => readonly number[]
}

export interface Shelf {
  readonly hold: (features: StoryFeatures) => HeldArticle
  readonly drop: (numbers: readonly number[]) => void
  readonly find: (id: string) => HeldArticle | undefined
  readonly get: (number: number) => HeldArticle
  readonly size: () => number
  /** Calls back for articles that share a term, with a weight for how telling the term is. */
  readonly eachRelated: (article: HeldArticle, visit: (other: number, weight: number) => void) => void
  /** The same by names and numbers. */
  readonly eachNamesake: (article: HeldArticle, visit: (other: number, weight: number) => void) => void
  readonly background: () => Background
  readonly anchorBackground: () => Background
  readonly anchorSpelling: (term: number) => string
}

export function createShelf(): Shelf {
  const articles = new Map<number, HeldArticle>()
  const numbers = new Map<string, number>()
  const words = createVocabulary()
  const names = createVocabulary()
  const wordPostings = createPostings()
  const namePostings = createPostings()
  let next = 0
  let weighed = { articles: 0, words: words.background(), names: names.background() }

  function reweigh(): typeof weighed {
    if (Math.abs(articles.size - weighed.articles) > REWEIGH_SHARE * weighed.articles) {
      weighed = { articles: articles.size, words: words.background(), names: names.background() }
    }
    return weighed
  }

  return {
    hold(features) {
      const bag = words.bag(features.terms, features.language, features.topTerms)
      const anchors = names.bag(features.anchors, '')
      const article = { number: next++, features, bag, anchors }
      words.count(bag, 1)
      names.count(anchors, 1)
      wordPostings.add(article.number, bag)
      namePostings.add(article.number, anchors)
      articles.set(article.number, article)
      numbers.set(features.id, article.number)
      return article
    },
    drop(dropped) {
      const wordTerms = new Set<number>()
      const nameTerms = new Set<number>()
      for (const number of dropped) {
        const article = articles.get(number)
        if (article === undefined) continue
        words.count(article.bag, -1)
        names.count(article.anchors, -1)
        for (const term of article.bag.terms) wordTerms.add(term)
        for (const term of article.anchors.terms) nameTerms.add(term)
        articles.delete(number)
        numbers.delete(article.features.id)
      }
      wordPostings.forget(wordTerms, (number) => articles.has(number))
      namePostings.forget(nameTerms, (number) => articles.has(number))
    },
    find(id) {
      const number = numbers.get(id)
      return number === undefined ? undefined : articles.get(number)
    },
    get(number) {
      const article = articles.get(number)
      if (article === undefined) throw new Error(`article number ${number} is not held`)
      return article
    },
    size: () => articles.size,
    eachRelated: (article, visit) =>
      visitRelated(article.number, article.bag, wordPostings, reweigh().words, visit),
    eachNamesake: (article, visit) =>
      visitRelated(article.number, article.anchors, namePostings, reweigh().names, visit),
    background: () => reweigh().words,
    anchorBackground: () => reweigh().names,
    anchorSpelling: names.spelling,
  }
}

/** The rarest terms first, until enough has been looked at: common ones would only find more of the same. */
function visitRelated(
  self: number,
  bag: TermBag,
  postings: Postings,
  background: Background,
  visit: (other: number, weight: number) => void,
): void {
  const terms = Array.from(bag.terms, (term) => ({ term, idf: background.idf(term) }))
  terms.sort((a, b) => b.idf - a.idf || a.term - b.term)
  let budget = MAX_VISITS
  for (const { term, idf } of terms) {
    const list = postings.of(term)
    const oldest = Math.max(0, list.length - MAX_RECENT)
    for (let at = list.length - 1; at >= oldest; at--) {
      const other = list[at]
      if (other !== undefined && other !== self) visit(other, idf ** 2)
    }
    budget -= list.length - oldest
    if (budget <= 0) return
  }
}

function createPostings(): Postings {
  const lists = new Map<number, number[]>()
  return {
    add(article, bag) {
      for (const term of bag.terms) {
        const list = lists.get(term)
        if (list === undefined) lists.set(term, [article])
        else list.push(article)
      }
    },
    forget(terms, isHeld) {
      for (const term of terms) {
        const rest = (lists.get(term) ?? []).filter(isHeld)
        if (rest.length === 0) lists.delete(term)
        else lists.set(term, rest)
      }
    },
    of: (term) => lists.get(term) ?? [],
  }
}
