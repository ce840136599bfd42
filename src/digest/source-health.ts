/**
 * How sources are doing, for the people who chose them: when one was last read, what is in the way, when it is asked again, and
 * how much it brought. What is in the way is a code; it is put into words, with the remedy, where people read it.
 */
import type { Instant, SourceId } from '../article/article.ts'

/**
 * `gone`: its host says for good that it is no more. `not-found`, `denied`, `busy`, `server`: its host answered so. `timeout`,
 * `dns`, `tls`, `connection`: there was no answer. `unreadable`: what came is no feed. `no-feed`: a page that names none.
 * `several-feeds`: a page that names more than one. `private`: not on the public internet. `address`: no address that is read.
 * `redirects`, `too-large`: more than is followed or taken.
 */
export const sourceTroubles = [
  'gone',
  'not-found',
  'denied',
  'busy',
  'server',
  'timeout',
  'dns',
  'tls',
  'connection',
  'unreadable',
  'no-feed',
  'several-feeds',
  'private',
  'address',
  'redirects',
  'too-large',
] as const

export type SourceTrouble = (typeof sourceTroubles)[number]

export interface SourceHealth {
  /** Where it is read now; another one than was named where it has moved for good. */
  readonly address: string
  /** When it was last read without trouble. */
  readonly readAt?: Instant
  /** What stood in the way at the last reading, and since when something has. */
  readonly trouble?: { readonly code: SourceTrouble; readonly since: Instant }
  /** When it is asked again; absent where it was given up. */
  readonly nextAt?: Instant
  /** Articles of the days that were asked about. */
  readonly articles: number
}

export interface SourceHealths {
  /** Of those that are held, by id; articles are counted from `since` on. */
  readonly of: (ids: readonly SourceId[], since: Instant) => Promise<ReadonlyMap<SourceId, SourceHealth>>
}
