/**
 * The ways to find the article's text on a page. Each yields blocks; `choose.ts` compares them.
 */
import { Readability } from '@mozilla/readability'
import { type Block, readBlocks } from './blocks.ts'
import { findContainer } from './container.ts'
import { isElement, isWithin, type PageElement, type PageNode, type parsePage } from './dom.ts'
import { placeBlocks, restoreRegion } from './region.ts'

type Document = ReturnType<typeof parsePage>

export interface Candidate {
  readonly name: 'region' | 'container' | 'raw' | 'linked'
  readonly blocks: readonly Block[]
  /** Points this way has in advance, see `choose.ts`. */
  readonly trust: number
}

/** Elements readability is asked to score at most; more is not an article and would take seconds. */
const MAX_ELEMENTS = 6_000

/** The element with the densest prose on the cleaned page. */
export function containerCandidate(root: PageElement, blocks: readonly Block[]): Candidate | undefined {
  const container = findContainer(root, blocks)
  if (container === undefined) return undefined
  return { name: 'container', blocks: blocks.filter((block) => isWithin(block.element, container)), trust: 0 }
}

/** The region of the page that readability marks. Changes the document, so it comes after everything else on it. */
export function readabilityCandidate(
  name: 'region' | 'raw',
  document: Document,
  blocks: readonly Block[],
): Candidate | undefined {
  const placed = placeBlocks(blocks)
  const found = runReadability(document)
  if (found === undefined) return undefined
  return { name, blocks: restoreRegion(placed, found), trust: name === 'region' ? 0.5 : 0.1 }
}

function runReadability(document: Document): Block[] | undefined {
  if ([...document.querySelectorAll('*')].length > MAX_ELEMENTS) return undefined
  try {
    const content: PageNode | null | undefined = new Readability(document, {
      disableJSONLD: true,
      serializer: (node) => node,
    }).parse()?.content
    return content && isElement(content) ? readBlocks(content) : undefined
  } catch {
    return undefined
  }
}

/** The text the page's JSON-LD carries, which may be whole where the visible one is cut. */
export function linkedCandidate(text: string, root: PageElement): Candidate {
  const blocks = text
    .split(/\s*\n\s*|(?<=[.!?]["”»]?)\s{2,}/)
    .filter((line) => line.trim() !== '')
    .map((line): Block => ({ text: line.trim(), kind: 'paragraph', linkLength: 0, element: root }))
  return { name: 'linked', blocks, trust: 0 }
}
