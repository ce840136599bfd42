/**
 * Author and date as a reader finds them, in the zone under the headline: asked only where the page's metadata name
 * nobody but the outlet itself, or no date.
 */
import type { Instant } from '../article.ts'
import { parseDate } from '../dates.ts'
import { columns, sameness } from '../line.ts'
import { cleanAuthors, isPersonName } from './authors.ts'
import { nameWords } from './class-words.ts'
import type { PageElement } from './dom.ts'
import { textOf } from './dom.ts'
import { isDateline, isTimeLine } from './furniture.ts'
import type { HeaderZone } from './header-zone.ts'

const AUTHOR_WORDS = new Set(
  'author authors byline autor autoren autorin auteur auteurs autore autores firma signature skribent journalist writer reporter'.split(
    ' ',
  ),
)
/** "By", "Von" and their like at the start of a line are followed by names. */
const OPENER =
  /^(?:by|von|por|par|di|door|av|af|autor(?:in)?|author|text|written by|geschrieben von)\s*:?\s+(?=\p{Lu})/iu
const MAX_BYLINE = 120
const MAX_OTHER_WORDS = 4

/** Names of people under the headline; empty where none are told apart from other text. */
export function findByline(zone: HeaderZone): string[] {
  for (const block of zone.under) {
    if (columns(block.text) > MAX_BYLINE) continue
    const people = isNamedAuthor(block.element)
      ? peopleIn(block.element)
      : OPENER.test(block.text)
        ? cleanAuthors([block.text]).filter(isPersonName)
        : []
    if (people.length > 0) return people
  }
  return []
}

/** A date under the headline, of the first block that names a day. */
export function findShownDate(zone: HeaderZone, dayFirst: boolean): Instant | undefined {
  for (const block of zone.under) {
    if (!isTimeLine(block.text) && !isDateline(block.text, MAX_OTHER_WORDS)) continue
    const text = /\d.*/u.exec(block.text)?.[0] ?? ''
    const date = parseDate(block.text, { dayFirst }) ?? parseDate(text, { dayFirst })
    if (date !== undefined) return date
  }
  return undefined
}

/** Whether every name is only the outlet's own, so that the page may tell more. */
export function isOutletOnly(authors: readonly string[], outlet: readonly (string | undefined)[]): boolean {
  const own = new Set(outlet.map((name) => sameness(name ?? '')).filter((name) => name !== ''))
  return authors.every(
    (author) => own.has(sameness(author)) || [...own].some((name) => sameness(author).startsWith(name)),
  )
}

function isNamedAuthor(element: PageElement): boolean {
  let at: PageElement | null = element
  for (let steps = 0; at !== null && steps < 4; steps++, at = at.parentElement) {
    if (
      nameWords(at).some((word) => AUTHOR_WORDS.has(word)) ||
      /author/i.test(at.getAttribute('rel') ?? at.getAttribute('itemprop') ?? '')
    )
      return true
  }
  return false
}

/** The people a byline names: one in each of its innermost elements, or a list in its text. */
export function peopleIn(element: PageElement): string[] {
  const leaves = [...element.querySelectorAll('*')]
    .filter((inner) => inner.firstElementChild === null)
    .map(textOf)
  const people = cleanAuthors(leaves).filter(isPersonName)
  return people.length > 0 ? people : cleanAuthors([textOf(element)]).filter(isPersonName)
}
