/** The chart of stories per day as a picture, drawn in a thread. An answer never waits long for it: then it comes without. */
import { setTimeout as pause } from 'node:timers/promises'
import type { StoriesPerDay } from '../digest/stories-per-day.ts'
import type { Log } from '../log.ts'

export interface ChartDrawing {
  /** Runs in a worker. */
  readonly draw: (chart: StoriesPerDay) => Promise<Uint8Array>
  readonly log: Log
  readonly longestMs?: number
}

const usualLongestMs = 5000

/** Gives the bytes of a PNG file; undefined where it could not be drawn in time. */
export function createChartDrawing({ draw, log, longestMs = usualLongestMs }: ChartDrawing) {
  return async (chart: StoriesPerDay): Promise<Uint8Array | undefined> => {
    const given = new AbortController()
    const drawn = draw(chart).catch((error: unknown) => {
      log.warn({ err: error }, 'chart.failed')
      return undefined
    })
    const late = pause(longestMs, undefined, { signal: given.signal }).then(
      () => log.warn({ longestMs }, 'chart.late'),
      () => undefined,
    )
    try {
      return await Promise.race([drawn, late.then(() => undefined)])
    } finally {
      given.abort()
    }
  }
}
