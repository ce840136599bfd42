/**
 * Finds the element that holds the article by where its prose is: paragraphs vote for their parent and, half as much,
 * for its parent; from the winner we climb as long as an ancestor adds more prose than clutter. An ancestor that adds
 * a second main heading is another article, and the climb ends.
 */
import type { Block } from './blocks.ts'
import { isWithin, type PageElement } from './dom.ts'
import { isProse } from './prose.ts'

/** How much a character of clutter weighs against one of prose. */
const CLUTTER_WEIGHT = 1.2
/** What a character of prose counts in a paragraph made unlike those of the seed. */
const STRANGER_WEIGHT = 0.3
const HEADINGS = 'h1'

interface Mass {
  prose: number
  clutter: number
}

/** The container of the article's blocks, or undefined where a page has no prose. */
export function findContainer(root: PageElement, blocks: readonly Block[]): PageElement | undefined {
  const seed = findSeed(root, blocks)
  if (seed === undefined) return undefined
  const masses = weigh(root, blocks, seed)
  let best = seed
  let bestGain = gainOf(masses.get(seed))
  for (let at = seed.parentElement; at !== null; at = at.parentElement) {
    if (addsHeading(best, at)) break
    const gain = gainOf(masses.get(at))
    if (gain > bestGain) {
      best = at
      bestGain = gain
    }
    if (at === root) break
  }
  return best
}

function findSeed(root: PageElement, blocks: readonly Block[]): PageElement | undefined {
  const votes = new Map<PageElement, number>()
  const vote = (element: PageElement | null, weight: number) => {
    if (element !== null && (element === root || isWithin(element, root)))
      votes.set(element, (votes.get(element) ?? 0) + weight)
  }
  for (const block of blocks) {
    if (!isProse(block)) continue
    const weight = Math.min(block.text.length, 600) * (1 - block.linkLength / block.text.length)
    const parent = /^(?:p|li|blockquote|h[1-6]|dd|dt|pre)$/.test(block.element.localName)
      ? block.element.parentElement
      : block.element
    vote(parent, weight)
    vote(parent?.parentElement ?? null, weight / 2)
  }
  let best: PageElement | undefined
  let most = 0
  for (const [element, weight] of votes) {
    if (weight > most) {
      best = element
      most = weight
    }
  }
  return best
}

function weigh(root: PageElement, blocks: readonly Block[], seed: PageElement): Map<PageElement, Mass> {
  const masses = new Map<PageElement, Mass>()
  const usual = new Set(blocks.filter((block) => isProse(block) && isWithin(block.element, seed)).map(makeOf))
  for (const block of blocks) {
    const prose = isProse(block)
    const clutter = block.kind === 'heading' && block.linkLength === 0 ? 0 : block.text.length
    for (let at: PageElement | null = block.element; at !== null; at = at.parentElement) {
      const mass = masses.get(at) ?? { prose: 0, clutter: 0 }
      if (prose) mass.prose += block.text.length * (usual.has(makeOf(block)) ? 1 : STRANGER_WEIGHT)
      else mass.clutter += clutter
      masses.set(at, mass)
      if (at === root) break
    }
  }
  return masses
}

/** The tag and class of a paragraph: those of one article are mostly alike, those of teasers and notices differ. */
function makeOf(block: Block): string {
  return `${block.element.localName} ${block.element.getAttribute('class') ?? ''}`
}

function gainOf(mass: Mass | undefined): number {
  return mass === undefined ? 0 : mass.prose - CLUTTER_WEIGHT * mass.clutter
}

function addsHeading(inner: PageElement, outer: PageElement): boolean {
  const count = [...outer.querySelectorAll(HEADINGS)].length
  return count > 1 && [...inner.querySelectorAll(HEADINGS)].length === 1
}
