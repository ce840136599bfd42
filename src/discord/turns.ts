/**
 * Who works when. Acknowledging goes before everything: it has three seconds, and an answer fifteen minutes. Of what is worked out, that
 * which must itself be in time (lists that open as one types, forms) goes before answers. Only a few are worked on at a time, with a
 * breath between them, so that what has to go out does.
 *
 * Work that takes long keeps nobody out: after a moment the next one begins beside it. Nor do acknowledgements: what is to be worked out
 * waits for them for a moment, and then no more.
 */
import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises'

export type Rank = 'in-time' | 'answer'

export interface Turns {
  /** Begins at once. */
  readonly acknowledge: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Begins when it is its turn. */
  readonly take: <Result>(rank: Rank, work: () => Promise<Result>) => Promise<Result>
}

const atOnce = 3
/** Work that takes longer waits for something, and needs no turn for that. */
const longestTurnMs = 250
/** By then a request is on its way, though its answer may take longer. */
const onItsWayMs = 150
const longestWaitMs = 400

interface Waiting {
  readonly since: number
  readonly begin: () => void
}

export function createTurns(): Turns {
  const queues: Readonly<Record<Rank, Waiting[]>> = { 'in-time': [], answer: [] }
  let running = 0
  let acknowledging = 0
  const next = (): Waiting | undefined => {
    const queue = queues['in-time'].length > 0 ? queues['in-time'] : queues.answer
    const [first] = queue
    if (first === undefined || running >= atOnce) return undefined
    if (acknowledging > 0 && performance.now() - first.since < longestWaitMs) return undefined
    return queue.shift()
  }
  const pass = (): void => {
    for (let waiting = next(); waiting !== undefined; waiting = next()) {
      running += 1
      waiting.begin()
    }
  }
  const turn = (rank: Rank): Promise<void> =>
    new Promise((begin) => {
      queues[rank].push({ since: performance.now(), begin })
      pass()
    })
  return {
    acknowledge: async (work) => {
      acknowledging += 1
      const sent = work()
      void Promise.race([sent.catch(() => undefined), pause(onItsWayMs)]).then(() => {
        acknowledging -= 1
        pass()
      })
      return sent
    },
    take: async (rank, work) => {
      await turn(rank)
      const done = breath().then(work)
      void Promise.race([done.catch(() => undefined), pause(longestTurnMs)]).then(() => {
        running -= 1
        pass()
      })
      return done
    },
  }
}
