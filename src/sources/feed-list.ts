/**
 * A list of feeds that a person sent as a file → the sources in it. The file is fetched through the safe client and read in a worker;
 * an address that plainly cannot be read (no web address, or of a private network) is named, and never asked.
 */
import { type FeedListResult, type FeedLists, mostListBytes } from '../digest/feed-list.ts'
import type { FetchResult } from './fetch-result.ts'
import type { HttpRequest } from './http.ts'
import { formatOpml, type OpmlFeeds } from './opml.ts'
import { isAddressLiteral, isPublicAddress } from './public-address.ts'

export interface FeedListReading {
  readonly fetch: (request: HttpRequest) => Promise<FetchResult>
  /** Runs in a worker with a time limit; undefined where it is no OPML. */
  readonly readOpml: (bytes: Uint8Array) => Promise<OpmlFeeds | undefined>
  /** Hosts that may be private, each `name` or `name:port`. */
  readonly allowedHosts: readonly string[]
}

export function createFeedLists(reading: FeedListReading): FeedLists {
  return {
    read: async ({ url, bytes }) => {
      if (bytes > mostListBytes) return { kind: 'problem', problem: 'too-large' }
      const fetched = await reading.fetch({ url, accept: '*/*', maxBytes: mostListBytes })
      if (fetched.kind !== 'fetched') {
        const isLarge = fetched.kind === 'refused' && fetched.reason === 'too-large'
        return { kind: 'problem', problem: isLarge ? 'too-large' : 'unreachable' }
      }
      const opml = await reading.readOpml(fetched.bytes).catch(() => undefined)
      return opml === undefined
        ? { kind: 'problem', problem: 'not-a-list' }
        : listOf(opml, reading.allowedHosts)
    },

    write: (folders, title) =>
      Buffer.from(
        formatOpml(
          folders.flatMap(({ name, sources }) =>
            sources.map(({ address, title: own }) => ({
              url: address,
              folders: [name],
              ...(own === undefined ? {} : { title: own }),
            })),
          ),
          title,
        ),
      ),
  }
}

function listOf({ feeds, unusable }: OpmlFeeds, allowedHosts: readonly string[]): FeedListResult {
  const isReadable = (url: string) => !isPlainlyPrivate(new URL(url), allowedHosts)
  return {
    kind: 'list',
    sources: feeds
      .filter(({ url }) => isReadable(url))
      .map(({ url, title }) => ({ address: url, ...(title === undefined ? {} : { title }) })),
    unusable: [...unusable, ...feeds.flatMap(({ url }) => (isReadable(url) ? [] : [url]))],
  }
}

/** By the look of its host; what a name leads to is checked whenever it is asked. */
function isPlainlyPrivate({ hostname, host }: URL, allowedHosts: readonly string[]): boolean {
  if (allowedHosts.some((each) => each.toLowerCase() === hostname || each.toLowerCase() === host))
    return false
  if (isAddressLiteral(hostname)) return !isPublicAddress(hostname)
  return !hostname.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(hostname)
}
