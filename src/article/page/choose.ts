/**
 * Which candidate is the article. Score, in points:
 *
 *   topic      0–1    share of the words of headline and description that the text uses
 *   length     0.08   per doubling of its prose
 *   agreement  −0.3   per doubling by which it is longer or shorter than the JSON-LD's own text, where there is one
 *   trust      given  how often this way of finding it is right
 *
 * Length alone cannot decide, because the longest text of a page is often its cookie notice or its comments.
 */
import { SPACELESS } from '../line.ts'
import type { Candidate } from './candidates.ts'
import { isProse } from './prose.ts'

export interface PageEvidence {
  readonly headline: string | undefined
  readonly description: string | undefined
  /** Length of the text that the page's JSON-LD gives, in characters. */
  readonly linkedLength: number | undefined
}

const POINTS_PER_DOUBLING = 0.08
const POINTS_PER_DISAGREEMENT = 0.3
/** JSON-LD texts shorter than this are summaries. */
const MIN_LINKED = 600

/** The best candidate; the first of equals. Undefined where there is none with any text. */
export function chooseCandidate(
  candidates: readonly Candidate[],
  evidence: PageEvidence,
): Candidate | undefined {
  let best: Candidate | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  for (const candidate of candidates) {
    if (candidate.blocks.length === 0) continue
    const score = scoreCandidate(candidate, evidence)
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  return best
}

/** Points as described above. */
export function scoreCandidate(candidate: Candidate, evidence: PageEvidence): number {
  const prose = proseLength(candidate)
  const doublings = Math.log2(prose + 1)
  const { linkedLength = 0 } = evidence
  const disagreement = linkedLength >= MIN_LINKED ? Math.abs(doublings - Math.log2(linkedLength)) : 0
  return (
    topicOf(candidate, evidence) +
    doublings * POINTS_PER_DOUBLING -
    disagreement * POINTS_PER_DISAGREEMENT +
    candidate.trust
  )
}

/** Share of the words of headline and description that the candidate uses, 0 to 1. */
export function topicOf(candidate: Candidate, evidence: PageEvidence): number {
  const wanted = wordsOf(`${evidence.headline ?? ''} ${evidence.description ?? ''}`)
  if (wanted.size === 0) return 0
  const used = wordsOf(candidate.blocks.map((block) => block.text).join(' '))
  return [...wanted].filter((word) => used.has(word)).length / wanted.size
}

/** Characters of prose in a candidate. */
export function proseLength(candidate: Candidate): number {
  return candidate.blocks.reduce((sum, block) => sum + (isProse(block) ? block.text.length : 0), 0)
}

/** Words of four letters and more; pairs of characters in scripts without spaces. */
function wordsOf(text: string): Set<string> {
  const folded = text.toLowerCase()
  const words = new Set(folded.match(/[\p{L}\p{N}]{4,}/gu)?.filter((word) => !SPACELESS.test(word)))
  for (const run of folded.match(/[\u3041-\u30ff\u3400-\u9fff]{2,}/g) ?? []) {
    for (let at = 0; at < run.length - 1; at++) words.add(run.slice(at, at + 2))
  }
  return words
}
