/** A piece of foreign HTML, such as a feed's content, → paragraphs of plain text. */
import { cutTail, isBoilerplateLine } from '../boilerplate.ts'
import { readBlocks } from './blocks.ts'
import { boundMarkup } from './bound.ts'
import { parsePage } from './dom.ts'

/** Block-level text in reading order; scripts, leftovers and empty lines are left out. Never throws. */
export function readFragment(html: string): readonly string[] {
  const { markup } = boundMarkup(`<!doctype html><html><head></head><body>${html}</body></html>`)
  const { body } = parsePage(markup)
  for (const element of [...body.querySelectorAll('script, style, template, noscript, iframe, form, figure')])
    element.remove()
  const lines = readBlocks(body).map((block) => block.text)
  return cutTail(lines.filter((line) => line !== '' && !isBoilerplateLine(line)))
}
