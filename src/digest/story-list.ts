/** Lists of stories beyond an edition: the newest that digests would tell, on a topic or in a language. */
import type { Story } from '../story/story.ts'
import type { Digest } from './definition.ts'

export interface StoryQuery {
  readonly digests: readonly Digest[]
  /** A topic of any of these digests, by its name. */
  readonly topic?: string
  /** Stories with an article in it; ISO 639-1. */
  readonly language?: string
  readonly limit: number
}

/** The newest first. What a digest filters out is not among its stories. */
export type FindStories = (query: StoryQuery) => Promise<readonly Story[]>
