/**
 * The pictures by which editions are shown on other sites: drawn in a worker thread when they are first asked for, kept for a while, and
 * left out where drawing fails or takes too long.
 */
import type { Digest } from '../digest/definition.ts'
import type { Edition } from '../digest/edition.ts'
import type { Log } from '../log.ts'
import { datesIn } from './dates.ts'
import { createGate } from './gate.ts'
import { brand } from './site.ts'
import { sayIn } from './text/say.ts'

export interface CardTask {
  readonly kind: 'edition'
  readonly title: string
  readonly number: string
  readonly date: { readonly written: string; readonly digits: string }
  readonly headlines: readonly string[]
  readonly brand: string
}

export type Card =
  | { readonly kind: 'card'; readonly png: Uint8Array }
  /** Too many are being drawn. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'none' }

export interface Cards {
  readonly of: (digest: Digest, edition: Edition) => Promise<Card>
}

/** About 50 kB each. */
const mostKept = 64
const longestMs = 8000
const headlines = 4

export function createCards(options: {
  readonly draw: (card: CardTask) => Promise<Uint8Array>
  readonly log: Log
}): Cards {
  const gate = createGate({ atOnce: 1, waiting: 8 })
  const kept = new Map<string, Promise<Card>>()

  const drawn = async (task: CardTask): Promise<Card> => {
    const png = await gate.pass(() => within(longestMs, options.draw(task)))
    return png === undefined ? { kind: 'busy' } : { kind: 'card', png }
  }

  return {
    of: (digest, edition) => {
      const task = taskOf(digest, edition)
      const key = JSON.stringify([edition.id, task])
      const found = kept.get(key)
      if (found !== undefined) {
        // The one that was asked for last goes last.
        kept.delete(key)
        kept.set(key, found)
        return found
      }
      const card = drawn(task).catch((error: unknown): Card => {
        options.log.warn({ err: error, edition: edition.id }, 'card.failed')
        return { kind: 'none' }
      })
      kept.set(key, card)
      void card.then(({ kind }) => {
        if (kind !== 'card') kept.delete(key)
      })
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      return card
    },
  }
}

function taskOf(digest: Digest, edition: Edition): CardTask {
  const say = sayIn(edition.language)
  const dates = datesIn(say.language, digest.schedule.zone)
  return {
    kind: 'edition',
    title: edition.title,
    number: say.texts.number(say.figure(edition.number)),
    date: { written: dates.shortDay(edition.slot), digits: dates.digits(edition.slot) },
    headlines: edition.items.slice(0, headlines).map((item) => item.headline),
    brand,
  }
}

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${limitMs / 1000} seconds`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
