/**
 * Why an article was not carried. Nothing is lost between editions: every article that a digest sees is carried, or its
 * reason stands, first when it is passed, again when the reason changes, and at last when its time is over.
 */
import type { ArticleId, StoryId } from '../article/article.ts'

export type PassedReason =
  /** The digest's filter left it out; the rule in words. */
  | { readonly reason: 'filtered'; readonly rule: string }
  /** It repeats an article that was carried. */
  | { readonly reason: 'copy'; readonly of: ArticleId; readonly ofNumber: number }
  /** Other stories were more important: its story's place among all that could be told, and its points. */
  | { readonly reason: 'below-cut'; readonly place: number; readonly of: number; readonly points: number }
  /** Its story was told, and it adds nothing to it. */
  | { readonly reason: 'not-moved'; readonly ofNumber: number }
  /** Too little happened, and the digest waits: so many stories are there. */
  | { readonly reason: 'quiet'; readonly stories: number }
  /** It stayed uncarried until it was too old; the reason that stood last, if there was an edition in the meantime. */
  | { readonly reason: 'too-late'; readonly standing?: PassedName }

export type PassedName = 'filtered' | 'copy' | 'below-cut' | 'not-moved' | 'quiet'

export interface Passed {
  readonly articleId: ArticleId
  readonly storyId: StoryId
  readonly why: PassedReason
}
