/** Counts per key in sliding windows, for limits that are not about requests but about deeds (crossposts an hour). */

export interface Windows {
  /** Counts one more and gives 0; or, uncounted as the window is full, the milliseconds until there is room. */
  take(key: string, limit: number, windowMs: number): number
}

export function createWindows(now: () => number): Windows {
  const times = new Map<string, number[]>()
  return {
    take(key, limit, windowMs) {
      const recent = (times.get(key) ?? []).filter((time) => time > now() - windowMs)
      const oldest = recent.at(-limit)
      if (oldest !== undefined) return oldest + windowMs - now()
      times.set(key, [...recent, now()])
      return 0
    },
  }
}
