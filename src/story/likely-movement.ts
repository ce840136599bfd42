/**
 * How likely it is, by stored features, that later articles of a story that was told tell something new. The cheap look, at names, numbers,
 * words and sketches alone, that decides which stories are worth reading again (`movement.ts`); it never decides that one has moved.
 */
import { isNumber } from './anchors.ts'
import type { StoryFeatures } from './features.ts'
import { containment } from './near-duplicates.ts'

/** From here on a text has nothing of its own beside another. */
const VERBATIM = 0.95
/** What new words of the headline, new words of the whole, new numbers and new names make likely at most; 1 together. */
const SHARES = { top: 0.35, terms: 0.2, numbers: 0.3, names: 0.15 } as const

/**
 * From 0 to 1. 0 where every later text is contained in one that was told and brings no number, or has no name, number or telling word of
 * its own, and where nothing is left of what was told.
 */
export function mayHaveMoved(told: readonly StoryFeatures[], since: readonly StoryFeatures[]): number {
  if (told.length === 0) return 0
  const anchors = new Set(told.flatMap((each) => each.anchors))
  const terms = new Set(told.flatMap((each) => each.terms))
  return Math.max(
    0,
    ...since.map((each) => {
      const unknown = each.anchors.filter((anchor) => !anchors.has(anchor))
      // A text that is the same but for a number is how agencies report a higher toll.
      if (isVerbatim(each, told) && !unknown.some(isNumber)) return 0
      return likelihood(each, unknown, terms)
    }),
  )
}

function isVerbatim({ copy }: StoryFeatures, told: readonly StoryFeatures[]): boolean {
  return told.some((each) => copy.shingles <= each.copy.shingles && containment(copy, each.copy) >= VERBATIM)
}

function likelihood(
  { terms, topTerms }: StoryFeatures,
  unknown: readonly string[],
  knownTerms: ReadonlySet<string>,
): number {
  const numbers = unknown.filter(isNumber).length
  const top = terms.slice(0, topTerms)
  const newTop = top.filter((term) => !knownTerms.has(term)).length / Math.max(1, top.length)
  const newTerms = terms.filter((term) => !knownTerms.has(term)).length / Math.max(1, terms.length)
  const names = unknown.length - numbers
  return Math.min(
    1,
    SHARES.top * newTop +
      SHARES.terms * newTerms +
      Math.min(SHARES.numbers, 0.15 * numbers) +
      Math.min(SHARES.names, 0.04 * names),
  )
}
