/**
 * The places of a window: each is taken by a request from its sending until Discord has certainly forgotten it.
 *
 * Nobody outside knows where Discord's second begins, nor when on its way a request is counted: some time between its sending and its answer.
 * Within one process a place is free a second after the answer, less the shortest way that requests have lately had: what varies in their ways
 * costs pace, and what is the same for all of them does not, but for a hundredth of a second: the next one may be quicker than any before. For
 * another process, whose ways may be shorter, a place is free a second after the answer.
 */

export interface Places {
  /** Takes one, there being one or not; gives the way to say that the answer has come. */
  readonly take: () => () => void
  /** How many requests have one. */
  readonly taken: () => number
  /** When the next request may be sent; infinite where that is up to requests on their way, or to other processes. */
  readonly freeAt: () => number
  /** From now on there are so many, until that instant and no longer. */
  readonly set: (places: number, until?: number) => void
  readonly count: () => number
  /** How many this process cannot do without yet, be it that there were more before. */
  readonly inUse: () => number
  /** When another process may have those of the last requests; infinite while one is on its way. */
  readonly forgottenAt: () => number
}

export interface PlacesOptions {
  readonly most: number
  readonly windowMs: number
}

/** The shortest way is that of so many requests. */
const waysKept = 1000
/** By so much the next way may be shorter than all of them. */
const shorterMs = 10

/** Since when there are fewer, and how many there were at most since then. */
interface Lowered {
  readonly at: number
  readonly most: number
}

interface Sent {
  readonly at: number
  /** Infinite while it is on its way. */
  readonly forgottenAt: number
}

export function createPlaces({ most, windowMs }: PlacesOptions, now: () => number): Places {
  let places = most
  let until = Number.POSITIVE_INFINITY
  let onTheirWay = 0
  /** When requests were answered that have a place still. */
  let answered: number[] = []
  let sureMs = 0
  /** Requests that Discord may not have forgotten. */
  let sent: Sent[] = []
  let lowered: readonly Lowered[] = []
  const ways: number[] = []
  // What is known of the ways by now counts, not what was known then: the first ones of a connection are long.
  const free = (answeredAt: number): number => answeredAt + windowMs - sureMs
  const taken = (): number => {
    const current = now()
    answered = answered.filter((at) => free(at) > current)
    return onTheirWay + answered.length
  }
  const remembered = (): readonly Sent[] => {
    const current = now()
    sent = sent.filter(({ forgottenAt }) => forgottenAt > current)
    return sent
  }
  return {
    take: () => {
      const request = { at: now(), forgottenAt: Number.POSITIVE_INFINITY }
      sent.push(request)
      onTheirWay += 1
      return () => {
        if (!onItsWay(request)) return
        onTheirWay -= 1
        ways.push(now() - request.at)
        if (ways.length > waysKept) ways.shift()
        sureMs = Math.max(0, Math.min(...ways) - shorterMs)
        answered.push(now())
        request.forgottenAt = now() + windowMs
      }
    },
    taken,
    freeAt: () => {
      const over = taken() - places
      if (now() >= until) return Number.POSITIVE_INFINITY
      if (over < 0) return 0
      const last = answered[over]
      return last === undefined ? Number.POSITIVE_INFINITY : free(last)
    },
    set: (count, end = Number.POSITIVE_INFINITY) => {
      lowered = lowered.map(({ at, most }) => ({ at, most: Math.max(most, count) }))
      if (count < places) lowered = [...lowered, { at: now(), most: count }]
      places = count
      until = end
    },
    count: () => places,
    inUse: () => {
      const unforgotten = remembered()
      const sentBy = (instant: number): number => unforgotten.filter(({ at }) => at <= instant).length
      // What was sent before all that Discord remembers says nothing any more.
      const last = lowered.findLastIndex(({ at }) => sentBy(at) === 0)
      lowered = lowered.slice(Math.max(0, last))
      // No second holds more than what there was since then, and what was sent before.
      return Math.min(...lowered.map(({ at, most }) => most + sentBy(at)), Math.max(most, unforgotten.length))
    },
    forgottenAt: () => Math.max(0, ...remembered().map(({ forgottenAt }) => forgottenAt)),
  }
}

function onItsWay({ forgottenAt }: Sent): boolean {
  return forgottenAt === Number.POSITIVE_INFINITY
}
