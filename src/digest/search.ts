/** Full-text search over the articles held: what may be asked, and what is found. Storage implements it. */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { SnippetPart } from '../language/snippet.ts'
import type { DigestId } from './definition.ts'
import type { Reader } from './library.ts'

/** A story that was found, by the article of it that fits best. */
export interface SearchHit {
  readonly storyId: StoryId
  readonly articleId: ArticleId
  readonly headline: string
  readonly outlet: string
  readonly url?: string
  /** When the article was published, or first seen where it bears no date. */
  readonly at: Instant
  readonly language: string
  /** At most 200 characters of what the article's source allows to be shown. */
  readonly snippet: readonly SnippetPart[]
}

export interface SearchOptions {
  /** As typed: words, "phrases", -exclusions. Anything is a query; what holds no word finds nothing. */
  readonly words: string
  /** Only articles that came through sources of these digests; of all where none are named. */
  readonly digestIds?: readonly DigestId[]
  /** Only articles in this language (`de`). */
  readonly language?: string
  readonly limit: number
  readonly offset?: number
}

export interface SearchResult {
  /** One a story, the best first: those that hold every word as typed before those that come near. */
  readonly hits: readonly SearchHit[]
  /** Stories found, over all pages. Of very many matches only the best thousand articles are told apart. */
  readonly total: number
}

export interface Search {
  readonly find: (query: SearchOptions) => Promise<SearchResult>
}

/** Search among what is for a reader. */
export interface ReadersSearch extends Search {
  readonly reader: Reader
}
