/**
 * Lists of teasers, told by their shape: three or more siblings made alike, each short and each leading elsewhere. What
 * they are called does not matter.
 */
import { columns } from '../line.ts'
import { childrenOf, type PageElement, textOf } from './dom.ts'

const MIN_CARDS = 3
const MAX_CARD_COLUMNS = 500
/** A card's links hold at least this share of its text, or its heading is a link. */
const MIN_LINK_SHARE = 0.25

/** Removes the teaser lists inside an element, but none of which `mayGo` says no. */
export function removeCards(root: PageElement, mayGo: (element: PageElement) => boolean): void {
  for (const parent of [...root.querySelectorAll('*')]) {
    const groups = new Map<string, PageElement[]>()
    for (const child of childrenOf(parent)) {
      if (!/^(?:li|div|article|section|figure)$/.test(child.localName)) continue
      const make = `${child.localName} ${(child.getAttribute('class') ?? '').split(/\s+/)[0]}`
      groups.set(make, [...(groups.get(make) ?? []), child])
    }
    for (const group of groups.values()) {
      if (group.length < MIN_CARDS) continue
      const cards = group.filter(isCard)
      if (cards.length < MIN_CARDS || cards.length < group.length * 0.8) continue
      for (const card of cards) if (mayGo(card)) card.remove()
    }
  }
}

/** Whether an element is short and leads elsewhere: its heading is a link, or much of its text is. */
export function isCard(element: PageElement): boolean {
  const text = textOf(element)
  if (text === '' || columns(text) > MAX_CARD_COLUMNS) return false
  const heading = element.querySelector('h2, h3, h4, h5, h6')
  if (heading !== null && (heading.querySelector('a') !== null || heading.closest('a') !== null)) return true
  let linked = 0
  for (const link of element.querySelectorAll('a[href]')) linked += textOf(link).length
  if (linked === 0) return false
  const hasPicture = element.querySelector('img, picture') !== null
  return linked >= text.length * (hasPicture ? MIN_LINK_SHARE : 0.7)
}
