/**
 * Editions while they are being posted: subscriptions that carried the same so far share the next edition and its messages, which are composed and
 * rendered once. Only for the time of posting, and only so many: what is dropped too early is read again.
 */
import type { Edition } from '../digest/edition.ts'
import type { Delivery } from '../digest/ledger.ts'
import type { RenderEdition, RenderedMessage } from '../digest/post.ts'
import type { MadeOnce } from './make-once.ts'

export interface EditionsAtHand {
  /** The edition that a delivery posts. */
  readonly of: (delivery: Delivery) => Promise<MadeOnce>
  readonly messages: (edition: Edition, late: boolean) => readonly RenderedMessage[]
  readonly forget: () => void
}

const mostAtHand = 200

export function createEditionsAtHand(
  make: (delivery: Delivery) => Promise<MadeOnce>,
  render: RenderEdition,
): EditionsAtHand {
  const editions = new Map<string, Promise<MadeOnce>>()
  const messages = new Map<string, readonly RenderedMessage[]>()
  return {
    of: (delivery) => {
      const key = keyOf(delivery)
      const known = editions.get(key)
      if (known !== undefined) return known
      const making = make(delivery)
      keep(editions, key, making)
      making.catch(() => editions.delete(key))
      return making
    },
    messages: (edition, late) => {
      const key = `${edition.id} ${late}`
      const known = messages.get(key)
      if (known !== undefined) return known
      const rendered = render(edition, { late })
      keep(messages, key, rendered)
      return rendered
    },
    forget: () => {
      editions.clear()
      messages.clear()
    },
  }
}

/** What a delivery has begun to post, or what follows for its digest, slot and memory. */
function keyOf({ editionId, slot, subscription }: Delivery): string {
  return editionId ?? `${subscription.digestId} ${slot} ${subscription.lastEditionId ?? ''}`
}

function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > mostAtHand && oldest !== undefined) map.delete(oldest)
}
