/**
 * What an article is. Every parser (text file, Markdown, HTML page, feed entry) ends in an `ArticleDraft`;
 * storage adds identity and the times at which we saw it.
 *
 * All text in here is foreign text: plain, without markup, and never trusted.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. The core never reads a clock; instants are passed in. */
export type Instant = number

/** One text as a parser understood it. Empty strings do not occur: what is unknown is absent. */
export interface ArticleDraft {
  readonly headline: string
  /** One or two sentences under the headline, written by an editor. */
  readonly standfirst?: string
  /** Paragraphs in reading order; each is one line of plain text. May be empty for a bare headline. */
  readonly body: readonly string[]
  readonly authors: readonly string[]
  readonly publishedAt?: Instant
  /** What the source declares, as a BCP 47 tag (`de`, `pt-BR`); not yet checked against the text. */
  readonly language?: string
  /** Absolute http(s) address of the article at its publisher. */
  readonly url?: string
  /** Absolute http(s) address of a picture. */
  readonly image?: string
  /** The outlet that published it, as a reader would name it (`Tagesbote`, `source-120`). */
  readonly outlet?: string
}

export type ArticleId = string & { readonly __brand: 'ArticleId' }
export type SourceId = string & { readonly __brand: 'SourceId' }
export type StoryId = string & { readonly __brand: 'StoryId' }

/**
 * How much of an article a reader may be shown, as its source allows: the whole text, a few sentences of it, or
 * headline and summary only.
 */
export type Fulltext = 'always' | 'excerpt' | 'never'

export type TermKind = 'person' | 'place' | 'organisation' | 'name' | 'topic'

/** Somebody or something that an article names. */
export interface KeyTerm {
  /** As it stands in the text, without title or article. */
  readonly text: string
  readonly kind: TermKind
}

/** An article as it is held. */
export interface Article extends Omit<ArticleDraft, 'language' | 'outlet'> {
  readonly id: ArticleId
  readonly sourceId: SourceId
  readonly outlet: string
  /** Two- or three-letter primary language (`de`), identified from the text; `und` where nothing could be told. */
  readonly language: string
  /** When Depesche first held it. */
  readonly seenAt: Instant
  /** When its text last changed; equals `seenAt` until then. */
  readonly updatedAt: Instant
  /** At most 200 characters, one sentence. */
  readonly brief: string
  /** Two to four sentences in article order, at most 600 characters together. */
  readonly summary: readonly string[]
  readonly storyId: StoryId
  readonly fulltext: Fulltext
  /** Whole minutes a reader needs, at least 1. */
  readonly minutes: number
  /** Whom and what it names, the most telling first; at most 12. */
  readonly terms: readonly KeyTerm[]
  /** The original whose text this article repeats, in the same story; absent where it speaks for itself. */
  readonly copyOf?: ArticleId
  /** Its full text was held and is not any more: `body` is empty. */
  readonly isTextGone?: true
}
