/** Telling a follower that a story has moved: what is told, and what came of telling. Discord's side implements `Teller`. */
import type { Article, ArticleId, Instant, StoryId } from '../article/article.ts'
import type { Follow, MovedFollow } from './follow.ts'
import type { Refusal } from './ledger.ts'
import type { RenderedMessage } from './post.ts'

export interface Telling {
  readonly follow: MovedFollow
  /** The one that brings the news. */
  readonly article: Article
  /** What is new, verbatim; empty where nothing was singled out. */
  readonly news: readonly string[]
  /** Further articles that have come since. */
  readonly more: number
  /** The newest article that is told: by it the message is found again. */
  readonly marker: ArticleId
}

export type RenderTelling = (telling: Telling) => RenderedMessage

export type TellOutcome =
  | { readonly kind: 'told' }
  /** Not told by this attempt; trying again after that time can help. */
  | ({ readonly kind: 'wait'; readonly afterMs: number } & Refusal)
  /** Told or not: the answer was lost, or said nothing. */
  | ({ readonly kind: 'unknown' } & Refusal)
  /** Discord lets nobody write there: the member takes no messages, or the thread is gone. */
  | ({ readonly kind: 'closed' } & Refusal)
  /** A mistake of ours. */
  | ({ readonly kind: 'bug' } & Refusal)

export type SeenTelling =
  | { readonly kind: 'found'; readonly marker: ArticleId }
  | { readonly kind: 'absent' }
  /** Nobody can tell before so long. */
  | { readonly kind: 'wait'; readonly afterMs: number }

export interface Teller {
  /** `nonce`: at most 25 characters; the same one within minutes never makes a second message. */
  readonly tell: (
    follow: Pick<Follow, 'userId' | 'place'>,
    message: RenderedMessage,
    options: { readonly nonce: string; readonly cutOff: AbortSignal },
  ) => Promise<TellOutcome>
  /** Looks for the newest message that told of the story and bears one of these markers. */
  readonly findTold: (
    follow: Pick<Follow, 'userId' | 'place'>,
    storyId: StoryId,
    markers: readonly ArticleId[],
  ) => Promise<SeenTelling>
  /** How long nothing at all may be sent; 0 where all is well. */
  readonly pauseMs: () => number
}

/** At most one message about a story in so long. */
const tellEveryMs = 60 * 60 * 1000
/** What says nothing new is told after so long without a message: nobody who follows is left in the dark. */
const tellAnywayMs = 24 * 60 * 60 * 1000
/** Meanwhile it is looked at again, with whatever has come since. */
const lookAgainMs = 30 * 60 * 1000

/** When the member may be told of this story again; undefined: at once. */
export function tellableFrom({ toldAt }: Pick<Follow, 'toldAt'>, now: Instant): Instant | undefined {
  const from = (toldAt ?? Number.NEGATIVE_INFINITY) + tellEveryMs
  return from > now ? from : undefined
}

/** When to look again at what says nothing new, `waiting` since; undefined: it is told now. */
export function lookAgainAt(
  { toldAt, since }: Pick<Follow, 'toldAt' | 'since'>,
  waiting: Instant,
  now: Instant,
): Instant | undefined {
  const anyway = Math.max(toldAt ?? since, waiting) + tellAnywayMs
  return anyway <= now ? undefined : Math.min(now + lookAgainMs, anyway)
}
