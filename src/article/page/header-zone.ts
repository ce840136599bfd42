/**
 * The zone between headline and text, where pages show kicker, standfirst, byline and date. Read from the page as it
 * came, because cleaning removes such boxes.
 */
import { sameness } from '../line.ts'
import type { Block } from './blocks.ts'
import { isWithin, type PageElement } from './dom.ts'

export interface HeaderZone {
  /** Every block before the text. */
  readonly before: readonly Block[]
  /** The blocks right under the headline, at most so many; empty where no headline is shown. */
  readonly under: readonly Block[]
  /** The largest element around the headline that does not hold the text. */
  readonly box?: PageElement
  /** The first block of the text, as it stands on the page. */
  readonly first?: Block
}

/** How many blocks may lie between headline and standfirst (byline, date, buttons). */
const MAX_BLOCKS = 14

/** Finds the zone; `body` is the text as it was chosen. */
export function findHeaderZone(
  page: readonly Block[],
  body: readonly Block[],
  headline: string | undefined,
): HeaderZone {
  const start = body[0] === undefined ? page.length : startOf(page, body[0])
  const first = page[start]
  const before = page.slice(0, start)
  const at = headlineIndex(before, headline)
  const text = first === undefined ? {} : { first }
  if (at === -1) return { before, under: [], ...text }
  const box = boxAround(before[at], first)
  return {
    before,
    under: before.slice(at + 1, at + 1 + MAX_BLOCKS),
    ...(box !== undefined && { box }),
    ...text,
  }
}

function startOf(page: readonly Block[], wanted: Block): number {
  const key = sameness(wanted.text)
  const found = page.findIndex((block) => sameness(block.text) === key)
  return found === -1 ? page.length : found
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
    if (first !== undefined && isWithin(first.element, at)) break
    box = at
  }
  return box
}
