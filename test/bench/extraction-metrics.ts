/**
 * How an extracted page is measured.
 *
 * Body, by the metric of the article-extraction-benchmark (Scrapinghub, 2020): texts are bags of 4-word shingles;
 * each page's true positives, false positives and false negatives are divided by their sum, so that long pages weigh
 * no more than short ones; precision and recall are macro averages over pages, F1 is the harmonic mean of the two.
 *
 * Segments, as trafilatura's evaluation does it: a wanted segment is found, an unwanted one is avoided, when it is (not)
 * a substring of the whitespace-normalised text; precision, recall and F1 are micro averages over all segments.
 *
 * Metadata: a page's headline is right when it equals the gold one after Unicode normalisation, case folding and removal
 * of everything but letters and digits; authors when the two sets of names so normalised are equal; the date when it is
 * the same day, in UTC or in the zone the gold date is written in (a zoneless gold date has no zone to be exact in).
 */

export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

const SHINGLE = 4

function shingles(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? []
  const bag = new Map<string, number>()
  for (let start = 0; start < Math.max(1, words.length - SHINGLE + 1); start++) {
    const shingle = words.slice(start, start + SHINGLE).join(' ')
    bag.set(shingle, (bag.get(shingle) ?? 0) + 1)
  }
  return bag
}

/** Precision and recall of one predicted text; both are 1 where both texts are empty. */
export function shingleScore(gold: string, predicted: string): Score {
  const wanted = shingles(gold)
  const found = shingles(predicted)
  let both = 0
  let wantedCount = 0
  let foundCount = 0
  for (const [shingle, count] of wanted) {
    wantedCount += count
    both += Math.min(count, found.get(shingle) ?? 0)
  }
  for (const count of found.values()) foundCount += count
  const precision = both === foundCount && both === wantedCount ? 1 : both / foundCount
  const recall = both === foundCount && both === wantedCount ? 1 : both / wantedCount
  return { precision, recall, f1: harmonic(precision, recall) }
}

/** Macro average of precision and recall; F1 of the two averages. */
export function macroScore(scores: readonly Score[]): Score {
  const mean = (pick: (score: Score) => number) =>
    scores.reduce((sum, score) => sum + pick(score), 0) / Math.max(1, scores.length)
  const precision = mean((score) => score.precision)
  const recall = mean((score) => score.recall)
  return { precision, recall, f1: harmonic(precision, recall) }
}

export interface SegmentCounts {
  readonly found: number
  readonly missed: number
  readonly intruding: number
}

/** How many wanted segments a text holds and misses, and how many unwanted ones it holds. */
export function countSegments(
  text: string,
  wanted: readonly string[],
  unwanted: readonly string[],
): SegmentCounts {
  const flat = flatten(text)
  const found = wanted.filter((segment) => flat.includes(flatten(segment))).length
  const intruding = unwanted.filter((segment) => flat.includes(flatten(segment))).length
  return { found, missed: wanted.length - found, intruding }
}

/** Micro precision, recall and F1 over all pages' segments. */
export function microScore(counts: readonly SegmentCounts[]): Score {
  const sum = (pick: (count: SegmentCounts) => number) =>
    counts.reduce((total, count) => total + pick(count), 0)
  const found = sum((count) => count.found)
  const precision = found / Math.max(1, found + sum((count) => count.intruding))
  const recall = found / Math.max(1, found + sum((count) => count.missed))
  return { precision, recall, f1: harmonic(precision, recall) }
}

/** Whether two headlines or names are the same but for case, punctuation and spacing. */
export function sameText(gold: string, predicted: string): boolean {
  return fold(gold) === fold(predicted)
}

/** Whether two lists hold the same names, in any order. */
export function sameNames(gold: readonly string[], predicted: readonly string[]): boolean {
  const wanted = new Set(gold.map(fold))
  const found = new Set(predicted.map(fold))
  return wanted.size === found.size && [...wanted].every((name) => found.has(name))
}

/**
 * Whether an instant falls on the day of a gold date (`2024-05-03 15:47:42+02:00`, the zone may be absent).
 * Either the UTC day or the day in the gold date's own zone will do.
 */
export function sameDay(gold: string, predicted: number | undefined): boolean {
  if (predicted === undefined) return false
  const { instant, offsetMs, day } = readGoldDate(gold)
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  return dayOf(predicted + offsetMs) === day || dayOf(predicted) === dayOf(instant)
}

/** Whether an instant is the gold date to the minute. */
export function sameMinute(gold: string, predicted: number | undefined): boolean {
  return predicted !== undefined && Math.abs(readGoldDate(gold).instant - predicted) < 60_000
}

function readGoldDate(gold: string): { instant: number; offsetMs: number; day: string } {
  const zone = /([+-])(\d\d):(\d\d)$/.exec(gold)
  const sign = zone?.[1] === '-' ? -1 : 1
  const offsetMs = zone === null ? 0 : sign * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000
  const iso = gold.replace(' ', 'T')
  return { instant: Date.parse(zone === null ? `${iso}Z` : iso), offsetMs, day: gold.slice(0, 10) }
}

function flatten(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}
