/**
 * How long things are held. An article loses its full text first, later it goes with everything that hangs on it; an edition keeps its
 * number and its place in its chain, and loses its content last.
 *
 * Nothing goes while somebody needs it: a text that an edition of the last five weeks carried or that waits in an unposted one, a story that
 * somebody follows, the original of a copy that is held, a file that lies in the folder of digests, the newest edition of a subscription.
 * What a feed lists still is remembered by its keys, so that it never comes as news again.
 */
import type { Instant } from '../article/article.ts'

const dayMs = 24 * 60 * 60 * 1000

/** An article may be carried for five weeks, and a chain remembers as long: fewer days would lose news. */
export const leastArticleDays = 40

export interface RetentionDays {
  readonly articleDays: number
  /** Full texts; headline and summary stay as long as the article. */
  readonly bodyDays: number
  readonly editionDays: number
}

export interface RetentionInstants {
  readonly now: Instant
  readonly articlesBefore: Instant
  readonly bodiesBefore: Instant
  readonly editionsBefore: Instant
  /** What editions carried since then is needed to make the next ones. */
  readonly rememberedSince: Instant
  /** Entries that no feed lists since then are forgotten. */
  readonly missingBefore: Instant
}

export function retentionInstants(
  { articleDays, bodyDays, editionDays }: RetentionDays,
  now: Instant,
): RetentionInstants {
  return {
    now,
    articlesBefore: now - Math.max(articleDays, leastArticleDays) * dayMs,
    bodiesBefore: now - Math.min(bodyDays, Math.max(articleDays, leastArticleDays)) * dayMs,
    editionsBefore: now - editionDays * dayMs,
    rememberedSince: now - 36 * dayMs,
    missingBefore: now - 30 * dayMs,
  }
}

/** Where a walk over old rows stands: it goes on behind this row. */
export interface Place {
  readonly at: Instant
  readonly id: string
}

/** One step of a walk: so many rows were looked at, some of them removed; without `next` the walk is at its end. */
export interface Step {
  readonly removed: number
  readonly next?: Place
}

/** Each verb looks at so many rows, in one transaction; those that return a boolean say whether there may be more to do. */
export interface Retention {
  readonly dropBodies: (when: RetentionInstants, after: Place | undefined, limit: number) => Promise<Step>
  readonly dropArticles: (when: RetentionInstants, after: Place | undefined, limit: number) => Promise<Step>
  readonly thinEditions: (when: RetentionInstants, after: Place | undefined, limit: number) => Promise<Step>
  /** Stories without articles: those that went into others, and that have not changed for as long as articles are held. */
  readonly dropEmptyStories: (when: RetentionInstants, limit: number) => Promise<number>
  readonly dropEntries: (when: RetentionInstants, limit: number) => Promise<number>
  /** Reasons of skipped slots: of digests that are withdrawn, and of subscriptions that have skipped none for long. */
  readonly dropSkipped: (when: RetentionInstants, limit: number) => Promise<number>
  /** Words of headlines that this process has removed, where no other headline has them. */
  readonly dropWords: (limit: number) => Promise<boolean>
  /** Makes room in the search index where articles were removed, so many pages at a time. */
  readonly tidySearch: (pages: number) => Promise<boolean>
  /** Gives so many unused pages of the file back, where much of it is unused; the number that it gave. */
  readonly shrink: (pages: number) => Promise<number>
}
