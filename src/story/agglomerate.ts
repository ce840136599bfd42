/**
 * Agglomerative clustering of articles at hand: the two clusters that speak most strongly for one event are joined,
 * again and again, until none do: by evidence, then by alignment, then by kinship (see `likeness.ts`).
 *
 * Only pairs that share a telling word are ever compared. The guard against chains: a join of two clusters must still
 * hold without the one article on either side that connects them best, so that one wrong or double-headed article
 * ("News in brief") cannot pull two events together.
 *
 * The result depends on the articles and the background only; ties are broken by position, so callers sort first.
 */
import { createHeap } from './heap.ts'
import { alignment, type Background, type Cluster, evidence, kinship } from './likeness.ts'
import { addBags, eachShared, emptyBag, subtractBag, type TermBag } from './term-bag.ts'

/** A cluster that knows its articles, as positions in the input. */
export interface Group extends Cluster {
  readonly members: readonly number[]
}

export type Likeness = (a: Cluster, b: Cluster) => number

export interface Measure {
  readonly likeness: Likeness
  /** From which on two clusters are one event. */
  readonly least: number
}

/** Evidence in nats, and alignment, from which on two clusters are one event. */
const MIN_EVIDENCE = 0
const MIN_ALIGNMENT = 0.25

/** The measures by which clusters are joined, the surest first. */
export function measuresOver(background: () => Background): readonly Measure[] {
  return [
    { likeness: (a, b) => evidence(a, b, background()), least: MIN_EVIDENCE },
    { likeness: (a, b) => alignment(a, b, background()), least: MIN_ALIGNMENT },
    { likeness: (a, b) => kinship(a, b, background()), least: 1 },
  ]
}

/** For each article its most promising partners; more would only cost time. */
const MAX_PARTNERS = 40
/** Of the articles with a term, so many are looked at: those nearest in order, which is nearest in time. */
const MAX_POSTINGS = 600

/** Groups articles by event, those of one language each. Groups and their members are in the order of the input. */
export function agglomerate(articles: readonly Cluster[], background: Background): Group[] {
  const groups: (Group | undefined)[] = articles.map((article, at) => ({ ...article, members: [at] }))
  const partners = findPartners(articles, background)
  const guard = guardAgainst(articles, background)
  for (const measure of measuresOver(() => background)) join(groups, partners, measure, guard)
  return groups.filter((group) => group !== undefined)
}

/** Two groups as one. */
function joinGroups(a: Group, b: Group): Group {
  return {
    bag: addBags(a.bag, b.bag),
    size: a.size + b.size,
    language: a.language,
    members: a.members.concat(b.members).sort((x, y) => x - y),
    from: earliest(a.from, b.from),
    to: latest(a.to, b.to),
  }
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

interface Pair {
  readonly a: number
  readonly b: number
  readonly likeness: number
  /** The groups as they were when compared; the pair is stale once either has grown. */
  readonly first: Group
  readonly second: Group
}

type Guard = (a: Group, b: Group, measure: Measure) => boolean

/** By how much a group must grow before it is compared with all its partners again. */
const REFRESH_GROWTH = 1.1

/**
 * Joins the likest pair while any pair reaches `least`. Changes `groups` and `partners` in place.
 *
 * A group that grew is compared again with partners new to it, with those it was waiting for when their turn comes, and
 * with all of them once it has grown by a tenth; comparing it with hundreds for each article it takes in would cost more
 * than all the rest.
 */
function join(groups: (Group | undefined)[], partners: Set<number>[], measure: Measure, guard: Guard): void {
  const { likeness, least } = measure
  const heap = createHeap<Pair>((x, y) => y.likeness - x.likeness || x.a - y.a || x.b - y.b)
  const comparedSizes = groups.map((group) => group?.size ?? 0)

  function offer(x: number, y: number): void {
    const [a, b] = x < y ? [x, y] : [y, x]
    const first = groups[a]
    const second = groups[b]
    if (first === undefined || second === undefined) return
    const value = likeness(first, second)
    if (value >= least) heap.push({ a, b, likeness: value, first, second })
  }

  function offerAll(at: number): void {
    comparedSizes[at] = groups[at]?.size ?? 0
    for (const other of partners[at] ?? []) offer(at, other)
  }

  function take({ a, b, first, second }: Pair): void {
    if (groups[a] === undefined || groups[b] === undefined) return
    if (groups[a] !== first || groups[b] !== second) {
      offer(a, b)
      return
    }
    if (!guard(first, second, measure)) return
    const joined = joinGroups(first, second)
    groups[a] = joined
    groups[b] = undefined
    const gained = inheritPartners(partners, a, b)
    if (joined.size >= REFRESH_GROWTH * (comparedSizes[a] ?? 0)) offerAll(a)
    else for (const other of gained) offer(a, other)
  }

  partners.forEach((others, at) => {
    for (const other of others) if (at < other) offer(at, other)
  })
  for (;;) {
    for (let pair = heap.pop(); pair !== undefined; pair = heap.pop()) take(pair)
    const grown = groups.flatMap((group, at) =>
      group !== undefined && group.size > (comparedSizes[at] ?? 0) ? at : [],
    )
    if (grown.length === 0) return
    for (const at of grown) offerAll(at)
  }
}

/** Gives one group the partners of another; those it did not have before are returned. */
function inheritPartners(partners: Set<number>[], into: number, from: number): number[] {
  const mine = partners[into]
  const theirs = partners[from]
  if (mine === undefined || theirs === undefined) return []
  const gained: number[] = []
  for (const other of theirs) {
    partners[other]?.delete(from)
    if (other === into) continue
    if (!mine.has(other)) gained.push(other)
    mine.add(other)
    partners[other]?.add(into)
  }
  mine.delete(from)
  theirs.clear()
  return gained
}

/** Each side of a join must speak for it without the one article of the other side that connects them best. */
function guardAgainst(articles: readonly Cluster[], background: Background): Guard {
  const bagsOf = (group: Group): TermBag[] => group.members.map((at) => articles[at]?.bag ?? emptyBag)
  return (a, b, measure) => holdsWithoutBridge(a, bagsOf(a), b, bagsOf(b), measure, background)
}

/** A cluster of fewer articles cannot spare one. */
const MIN_GUARDED = 3

/**
 * Whether two clusters, with the bags of their articles, still reach the least likeness when the article that connects
 * them best is left out, on either side.
 */
export function holdsWithoutBridge(
  a: Cluster,
  articlesOfA: readonly TermBag[],
  b: Cluster,
  articlesOfB: readonly TermBag[],
  { likeness, least }: Measure,
  background: Background,
): boolean {
  const holds = (cluster: Cluster, articles: readonly TermBag[], other: Cluster): boolean =>
    articles.length < MIN_GUARDED ||
    likeness(withoutBridge(cluster, articles, other, background), other) >= least
  return holds(a, articlesOfA, b) && holds(b, articlesOfB, a)
}

function withoutBridge(
  cluster: Cluster,
  articles: readonly TermBag[],
  other: Cluster,
  background: Background,
): Cluster {
  return {
    ...cluster,
    size: cluster.size - 1,
    bag: subtractBag(cluster.bag, bridgeOf(articles, other.bag, background)),
  }
}

/** The article that shares most with the other cluster. */
function bridgeOf(articles: readonly TermBag[], other: TermBag, background: Background): TermBag {
  let bridge = emptyBag
  let strongest = -1
  for (const article of articles) {
    let strength = 0
    eachShared(article, other, (term, _, count) => {
      strength += count * background.idf(term) ** 2
    })
    if (strength > strongest) {
      strongest = strength
      bridge = article
    }
  }
  return bridge
}

/** For each article the others it shares the most telling words with; if one names the other, both do. */
function findPartners(articles: readonly Cluster[], background: Background): Set<number>[] {
  const postings = new Map<number, number[]>()
  const partners = articles.map(() => new Set<number>())
  const weights = new Float64Array(articles.length)
  articles.forEach(({ bag }, at) => {
    for (const term of bag.terms) {
      const list = postings.get(term)
      if (list === undefined) postings.set(term, [at])
      else list.push(at)
    }
  })
  articles.forEach(({ bag }, at) => {
    const touched: number[] = []
    for (const term of bag.terms) {
      const weight = background.idf(term) ** 2
      for (const other of nearest(postings.get(term) ?? [], at)) {
        if (weights[other] === 0) touched.push(other)
        weights[other] = (weights[other] ?? 0) + weight
      }
    }
    weights[at] = 0
    for (const other of mostWeighty(touched, weights, MAX_PARTNERS)) {
      if (other === at) continue
      partners[at]?.add(other)
      partners[other]?.add(at)
    }
    for (const other of touched) weights[other] = 0
  })
  return partners
}

/** At most `MAX_POSTINGS` of some ascending positions: those around one of them. */
function nearest(positions: readonly number[], around: number): readonly number[] {
  if (positions.length <= MAX_POSTINGS) return positions
  const middle = positions.findIndex((position) => position >= around)
  const from = Math.min(Math.max(0, middle - MAX_POSTINGS / 2), positions.length - MAX_POSTINGS)
  return positions.slice(from, from + MAX_POSTINGS)
}

/** The `most` places with the largest weights; of equal ones those that come first. */
function mostWeighty(places: readonly number[], weights: Float64Array, most: number): number[] {
  if (places.length <= most) return [...places]
  const sorted = Float64Array.from(places, (place) => weights[place] ?? 0).sort()
  const enough = sorted[sorted.length - most] ?? 0
  const above = places.filter((place) => (weights[place] ?? 0) > enough)
  const equal = places.filter((place) => weights[place] === enough)
  return above.concat(equal.slice(0, most - above.length))
}
