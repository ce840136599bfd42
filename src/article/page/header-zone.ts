/**
 * The zone between headline and text, where pages show kicker, standfirst, byline and date. Read from the page as it
 * came, because cleaning removes such boxes.
 */
import { sameness } from '../line.ts'
import type { Block } from './blocks.ts'
import type { PageElement } from './dom.ts'

export interface HeaderZone {
  /** Every block before the text. */
  readonly before: readonly Block[]
  /** The blocks right under the headline, at most so many; empty where no headline is shown. */
  readonly under: readonly Block[]
  /** The largest element around the headline that does not hold the text. */
  readonly box?: PageElement
}

/** How many blocks may lie between headline and standfirst (byline, date, buttons). */
const MAX_BLOCKS = 14

/** Finds the zone; `body` is the text as it was chosen. */
export function findHeaderZone(
  page: readonly Block[],
  body: readonly Block[],
  headline: string | undefined,
): HeaderZone {
  const first = body[0]
  const before = page.slice(0, first === undefined ? page.length : startOf(page, first))
  const at = headlineIndex(before, headline)
  if (at === -1) return { before, under: [] }
  const box = boxAround(before[at], first)
  return { before, under: before.slice(at + 1, at + 1 + MAX_BLOCKS), ...(box !== undefined && { box }) }
}

function startOf(page: readonly Block[], wanted: Block): number {
  const key = sameness(wanted.text)
  const exact = page.findIndex((block) => block.element === wanted.element && block.text === wanted.text)
  if (exact !== -1) return exact
  const alike = page.findIndex((block) => sameness(block.text) === key)
  return alike === -1 ? page.length : alike
}

/** The last block with the headline's words, or the last main heading, before the text begins. */
function headlineIndex(before: readonly Block[], headline: string | undefined): number {
  const key = sameness(headline ?? '')
  const byText = before.findLastIndex((block) => key !== '' && sameness(block.text) === key)
  return byText !== -1 ? byText : before.findLastIndex((block) => block.element.closest('h1') !== null)
}

function boxAround(headline: Block | undefined, first: Block | undefined): PageElement | undefined {
  let box: PageElement | undefined
  for (let at = headline?.element ?? null; at !== null && at.localName !== 'body'; at = at.parentElement) {
    if (first !== undefined && at.contains(first.element)) break
    box = at
  }
  return box
}
