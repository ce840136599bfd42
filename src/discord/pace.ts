/**
 * The pace of posts: just under Discord's global limit of 50 requests a second (developers/topics/rate-limits), first come, first served.
 * Interactions never wait here: Discord does not count their answers, and other requests made for people only take the place of a post.
 *
 * Nobody outside knows where Discord's second begins, nor when on its way a request is counted: some time between its sending and its answer.
 * So each takes one of fifty places until a second after its answer, less the shortest way that requests have lately had. Then no second of
 * Discord's holds more than fifty, wherever it begins and however long single requests are held up; what varies in their ways costs pace, and
 * what is the same for all of them does not.
 *
 * Posts leave about evenly; what was held up for a moment is caught up (the generic cell rate algorithm, ITU-T I.371).
 */

export interface PaceOptions {
  /** Requests in any window of that length. */
  readonly most: number
  readonly windowMs: number
  /** How closely they follow each other while there are places: a little closer than they can in the long run. */
  readonly perSecond: number
  /** How many may follow each other at once after a moment in which posts waited and none was sent. */
  readonly burst: number
}

export const usualPace: PaceOptions = { most: 50, windowMs: 1003, perSecond: 55, burst: 6 }

export interface Pace {
  /** Sends when its turn has come; undefined where posts are held for longer than a turn is worth waiting for. */
  readonly turn: <Answer>(cutOff: AbortSignal, send: () => Promise<Answer>) => Promise<Answer | undefined>
  /** Sends at once, and counts it. */
  readonly count: <Answer>(send: () => Promise<Answer>) => Promise<Answer>
  /** Nothing is posted for so long. A shorter hold does not end a longer one. */
  readonly hold: (ms: number) => void
  readonly heldMs: () => number
  /** Turns away whoever waits, now and later. */
  readonly close: () => void
}

/** Whoever would wait for longer than this for the end of a hold is turned away. */
const longestHoldMs = 5000
/** The shortest way is that of so many requests. */
const waysKept = 200

export function createPace(options: PaceOptions, now: () => number = () => performance.now()): Pace {
  const waiting = new Set<(isTurn: boolean) => void>()
  const places = createPlaces(options, now)
  const intervalMs = 1000 / options.perSecond
  const creditMs = (options.burst - 1) * intervalMs
  /** When the next request would be due if all came evenly. */
  let nextEven = 0
  let heldUntil = 0
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  const count = <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    nextEven = Math.max(nextEven, now()) + intervalMs
    const leave = places.take()
    return send().finally(() => {
      leave()
      serve()
    })
  }
  const turnAway = (): void => {
    for (const settle of [...waiting]) settle(false)
  }
  const serve = (): void => {
    clearTimeout(timer)
    timer = undefined
    for (const settle of waiting) {
      const waitMs = Math.max(heldUntil, places.freeAt(), nextEven - creditMs) - now()
      if (waitMs > 0) {
        // Where all places are taken by requests on their way, the end of one of them comes back here.
        if (waitMs < Number.POSITIVE_INFINITY) timer = setTimeout(serve, Math.ceil(waitMs))
        return
      }
      settle(true)
    }
  }
  return {
    turn: (cutOff, send) =>
      new Promise((resolve) => {
        const settle = (isTurn: boolean): void => {
          waiting.delete(settle)
          cutOff.removeEventListener('abort', leave)
          resolve(isTurn ? count(send) : undefined)
        }
        const leave = (): void => settle(false)
        if (isClosed || cutOff.aborted || heldUntil - now() > longestHoldMs) {
          resolve(undefined)
          return
        }
        cutOff.addEventListener('abort', leave, { once: true })
        // Time in which nobody waited is nothing to catch up.
        if (waiting.size === 0) nextEven = Math.max(nextEven, now() + creditMs)
        waiting.add(settle)
        if (timer === undefined) serve()
      }),
    count,
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

/** The places of a window, each taken by a request from its sending until Discord has certainly forgotten it. */
function createPlaces({ most, windowMs }: Pick<PaceOptions, 'most' | 'windowMs'>, now: () => number) {
  let onTheirWay = 0
  /** When places of answered requests become free. */
  let frees: number[] = []
  const ways: number[] = []
  return {
    take: (): (() => void) => {
      const sentAt = now()
      let hasLeft = false
      onTheirWay += 1
      return () => {
        if (hasLeft) return
        hasLeft = true
        onTheirWay -= 1
        ways.push(now() - sentAt)
        if (ways.length > waysKept) ways.shift()
        frees.push(now() - Math.min(...ways) + windowMs)
      }
    },
    /** When the next request may be sent; infinite where that is up to requests on their way. */
    freeAt: (): number => {
      const current = now()
      frees = frees.filter((at) => at > current)
      const over = onTheirWay + frees.length - most
      if (over < 0) return 0
      return frees.sort((a, b) => a - b)[over] ?? Number.POSITIVE_INFINITY
    },
  }
}
