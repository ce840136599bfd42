/**
 * Who a page says wrote it: JSON-LD, author metadata, microdata, then an element that is called a byline.
 */
import { cleanAuthors } from './authors.ts'
import { isOutletOnly, peopleIn } from './byline.ts'
import { type PageDocument, textOf } from './dom.ts'
import type { LinkedArticle } from './json-ld.ts'
import { META_NAMES, type MetaTags } from './meta-tags.ts'

/** The first source that names someone other than the outlet itself; else the first that names anyone. */
export function findAuthors(
  document: PageDocument,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
  outlets: readonly (string | undefined)[],
): string[] {
  const written = (selector: string) => [...document.querySelectorAll(selector)].slice(0, 6).map(textOf)
  const sources: (() => readonly string[])[] = [
    () => linked?.authors ?? [],
    ...META_NAMES.author.map((name) => () => tags.get(name) ?? []),
    () =>
      /writ|verfass|écrit|escrit|auteur|autor/i.test(tags.get('twitter:label1')?.[0] ?? '')
        ? (tags.get('twitter:data1') ?? [])
        : [],
    () => written('[itemprop~="author"] [itemprop~="name"], [rel~="author"]'),
    () => written('[itemprop~="author"]'),
    () => namedPeople(document),
  ]
  let fallback: string[] = []
  for (const source of sources) {
    const names = cleanAuthors(source().filter((text) => !/^https?:/i.test(text)))
    if (names.length > 0 && !isOutletOnly(names, outlets)) return names
    if (fallback.length === 0) fallback = names
  }
  return fallback
}

/** The people in the first element that is called a byline and holds nothing else. */
function namedPeople(document: PageDocument): string[] {
  for (const element of [
    ...document.querySelectorAll('[class*="byline" i], [class*="author" i], [class*="autor" i]'),
  ].slice(0, 30)) {
    const text = textOf(element)
    if (text === '' || text.length > 160) continue
    const people = peopleIn(element)
    if (people.length > 0) return people
  }
  return []
}
