/** Which strands are near an article or a strand: the candidates to join, and the neighbourhood to cluster anew. */
import type { Measure } from './agglomerate.ts'
import { alignment, type Background, type Cluster } from './likeness.ts'
import type { HeldArticle } from './shelf.ts'
import type { Strand, StrandBook } from './strands.ts'

/** How many of the strands that share most with an article are weighed. */
const MAX_CANDIDATES = 20
/**
 * A neighbourhood: at most so many strands, of so many articles in all (a multiple of the strand's own, within bounds),
 * and only strands this much alike.
 */
const MAX_NEIGHBOURS = 6
const NEIGHBOURHOOD_FACTOR = 4
const MIN_NEIGHBOURHOOD = 40
export const MAX_NEIGHBOURHOOD = 400
const MIN_NEIGHBOUR_ALIGNMENT = 0.1

/** Goes over the articles that share something with one, with a weight for how telling it is. */
export type Visitor = (article: HeldArticle, visit: (other: number, weight: number) => void) => void

/** The strands that share most with an article, for their size; those that share most come first. */
export function relatedStrands(article: HeldArticle, eachRelated: Visitor, book: StrandBook): Strand[] {
  const related = new Map<Strand, { weight: number }>()
  eachRelated(article, (other, weight) => {
    const strand = book.of(other)
    if (strand === undefined) return
    const known = related.get(strand)
    if (known === undefined) related.set(strand, { weight })
    else known.weight += weight
  })
  const nearest: Related[] = []
  for (const [strand, { weight }] of related) {
    const candidate = { strand, share: weight / Math.sqrt(strand.size) }
    const last = nearest[MAX_CANDIDATES - 1]
    if (last === undefined || byShare(candidate, last) < 0) insert(candidate, nearest)
  }
  return nearest.map(({ strand }) => strand)
}

interface Related {
  readonly strand: Strand
  readonly share: number
}

function byShare(a: Related, b: Related): number {
  return b.share - a.share || a.strand.key - b.strand.key
}

/** Puts a strand in its place among the nearest, of which there are at most `MAX_CANDIDATES`. */
function insert(candidate: Related, nearest: Related[]): void {
  const at = nearest.findIndex((other) => byShare(candidate, other) < 0)
  nearest.splice(at < 0 ? nearest.length : at, 0, candidate)
  if (nearest.length > MAX_CANDIDATES) nearest.pop()
}

/** The strand most like a cluster, by the surest measure that finds one. `allows` may veto, and is asked last. */
export function likestStrand(
  cluster: Cluster,
  strands: readonly Strand[],
  measures: readonly Measure[],
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

/** The strand itself and the nearest of the others, as far as they fit. */
export function neighbourhoodOf(strand: Strand, others: readonly Strand[], background: Background): Strand[] {
  const near = others
    .map((other) => ({ other, value: alignment(strand, other, background) }))
    .filter(({ value }) => value >= MIN_NEIGHBOUR_ALIGNMENT)
    .sort((a, b) => b.value - a.value || a.other.key - b.other.key)
    .slice(0, MAX_NEIGHBOURS)
  const most = Math.min(MAX_NEIGHBOURHOOD, Math.max(MIN_NEIGHBOURHOOD, NEIGHBOURHOOD_FACTOR * strand.size))
  const strands = [strand]
  let size = strand.size
  for (const { other } of near) {
    if (size + other.size > most) continue
    size += other.size
    strands.push(other)
  }
  return strands
}
