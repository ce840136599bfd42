/**
 * An edition: what a digest said for one slot. It is frozen when it is composed: what a reader saw can be shown again,
 * whatever became of the articles since.
 *
 * Editions form chains: each names the one before it in the same memory. Two subscriptions that carried the same editions so far
 * share the next one; a subscription's memory is its chain, and its cursor is the newest edition it has carried.
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { DigestId } from './definition.ts'

export type EditionId = string & { readonly __brand: 'EditionId' }

/** A sentence, verbatim unless a model wrote it, and who said it. */
export interface SourcedSentence {
  readonly text: string
  readonly outlet: string
  readonly url?: string
}

/** A story that was told before and has moved since. */
export interface StoryUpdate {
  /** The edition that told it last. */
  readonly ofNumber: number
  /** What is new, the weightiest first; one or two sentences. */
  readonly news: readonly SourcedSentence[]
}

export interface EditionItem {
  readonly storyId: StoryId
  /** The article that speaks for the story. */
  readonly articleId: ArticleId
  readonly headline: string
  readonly brief: string
  /** Two to four sentences. Empty in editions of older versions. */
  readonly summary: readonly SourcedSentence[]
  /** Who wrote brief and summary: the articles themselves, or a model. */
  readonly by: 'extract' | 'model'
  /** The name of the model that wrote them. */
  readonly model?: string
  readonly url?: string
  readonly image?: string
  /** Each outlet once, the one of the leading article first. */
  readonly outlets: readonly string[]
  /** How many texts those outlets told it in: fewer than outlets where some print the same one. */
  readonly texts: number
  /** How many outlets print the leading article's text, its own included. */
  readonly carriers: number
  /** When the leading article was published, or first seen where it bears no date. */
  readonly at: Instant
  /** To read the leading article. */
  readonly minutes: number
  /** A topic of the digest, or a language (ISO 639-1), where the digest has such sections and the story belongs to one. */
  readonly section?: string
  readonly update?: StoryUpdate
  /** All articles that this item carries: none of them comes again unless its text changes. */
  readonly carries: readonly ArticleId[]
  /** Why it stands where it stands, in a line for owners. */
  readonly because: string
}

export interface EditionContent {
  readonly title: string
  readonly language: string
  /** In the order in which they are read: the lead story if there is one, then section by section. */
  readonly items: readonly EditionItem[]
  /** The first item is the lead story and stands before all sections. */
  readonly hasLead: boolean
  /** What the sections are named after. */
  readonly sections: 'topics' | 'language' | 'none'
  /** To read its headlines and summaries. */
  readonly minutes: number
  /** It was a quiet day, and the edition says so. It may have no items then. */
  readonly quiet?: 'said'
}

export interface Edition extends EditionContent {
  readonly id: EditionId
  readonly digestId: DigestId
  /** 1 for the first of its chain. */
  readonly number: number
  readonly slot: Instant
  readonly composedAt: Instant
}
