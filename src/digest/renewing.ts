/** What bringing held articles up to date asks of storage, when the analysis or its limits have changed since. */
import type { ArticleDraft, ArticleId, Instant } from '../article/article.ts'
import { DEFAULT_LIMITS, type SummaryOptions } from '../summary/extractive.ts'
import type { AnalysedArticle } from './library.ts'

/** Raised when the analysis of a text changes enough that held articles should be worked out anew. */
const analysisVersion = 1

/** What a held article bears of the analysis that worked it out: its version, and the limits of its summaries. */
export function analysisMark(options: SummaryOptions = {}): string {
  const { maxBriefCharacters, maxCharacters, maxSentences } = { ...DEFAULT_LIMITS, ...options }
  return `${analysisVersion} ${maxBriefCharacters}/${maxCharacters}/${maxSentences}`
}

/** A held article as it is analysed again. */
export interface OutdatedArticle {
  readonly articleId: ArticleId
  readonly contentHash: string
  readonly draft: ArticleDraft
  readonly outlet: string
  readonly language: string
  /** What the last analysis gave. It may know a text that was not kept, where the source does not allow that. */
  readonly brief: string
  readonly summary: readonly string[]
  readonly features: string
}

export interface Renewing {
  /** Held articles that another analysis than `mark` worked out, newest first. */
  readonly outdated: (mark: string, limit: number) => Promise<readonly OutdatedArticle[]>
  /** Keeps a new analysis of a text that has not changed. Its story counts as changed, the article does not. */
  readonly renew: (
    article: Pick<OutdatedArticle, 'articleId' | 'contentHash'>,
    analysed: AnalysedArticle,
    now: Instant,
  ) => Promise<void>
  /** Marks an article whose text cannot be analysed, so that it is not tried again. */
  readonly giveUpRenewing: (articleId: ArticleId, mark: string) => Promise<void>
}
