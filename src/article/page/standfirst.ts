/**
 * The editor's sentence or two between headline and text: first the block that says what the page's description says,
 * then one that is called a standfirst, then prose in the headline's box. The bare description is the answer where
 * none is shown, unless it only repeats how the text begins.
 */
import { columns, sameness } from '../line.ts'
import type { Block } from './blocks.ts'
import { isNamedStandfirst, nameWords } from './class-words.ts'
import { isWithin, type PageElement } from './dom.ts'
import { isCredit, isDateline, isFurniture, isTimeLine } from './furniture.ts'
import type { HeaderZone } from './header-zone.ts'
import { isProse } from './prose.ts'

export interface Standfirst {
  readonly text: string
  /** Whether the page shows it to its readers. */
  readonly isShown: boolean
}

const MIN_COLUMNS = 30
const MAX_COLUMNS = 700

/** The standfirst of a page, or undefined. */
export function findStandfirst(
  zone: HeaderZone,
  body: readonly Block[],
  headline: string | undefined,
  description: string | undefined,
): Standfirst | undefined {
  const { before, under, box, first } = zone
  const shown =
    before.findLast((block) => says(block, description)) ??
    body.slice(0, 3).find((block) => says(block, description)) ??
    [...under, ...(first === undefined ? [] : [first])].find(
      (block) => isNamed(block) && isSentenceLike(block),
    ) ??
    under.find(
      (block) => box !== undefined && isWithin(block.element, box) && isSentenceLike(block) && isProse(block),
    )
  if (shown !== undefined) return { text: shown.text, isShown: true }
  if (description === undefined || columns(description) < MIN_COLUMNS) return undefined
  return repeats(description, body, headline) ? undefined : { text: description, isShown: false }
}

/** Whether a block is the description, or begins with what a cut-off description holds. */
function says(block: Block, description: string | undefined): boolean {
  if (description === undefined || columns(block.text) > MAX_COLUMNS) return false
  const wanted = sameness(description.replace(/\s*(?:\.\.\.|…|\[…\])\s*$/u, ''))
  const found = sameness(block.text)
  if (found.length < MIN_COLUMNS || wanted.length < MIN_COLUMNS) return false
  return found.startsWith(wanted) || (wanted.startsWith(found) && found.length > wanted.length * 0.5)
}

function isNamed(block: Block): boolean {
  let at: PageElement | null = block.element
  for (let steps = 0; at !== null && steps < 3; steps++, at = at.parentElement) {
    if (isNamedStandfirst(nameWords(at)) || /description/i.test(at.getAttribute('itemprop') ?? ''))
      return true
  }
  return false
}

function isSentenceLike(block: Block): boolean {
  const width = columns(block.text)
  if (width < MIN_COLUMNS || width > MAX_COLUMNS || block.linkLength >= block.text.length * 0.3) return false
  if (isTimeLine(block.text) || isDateline(block.text, 8) || isCredit(block.text) || isFurniture(block.text))
    return false
  return block.element.closest('figure, figcaption, nav, form, button') === null
}

function repeats(description: string, body: readonly Block[], headline: string | undefined): boolean {
  const key = sameness(description).slice(0, 60)
  if (key === sameness(headline ?? '').slice(0, 60)) return true
  return body.slice(0, 4).some((block) => sameness(block.text).startsWith(key))
}
