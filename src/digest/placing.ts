/**
 * What the jobs that put articles into stories and summarise stories ask of storage. The rows are the promise: an article
 * that is not placed, and a story that is not summarised, are found again after any crash.
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { StoryDepths } from '../story/story.ts'

/** What clustering needs to know of a held article. */
export interface ClusteredArticle {
  readonly articleId: ArticleId
  /** As the analysis gave them: JSON. */
  readonly features: string
  readonly seenAt: Instant
}

export interface UnplacedArticle extends ClusteredArticle {
  readonly contentHash: string
  /** Where it stood before it changed. */
  readonly storyId?: StoryId
  readonly copyOf?: ArticleId
}

export interface PlacedFeatures extends ClusteredArticle {
  readonly storyId: StoryId
  readonly copyOf?: ArticleId
}

export interface StoryAssignment {
  readonly articleId: ArticleId
  readonly storyId: StoryId
  /** The article it repeats; absent for one that speaks for itself. */
  readonly copyOf?: ArticleId
  /** The content by which it was placed; given, the article counts as placed if it still reads so. */
  readonly contentHash?: string
}

/** A story without articles that stays findable by its old id. */
export interface StoryRedirect {
  readonly from: StoryId
  readonly into: StoryId
  /** False: only where the story holds no other article. True unless told. */
  readonly isMerged?: boolean
}

export interface Placing {
  /** Held articles that are not in a story as they read now, oldest first. */
  readonly unplaced: (limit: number) => Promise<readonly UnplacedArticle[]>
  /** Puts articles into stories, and what is left of stories that went into others as well. One transaction. */
  readonly assignStories: (
    assignments: readonly StoryAssignment[],
    gone: readonly StoryRedirect[],
    now?: Instant,
  ) => Promise<void>
  /** The later of `since` and the instant from which on at most `most` articles were seen. */
  readonly windowStart: (since: Instant, most: number) => Promise<Instant>
  /** Articles seen since that are placed as they read now, and the originals that they copy; oldest first, a page at a time. */
  readonly placedSince: (since: Instant) => AsyncIterable<readonly PlacedFeatures[]>
  /** Ids of stories that went into others since. */
  readonly storiesGoneSince: (since: Instant) => Promise<readonly StoryId[]>
}

export interface ChangedStory {
  readonly storyId: StoryId
  /** Counts its changes. */
  readonly revision: number
}

export interface Summarising {
  /**
   * Marks as summarised those of the changed stories that fewer than two texts tell: there is nothing to say together.
   * Gives how many; at most a few hundred at once, so call it until it gives 0.
   */
  readonly settleSingles: (until: Instant) => Promise<number>
  /** Stories that have changed since they were summarised, and not after `until`; the longest waiting first. */
  readonly changedStories: (until: Instant, limit: number) => Promise<readonly ChangedStory[]>
  /** Keeps what the story's articles say at that revision, by language, in place of what was kept before. */
  readonly keepSummaries: (story: ChangedStory, summaries: ReadonlyMap<string, StoryDepths>) => Promise<void>
}
