/**
 * Leaves an endpoint alone that failed several times in a row, so that a dead one costs nobody any time. After the
 * pause it is tried again; one more failure begins the next pause, one success ends the matter.
 */
import type { Instant } from '../article/article.ts'

export interface Breaker {
  readonly isPaused: () => boolean
  /** Counts a failure; returns the length of the pause that begins with it, if one does. */
  readonly failed: (waitMs?: number) => number | undefined
  /** Forgets the failures; true where there had been a pause. */
  readonly succeeded: () => boolean
}

export interface BreakerOptions {
  /** So many failures in a row begin a pause. */
  readonly threshold: number
  readonly pauseMs: number
  /** The longest that an endpoint may ask to be left alone. */
  readonly longestMs: number
  readonly now: () => Instant
}

export function createBreaker({ threshold, pauseMs, longestMs, now }: BreakerOptions): Breaker {
  let failures = 0
  let pausedUntil: Instant | undefined
  return {
    isPaused: () => pausedUntil !== undefined && now() < pausedUntil,
    failed: (waitMs = 0) => {
      failures++
      if (failures < threshold && waitMs === 0) return undefined
      const pause = Math.min(Math.max(waitMs, failures < threshold ? 0 : pauseMs), longestMs)
      pausedUntil = now() + pause
      return pause
    },
    succeeded: () => {
      const wasPaused = pausedUntil !== undefined
      failures = 0
      pausedUntil = undefined
      return wasPaused
    },
  }
}
