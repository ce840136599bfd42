/**
 * Copies: the same agency text in several outlets, an excerpt of it, an edited version. They are one article with
 * several carriers, and count once where independent voices are counted.
 *
 * A text is the set of its runs of `SHINGLE_WORDS` words (shingles). Two texts are copies when the shorter one's
 * shingles are mostly found in the longer one: containment, not resemblance, because an excerpt resembles its original
 * little and is contained in it wholly. Sets are compared by sketches: only shingles whose hash falls below a bound are
 * kept, and the bound is halved until the sketch fits, so that sketches of any two lengths can be compared at the
 * coarser bound (A. Broder, "On the resemblance and containment of documents", 1997). Candidates are found by the
 * smallest hashes of each text (bottom-k MinHash, ibid.); banded signatures would find texts that resemble each other
 * and lose the excerpts.
 *
 * Refuses: texts too short to tell a copy from a chance ("Borussia Dortmund beats Bayern Munich" twice is no copy), and
 * chains: a text is compared with originals only, so two articles that quote one statement do not become one.
 */

export interface CopySketch {
  /** Number of distinct shingles of the whole text. */
  readonly shingles: number
  /** Hashes below `2 ** (32 - level)` are kept; 0 keeps all. */
  readonly level: number
  /** The kept hashes, ascending, distinct. */
  readonly hashes: readonly number[]
}

const SHINGLE_WORDS = 3
const MAX_HASHES = 200
/** Below this many shingles a text is no copy of anything. */
const MIN_SHINGLES = 15
/** Of the shorter text's sampled shingles, how many must be in the longer one. */
const MIN_CONTAINMENT = 0.58
/** A still shorter part of a text is an item in a roundup rather than an excerpt. */
const MIN_SHARE = 0.1
/** Fewer sampled shingles than this prove nothing. */
const MIN_SAMPLE = 4
/** How many of its smallest hashes find a text. */
const KEYS = 32

/** The sketch of a text given as words in order (case is ignored). */
export function sketchOf(words: readonly string[]): CopySketch {
  const all = new Set<number>()
  const wordHashes = words.map(hashWord)
  for (let start = 0; start + SHINGLE_WORDS <= wordHashes.length; start++) {
    let hash = 0
    for (let k = 0; k < SHINGLE_WORDS; k++) hash = mix(hash ^ (wordHashes[start + k] ?? 0))
    all.add(hash)
  }
  let level = 0
  let kept = [...all]
  while (kept.length > MAX_HASHES) {
    level++
    const bound = 2 ** (32 - level)
    kept = kept.filter((hash) => hash < bound)
  }
  return { shingles: all.size, level, hashes: kept.sort((a, b) => a - b) }
}

/** FNV-1a over the lower-cased UTF-16 units. */
function hashWord(word: string): number {
  const folded = word.toLowerCase()
  let hash = 0x811c9dc5
  for (let i = 0; i < folded.length; i++) hash = Math.imul(hash ^ folded.charCodeAt(i), 0x01000193)
  return hash
}

/** The finaliser of MurmurHash3 (A. Appleby), so that small hashes are a fair sample; unsigned 32 bits. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Estimated share (0 to 1) of the shorter text's shingles that are in the longer; 0 where too little is known. */
export function containment(a: CopySketch, b: CopySketch): number {
  const [short, long] = a.shingles <= b.shingles ? [a, b] : [b, a]
  if (short.shingles < MIN_SHINGLES) return 0
  const bound = 2 ** (32 - Math.max(a.level, b.level))
  let sampled = 0
  let shared = 0
  let at = 0
  for (const hash of short.hashes) {
    if (hash >= bound) break
    sampled++
    while (at < long.hashes.length && (long.hashes[at] ?? 0) < hash) at++
    if (long.hashes[at] === hash) shared++
  }
  return sampled < MIN_SAMPLE ? 0 : shared / sampled
}

/** Whether one text is a copy, an excerpt or an edited version of the other. */
export function areCopies(a: CopySketch, b: CopySketch): boolean {
  const [short, long] = a.shingles <= b.shingles ? [a, b] : [b, a]
  return short.shingles >= MIN_SHARE * long.shingles && containment(a, b) >= MIN_CONTAINMENT
}

export interface CopyIndex {
  /** Adds a text; gives the id of the original it copies at this time, its own id where it is one. */
  readonly add: (id: string, sketch: CopySketch) => string
  /** The original of a text that was added, itself where it is one. May change when a fuller text comes. */
  readonly originalOf: (id: string) => string
  readonly remove: (id: string) => void
}

/**
 * An index of originals, in memory. A text that is contained in an original becomes its copy; a fuller text becomes the
 * original of those it contains, so that two excerpts of one text find together when it comes. When an original is
 * removed, its copies stay together under its id.
 */
export function createCopyIndex(): CopyIndex {
  const originals = new Map<string, CopySketch>()
  const parents = new Map<string, string>()
  const byKey = new Map<number, Set<string>>()

  /** The originals that contain the text or are contained in it, the surest first. */
  function kin(
    sketch: CopySketch,
  ): { readonly id: string; readonly share: number; readonly isFuller: boolean }[] {
    const found = new Set<string>()
    for (const hash of sketch.hashes) for (const id of byKey.get(hash) ?? []) found.add(id)
    return [...found]
      .flatMap((id) => {
        const original = originals.get(id)
        if (original === undefined || !areCopies(sketch, original)) return []
        return { id, share: containment(sketch, original), isFuller: original.shingles >= sketch.shingles }
      })
      .sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1))
  }

  function originalOf(id: string): string {
    let at = id
    for (let parent = parents.get(at); parent !== undefined; parent = parents.get(at)) at = parent
    return at
  }

  function forget(id: string): void {
    for (const key of keysOf(originals.get(id))) {
      const ids = byKey.get(key)
      ids?.delete(id)
      if (ids?.size === 0) byKey.delete(key)
    }
    originals.delete(id)
  }

  return {
    add(id, sketch) {
      if (originals.has(id) || parents.has(id)) return originalOf(id)
      const related = kin(sketch)
      const fuller = related.find(({ isFuller }) => isFuller)
      if (fuller !== undefined) {
        parents.set(id, fuller.id)
        return fuller.id
      }
      for (const { id: shorter } of related) {
        forget(shorter)
        parents.set(shorter, id)
      }
      originals.set(id, sketch)
      for (const key of keysOf(sketch)) byKey.set(key, (byKey.get(key) ?? new Set()).add(id))
      return id
    },
    originalOf,
    remove: forget,
  }
}

/** The hashes by which a text is found; none for one too short to be a copy. */
function keysOf(sketch: CopySketch | undefined): readonly number[] {
  return sketch === undefined || sketch.shingles < MIN_SHINGLES ? [] : sketch.hashes.slice(0, KEYS)
}

/**
 * Groups texts into articles with carriers: for each id the id of its original (its own, if it is one). Longer texts
 * come first, so the result does not depend on the order given.
 */
export function groupCopies(texts: ReadonlyMap<string, CopySketch>): Map<string, string> {
  const index = createCopyIndex()
  const ordered = [...texts].sort(([a, x], [b, y]) => y.shingles - x.shingles || (a < b ? -1 : 1))
  for (const [id, sketch] of ordered) index.add(id, sketch)
  return new Map(ordered.map(([id]) => [id, index.originalOf(id)]))
}
