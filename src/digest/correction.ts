/**
 * Corrections: what became of articles after an edition told of them. The edition stays as it was composed; what is known since is kept beside
 * it, and within a day of posting the posted message is edited to say so, marked.
 *
 * Withdrawn is an article whose file is gone; an entry that a feed no longer lists is not. A headline is corrected where its words are others:
 * spaces, quotation marks and capitals alone are no correction.
 */
import type { ArticleId, Instant } from '../article/article.ts'

export type Correction =
  | { readonly kind: 'headline'; readonly headline: string; readonly at: Instant }
  | { readonly kind: 'withdrawn'; readonly at: Instant }

/** By the article that speaks for its story. */
export type Corrections = ReadonlyMap<ArticleId, Correction>

/** What is posted is corrected for so long. */
export const correctedForMs = 24 * 60 * 60 * 1000
/** What comes within so long of the first correction goes into the same edit. */
export const gatherCorrectionsMs = 60_000

/** Whether two headlines differ in nothing but spaces, quotation marks, dashes and capitals. */
export function isSameHeadline(one: string, other: string): boolean {
  return plainHeadline(one) === plainHeadline(other)
}

function plainHeadline(headline: string): string {
  return headline
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Pi}\p{Pf}"'`´‚„＂]/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}
