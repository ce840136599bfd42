/**
 * How often each term occurs in the articles of a cluster, as two arrays sorted by term number: compact (100,000
 * articles are held in memory) and quick to add and to compare by walking both in step. A bag is never changed.
 */

export interface TermBag {
  /** Term numbers, ascending. */
  readonly terms: Int32Array
  /** In how many articles of the cluster each of them occurs. */
  readonly counts: Float64Array
  /** The sum of the squared counts of each term over the articles. */
  readonly squares: Float64Array
  /** Sum of the counts. */
  readonly total: number
}

export const emptyBag: TermBag = {
  terms: new Int32Array(0),
  counts: new Float64Array(0),
  squares: new Float64Array(0),
  total: 0,
}

/** The bag of one article from distinct terms and what each counts. */
export function bagOf(terms: ReadonlyMap<number, number>): TermBag {
  const sorted = Int32Array.from(terms.keys()).sort()
  const counts = Float64Array.from(sorted, (term) => terms.get(term) ?? 0)
  return {
    terms: sorted,
    counts,
    squares: counts.map((count) => count ** 2),
    total: counts.reduce((sum, count) => sum + count, 0),
  }
}

/** What is left of a count when all of it is taken away, for rounding. */
const NOTHING = 1e-9

export function addBags(a: TermBag, b: TermBag): TermBag {
  return combine(a, b, 1)
}

/** `a` without `b`, which must be part of it. */
export function subtractBag(a: TermBag, b: TermBag): TermBag {
  return combine(a, b, -1)
}

function combine(a: TermBag, b: TermBag, sign: 1 | -1): TermBag {
  const terms = new Int32Array(a.terms.length + b.terms.length)
  const counts = new Float64Array(terms.length)
  const squares = new Float64Array(terms.length)
  let size = 0
  let i = 0
  let j = 0
  while (i < a.terms.length || j < b.terms.length) {
    const left = a.terms[i] ?? Number.POSITIVE_INFINITY
    const right = b.terms[j] ?? Number.POSITIVE_INFINITY
    const term = Math.min(left, right)
    let count = 0
    let square = 0
    if (left === term) {
      count += a.counts[i] ?? 0
      square += a.squares[i++] ?? 0
    }
    if (right === term) {
      count += sign * (b.counts[j] ?? 0)
      square += sign * (b.squares[j++] ?? 0)
    }
    if (count <= NOTHING) continue
    terms[size] = term
    counts[size] = count
    squares[size++] = square
  }
  return {
    terms: terms.slice(0, size),
    counts: counts.slice(0, size),
    squares: squares.slice(0, size),
    total: a.total + sign * b.total,
  }
}

/** Calls back for every term in both bags, with both counts. Gallops when one bag is much the smaller. */
export function eachShared(
  a: TermBag,
  b: TermBag,
  visit: (term: number, inA: number, inB: number) => void,
): void {
  if (a.terms.length > b.terms.length) {
    eachShared(b, a, (term, inB, inA) => visit(term, inA, inB))
    return
  }
  const gallop = b.terms.length > 8 * a.terms.length
  let j = 0
  for (let i = 0; i < a.terms.length; i++) {
    const term = a.terms[i] ?? 0
    if (gallop) j = lowerBound(b.terms, term, j)
    else while (j < b.terms.length && (b.terms[j] ?? 0) < term) j++
    if (b.terms[j] === term) visit(term, a.counts[i] ?? 0, b.counts[j] ?? 0)
  }
}

/** The first place at or after `from` whose value is not below `value`. */
function lowerBound(sorted: Int32Array, value: number, from: number): number {
  let low = from
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
