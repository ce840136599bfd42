/** What commands, views and composition may ask of what is held. Storage implements it; the edges are handed it. */
import type { Article, ArticleDraft, ArticleId, Instant, SourceId, StoryId } from '../article/article.ts'
import type { Story } from '../story/story.ts'
import type { Digest, DigestId } from './definition.ts'
import type { Edition, EditionContent, EditionId } from './edition.ts'

/** A story as a list or an autocomplete shows it. */
export interface StoryLine {
  readonly storyId: StoryId
  readonly headline: string
}

export interface Library {
  /** Digests that may be read and subscribed to, by title. */
  readonly digests: () => Promise<readonly Digest[]>
  readonly findDigest: (id: DigestId) => Promise<Digest | undefined>
  /** A story and its articles; follows a story that was merged into another. */
  readonly findStory: (id: StoryId) => Promise<Story | undefined>
  readonly findArticle: (id: ArticleId) => Promise<Article | undefined>
  /** Stories of these digests, newest first; of all digests where none is named. */
  readonly newestStories: (options: {
    digestIds?: readonly DigestId[]
    limit: number
  }) => Promise<readonly Story[]>
  /** Headlines for autocomplete: those that hold every word typed (case and accents aside), newest first. */
  readonly findHeadlines: (options: {
    digestIds?: readonly DigestId[]
    words: string
    limit: number
  }) => Promise<readonly StoryLine[]>
  readonly findEdition: (id: EditionId) => Promise<Edition | undefined>
  readonly newestEdition: (digestIds: readonly DigestId[]) => Promise<Edition | undefined>
}

/** What composition needs beyond reading, and what it leaves behind. */
export interface EditionDesk {
  /** Stories with at least one article that no edition of this chain has carried, with only those articles' story mates of this digest. */
  readonly candidates: (
    digestId: DigestId,
    previous: EditionId | undefined,
    until: Instant,
  ) => Promise<readonly Candidate[]>
  readonly findNext: (
    digestId: DigestId,
    slot: Instant,
    previous: EditionId | undefined,
  ) => Promise<Edition | undefined>
  /** Freezes the content as the edition after `previous`; whoever comes second gets the first one's edition. */
  readonly freeze: (next: {
    readonly digestId: DigestId
    readonly slot: Instant
    readonly previous: EditionId | undefined
    readonly composedAt: Instant
    readonly content: EditionContent
  }) => Promise<Edition>
}

export interface Candidate {
  readonly story: Story
  /** Articles of the story that this chain has not carried yet. */
  readonly fresh: readonly ArticleId[]
  /** Whether an edition of this chain carried another article of the story. */
  readonly wasCarried: boolean
}

/** An article with everything that was worked out about it, ready to be held. */
export interface AnalysedArticle extends Omit<ArticleDraft, 'language' | 'outlet'> {
  readonly outlet: string
  readonly language: string
  readonly brief: string
  readonly summary: readonly string[]
  /** What clustering keeps about the article, as JSON. */
  readonly features: string
}

export interface Intake {
  /**
   * Holds an article under its key within the source: new, changed in place (same id), or as it was.
   * A retired article that comes back under its key is the same article again.
   */
  readonly hold: (
    sourceId: SourceId,
    key: string,
    contentHash: string,
    article: AnalysedArticle,
    now: Instant,
  ) => Promise<{ readonly id: ArticleId; readonly change: 'new' | 'changed' | 'none' }>
  /** The content hash under which an article is held, if it is held and not retired. */
  readonly heldHash: (sourceId: SourceId, key: string) => Promise<string | undefined>
  /** The keys of all articles of a source that are not retired. */
  readonly heldKeys: (sourceId: SourceId) => Promise<readonly string[]>
  /** Takes an article out of every list; editions that carried it keep what they said. */
  readonly retire: (sourceId: SourceId, key: string, now: Instant) => Promise<ArticleId | undefined>
  /** Puts articles into stories; a story that went into another stays findable by its old id. One transaction. */
  readonly assignStories: (
    assignments: readonly { readonly articleId: ArticleId; readonly storyId: StoryId }[],
    merged: readonly { readonly from: StoryId; readonly into: StoryId }[],
  ) => Promise<void>
  /** Every held article with its features, oldest first, for rebuilding the clustering after a start. */
  readonly allFeatures: () => AsyncIterable<{
    readonly articleId: ArticleId
    readonly storyId: StoryId | undefined
    readonly seenAt: Instant
    readonly features: string
  }>
  /** Makes the house digests exactly these; others are withdrawn but keep their editions. */
  readonly setHouseDigests: (digests: readonly HouseDigest[], now: Instant) => Promise<void>
}

export interface HouseDigest {
  readonly digest: Digest
  readonly sources: readonly HouseSource[]
}

export interface HouseSource {
  readonly id: SourceId
  readonly kind: 'folder'
  /** The folder's path within the folder of digests. */
  readonly address: string
  /** The outlet of articles that do not name theirs. */
  readonly outlet?: string
}
