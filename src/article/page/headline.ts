/** Which of the titles a page has is its headline. */
import { type PageDocument, textOf } from './dom.ts'
import type { LinkedArticle } from './json-ld.ts'
import { META_NAMES, type MetaTags, metaOf } from './meta-tags.ts'
import { withoutSiteName } from './titles.ts'

/**
 * The headline a page declares: the JSON-LD's, unless it shares no word with the rest of the page, then the title for
 * other sites, a single main heading, the window title. `sites` are names of the outlet, `address` where the page is.
 */
export function findHeadline(
  document: PageDocument,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
  sites: readonly string[],
  address: string,
): string | undefined {
  const headings = [...document.querySelectorAll('h1')]
    .slice(0, 20)
    .map(textOf)
    .filter((text) => text !== '')
  const window = textOf(document.querySelector('title') ?? document.body).slice(0, 500)
  const og = metaOf(tags, META_NAMES.headline)
  if (linked?.headline !== undefined && isAbout(linked.headline, [og, window, address, ...headings]))
    return withoutSiteName(linked.headline, sites)
  if (og !== undefined) return withoutSiteName(og, sites, headings)
  const first = headings[0]
  if (headings.length === 1 && first !== undefined) return first
  if (document.querySelector('title')) return withoutSiteName(window, sites, headings)
  return first
}

/** Whether a headline shares words with what else the page says of itself; other articles' rarely do. */
function isAbout(headline: string, others: readonly (string | undefined)[]): boolean {
  const words = wordsOf(headline)
  const known = new Set(others.flatMap((other) => wordsOf(other ?? '')))
  return words.length === 0 || words.some((word) => known.has(word))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []
}
