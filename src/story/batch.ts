/**
 * Stories of a set of articles that are all at hand: what the `cluster` command answers, and the measure for the index
 * that takes articles as they come (`cluster.ts`). The order of the input does not matter.
 */
import { agglomerate } from './agglomerate.ts'
import { joinLanguages } from './cross-language.ts'
import type { StoryFeatures } from './features.ts'
import type { Cluster } from './likeness.ts'
import { addBags, emptyBag, type TermBag } from './term-bag.ts'
import { createVocabulary } from './vocabulary.ts'

/**
 * For each article id the id of its story, which is the id of the story's earliest article. Ids must be unique.
 * An article without words is a story of its own.
 */
export function clusterArticles(articles: readonly StoryFeatures[]): Map<string, string> {
  const ordered = inOrder(articles)
  const vocabulary = createVocabulary()
  const clusters = ordered.map((article): Cluster => {
    const bag = vocabulary.bag(article.terms, article.language, article.topTerms)
    vocabulary.count(bag, 1)
    return { bag, size: 1, language: article.language, from: article.at, to: article.at }
  })
  const groups = agglomerate(clusters, vocabulary.background())
  const anchors = createVocabulary()
  const anchorBags = ordered.map((article) => {
    const bag = anchors.bag(article.anchors, '')
    anchors.count(bag, 1)
    return bag
  })
  const translated = joinLanguages(
    groups.map((group): Cluster => {
      const bag = sumOf(group.members.map((at) => anchorBags[at] ?? emptyBag))
      return {
        bag,
        size: group.size,
        from: group.from,
        to: group.to,
        language: group.language,
      }
    }),
    anchors,
  )
  return nameStories(
    ordered,
    groups.map((group, at) => ({ members: group.members, story: translated[at] ?? at })),
  )
}

/** By minute, then by id: the order in which articles are considered, whatever order they came in. */
export function inOrder<T extends { readonly id: string; readonly at?: number }>(
  articles: readonly T[],
): T[] {
  const minute = (article: T): number =>
    article.at === undefined ? Number.POSITIVE_INFINITY : Math.floor(article.at / 60_000)
  return [...articles].sort((a, b) => {
    const [x, y] = [minute(a), minute(b)]
    return x === y ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : x < y ? -1 : 1
  })
}

function sumOf(bags: readonly TermBag[]): TermBag {
  return bags.reduce((sum, bag) => addBags(sum, bag), emptyBag)
}

function nameStories(
  ordered: readonly StoryFeatures[],
  groups: readonly { readonly members: readonly number[]; readonly story: number }[],
): Map<string, string> {
  const earliest = new Map<number, number>()
  for (const { members, story } of groups) {
    earliest.set(story, Math.min(earliest.get(story) ?? Number.POSITIVE_INFINITY, ...members))
  }
  const stories = new Map<string, string>()
  for (const { members, story } of groups) {
    const name = ordered[earliest.get(story) ?? -1]?.id
    for (const at of members) {
      const id = ordered[at]?.id
      if (id !== undefined && name !== undefined) stories.set(id, name)
    }
  }
  return stories
}
