/** When a page says it was published or changed: JSON-LD, metadata, microdata and `time`; else what it shows. */
import type { Instant } from '../article.ts'
import { parseDate } from '../dates.ts'
import { type PageDocument, textOf } from './dom.ts'
import type { LinkedArticle } from './json-ld.ts'
import { META_NAMES, type MetaTags, metaOf } from './meta-tags.ts'

/** When a page says it was first published. */
export function findPublished(
  document: PageDocument,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
): Instant | undefined {
  return firstDate([
    linked?.published,
    metaOf(tags, META_NAMES.published),
    ...[...document.querySelectorAll('[itemprop~="datePublished"], time[pubdate], time[datetime]')]
      .slice(0, 5)
      .map((node) => node.getAttribute('datetime') ?? node.getAttribute('content') ?? textOf(node)),
  ])
}

/** When a page says it was last changed. */
export function findModified(tags: MetaTags, linked: LinkedArticle | undefined): Instant | undefined {
  return firstDate([linked?.modified, metaOf(tags, META_NAMES.modified)])
}

/** A date the page shows in an element that is called one, or the day in its address; for pages that declare none. */
export function findWrittenDate(
  document: PageDocument,
  url: string | undefined,
  dayFirst: boolean,
): Instant | undefined {
  for (const element of [
    ...document.querySelectorAll('[class*="date" i], [class*="datum" i], [class*="publish" i], time'),
  ].slice(0, 20)) {
    const text = textOf(element)
    if (text.length > 80) continue
    const date = parseDate(text, { dayFirst })
    if (date !== undefined) return date
  }
  const inAddress = /\/(20\d\d)[/-](\d\d)[/-](\d\d)\b/.exec(url ?? '')
  return inAddress ? parseDate(`${inAddress[1]}-${inAddress[2]}-${inAddress[3]}`) : undefined
}

function firstDate(texts: readonly (string | undefined)[]): Instant | undefined {
  for (const text of texts) {
    const date = text === undefined ? undefined : parseDate(text)
    if (date !== undefined) return date
  }
  return undefined
}
