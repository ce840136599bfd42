/**
 * The same event in two languages. Words cannot be compared, names and numbers can (`anchors.ts`): two groups are one
 * story when they share several anchors that are rare in the news at hand, of which some are names, and were published
 * close together. What is compared here are clusters whose terms are anchors. Where times are unknown, more is asked. What is not certain is left apart: a story shows its sources,
 * and a wrong one is worse than two stories.
 */
import { isNumber } from './anchors.ts'
import { type Background, type Cluster, evidence, gapOf } from './likeness.ts'
import { eachShared } from './term-bag.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Evidence in nats that the shared names and numbers must give. */
const MIN_EVIDENCE = 9
const MIN_SHARED = 3
const MIN_SHARED_NAMES = 2
/** What is asked where a time is unknown. */
const MIN_SHARED_UNTIMED = 4
/** In news cycles (days). */
const MAX_GAP = 2
/** An anchor in more groups than this finds no partners. */
const MAX_POSTINGS = 200

/** How strongly names and numbers speak for one event, in nats; negative infinity where they do not suffice. */
export function crossEvidence(
  a: Cluster,
  b: Cluster,
  spelling: Vocabulary['spelling'],
  background: Background,
): number {
  if (a.language === b.language || gapOf(a, b) > MAX_GAP) return Number.NEGATIVE_INFINITY
  let shared = 0
  let names = 0
  eachShared(a.bag, b.bag, (term) => {
    shared++
    if (!isNumber(spelling(term))) names++
  })
  const isTimed = a.from !== undefined && b.from !== undefined
  if (names < MIN_SHARED_NAMES || shared < (isTimed ? MIN_SHARED : MIN_SHARED_UNTIMED))
    return Number.NEGATIVE_INFINITY
  const nats = evidence(a, b, background)
  return nats >= MIN_EVIDENCE ? nats : Number.NEGATIVE_INFINITY
}

/**
 * Joins groups of different languages, the surest first; a story has one group of each language. Gives for each group
 * the position of the first group of its story.
 */
export function joinLanguages(groups: readonly Cluster[], anchors: Vocabulary): number[] {
  const story = groups.map((_, at) => at)
  const languages = groups.map((group) => new Set([group.language]))
  for (const { a, b } of likelyTranslations(groups, anchors)) {
    const [into, from] = [story[a] ?? a, story[b] ?? b].sort((x, y) => x - y)
    if (into === undefined || from === undefined || into === from) continue
    const here = languages[into]
    const there = languages[from]
    if (here === undefined || there === undefined || [...there].some((language) => here.has(language)))
      continue
    for (const language of there) here.add(language)
    story.forEach((of, at) => {
      if (of === from) story[at] = into
    })
  }
  return story
}

function likelyTranslations(
  groups: readonly Cluster[],
  anchors: Vocabulary,
): { readonly a: number; readonly b: number; readonly nats: number }[] {
  if (new Set(groups.map((group) => group.language)).size < 2) return []
  const background = anchors.background()
  const pairs = [...candidatePairs(groups)].map(([a, b]) => {
    const [first, second] = [groups[a], groups[b]]
    const nats =
      first && second ? crossEvidence(first, second, anchors.spelling, background) : Number.NEGATIVE_INFINITY
    return { a, b, nats }
  })
  return pairs
    .filter(({ nats }) => nats >= MIN_EVIDENCE)
    .sort((x, y) => y.nats - x.nats || x.a - y.a || x.b - y.b)
}

function* candidatePairs(groups: readonly Cluster[]): Generator<readonly [number, number]> {
  const postings = new Map<number, number[]>()
  for (const [at, group] of groups.entries()) {
    const seen = new Map<number, number>()
    for (const term of group.bag.terms) {
      const list = postings.get(term) ?? []
      if (list.length <= MAX_POSTINGS) for (const other of list) seen.set(other, (seen.get(other) ?? 0) + 1)
      list.push(at)
      postings.set(term, list)
    }
    for (const [other, shared] of seen) {
      if (shared >= MIN_SHARED && groups[other]?.language !== group.language) yield [other, at]
    }
  }
}
