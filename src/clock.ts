/** The clock that everything is handed. */
import type { Instant } from './article/article.ts'

export interface Clock {
  readonly now: () => Instant
}

export const systemClock: Clock = { now: () => Date.now() }

export interface MovableClock extends Clock {
  /** Sets the clock to an instant; it runs on from there. */
  readonly moveTo: (instant: Instant) => void
}

/** A clock that runs like the machine's and can be moved, for rehearsals and tests. */
export function movableClock(start: Instant = Date.now()): MovableClock {
  let offset = start - Date.now()
  return {
    now: () => Date.now() + offset,
    moveTo: (instant) => {
      offset = instant - Date.now()
    },
  }
}
