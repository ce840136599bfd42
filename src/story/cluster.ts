/**
 * Stories as articles come. An index holds the articles of the last days; each new one is compared with the few stories
 * it shares telling words with, and joins the one that most strongly speaks for the same event, or starts its own. What
 * was decided on little is looked at again as a story grows: at each doubling, it and its neighbours are clustered anew
 * as a batch would (`agglomerate.ts`), which joins what belongs together and parts what does not.
 *
 * - A story is one strand of articles in one language, or several strands in different languages.
 * - Ids are stable: when stories merge, the larger keeps its id (among equals the older); when one splits, the part with
 *   most of its articles does.
 * - Deterministic: articles handed in together are taken by minute, then id, whatever their order. Hand in together what
 *   was seen in one minute, and the order within it does not matter.
 * - Adding an article again changes nothing; adding it with other content replaces it.
 *
 * The index is memory only. After a restart it is built again from stored features and story ids (`restore`).
 */
import { isDeepStrictEqual } from 'node:util'
import { agglomerate, holdsWithoutBridge, type Measure, measuresOver } from './agglomerate.ts'
import { inOrder } from './batch.ts'
import { crossEvidence } from './cross-language.ts'
import type { StoryFeatures } from './features.ts'
import { inheritKeys } from './inheritance.ts'
import { alignment, type Cluster } from './likeness.ts'
import { createShelf, type HeldArticle } from './shelf.ts'
import {
  anchorsOfStrand,
  clusterOf,
  createStrandBook,
  type Strand,
  strandOf,
  withArticle,
  withoutArticle,
} from './strands.ts'
import type { TermBag } from './term-bag.ts'

export type StoryChange =
  /** All articles of one story now belong to another; the first id is no longer used. */
  | { readonly kind: 'merged'; readonly from: string; readonly into: string }
  /** Some articles of a story now form one of their own. */
  | { readonly kind: 'split'; readonly from: string; readonly into: string }

export interface Assignment {
  /** The story of every article handed in, and of every other article whose story has changed. */
  readonly stories: ReadonlyMap<string, string>
  readonly changes: readonly StoryChange[]
}

export interface StoryIndex {
  readonly add: (articles: readonly StoryFeatures[]) => Assignment
  /** Articles no longer held. Ids that are not held are ignored. */
  readonly remove: (ids: readonly string[]) => void
  readonly storyOf: (id: string) => string | undefined
  /** The article ids of each story, both ascending. */
  readonly snapshot: () => ReadonlyMap<string, readonly string[]>
  readonly size: () => number
}

export interface StoryIndexOptions {
  /** Articles with the stories they were in before a restart. */
  readonly restore?: readonly { readonly features: StoryFeatures; readonly story: string }[]
}

/** How many of the stories that share most with an article are weighed. */
const MAX_CANDIDATES = 20
/** A neighbourhood is clustered anew when its story has grown to this multiple. */
const SETTLE_FACTOR = 1.25
const MIN_SETTLE_SIZE = 3
/**
 * A neighbourhood: at most so many stories, of so many articles in all (a multiple of the story's own, within bounds),
 * and only stories this much alike.
 */
const MAX_NEIGHBOURS = 6
const NEIGHBOURHOOD_FACTOR = 4
const MIN_NEIGHBOURHOOD = 40
const MAX_NEIGHBOURHOOD = 400
const MIN_NEIGHBOUR_ALIGNMENT = 0.1

export function createStoryIndex(options: StoryIndexOptions = {}): StoryIndex {
  const shelf = createShelf()
  const book = createStrandBook()
  /** The former story of each article that moved during the current call. */
  let moved = new Map<number, string | undefined>()

  const measures = measuresOver(shelf.background)

  /** Notes the story an article had before this call; to be called before it changes. */
  function remember(article: number): void {
    if (!moved.has(article)) moved.set(article, book.of(article)?.story)
  }

  /** Stores a strand and notes the members whose story it may change. */
  function put(strand: Strand): void {
    for (const member of strand.members) if (book.of(member)?.story !== strand.story) remember(member)
    book.put(strand)
  }

  /** Strands that share most with an article, by what `visitor` goes over. */
  function related(article: HeldArticle, visitor: typeof shelf.eachRelated): Strand[] {
    const weights = new Map<Strand, number>()
    visitor(article, (other, weight) => {
      const strand = book.of(other)
      if (strand !== undefined) weights.set(strand, (weights.get(strand) ?? 0) + weight)
    })
    const score = (strand: Strand, weight: number): number => weight / Math.sqrt(strand.size)
    return [...weights]
      .map(([strand, weight]) => ({ strand, score: score(strand, weight) }))
      .sort((a, b) => b.score - a.score || a.strand.key - b.strand.key)
      .slice(0, MAX_CANDIDATES)
      .map(({ strand }) => strand)
  }

  /** The strand most like a cluster, by the surest measure that finds one; the guard is asked last. */
  function likest(
    cluster: Cluster,
    strands: readonly Strand[],
    allows: (strand: Strand, measure: Measure) => boolean,
  ): Strand | undefined {
    for (const measure of measures) {
      const ranked = strands
        .map((strand) => ({ strand, value: measure.likeness(cluster, strand) }))
        .filter(({ value }) => value >= measure.least)
        .sort((a, b) => b.value - a.value || a.strand.key - b.strand.key)
      const found = ranked.find(({ strand }) => allows(strand, measure))
      if (found !== undefined) return found.strand
    }
    return undefined
  }

  function articlesOf(strand: Strand): HeldArticle[] {
    return [...strand.members].map(shelf.get)
  }

  function bagsOf(strand: Strand): TermBag[] {
    return articlesOf(strand).map(({ bag }) => bag)
  }

  function newStory(id: string): string {
    let name = id
    for (let copy = 2; book.ofStory(name).length > 0; copy++) name = `${id}~${copy}`
    return name
  }

  function assign(features: StoryFeatures): void {
    const article = shelf.hold(features)
    const candidates = related(article, shelf.eachRelated)
    const home = likest(clusterOf(article), candidates, () => true)
    if (home === undefined) {
      put(strandOf(book.nextKey(), newStory(features.id), [article], 1))
    } else {
      put(withArticle(home, article))
      mergeLikely(article, candidates)
      settleIfGrown(article, candidates)
    }
    linkLanguages(article)
  }

  /** Joins the article's strand with others that have become like it. */
  function mergeLikely(article: HeldArticle, candidates: readonly Strand[]): void {
    for (;;) {
      const strand = book.of(article.number)
      if (strand === undefined) return
      const others = candidates.flatMap(({ key }) => (key === strand.key ? [] : (book.get(key) ?? [])))
      const partner = likest(strand, others, (other, measure) => {
        return holdsWithoutBridge(strand, bagsOf(strand), other, bagsOf(other), measure, shelf.background())
      })
      if (partner === undefined) return
      redraw([strand, partner], [[...strand.members, ...partner.members]])
    }
  }

  function settleIfGrown(article: HeldArticle, candidates: readonly Strand[]): void {
    const strand = book.of(article.number)
    if (strand === undefined || strand.size < MIN_SETTLE_SIZE) return
    if (strand.size < SETTLE_FACTOR * strand.settledSize) return
    const strands = neighbourhood(strand, candidates)
    const members = strands.flatMap((each) => [...each.members]).sort((a, b) => a - b)
    const groups = agglomerate(
      members.map((member) => clusterOf(shelf.get(member))),
      shelf.background(),
    )
    redraw(
      strands,
      groups.map((group) => group.members.map((at) => members[at] ?? -1)),
    )
  }

  function neighbourhood(strand: Strand, candidates: readonly Strand[]): Strand[] {
    const near = candidates
      .flatMap(({ key }) => (key === strand.key ? [] : (book.get(key) ?? [])))
      .map((other) => ({ other, value: alignment(strand, other, shelf.background()) }))
      .filter(({ value }) => value >= MIN_NEIGHBOUR_ALIGNMENT)
      .sort((a, b) => b.value - a.value || a.other.key - b.other.key)
      .slice(0, MAX_NEIGHBOURS)
    const strands = [strand]
    const most = Math.min(MAX_NEIGHBOURHOOD, Math.max(MIN_NEIGHBOURHOOD, NEIGHBOURHOOD_FACTOR * strand.size))
    let size = strand.size
    for (const { other } of near) {
      if (size + other.size > most) continue
      size += other.size
      strands.push(other)
    }
    return strands
  }

  /** Puts new groups of the same articles in the place of strands; who keeps which id, see `inheritance.ts`. */
  function redraw(strands: readonly Strand[], groups: readonly (readonly number[])[]): void {
    for (const strand of strands) strand.members.forEach(remember)
    const keys = inheritKeys(strands, groups)
    const storyByKey = new Map(strands.map((strand) => [strand.key, strand.story]))
    const drawn = groups.map((members, at) => {
      const articles = members.map(shelf.get)
      const key = keys[at] ?? book.nextKey()
      const first = articles.reduce((a, b) => (a.number < b.number ? a : b))
      return { key, articles, story: storyByKey.get(key), founder: first.features.id }
    })
    const kept = new Set(drawn.map(({ key }) => key))
    const places = drawn.map(({ key, articles, story, founder }) => ({
      strand: strandOf(key, story ?? '', articles, articles.length),
      founder,
    }))
    for (const { strand, founder } of places) {
      put(strand.story === '' ? { ...strand, story: newStory(founder) } : strand)
    }
    for (const { key } of strands) if (!kept.has(key)) book.drop(key)
  }

  /** Makes the article's strand and the one in another language that tells the same one story. */
  function linkLanguages(article: HeldArticle): void {
    const strand = book.of(article.number)
    if (strand === undefined) return
    let best: Strand | undefined
    let most = Number.NEGATIVE_INFINITY
    for (const other of related(article, shelf.eachNamesake)) {
      if (other.story === strand.story || other.language === strand.language) continue
      const nats = crossEvidence(
        anchorsOfStrand(strand),
        anchorsOfStrand(other),
        shelf.anchorSpelling,
        shelf.anchorBackground(),
      )
      if (nats > most) {
        most = nats
        best = other
      }
    }
    if (best !== undefined) joinStories(strand.story, best.story)
  }

  function joinStories(a: string, b: string): void {
    const [first, second] = [book.ofStory(a), book.ofStory(b)]
    const languages = new Set(first.map((strand) => strand.language))
    if (second.some((strand) => languages.has(strand.language))) return
    const sizeOf = (strands: readonly Strand[]): number => strands.reduce((sum, { size }) => sum + size, 0)
    const oldest = (strands: readonly Strand[]): number => Math.min(...strands.map(({ key }) => key))
    const keepsFirst = sizeOf(first) - sizeOf(second) || oldest(second) - oldest(first)
    const [kept, lost] = keepsFirst > 0 ? [a, second] : [b, first]
    for (const strand of lost) put({ ...strand, story: kept })
  }

  function take(number: number): void {
    const strand = book.of(number)
    const article = shelf.get(number)
    if (strand === undefined) return
    const rest = articlesOf(strand).filter((other) => other.number !== number)
    book.drop(strand.key)
    if (rest.length > 0) book.put(withoutArticle(strand, article, rest))
  }

  function remove(ids: readonly string[]): void {
    const numbers = ids.flatMap((id) => shelf.find(id)?.number ?? [])
    for (const number of numbers) take(number)
    shelf.drop(numbers)
  }

  function storyOf(id: string): string | undefined {
    const number = shelf.find(id)?.number
    return number === undefined ? undefined : book.of(number)?.story
  }

  function report(given: readonly StoryFeatures[]): Assignment {
    const stories = new Map<string, string>()
    const routes = new Map<string, Set<string>>()
    for (const { id } of given) {
      const story = storyOf(id)
      if (story !== undefined) stories.set(id, story)
    }
    for (const [number, former] of moved) {
      const article = book.of(number) === undefined ? undefined : shelf.get(number)
      const story = book.of(number)?.story
      if (article === undefined || story === undefined || story === former) continue
      stories.set(article.features.id, story)
      if (former === undefined) continue
      routes.set(former, (routes.get(former) ?? new Set()).add(story))
    }
    return { stories, changes: changesOf(routes) }
  }

  function changesOf(routes: ReadonlyMap<string, ReadonlySet<string>>): StoryChange[] {
    return [...routes].flatMap(([from, targets]) => {
      const kind = book.ofStory(from).length === 0 && targets.size === 1 ? 'merged' : 'split'
      return [...targets].map((into): StoryChange => ({ kind, from, into }))
    })
  }

  for (const [story, members] of groupBy(options.restore ?? [], ({ story }) => story)) {
    for (const strand of groupBy(members, ({ features }) => features.language).values()) {
      const articles = inOrder(strand.map(({ features }) => features)).map(shelf.hold)
      book.put(strandOf(book.nextKey(), story, articles, articles.length))
    }
  }

  return {
    add(articles) {
      moved = new Map()
      for (const features of inOrder(articles)) {
        const known = shelf.find(features.id)
        if (known !== undefined && isDeepStrictEqual(known.features, features)) continue
        if (known !== undefined) remove([features.id])
        assign(features)
      }
      return report(articles)
    },
    remove,
    storyOf,
    snapshot() {
      const stories = [...book.stories()].sort()
      return new Map(
        stories.map((story) => [
          story,
          book
            .ofStory(story)
            .flatMap(articlesOf)
            .map(({ features }) => features.id)
            .sort(),
        ]),
      )
    },
    size: shelf.size,
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
