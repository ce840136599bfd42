/**
 * Readability finds the right region but loses headings, lists and first paragraphs in it. So its paragraphs only mark
 * the region: everything the cleaned page shows between the first and the last of them is taken back, and so are
 * paragraphs before and after that have the same parent as those inside.
 */
import { sameness } from '../line.ts'
import type { Block } from './blocks.ts'
import type { PageElement } from './dom.ts'
import { isProse } from './prose.ts'

export interface PlacedBlock {
  readonly block: Block
  /** Where the block stood before readability moved things about. */
  readonly parent: PageElement | null
}

/** Notes where blocks stand, because readability will move them. */
export function placeBlocks(blocks: readonly Block[]): PlacedBlock[] {
  return blocks.map((block) => ({ block, parent: block.element.parentElement }))
}

/** The page's blocks in the region that `found` marks; empty where none of `found` is on the page. */
export function restoreRegion(placed: readonly PlacedBlock[], found: readonly Block[]): Block[] {
  const keys = new Set(found.map((block) => sameness(block.text)))
  const proseKeys = new Set(found.filter(isProse).map((block) => sameness(block.text)))
  const anchors = new Set<number>()
  for (const [index, { block }] of placed.entries()) {
    if (proseKeys.has(sameness(block.text))) anchors.add(index)
  }
  if (anchors.size === 0) return []
  const parents = new Set([...anchors].map((index) => placed[index]?.parent))
  let first = Math.min(...anchors)
  let last = Math.max(...anchors)
  const belongs = (at: PlacedBlock | undefined) => at !== undefined && parents.has(at.parent)
  while (belongs(placed[first - 1])) first--
  while (belongs(placed[last + 1])) last++
  return placed
    .slice(first, last + 1)
    .filter((at) => belongs(at) || keys.has(sameness(at.block.text)) || isTextual(at.block))
    .map((at) => at.block)
}

/** Not a label or a link: something that was probably written for the article. */
function isTextual(block: Block): boolean {
  return block.linkLength < block.text.length * 0.5
}
