/** Lists of feeds as readers exchange them (OPML): read from a file that a person sent, and written for one to keep. */

/** A feed of such a list. */
export interface ListedSource {
  readonly address: string
  readonly title?: string
}

/** `too-large`: more than `mostListBytes`. `unreachable`: the file could not be fetched. `not-a-list`: it is no OPML. */
export type FeedListProblem = 'too-large' | 'unreachable' | 'not-a-list'

export type FeedListResult =
  | {
      readonly kind: 'list'
      readonly sources: readonly ListedSource[]
      /** What stood where an address should, and cannot be read: no web address, or none on the public internet. */
      readonly unusable: readonly string[]
    }
  | { readonly kind: 'problem'; readonly problem: FeedListProblem }

export const mostListBytes = 256 * 1024

export interface FeedLists {
  readonly read: (file: { readonly url: string; readonly bytes: number }) => Promise<FeedListResult>
  /** One folder for each digest. */
  readonly write: (
    folders: readonly { readonly name: string; readonly sources: readonly ListedSource[] }[],
    title: string,
  ) => Uint8Array
}
