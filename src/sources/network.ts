/** The sources on the network, put together: polling with one client, and completing entries from their pages. */

import type { Fulltext, Instant } from '../article/article.ts'
import type { AnalysedArticle, PolledSource } from '../digest/library.ts'
import type { LinkProblem } from '../digest/link.ts'
import type { SourceEntry } from './entry.ts'
import type { FeedResult } from './feed/feed.ts'
import { createFeedLists } from './feed-list.ts'
import type { Fetched, FetchResult } from './fetch-result.ts'
import { ACCEPT_PAGE, createHttpClient } from './http.ts'
import type { OpmlFeeds } from './opml.ts'
import type { PageLinks } from './page-links.ts'
import { pollSource } from './poll.ts'
import { createRobots } from './robots.ts'
import { testSource } from './test-source.ts'

export interface NetworkOptions {
  /** How hosts can reach the operator; part of the User-Agent. */
  readonly contact: string
  readonly allowedHosts: readonly string[]
  readonly now: () => Instant
  readonly random: () => number
  /** Those below run in workers with a time limit. */
  readonly readFeed: (feed: { bytes: Uint8Array; contentType?: string; url: string }) => Promise<FeedResult>
  readonly readLinks: (page: { bytes: Uint8Array; url: string }) => Promise<PageLinks>
  readonly hasOnlyTeaser: (entry: SourceEntry) => Promise<boolean>
  readonly readOpml: (bytes: Uint8Array) => Promise<OpmlFeeds | undefined>
  readonly analyse: (task: {
    readonly entry: SourceEntry
    readonly outlet: string
    readonly language: string
    readonly fulltext: Fulltext
    readonly page?: { readonly bytes: Uint8Array; readonly contentType?: string; readonly url: string }
  }) => Promise<AnalysedArticle>
}

const agentName = 'Depesche'
const version = '0.1'

/** `Depesche/0.1 (news digest bot; +contact)`: who asks, honestly. */
export function userAgent(contact: string): string {
  return `${agentName}/${version} (news digest bot${contact === '' ? '' : `; +${contact}`})`
}

export function createNetwork(options: NetworkOptions) {
  const { now, random, readFeed, readLinks } = options
  const http = createHttpClient({
    userAgent: userAgent(options.contact),
    allowedHosts: options.allowedHosts,
    now,
  })
  const robots = createRobots({ fetch: http.fetch, agent: agentName, now })

  /** The page behind an entry, if its host allows it to be read and kept. */
  const fetchPage = async (url: string): Promise<Fetched | undefined> => {
    if (!URL.canParse(url) || !(await robots.allows(url))) return undefined
    const result = await http.fetch({ url, accept: ACCEPT_PAGE })
    if (result.kind !== 'fetched' || !/html|^$/i.test(result.contentType ?? '')) return undefined
    return /\b(?:noarchive|none)\b/i.test(result.robotsTag ?? '') ? undefined : result
  }

  return {
    poll: (source: PolledSource) =>
      pollSource(source, { fetch: http.fetch, readFeed, readLinks, now, random }),

    complete: async (
      entry: SourceEntry,
      context: { readonly outlet: string; readonly language: string; readonly fulltext: Fulltext },
    ): Promise<AnalysedArticle> => {
      const isWanted =
        context.fulltext === 'always' && entry.url !== undefined && (await options.hasOnlyTeaser(entry))
      const page = isWanted && entry.url !== undefined ? await fetchPage(entry.url) : undefined
      return options.analyse({
        entry,
        ...context,
        ...(page === undefined
          ? {}
          : {
              page: {
                bytes: page.bytes,
                url: page.url,
                ...(page.contentType === undefined ? {} : { contentType: page.contentType }),
              },
            }),
      })
    },

    /** The page at an address that a person asked for, or why it cannot be had. */
    fetchPage: async (url: string): Promise<Fetched | { readonly problem: LinkProblem }> => {
      const verdict = await robots.judge(url)
      if (verdict !== 'allowed') return { problem: verdict === 'forbidden' ? 'denied' : 'busy' }
      const result = await http.fetch({ url, accept: ACCEPT_PAGE })
      if (result.kind !== 'fetched') return { problem: linkProblem(result) }
      return /html|^$/i.test(result.contentType ?? '') ? result : { problem: 'no-page' }
    },

    /** What would come of an address that a person typed. */
    testSource: (typed: string) => testSource(typed, { ...options, fetch: http.fetch }),

    /** Lists of feeds that people send and keep. */
    feedLists: createFeedLists({ ...options, fetch: http.fetch }),

    close: http.close,
  }
}

function linkProblem(result: Exclude<FetchResult, Fetched>): LinkProblem {
  switch (result.kind) {
    case 'gone':
      return 'gone'
    case 'refused':
      return result.reason === 'address' ? 'private' : result.reason === 'too-large' ? 'no-page' : 'bad'
    case 'failed':
      return result.cause === 'not-found' || result.cause === 'dns'
        ? 'gone'
        : result.cause === 'denied'
          ? 'denied'
          : 'busy'
    case 'not-modified':
      return 'busy'
  }
}
