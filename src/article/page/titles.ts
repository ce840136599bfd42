/**
 * Headlines without the site's name: "Flood hits coast | Tagesbote" is a window title, not a headline.
 */
import { sameness } from '../line.ts'

const SEPARATOR = /\s+[|–—\-•·:»/]\s+|\s*\|\s*/gu

const MAX_TITLE = 300

/**
 * A window or OpenGraph title with a trailing (or leading) site name taken off. A part goes when it is the outlet or
 * the host's own name, or, in window titles, when the rest is what the page's main heading says.
 */
export function withoutSiteName(
  title: string,
  names: readonly string[],
  headings: readonly string[] = [],
): string {
  const whole = title.trim().slice(0, MAX_TITLE)
  const wanted = headings.map(sameness).filter((heading) => heading.length > 8)
  const sites = names.map(siteKey).filter((name) => name.length > 1)
  const cuts = [...whole.matchAll(SEPARATOR)]
  for (const cut of cuts) {
    const before = whole.slice(0, cut.index)
    if (wanted.includes(sameness(before))) return before.trim()
  }
  for (const cut of cuts) {
    const before = whole.slice(0, cut.index)
    const after = whole.slice(cut.index + cut[0].length)
    if (before.length >= 10 && sites.includes(siteKey(after))) return before.trim()
    if (after.length >= 10 && sites.includes(siteKey(before))) return after.trim()
  }
  return whole
}

function siteKey(name: string): string {
  return sameness(
    name
      .toLowerCase()
      .replace(
        /^(?:https?:\/\/)?(?:www\.)?|\.(?:com|de|at|ch|net|org|co|fr|es|it|uk|info|news|online)\b.*$/g,
        '',
      ),
  )
}
