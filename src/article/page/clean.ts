/**
 * Takes away what is not the article by what it is (tag, role, hidden) and what it is called (class words), before
 * anything is scored. Guarded twice: an element that holds a large share of the page's prose stays, and a word under
 * which a large share of the prose would go, element by element, is no sign of junk on this page.
 */
import { sameness } from '../line.ts'
import { type Block, readBlocks } from './blocks.ts'
import { isCard, removeCards } from './cards.ts'
import { findJunkWord, isNamedBody, isNamedStrange, isNamedTeaser, nameWords } from './class-words.ts'
import { childrenOf, isWithin, type PageDocument, type PageElement, textOf } from './dom.ts'
import { isProse } from './prose.ts'

const JUNK_ELEMENTS = new Set(
  'nav aside footer form button dialog figcaption label input menu video audio'.split(' '),
)
const JUNK_ROLES = new Set(
  'navigation complementary banner contentinfo search dialog alertdialog alert menu menubar toolbar tablist tooltip status'.split(
    ' ',
  ),
)
/** Elements with more than this share of the page's prose stay; even those that are strange by name. */
const MAX_SHARE = 0.3
const MAX_STRANGE_SHARE = 0.7
/** So many `article` elements are looked at; pages with more are lists. */
const MAX_ARTICLES = 100

/**
 * Removes boilerplate elements from the document; `headline` tells the article from others on the same page.
 */
export function removeBoilerplate(document: PageDocument, headline: string | undefined): void {
  const { body } = document
  const before = measureProse(body, readBlocks(body))
  removeOtherArticles(body, headline)
  sweep(body, (element) => isStrange(element) && before(element) <= MAX_STRANGE_SHARE)
  const shareOf = measureProse(body, readBlocks(body))
  const mayGo = (element: PageElement) => shareOf(element) <= MAX_SHARE
  sweep(body, (element) => isOutside(element) && mayGo(element))
  const acquitted = acquittedWords(body, shareOf)
  sweep(body, (element) => isCalledJunk(element, acquitted) && mayGo(element))
  removeCards(body, mayGo)
}

function isCalledJunk(element: PageElement, acquitted: ReadonlySet<string>): boolean {
  const words = nameWords(element)
  if (words.length === 0) return false
  const word = findJunkWord(words)
  if (word !== undefined && !acquitted.has(word) && !isContainer(element)) return true
  return isNamedTeaser(words) && isCard(element)
}

function sweep(parent: PageElement, mayGo: (element: PageElement) => boolean): void {
  for (const element of childrenOf(parent)) {
    if (mayGo(element)) element.remove()
    else sweep(element, mayGo)
  }
}

/** The words under which, all their elements together, too much of the prose would go. */
function acquittedWords(body: PageElement, shareOf: ShareOf): Set<string> {
  const shares = new Map<string, number>()
  const visit = (parent: PageElement): void => {
    for (const element of childrenOf(parent)) {
      const found = findJunkWord(nameWords(element))
      const word = found === undefined || isContainer(element) ? undefined : found
      if (word === undefined || shareOf(element) > MAX_SHARE) visit(element)
      else shares.set(word, (shares.get(word) ?? 0) + shareOf(element))
    }
  }
  visit(body)
  return new Set([...shares].filter(([, share]) => share > MAX_SHARE).map(([word]) => word))
}

/**
 * Pages that scroll on into the next article hold several `article` elements: where one has the headline, those beside
 * it that have a heading of their own go. Inside it, short ones that link elsewhere are teasers; entries of a live blog
 * are longer or link nowhere.
 */
function removeOtherArticles(body: PageElement, headline: string | undefined): void {
  const articles = [...body.querySelectorAll('article')].slice(0, MAX_ARTICLES)
  const key = sameness(headline ?? '')
  const main =
    articles.find((article) =>
      [...article.querySelectorAll('h1, h2')].some(
        (heading) => key !== '' && sameness(textOf(heading)) === key,
      ),
    ) ?? articles.find((article) => article.querySelector('h1') !== null)
  for (const article of articles) {
    const isBeside =
      main !== undefined && article !== main && !isWithin(main, article) && !isWithin(article, main)
    const isInside = article.parentElement?.closest('article') ?? null
    if (isBeside && article.querySelector('h1, h2, h3') !== null) article.remove()
    else if (isInside !== null && textOf(article).length < 400 && article.querySelector('a[href]') !== null)
      article.remove()
  }
}

function isStrange(element: PageElement): boolean {
  return element.hasAttribute('hidden') || (isNamedStrange(nameWords(element)) && !isContainer(element))
}

function isOutside(element: PageElement): boolean {
  if (JUNK_ELEMENTS.has(element.localName)) return true
  if (JUNK_ROLES.has(element.getAttribute('role')?.toLowerCase() ?? '')) return true
  return element.localName === 'figure' && !element.querySelector('blockquote, table, p')
}

function isContainer(element: PageElement): boolean {
  return /^(?:body|article|main)$/.test(element.localName) || isNamedBody(element)
}

/** The part of the page's prose that is inside an element, 0 to 1. */
type ShareOf = (element: PageElement) => number

function measureProse(root: PageElement, blocks: readonly Block[]): ShareOf {
  const sums = new Map<PageElement, number>()
  for (const block of blocks) {
    if (!isProse(block)) continue
    for (let at: PageElement | null = block.element; at !== null; at = at.parentElement) {
      sums.set(at, (sums.get(at) ?? 0) + block.text.length)
      if (at === root) break
    }
  }
  const total = sums.get(root) ?? 0
  return (element) => (total === 0 ? 0 : (sums.get(element) ?? 0) / total)
}
