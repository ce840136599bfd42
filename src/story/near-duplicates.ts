/**
 * Copies: the same agency text in several outlets, an excerpt of it, an edited version. They are one article with
 * several carriers, and count once where independent voices are counted.
 *
 * A text is the set of its runs of `SHINGLE_WORDS` words (shingles). Two texts are copies when the shorter one's
 * shingles are mostly found in the longer one: containment, not resemblance, because an excerpt resembles its original
 * little and is contained in it wholly. Sets are compared by sketches: only shingles whose hash falls below a bound are
 * kept, and the bound is halved until the sketch fits, so that sketches of any two lengths can be compared at the
 * coarser bound (A. Broder, "On the resemblance and containment of documents", 1997). Which texts of many copy which, see
 * `copy-index.ts`.
 *
 * Refuses: texts too short to tell a copy from a chance ("Borussia Dortmund beats Bayern Munich" twice is no copy).
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
export const MIN_SHINGLES = 15
/** Of the shorter text's sampled shingles, how many must be in the longer one. */
const MIN_CONTAINMENT = 0.58
/** A still shorter part of a text is an item in a roundup rather than an excerpt. */
const MIN_SHARE = 0.1
/** Fewer sampled shingles than this prove nothing. */
const MIN_SAMPLE = 4
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
