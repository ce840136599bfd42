/**
 * Why an article was carried, or was not, in one chain of editions. Pure: what is on record comes in, the one reason that
 * counts comes out. Put into words elsewhere.
 *
 * What was carried stays carried, whatever became of the article since. Of the rest the nearest obstacle counts: the
 * article is gone, the digest never reads it, an edition passed it, its time is over, or it waits.
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { DigestId } from './definition.ts'
import type { EditionId } from './edition.ts'
import type { Reader } from './library.ts'
import type { PassedName, PassedReason } from './passed.ts'

/** An edition as a reader knows it. */
export interface EditionRef {
  readonly number: number
  readonly slot: Instant
}

export type Why =
  /** `place`: 1 for the first story. `isUpdate`: as news of a story that was told before. */
  | ({ readonly kind: 'carried'; readonly place: number; readonly isUpdate: boolean } & EditionRef)
  /** With the article whose text it repeats. */
  | ({ readonly kind: 'carried-as-copy'; readonly of: ArticleId } & EditionRef)
  /** It repeats an article that an edition carried, and came too late to stand beside it. */
  | { readonly kind: 'copy'; readonly of: ArticleId; readonly ofNumber: number }
  | { readonly kind: 'filtered'; readonly rule: string }
  /** Its story's place among all that could be told in that edition. It may still come. */
  | ({ readonly kind: 'below-cut'; readonly place: number; readonly of: number } & EditionRef)
  /** Its story was told in that edition, and it adds nothing to it. */
  | { readonly kind: 'not-moved'; readonly ofNumber: number }
  /** Too little happened: the digest waits, with so many stories. */
  | { readonly kind: 'quiet'; readonly stories: number }
  /** It stayed uncarried until it was too old; the reason that stood last. */
  | { readonly kind: 'too-late'; readonly standing?: PassedName }
  /** No slot has been due since it came. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'retired'; readonly at: Instant }
  /** None of the digest's sources brought it. */
  | { readonly kind: 'not-of-this-digest' }

/** What is on record about an article and a chain. */
export interface WhyRecord {
  readonly copyOf?: ArticleId
  /** By this digest, where one of its sources brought it. */
  readonly seenAt: Instant
  readonly retiredAt?: Instant
  /** Whether a source of the digest brought it. */
  readonly isOfDigest: boolean
  /** The newest edition of the chain that carried it. */
  readonly carried?: EditionRef & {
    readonly place: number
    readonly isUpdate: boolean
    /** Whether it speaks for its story there, or the article it repeats is not there. */
    readonly isOwnVoice: boolean
  }
  /** The newest edition of the chain that recorded a reason. */
  readonly passed?: EditionRef & { readonly why: PassedReason }
  /** The reason that the last slot recorded, where it came after the chain's newest edition and passed without one. */
  readonly skipped?: PassedReason
  /** Articles seen before this were no candidates of the chain's newest edition. */
  readonly seenFrom?: Instant
}

export function whyOf(record: WhyRecord): Why {
  const { carried, copyOf, retiredAt, passed, skipped, seenFrom } = record
  if (carried !== undefined) {
    const { number, slot, place, isUpdate } = carried
    return copyOf === undefined || carried.isOwnVoice
      ? { kind: 'carried', number, slot, place, isUpdate }
      : { kind: 'carried-as-copy', of: copyOf, number, slot }
  }
  if (retiredAt !== undefined) return { kind: 'retired', at: retiredAt }
  if (!record.isOfDigest) return { kind: 'not-of-this-digest' }
  // A slot that passed has no edition in which an article could have missed its place.
  if (skipped !== undefined && skipped.reason !== 'below-cut') return whyPassedOver(skipped)
  if (passed !== undefined) return whyPassed(passed)
  return seenFrom !== undefined && record.seenAt < seenFrom ? { kind: 'too-late' } : { kind: 'waiting' }
}

function whyPassed({ number, slot, why }: NonNullable<WhyRecord['passed']>): Why {
  return why.reason === 'below-cut'
    ? { kind: 'below-cut', number, slot, place: why.place, of: why.of }
    : whyPassedOver(why)
}

function whyPassedOver(why: Exclude<PassedReason, { readonly reason: 'below-cut' }>): Why {
  switch (why.reason) {
    case 'filtered':
      return { kind: 'filtered', rule: why.rule }
    case 'copy':
      return { kind: 'copy', of: why.of, ofNumber: why.ofNumber }
    case 'not-moved':
      return { kind: 'not-moved', ofNumber: why.ofNumber }
    case 'quiet':
      return { kind: 'quiet', stories: why.stories }
    case 'too-late':
      return { kind: 'too-late', ...(why.standing === undefined ? {} : { standing: why.standing }) }
  }
}

/** An article that somebody asks about; it may be retired. */
export interface AskedArticle {
  readonly id: ArticleId
  readonly storyId?: StoryId
  readonly headline: string
  readonly outlet: string
  readonly url?: string
  readonly seenAt: Instant
}

export interface Explaining {
  /** What became of an article in the chain that ends with `newest`; undefined where there is no such article. */
  readonly why: (
    articleId: ArticleId,
    digestId: DigestId,
    newest: EditionId | undefined,
  ) => Promise<Why | undefined>
  /** The articles that an id, an address or words of a headline may mean, the likeliest first; at most `limit`. */
  readonly asked: (typed: string, limit: number) => Promise<readonly AskedArticle[]>
}

/** Explains, among what is for a reader. */
export interface ReadersExplaining extends Explaining {
  readonly reader: Reader
}
