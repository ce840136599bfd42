/**
 * Deliveries claimed by this process: those that wait and those under way, never more of either than the pace needs, so that memory is the same
 * for ten subscriptions and for ten thousand. What waits when the process is to end is given back as if it had not been claimed.
 *
 * Leases are renewed for as long as the process lives: an edition whose summaries a model writes takes its time.
 */
import type { Instant } from '../article/article.ts'
import type { Delivery, DeliveryId, Ledger, WorkerId } from '../digest/ledger.ts'
import type { Log } from '../log.ts'

export interface Claiming {
  readonly ledger: Pick<Ledger, 'claim' | 'release' | 'renew'>
  readonly worker: WorkerId
  readonly leaseMs: number
  readonly now: () => Instant
  /** Does the whole of one delivery; never fails. */
  readonly deliver: (delivery: Delivery) => Promise<void>
  /** Told after each delivery. */
  readonly onEnded: () => void
  readonly log: Log
}

export interface Claims {
  /** Something may have become claimable. */
  readonly lookAgain: () => void
  /** Claims what is needed and starts what can be. */
  readonly advance: () => Promise<void>
  readonly underWay: () => number
  /** Nothing waits, is under way, or could be claimed now. */
  readonly isIdle: () => boolean
  /** Starts nothing more; resolves when what is under way has ended. */
  readonly close: () => Promise<void>
}

/** Deliveries under way at once: enough for the pace where Discord takes a second to answer. */
const mostUnderWay = 64
const claimedAtOnce = 200
/** So often within its time a lease is renewed. */
const renewalsALease = 3

export function createClaims({ ledger, worker, leaseMs, now, deliver, onEnded, log }: Claiming): Claims {
  const waiting: Delivery[] = []
  const underWay = new Map<DeliveryId, Promise<void>>()
  let mayClaim = true
  let isClosed = false

  const claimMore = async (): Promise<void> => {
    const batch = await ledger.claim({ owner: worker, now: now(), leaseMs, limit: claimedAtOnce })
    mayClaim = batch.length === claimedAtOnce
    // After a jump of the clock a lease of our own may look as if it had run out.
    const isOurs = ({ id }: Delivery) => underWay.has(id) || waiting.some((each) => each.id === id)
    waiting.push(...batch.filter((each) => !isOurs(each)))
  }

  const renew = async (): Promise<void> => {
    const held = [...waiting.map(({ id }) => id), ...underWay.keys()]
    if (held.length === 0) return
    await ledger
      .renew(worker, held, now() + leaseMs)
      .catch((error: unknown) => log.error({ err: error }, 'leases.unrenewed'))
  }
  const renewing = setInterval(() => void renew(), leaseMs / renewalsALease)

  const start = (delivery: Delivery): void => {
    const done = deliver(delivery).finally(() => {
      underWay.delete(delivery.id)
      onEnded()
    })
    underWay.set(delivery.id, done)
  }

  return {
    lookAgain: () => {
      mayClaim = true
    },
    advance: async () => {
      if (mayClaim && waiting.length < mostUnderWay) await claimMore()
      while (underWay.size < mostUnderWay && !isClosed) {
        const next = waiting.shift()
        if (next === undefined) return
        start(next)
      }
    },
    underWay: () => underWay.size,
    isIdle: () => !mayClaim && waiting.length === 0 && underWay.size === 0,
    close: async () => {
      isClosed = true
      await ledger.release(waiting.splice(0), now())
      await Promise.all(underWay.values())
      clearInterval(renewing)
    },
  }
}
