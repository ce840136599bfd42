/**
 * A strand: the articles of one language that tell one event. Strands live in a book that knows the strand of each
 * article and the strands of each story, and that notes which articles changed their story.
 */
import type { Cluster } from './likeness.ts'
import type { HeldArticle } from './shelf.ts'
import { addBags, emptyBag, subtractBag, type TermBag } from './term-bag.ts'

export interface Strand extends Cluster {
  /** Ascending in the order of founding; never used twice. */
  readonly key: number
  readonly story: string
  readonly members: ReadonlySet<number>
  readonly anchors: TermBag
  /** How many members it had when its neighbourhood was last clustered anew. */
  readonly settledSize: number
}

export interface StrandBook {
  readonly of: (article: number) => Strand | undefined
  readonly get: (key: number) => Strand | undefined
  readonly ofStory: (story: string) => readonly Strand[]
  readonly stories: () => IterableIterator<string>
  /** Puts a strand in the place of the one with its key, if any. */
  readonly put: (strand: Strand) => void
  readonly drop: (key: number) => void
  /** A key for a new strand. */
  readonly nextKey: () => number
}

export function createStrandBook(): StrandBook {
  const strands = new Map<number, Strand>()
  /** Looked up thousands of times for each article that comes, so it leads to the strand itself. */
  const strandOfArticle = new Map<number, Strand>()
  const keysOf = new Map<string, Set<number>>()
  let next = 0

  function drop(key: number): void {
    const strand = strands.get(key)
    if (strand === undefined) return
    for (const member of strand.members) {
      if (strandOfArticle.get(member)?.key === key) strandOfArticle.delete(member)
    }
    const keys = keysOf.get(strand.story)
    keys?.delete(key)
    if (keys?.size === 0) keysOf.delete(strand.story)
    strands.delete(key)
  }

  return {
    of: (article) => strandOfArticle.get(article),
    get: (key) => strands.get(key),
    ofStory: (story) => [...(keysOf.get(story) ?? [])].flatMap((key) => strands.get(key) ?? []),
    stories: () => keysOf.keys(),
    put(strand) {
      drop(strand.key)
      strands.set(strand.key, strand)
      for (const member of strand.members) strandOfArticle.set(member, strand)
      const keys = keysOf.get(strand.story)
      if (keys === undefined) keysOf.set(strand.story, new Set([strand.key]))
      else keys.add(strand.key)
    },
    drop,
    nextKey: () => next++,
  }
}

/** A strand of the articles given, at least one, all of one language. */
export function strandOf(
  key: number,
  story: string,
  articles: readonly HeldArticle[],
  settledSize: number,
): Strand {
  let bag = emptyBag
  let anchors = emptyBag
  for (const article of articles) {
    bag = addBags(bag, article.bag)
    anchors = addBags(anchors, article.anchors)
  }
  const language = articles[0]?.features.language ?? 'und'
  const members = new Set(articles.map((article) => article.number))
  return { key, story, language, members, size: members.size, bag, anchors, settledSize, ...spanOf(articles) }
}

function spanOf(articles: readonly HeldArticle[]): Pick<Cluster, 'from' | 'to'> {
  const times = articles.flatMap((article) => article.features.at ?? [])
  if (times.length === 0) return { from: undefined, to: undefined }
  return { from: Math.min(...times), to: Math.max(...times) }
}

/** The strand with one more article. */
export function withArticle(strand: Strand, article: HeldArticle): Strand {
  const at = article.features.at
  return {
    ...strand,
    members: new Set(strand.members).add(article.number),
    size: strand.size + 1,
    bag: addBags(strand.bag, article.bag),
    anchors: addBags(strand.anchors, article.anchors),
    from: at === undefined ? strand.from : Math.min(strand.from ?? at, at),
    to: at === undefined ? strand.to : Math.max(strand.to ?? at, at),
  }
}

/** The strand without one of its articles; it must have others. */
export function withoutArticle(strand: Strand, article: HeldArticle, rest: readonly HeldArticle[]): Strand {
  return {
    ...strand,
    members: new Set(rest.map((other) => other.number)),
    size: rest.length,
    bag: subtractBag(strand.bag, article.bag),
    anchors: subtractBag(strand.anchors, article.anchors),
    settledSize: Math.min(strand.settledSize, rest.length),
    ...spanOf(rest),
  }
}

/** The names and numbers of a strand, to be compared across languages. */
export function anchorsOfStrand(strand: Strand): Cluster {
  return {
    bag: strand.anchors,
    size: strand.size,
    from: strand.from,
    to: strand.to,
    language: strand.language,
  }
}

/** An article by itself, as a cluster. */
export function clusterOf(article: HeldArticle): Cluster {
  const { at, language } = article.features
  return { bag: article.bag, size: 1, language, from: at, to: at }
}
