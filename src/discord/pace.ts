/**
 * The pace of posts: just under Discord's global limit of 50 requests a second (developers/topics/rate-limits), first come, first served.
 * Interactions never wait here: Discord does not count their answers, and other requests made for people only take the place of a post.
 *
 * No second of Discord's holds more than fifty, wherever it begins and however long single requests are held up (`places.ts`). Processes on one
 * database have the fifty together (`sharing.ts`).
 *
 * Posts leave about evenly; what was held up for a moment is caught up (the generic cell rate algorithm, ITU-T I.371).
 */
import type { RestBudget } from '../digest/rest-budget.ts'
import type { Log } from '../log.ts'
import { createPlaces } from './places.ts'
import type { RefusalBudget } from './refusal-budget.ts'
import { createSharing, type Sharing } from './sharing.ts'

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
  /** Turns away whoever waits, now and later, and gives back what the others can use. */
  readonly close: () => Promise<void>
}

/** What is shared with other processes, and how. */
export interface Shared {
  readonly restBudget: RestBudget
  readonly refusals: Pick<RefusalBudget, 'tell'>
  readonly log: Log
}

/** Whoever would wait for longer than this for the end of a hold is turned away. */
const longestHoldMs = 5000

export function createPace(
  options: PaceOptions,
  now: () => number = () => performance.now(),
  shared?: Shared,
): Pace {
  const waiting = new Set<(isTurn: boolean) => void>()
  const places = createPlaces(options, now)
  /** A share of the places goes with as much of the pace. */
  const intervalMs = (): number =>
    (1000 / options.perSecond) * (options.most / (places.count() || options.most))
  const creditMs = (): number => (options.burst - 1) * intervalMs()
  /** When the next request would be due if all came evenly. */
  let nextEven = 0
  let heldUntil = 0
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let sharing: Sharing | undefined

  const count = <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    nextEven = Math.max(nextEven, now()) + intervalMs()
    const leave = places.take()
    sharing?.stir()
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
      const waitMs = Math.max(heldUntil, places.freeAt(), nextEven - creditMs()) - now()
      if (waitMs > 0) {
        // Where all places are taken by requests on their way, the end of one of them comes back here; so does what others give back.
        if (waitMs < Number.POSITIVE_INFINITY) timer = setTimeout(serve, Math.ceil(waitMs))
        return
      }
      settle(true)
    }
  }
  const holdHere = (ms: number): void => {
    heldUntil = Math.max(heldUntil, now() + ms)
    if (ms > longestHoldMs) turnAway()
  }
  if (shared !== undefined) {
    sharing = createSharing({
      ...shared,
      places,
      now,
      most: options.most,
      waiting: () => waiting.size,
      given: (holdMs) => {
        if (holdMs > 0) holdHere(holdMs)
        // What was due by a smaller share comes earlier by a larger one.
        nextEven = Math.min(nextEven, now() + creditMs() + intervalMs())
        serve()
      },
    })
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
        if (waiting.size === 0) nextEven = Math.max(nextEven, now() + creditMs())
        waiting.add(settle)
        sharing?.stir()
        if (timer === undefined) serve()
      }),
    count,
    hold: (ms) => {
      holdHere(ms)
      sharing?.hold(now() + ms)
    },
    heldMs: () => Math.max(0, heldUntil - now()),
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      turnAway()
      await sharing?.leave()
    },
  }
}
