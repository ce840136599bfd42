/** What a route answers, before HTTP: a body, what it is, and for how long it may be kept. */
import type { Instant } from '../article/article.ts'
import type { Counting } from '../metrics.ts'

export interface Answer {
  readonly status: number
  readonly kind: Parameters<Counting['served']>[0]
  /** With its character set. */
  readonly type: string
  readonly body: string | Uint8Array
  /** `Cache-Control`. */
  readonly cache: string
  readonly lastModified?: Instant
  /** It depends on the reader's languages. */
  readonly varies?: boolean
  /** Seconds after which to ask again. */
  readonly retryAfter?: number
}

export const htmlType = 'text/html; charset=utf-8'

/** Frozen content in a frame that changes now and then. */
export const keptLong = 'public, max-age=300, stale-while-revalidate=86400'
export const keptShort = 'public, max-age=60'
export const neverKept = 'no-store'
/** The address changes with the content. */
export const keptForever = 'public, max-age=31536000, immutable'

export function pageAnswer(body: string, cache: string, lastModified?: Instant): Answer {
  return {
    status: 200,
    kind: 'page',
    type: htmlType,
    body,
    cache,
    ...(lastModified === undefined ? {} : { lastModified }),
  }
}
