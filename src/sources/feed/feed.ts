/**
 * What a feed is, whatever format it came in. All text in here is foreign; every address is absolute http(s).
 */
import type { Instant } from '../../article/article.ts'

export interface FeedEntry {
  /** The feed's own id of the entry, or one derived from its address or text; stable between fetches. */
  readonly id: string
  /** One line of plain text. */
  readonly title?: string
  readonly url?: string
  /** Where a feed gives one date only, it stands for both. */
  readonly publishedAt?: Instant
  readonly updatedAt?: Instant
  readonly authors: readonly string[]
  /** HTML, with absolute addresses; not sanitised. */
  readonly summary?: string
  /** HTML, with absolute addresses; not sanitised. */
  readonly content?: string
  readonly image?: string
  readonly categories: readonly string[]
  readonly enclosures: readonly Enclosure[]
}

export interface Enclosure {
  readonly url: string
  readonly type?: string
  readonly bytes?: number
}

export interface Feed {
  /** One line of plain text. */
  readonly title?: string
  /** HTML. */
  readonly description?: string
  /** The site that the feed is of. */
  readonly url?: string
  /** As declared, in the form of BCP 47. */
  readonly language?: string
  /** HTML. */
  readonly copyright?: string
  readonly authors: readonly string[]
  readonly updatedAt?: Instant
  readonly selfUrl?: string
  /** Where changes can be subscribed to (WebSub). */
  readonly hubUrl?: string
  /** The next older page of a paged feed (RFC 5005). */
  readonly nextUrl?: string
  readonly cache: CacheHints
  readonly entries: readonly FeedEntry[]
}

/** How often the feed asks to be read. */
export interface CacheHints {
  readonly ttlMinutes?: number
  /** Hours of the day in UTC (0–23) without news. */
  readonly skipHours: readonly number[]
  /** Days of the week in UTC (0 is Sunday) without news. */
  readonly skipDays: readonly number[]
  /** From `sy:updatePeriod` and `sy:updateFrequency`. */
  readonly updatePeriodMs?: number
}

export type FeedResult =
  /** `truncated`: the document ended early or exceeded a limit; the entries are those that were whole. */
  | { readonly kind: 'feed'; readonly feed: Feed; readonly parser: string; readonly truncated: boolean }
  | { readonly kind: 'refused'; readonly reason: FeedRefusal }

/** `empty`: no text at all. `html`: a page. `not-a-feed`: anything else. `unreadable`: a feed that no parser could read. */
export type FeedRefusal = 'empty' | 'html' | 'not-a-feed' | 'unreadable'

/** What a library made of a repaired document: texts as they are, dates in ISO 8601, nothing cleaned. */
export interface ParsedFeed {
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly url?: string | undefined
  readonly language?: string | undefined
  readonly copyright?: string | undefined
  readonly authors?: readonly (string | undefined)[]
  readonly updated?: string | undefined
  readonly selfUrl?: string | undefined
  readonly hubUrl?: string | undefined
  readonly nextUrl?: string | undefined
  readonly ttlMinutes?: number | undefined
  readonly skipHours?: readonly number[] | undefined
  readonly skipDays?: readonly string[] | undefined
  readonly updatePeriod?: string | undefined
  readonly updateFrequency?: number | undefined
  readonly entries: readonly ParsedEntry[]
}

export interface ParsedEntry {
  readonly id?: string | undefined
  readonly title?: string | undefined
  readonly url?: string | undefined
  readonly published?: string | undefined
  readonly updated?: string | undefined
  readonly authors: readonly (string | undefined)[]
  readonly summary?: string | undefined
  readonly content?: string | undefined
  readonly image?: string | undefined
  readonly categories: readonly (string | undefined)[]
  readonly enclosures: readonly ParsedEnclosure[]
}

export interface ParsedEnclosure {
  readonly url?: string | undefined
  readonly type?: string | undefined
  readonly bytes?: number | undefined
}
