/** How much is held and what is waiting, for those who watch over the bot. Storage implements it. */
import type { Instant } from '../article/article.ts'

export interface Figures {
  readonly articles: number
  readonly stories: number
  readonly editions: number
  readonly subscriptions: number
  /** The slot of the oldest delivery that has come due and has no end yet; undefined where none waits. */
  readonly oldestDueDelivery?: Instant
  /** Since when the source that waits longest is due. */
  readonly oldestDueSource?: Instant
}

export type FindFigures = (now: Instant) => Promise<Figures>
