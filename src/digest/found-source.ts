/** An address that a person typed → the source behind it, or several to choose from, or what is in the way. */
import type { Instant } from '../article/article.ts'
import type { SourceTrouble } from './source-health.ts'

export interface FoundSource {
  /** `page`: a page without a feed, whose links to articles are followed. */
  readonly kind: 'feed' | 'page'
  /** The address to read from now on. */
  readonly address: string
  /** What it calls itself. */
  readonly title?: string
  /** BCP 47, as it declares it. */
  readonly language?: string
  /** How many articles it lists now. */
  readonly articles: number
  /** A few of them, the newest first. */
  readonly newest: readonly FoundArticle[]
}

export interface FoundArticle {
  readonly headline: string
  readonly url?: string
  readonly publishedAt?: Instant
  /** Whether the feed itself carries the whole text; otherwise the article's page is read, where its host allows it. */
  readonly isWhole: boolean
}

/** A feed that a page names. */
export interface SourceCandidate {
  readonly address: string
  readonly title?: string
}

export type SourceTest =
  | { readonly kind: 'found'; readonly source: FoundSource }
  | { readonly kind: 'several'; readonly candidates: readonly SourceCandidate[]; readonly host: string }
  /** `host` is empty where what was typed is no address. */
  | { readonly kind: 'problem'; readonly problem: SourceTrouble; readonly host: string }

/** Never rejects for what the outside world does. */
export type TestSource = (typed: string) => Promise<SourceTest>
