/**
 * Agglomerative clustering of articles at hand: the two clusters that speak most strongly for one event are joined,
 * again and again, until none do. First by evidence, then by alignment (see `likeness.ts`).
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
/** A term in more articles than this finds no partners: it is not telling, and its list is long. */
const MAX_POSTINGS = 1500

/** Groups articles by event, those of one language each. Groups and their members are in the order of the input. */
export function agglomerate(articles: readonly Cluster[], background: Background): Group[] {
  const groups: (Group | undefined)[] = articles.map((article, at) => ({ ...article, members: [at] }))
  const partners = findPartners(articles, background)
  const guard = guardAgainst(articles, background)
  for (const measure of measuresOver(() => background)) join(groups, partners, measure, guard)
  return groups.filter((group) => group !== undefined)
}

/** Two groups as one. */
export function joinGroups(a: Group, b: Group): Group {
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

/** Joins the likest pair while any pair reaches `least`. Changes `groups` and `partners` in place. */
function join(groups: (Group | undefined)[], partners: Set<number>[], measure: Measure, guard: Guard): void {
  const { likeness, least } = measure
  const heap = createHeap<Pair>((x, y) => y.likeness - x.likeness || x.a - y.a || x.b - y.b)
  const offer = (x: number, y: number): void => {
    const [a, b] = x < y ? [x, y] : [y, x]
    const first = groups[a]
    const second = groups[b]
    if (first === undefined || second === undefined) return
    const value = likeness(first, second)
    if (value >= least) heap.push({ a, b, likeness: value, first, second })
  }
  partners.forEach((others, at) => {
    for (const other of others) if (at < other) offer(at, other)
  })
  for (let pair = heap.pop(); pair !== undefined; pair = heap.pop()) {
    const { a, b, first, second } = pair
    if (groups[a] !== first || groups[b] !== second) continue
    if (!guard(first, second, measure)) continue
    groups[a] = joinGroups(first, second)
    groups[b] = undefined
    inheritPartners(partners, a, b)
    for (const other of partners[a] ?? []) offer(a, other)
  }
}

function inheritPartners(partners: Set<number>[], into: number, from: number): void {
  const mine = partners[into]
  const theirs = partners[from]
  if (mine === undefined || theirs === undefined) return
  for (const other of theirs) {
    partners[other]?.delete(from)
    if (other === into) continue
    mine.add(other)
    partners[other]?.add(into)
  }
  mine.delete(from)
  theirs.clear()
}

/** Each side of a join must speak for it without the one article of the other side that connects them best. */
function guardAgainst(articles: readonly Cluster[], background: Background): Guard {
  const bagsOf = (group: Group): TermBag[] => group.members.map((at) => articles[at]?.bag ?? emptyBag)
  return (a, b, measure) => holdsWithoutBridge(a, bagsOf(a), b, bagsOf(b), measure, background)
}

/**
 * Whether two clusters, with the bags of their articles, still reach the least likeness when the article that connects
 * them best is left out, on either side. A cluster of one article cannot spare it.
 */
export function holdsWithoutBridge(
  a: Cluster,
  articlesOfA: readonly TermBag[],
  b: Cluster,
  articlesOfB: readonly TermBag[],
  { likeness, least }: Measure,
  background: Background,
): boolean {
  if (articlesOfA.length < 2 || articlesOfB.length < 2) return true
  const withoutBridge = (cluster: Cluster, articles: readonly TermBag[], other: Cluster): Cluster => ({
    ...cluster,
    size: cluster.size - 1,
    bag: subtractBag(cluster.bag, bridgeOf(articles, other.bag, background)),
  })
  return (
    likeness(withoutBridge(a, articlesOfA, b), b) >= least &&
    likeness(a, withoutBridge(b, articlesOfB, a)) >= least
  )
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
      const list = postings.get(term) ?? []
      if (list.length > MAX_POSTINGS) continue
      const weight = background.idf(term) ** 2
      for (const other of list) {
        if (weights[other] === 0) touched.push(other)
        weights[other] = (weights[other] ?? 0) + weight
      }
    }
    const ranked = touched
      .filter((other) => other !== at)
      .sort((x, y) => (weights[y] ?? 0) - (weights[x] ?? 0) || x - y)
    for (const other of ranked.slice(0, MAX_PARTNERS)) {
      partners[at]?.add(other)
      partners[other]?.add(at)
    }
    for (const other of touched) weights[other] = 0
  })
  return partners
}
