/**
 * The pace of posts: just under Discord's global limit of 50 requests a second (developers/topics/rate-limits), first come, first served.
 * Interactions never wait here: Discord does not count their answers, and other requests made for people only take the place of a post.
 *
 * Posts leave evenly; what was held up for a moment is caught up (the generic cell rate algorithm, ITU-T I.371). And no window a little longer
 * than Discord's second holds more than fifty, so that requests which are some milliseconds longer on their way than others do not
 * meet in one of Discord's windows.
 */

export interface PaceOptions {
  readonly perSecond: number
  /** Requests in any window of that length. */
  readonly most: number
  readonly windowMs: number
  /** How many may follow each other at once after a moment in which posts waited and none was sent. */
  readonly burst: number
}

export const usualPace: PaceOptions = { perSecond: 48.25, most: 50, windowMs: 1025, burst: 10 }

export interface Pace {
  /** `true` once it is the caller's turn to send; `false` where posts are held for longer than a turn is worth waiting for. */
  readonly turn: (cutOff: AbortSignal) => Promise<boolean>
  /** Counts a request that did not wait for a turn. */
  readonly count: () => void
  /** Nothing is posted for so long. A shorter hold does not end a longer one. */
  readonly hold: (ms: number) => void
  readonly heldMs: () => number
  /** Turns away whoever waits, now and later. */
  readonly close: () => void
}

/** Whoever would wait for longer than this for the end of a hold is turned away. */
const longestHoldMs = 5000

export function createPace(options: PaceOptions, now: () => number = () => performance.now()): Pace {
  const waiting = new Set<(isTurn: boolean) => void>()
  const intervalMs = 1000 / options.perSecond
  const creditMs = (options.burst - 1) * intervalMs
  /** When the last `most` requests were sent, oldest first. */
  const sent: number[] = []
  /** When the next request would be due if all came evenly. */
  let nextEven = 0
  let heldUntil = 0
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  const note = (): void => {
    sent.push(now())
    if (sent.length > options.most) sent.shift()
    nextEven = Math.max(nextEven, now()) + intervalMs
  }
  const freeAt = (): number => {
    const oldest = sent.length < options.most ? undefined : sent[0]
    return Math.max(heldUntil, oldest === undefined ? 0 : oldest + options.windowMs, nextEven - creditMs)
  }
  const turnAway = (): void => {
    for (const settle of [...waiting]) settle(false)
  }
  const serve = (): void => {
    timer = undefined
    for (const settle of waiting) {
      const waitMs = freeAt() - now()
      if (waitMs > 0) {
        timer = setTimeout(serve, Math.ceil(waitMs))
        return
      }
      note()
      settle(true)
    }
  }
  return {
    turn: (cutOff) =>
      new Promise((resolve) => {
        const settle = (isTurn: boolean): void => {
          waiting.delete(settle)
          cutOff.removeEventListener('abort', leave)
          resolve(isTurn)
        }
        const leave = (): void => settle(false)
        if (isClosed || cutOff.aborted || heldUntil - now() > longestHoldMs) {
          resolve(false)
          return
        }
        cutOff.addEventListener('abort', leave, { once: true })
        // Time in which nobody waited is nothing to catch up.
        if (waiting.size === 0) nextEven = Math.max(nextEven, now() + creditMs)
        waiting.add(settle)
        if (timer === undefined) serve()
      }),
    count: note,
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, now() + ms)
      if (ms > longestHoldMs) turnAway()
    },
    heldMs: () => Math.max(0, heldUntil - now()),
    close: () => {
      isClosed = true
      clearTimeout(timer)
      turnAway()
    },
  }
}
