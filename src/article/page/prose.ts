/** What counts as running text, as against labels, link lists and machine output. */
import { columns, SPACELESS } from '../line.ts'
import type { Block } from './blocks.ts'

/** Columns (an ideograph counts two) from which a block with a sentence mark is prose. */
const MIN_PROSE = 60
const MIN_UNPUNCTUATED = 120
const MAX_LINK_SHARE = 0.5

/** Whether a block reads like a paragraph: long enough, punctuated, not mostly links. */
export function isProse(block: Block): boolean {
  const width = columns(block.text)
  if (width < MIN_PROSE || block.linkLength > block.text.length * MAX_LINK_SHARE) return false
  if (!/\s\S+\s\S+\s/.test(block.text) && !SPACELESS.test(block.text)) return false
  return width >= MIN_UNPUNCTUATED || /[.!?,;:…。！？、।؟]/u.test(block.text)
}
