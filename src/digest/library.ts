/** What commands, views and composition may ask of what is held. Storage implements it; the edges are handed it. */
import type {
  Article,
  ArticleDraft,
  ArticleId,
  Fulltext,
  Instant,
  SourceId,
  StoryId,
} from '../article/article.ts'
import type { ArticleMarks } from '../article/identity.ts'
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

/** What tells one article from another when it comes in. */
export interface Incoming {
  readonly sourceId: SourceId
  /** Keys under which the article is found again, strongest first. */
  readonly keys: readonly string[]
  /** What the keys only suggest is decided by these; without them a shared key is proof. */
  readonly marks?: ArticleMarks
}

export interface Intake {
  /** The article that an incoming text is, if it is held and not retired. Reading it through another source counts. */
  readonly find: (
    incoming: Incoming,
  ) => Promise<
    { readonly id: ArticleId; readonly contentHash: string; readonly isNewToSource: boolean } | undefined
  >
  /** Notes that a held article came through this source as well. */
  readonly addSource: (id: ArticleId, sourceId: SourceId) => Promise<void>
  /**
   * Holds an article: new, changed in place (same id; what it said before is kept as a revision), or as it was.
   * A retired article that comes back is the same article again.
   */
  readonly hold: (
    incoming: Incoming,
    contentHash: string,
    article: AnalysedArticle,
    now: Instant,
  ) => Promise<{ readonly id: ArticleId; readonly change: 'new' | 'changed' | 'none' }>
  /** The keys of all articles of a source that are not retired. */
  readonly heldKeys: (sourceId: SourceId) => Promise<readonly string[]>
  /** Takes the article of that key out of every list; editions that carried it keep what they said. */
  readonly retire: (key: string, now: Instant) => Promise<ArticleId | undefined>
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

export type HouseSource = {
  readonly id: SourceId
  /** The outlet of articles that do not name theirs. */
  readonly outlet?: string
  readonly fulltext: Fulltext
} & (
  | {
      readonly kind: 'folder'
      /** The folder's path within the folder of digests. */
      readonly address: string
    }
  | { readonly kind: 'feed' | 'page'; readonly address: string }
)

/** A source that is read over the network, and what is remembered of reading it. */
export interface PolledSource {
  readonly id: SourceId
  readonly kind: 'feed' | 'page'
  readonly address: string
  readonly outlet?: string
  readonly fulltext: Fulltext
  /** The language of the first digest that names it; a hint for short texts. */
  readonly language: string
  /** As `sources` wrote it; undefined before the first poll. */
  readonly state?: string
}

export interface Polling {
  /** Sources that are due, each leased to the caller until `leaseUntil`: nobody else polls it before. */
  readonly claimDue: (now: Instant, leaseUntil: Instant, limit: number) => Promise<readonly PolledSource[]>
  /** Remembers how a poll went. `nextPollAt` undefined: the source is gone for good. */
  readonly record: (
    id: SourceId,
    poll: { readonly state: string; readonly nextPollAt: Instant | undefined; readonly address?: string },
  ) => Promise<void>
  /** Entries that were there at first sight and are not to come as news later. */
  readonly passBy: (id: SourceId, keys: readonly string[]) => Promise<void>
  readonly wasPassedBy: (id: SourceId, keys: readonly string[]) => Promise<boolean>
}
