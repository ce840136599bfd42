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

export interface EditionItem {
  readonly storyId: StoryId
  /** The article that speaks for the story. */
  readonly articleId: ArticleId
  readonly headline: string
  readonly brief: string
  readonly url?: string
  readonly image?: string
  /** Each outlet once, the one of the leading article first. */
  readonly outlets: readonly string[]
  /** When the leading article was published, or first seen where it bears no date. */
  readonly at: Instant
  /** All articles that this item carries: none of them comes again. */
  readonly carries: readonly ArticleId[]
  /** Why it stands where it stands, in a line for owners. */
  readonly because: string
}

export interface EditionContent {
  readonly title: string
  readonly language: string
  readonly items: readonly EditionItem[]
}

export interface Edition extends EditionContent {
  readonly id: EditionId
  readonly digestId: DigestId
  /** 1 for the first of its chain. */
  readonly number: number
  readonly slot: Instant
  readonly composedAt: Instant
}
