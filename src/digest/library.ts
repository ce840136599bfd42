/** What commands, views and composition may ask of what is held. Storage implements it; the edges are handed it. */
import type {
  Article,
  ArticleDraft,
  ArticleId,
  Fulltext,
  Instant,
  KeyTerm,
  SourceId,
  StoryId,
} from '../article/article.ts'
import type { ArticleMarks } from '../article/identity.ts'
import type { Story } from '../story/story.ts'
import type { Digest, DigestId } from './definition.ts'
import type { Edition, EditionId } from './edition.ts'
import type { GuildId, UserId, WorkerId } from './ledger.ts'
import type { Placing } from './placing.ts'
import type { SourceTrouble } from './source-health.ts'

/** A story as a list or an autocomplete shows it. */
export interface StoryLine {
  readonly storyId: StoryId
  readonly headline: string
}

/**
 * Who reads, and where. What a source brought is for everybody where a digest of the house names it, and else for the servers whose
 * own digests name it; beside that for the members whom the bot told of it, wherever they are, in answers that they alone see.
 */
export interface Reader {
  /** Absent in direct messages. */
  readonly guildId?: GuildId
  /** Absent where everybody sees the answer. */
  readonly userId?: UserId
}

export interface Library {
  /** Digests that may be read and subscribed to, by title: those of the house, and those the server made itself. */
  readonly digests: (guildId?: GuildId) => Promise<readonly Digest[]>
  /** Any digest that is not withdrawn, whoever made it. */
  readonly findDigest: (id: DigestId) => Promise<Digest | undefined>
  /** A story and its articles; follows a story that was merged into another. */
  readonly findStory: (id: StoryId) => Promise<Story | undefined>
  readonly findArticle: (id: ArticleId) => Promise<Article | undefined>
  /** Stories of these digests with an article in that language, newest first; all of them where nothing is named. */
  readonly newestStories: (options: {
    digestIds?: readonly DigestId[]
    language?: string
    limit: number
    offset?: number
  }) => Promise<readonly Story[]>
  /** The languages of the articles held (ISO 639-1 where there is one). */
  readonly languages: () => Promise<readonly string[]>
  /**
   * A list that opens as somebody types: stories, the newest first, whose headline holds every word typed, whole or in part,
   * case and accents aside. Forgives a letter where nothing fits; stories of the last two weeks, older ones where no other fits.
   */
  readonly findHeadlines: (options: {
    digestIds?: readonly DigestId[]
    words: string
    limit: number
  }) => Promise<readonly StoryLine[]>
  readonly findEdition: (id: EditionId) => Promise<Edition | undefined>
  readonly newestEdition: (digestIds: readonly DigestId[]) => Promise<Edition | undefined>
}

/** The library as a reader may see it: what is not for them is not there. */
export interface ReadersLibrary extends Library {
  readonly reader: Reader
  /** Whether there is such a story, article or edition, though not for this reader. */
  readonly standsElsewhere: (id: StoryId | ArticleId | EditionId) => Promise<boolean>
}

/** An article with everything that was worked out about it, ready to be held. */
export interface AnalysedArticle extends Omit<ArticleDraft, 'language' | 'outlet'> {
  readonly outlet: string
  readonly language: string
  readonly brief: string
  readonly summary: readonly string[]
  /** Which analysis worked this out, and within which limits; another one does it anew. */
  readonly analysis: string
  /** The stems of its words in order, joined by spaces; see `searchStems`. */
  readonly stems: string
  /** Whole minutes a reader needs, at least 1. */
  readonly minutes: number
  /** Whom and what it names, the most telling first; at most 12. */
  readonly terms: readonly KeyTerm[]
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

export interface Intake extends Placing {
  /** The article that an incoming text is, if it is held and not retired. Reading it through another source counts. */
  readonly find: (
    incoming: Incoming,
  ) => Promise<
    { readonly id: ArticleId; readonly contentHash: string; readonly isNewToSource: boolean } | undefined
  >
  /** Notes that a held article came through this source as well. */
  readonly addSource: (id: ArticleId, sourceId: SourceId, now: Instant) => Promise<void>
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
  readonly host?: string
  readonly outlet?: string
  readonly fulltext: Fulltext
  /** The language of the first digest that names it; a hint for short texts. */
  readonly language: string
  /** As `sources` wrote it; undefined before the first poll. */
  readonly state?: string
}

export interface PollClaim {
  readonly owner: WorkerId
  readonly now: Instant
  readonly leaseUntil: Instant
  readonly limit: number
}

export interface Polling {
  /** Sources that are due, each leased to the caller: nobody else polls it before, nor anything else from its host. */
  readonly claimDue: (claim: PollClaim) => Promise<readonly PolledSource[]>
  /** Gives back what was claimed and not begun. */
  readonly release: (ids: readonly SourceId[], now: Instant) => Promise<void>
  /** The caller reads nothing more from the host. */
  readonly leaveHost: (host: string, owner: WorkerId) => Promise<void>
  /** Remembers how a poll went. `nextPollAt` undefined: the source is gone for good. */
  readonly record: (
    id: SourceId,
    poll: {
      readonly at: Instant
      readonly state: string
      readonly nextPollAt: Instant | undefined
      readonly address?: string
      /** What stood in the way. */
      readonly trouble?: SourceTrouble
    },
  ) => Promise<void>
  /** Entries that were there at first sight and are not to come as news later. */
  readonly passBy: (id: SourceId, keys: readonly string[]) => Promise<void>
  readonly wasPassedBy: (id: SourceId, keys: readonly string[]) => Promise<boolean>
  /** Notes what a source lists now: what it passed by and does not list any more may be forgotten after a while. */
  readonly noteListed: (id: SourceId, keys: readonly string[], now: Instant) => Promise<void>
}
