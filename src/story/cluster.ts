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
import type { Cluster } from './likeness.ts'
import { likestStrand, MAX_NEIGHBOURHOOD, neighbourhoodOf, relatedStrands } from './nearness.ts'
import { createShelf, type HeldArticle } from './shelf.ts'
import { createChangeLog, type StoryChange } from './story-changes.ts'
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

export type { StoryChange }

export interface Assignment {
  /** The story of every article handed in, and of every other article whose story has changed. */
  readonly stories: ReadonlyMap<string, string>
  readonly changes: readonly StoryChange[]
}

export interface StoryIndex {
  /**
   * Takes articles in. Those named in `given` go into that story whatever their words say (they repeat an article that
   * is there, or are repeated by one); the others find theirs.
   */
  readonly add: (articles: readonly StoryFeatures[], given?: ReadonlyMap<string, string>) => Assignment
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
  /** Ids that no new story may be given, beside those that this index has merged into others. */
  readonly isTaken?: (story: string) => boolean
}

/** A neighbourhood is clustered anew when its strand has grown to this multiple. */
const SETTLE_FACTOR = 1.25
const MIN_SETTLE_SIZE = 3

export function createStoryIndex(options: StoryIndexOptions = {}): StoryIndex {
  const shelf = createShelf()
  const book = createStrandBook()
  const measures = measuresOver(shelf.background)
  /** Ids of stories that were merged into others. */
  const retired = new Set<string>()
  const isTaken = options.isTaken ?? (() => false)
  let log = createChangeLog(book)

  for (const [story, members] of groupBy(options.restore ?? [], (held) => held.story)) {
    for (const strand of groupBy(members, ({ features }) => features.language).values()) {
      const articles = inOrder(strand.map(({ features }) => features)).map(shelf.hold)
      book.put(strandOf(book.nextKey(), story, articles, articles.length))
    }
  }

  /** Stores a strand and notes the members whose story it may change. */
  function put(strand: Strand): void {
    for (const member of strand.members) if (book.of(member)?.story !== strand.story) log.remember(member)
    book.put(strand)
  }

  function articlesOf(strand: Strand): HeldArticle[] {
    return [...strand.members].map(shelf.get)
  }

  function newStory(id: string): string {
    let name = id
    const isUsed = (): boolean => book.ofStory(name).length > 0 || retired.has(name) || isTaken(name)
    for (let copy = 2; isUsed(); copy++) name = `${id}~${copy}`
    return name
  }

  function assign(features: StoryFeatures, given: string | undefined): void {
    const article = shelf.hold(features)
    const candidates = relatedStrands(article, shelf.eachRelated, book)
    const alone = clusterOf(article)
    const home =
      given === undefined
        ? likestStrand(alone, candidates, measures, (strand, measure) =>
            holds(alone, [article.bag], strand, measure),
          )
        : book.ofStory(given).find(({ language }) => language === features.language)
    if (home === undefined) {
      put(strandOf(book.nextKey(), given ?? newStory(features.id), [article], 1))
    } else {
      put(withArticle(home, article))
      mergeLikely(article, candidates)
      settleIfGrown(article, candidates)
    }
    linkLanguages(article)
  }

  /** The guard against chains. A strand of very many articles does not hang on one of them. */
  function holds(cluster: Cluster, bags: readonly TermBag[], strand: Strand, measure: Measure): boolean {
    const others = strand.size > MAX_NEIGHBOURHOOD ? [] : articlesOf(strand).map(({ bag }) => bag)
    return holdsWithoutBridge(cluster, bags, strand, others, measure, shelf.background())
  }

  /** The candidates as they are now, without one of them. */
  function othersOf(strand: Strand, candidates: readonly Strand[]): Strand[] {
    return candidates.flatMap(({ key }) => (key === strand.key ? [] : (book.get(key) ?? [])))
  }

  /** Joins the article's strand with others that have become like it. */
  function mergeLikely(article: HeldArticle, candidates: readonly Strand[]): void {
    for (;;) {
      const strand = book.of(article.number)
      if (strand === undefined) return
      const partner = likestStrand(strand, othersOf(strand, candidates), measures, (other, measure) => {
        const bags = strand.size > MAX_NEIGHBOURHOOD ? [] : articlesOf(strand).map(({ bag }) => bag)
        return holds(strand, bags, other, measure)
      })
      if (partner === undefined) return
      redraw([strand, partner], [[...strand.members, ...partner.members]])
    }
  }

  function settleIfGrown(article: HeldArticle, candidates: readonly Strand[]): void {
    const strand = book.of(article.number)
    if (strand === undefined || strand.size < MIN_SETTLE_SIZE || strand.size > MAX_NEIGHBOURHOOD) return
    if (strand.size < SETTLE_FACTOR * strand.settledSize) return
    const strands = neighbourhoodOf(strand, othersOf(strand, candidates), shelf.background())
    const members = strands.flatMap((each) => [...each.members]).sort((a, b) => a - b)
    const clusters = members.map((member) => clusterOf(shelf.get(member)))
    const groups = agglomerate(clusters, shelf.background())
    redraw(
      strands,
      groups.map((group) => group.members.map((at) => members[at] ?? -1)),
    )
  }

  /** Puts new groups of the same articles in the place of strands; who keeps which id, see `inheritance.ts`. */
  function redraw(strands: readonly Strand[], groups: readonly (readonly number[])[]): void {
    for (const strand of strands) strand.members.forEach(log.remember)
    const keys = inheritKeys(strands, groups)
    const storyOfKey = new Map(strands.map(({ key, story }) => [key, story]))
    for (const { key } of strands) if (!keys.includes(key)) book.drop(key)
    for (const [at, members] of groups.entries()) {
      const articles = members.map(shelf.get)
      const founder = articles.reduce((a, b) => (a.number < b.number ? a : b))
      const key = keys[at] ?? book.nextKey()
      const story = storyOfKey.get(key) ?? newStory(founder.features.id)
      put(strandOf(key, story, articles, articles.length))
    }
  }

  /** Makes the article's strand and the one in another language that tells the same one story. */
  function linkLanguages(article: HeldArticle): void {
    const strand = book.of(article.number)
    if (strand === undefined) return
    let best: Strand | undefined
    let most = Number.NEGATIVE_INFINITY
    const [anchors, background] = [anchorsOfStrand(strand), shelf.anchorBackground()]
    for (const other of relatedStrands(article, shelf.eachNamesake, book)) {
      if (other.story === strand.story || other.language === strand.language) continue
      const nats = crossEvidence(anchors, anchorsOfStrand(other), shelf.anchorSpelling, background)
      if (nats > most) {
        most = nats
        best = other
      }
    }
    if (best !== undefined) joinStories(strand.story, best.story)
  }

  /** The larger keeps its id, among equals the older. Stories that both have a strand in one language are left apart. */
  function joinStories(a: string, b: string): void {
    const [first, second] = [book.ofStory(a), book.ofStory(b)]
    const languages = new Set(first.map(({ language }) => language))
    if (second.some(({ language }) => languages.has(language))) return
    const sizeOf = (strands: readonly Strand[]): number => strands.reduce((sum, { size }) => sum + size, 0)
    const ageOf = (strands: readonly Strand[]): number => -Math.min(...strands.map(({ key }) => key))
    const keepsFirst = sizeOf(first) - sizeOf(second) || ageOf(first) - ageOf(second)
    const [kept, lost] = keepsFirst > 0 ? [a, second] : [b, first]
    for (const strand of lost) put({ ...strand, story: kept })
  }

  function remove(ids: readonly string[]): void {
    const articles = ids.flatMap((id) => shelf.find(id) ?? [])
    for (const article of articles) {
      const strand = book.of(article.number)
      if (strand === undefined) continue
      const rest = articlesOf(strand).filter(({ number }) => number !== article.number)
      book.drop(strand.key)
      if (rest.length > 0) book.put(withoutArticle(strand, article, rest))
    }
    shelf.drop(articles.map(({ number }) => number))
  }

  function storyOf(id: string): string | undefined {
    const article = shelf.find(id)
    return article === undefined ? undefined : book.of(article.number)?.story
  }

  return {
    add(articles, given = new Map()) {
      log = createChangeLog(book)
      for (const features of inOrder(articles)) {
        const known = shelf.find(features.id)
        if (known !== undefined && isDeepStrictEqual(known.features, features)) continue
        if (known !== undefined) remove([features.id])
        assign(features, given.get(features.id))
      }
      const changes = log.changes()
      for (const { kind, from } of changes) if (kind === 'merged') retired.add(from)
      const told = new Set([
        ...articles.map(({ id }) => id),
        ...log.moved().map((n) => shelf.get(n).features.id),
      ])
      return { stories: new Map([...told].map((id) => [id, storyOf(id) ?? id])), changes }
    },
    remove,
    storyOf,
    snapshot() {
      const idsOf = (story: string): string[] =>
        book.ofStory(story).flatMap((strand) => articlesOf(strand).map(({ features }) => features.id))
      return new Map([...book.stories()].sort().map((story) => [story, idsOf(story).sort()]))
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
