/**
 * The desk where editions are made: what a digest has seen and a chain has not carried yet, the texts of the few that may be shown, and
 * the freezing of what is carried next. Storage implements it.
 *
 * Choosing looks at thousands of articles, so they come without their texts; texts are read for what may be shown.
 */
import type { ArticleId, Instant, SourceId, StoryId } from '../article/article.ts'
import type { NewsText } from '../story/statements.ts'
import type { Story } from '../story/story.ts'
import type { DigestId } from './definition.ts'
import type { Edition, EditionContent, EditionId } from './edition.ts'
import type { FilterableArticle } from './filter.ts'
import type { WorkerId } from './ledger.ts'
import type { Passed, PassedName } from './passed.ts'

/** The edition of the chain that carried an article last. */
export interface Telling {
  readonly number: number
  /** When it was composed: the text that stood then is what readers were told. */
  readonly at: Instant
}

/** An article as far as choosing looks at it. */
export interface CandidateArticle {
  readonly id: ArticleId
  /** The digest's source that brought it. */
  readonly sourceId: SourceId
  readonly outlet: string
  readonly language: string
  readonly publishedAt?: Instant
  readonly seenAt: Instant
  /** When its text last changed; never after the instant asked for. */
  readonly updatedAt: Instant
  readonly copyOf?: ArticleId
  /** Absent for an article that this chain has not carried. */
  readonly told?: Telling
}

/** A story with something that this chain has not carried: a new article, or a carried one whose text has changed since. */
export interface Candidate {
  readonly storyId: StoryId
  /** Of this digest alone, by id; those that were carried too. */
  readonly articles: readonly [CandidateArticle, ...CandidateArticle[]]
  /** The newest edition that told the story. */
  readonly told?: Telling
}

export interface Candidates {
  /** By id. */
  readonly stories: readonly Candidate[]
  /** Articles seen before this are no candidates any more. */
  readonly seenFrom: Instant
  /** What became too old since the chain's newest edition, with the reason that stood last. */
  readonly overdue: readonly {
    readonly articleId: ArticleId
    readonly storyId: StoryId
    readonly standing?: PassedName
  }[]
  /** The reason that stands for an article, where this chain has recorded one. */
  readonly standing: ReadonlyMap<ArticleId, PassedName>
}

export interface NextEdition {
  readonly digestId: DigestId
  readonly slot: Instant
  readonly previous: EditionId | undefined
  readonly composedAt: Instant
  readonly content: EditionContent
  /** As the candidates gave it. */
  readonly seenFrom: Instant
  /** Articles whose reason is new. */
  readonly passed: readonly Passed[]
}

/** A slot that passed without an edition: nothing was new, or too little for a digest that waits. */
export interface SkippedSlot {
  readonly digestId: DigestId
  readonly slot: Instant
  readonly previous: EditionId | undefined
  /** The reason of every article that waits or is left out. */
  readonly passed: readonly Passed[]
}

/** An edition that is to be made. */
export interface EditionToMake {
  readonly digestId: DigestId
  readonly slot: Instant
  readonly previous: EditionId | undefined
}

export interface EditionDesk {
  /**
   * Takes it upon a process to make an edition. `others`: another one does that now; `nothing`: one has, a short while ago, and found nothing
   * to say. A lease that has run out is nobody's.
   */
  readonly beginMaking: (
    edition: EditionToMake,
    lease: { readonly owner: WorkerId; readonly now: Instant; readonly leaseMs: number },
  ) => Promise<'ours' | 'others' | 'nothing'>
  /** It stands, or could not be made; with `nothing` there is nothing to say, which holds for those that ask until the lease runs out. */
  readonly endMaking: (edition: EditionToMake, owner: WorkerId, outcome: 'made' | 'nothing') => Promise<void>
  /** What was begun so long before, and is of no use any more. */
  readonly dropMaking: (before: Instant) => Promise<void>
  /** What was seen up to an instant and may be carried after `previous`. The same at any later time, unless articles changed story. */
  readonly candidates: (
    digestId: DigestId,
    previous: EditionId | undefined,
    until: Instant,
  ) => Promise<Candidates>
  /** What filters and topics look at; articles that are gone are left out. */
  readonly filterable: (
    ids: readonly ArticleId[],
  ) => Promise<readonly (FilterableArticle & { readonly id: ArticleId })[]>
  /** Stored features as JSON, by article. */
  readonly features: (ids: readonly ArticleId[]) => Promise<ReadonlyMap<ArticleId, string>>
  /** Texts as they stood at an instant. */
  readonly texts: (
    wanted: readonly { readonly id: ArticleId; readonly at: Instant }[],
  ) => Promise<readonly NewsText[]>
  /** Stories with their articles of this digest and their summaries, in the order asked for; those that are gone are left out. */
  readonly stories: (digestId: DigestId, ids: readonly StoryId[]) => Promise<readonly Story[]>
  readonly findNext: (
    digestId: DigestId,
    slot: Instant,
    previous: EditionId | undefined,
  ) => Promise<Edition | undefined>
  /** Freezes the content as the edition after `previous`; whoever comes second gets the first one's edition. One transaction. */
  readonly freeze: (next: NextEdition) => Promise<Edition>
  /** Records why a slot passed, in the place of the slot before it that did; the next edition takes it back. One transaction. */
  readonly skip: (skipped: SkippedSlot) => Promise<void>
}
