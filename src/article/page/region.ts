/**
 * Readability finds the right region but loses headings, lists and first paragraphs in it. So its paragraphs only mark
 * the region: everything the cleaned page shows between the first and the last of them is taken back, and so are
 * paragraphs before and after that have the same parent as those inside.
 */
import { sameness } from '../line.ts'
import type { Block } from './blocks.ts'
import { isProse } from './prose.ts'

/** The page's blocks in the region that `found` marks; empty where none of `found` is on the page. */
export function restoreRegion(blocks: readonly Block[], found: readonly Block[]): Block[] {
  const keys = new Set(found.map((block) => sameness(block.text)))
  const proseKeys = new Set(found.filter(isProse).map((block) => sameness(block.text)))
  const anchors = new Set<number>()
  for (const [index, block] of blocks.entries()) {
    if (proseKeys.has(sameness(block.text))) anchors.add(index)
  }
  if (anchors.size === 0) return []
  const parents = new Set([...anchors].map((index) => blocks[index]?.element.parentElement))
  let first = Math.min(...anchors)
  let last = Math.max(...anchors)
  const belongs = (block: Block | undefined) =>
    block !== undefined && parents.has(block.element.parentElement)
  while (belongs(blocks[first - 1])) first--
  while (belongs(blocks[last + 1])) last++
  return blocks
    .slice(first, last + 1)
    .filter((block) => belongs(block) || keys.has(sameness(block.text)) || isTextual(block))
}

/** Not a label or a link: something that was probably written for the article. */
function isTextual(block: Block): boolean {
  return block.linkLength < block.text.length * 0.5
}
