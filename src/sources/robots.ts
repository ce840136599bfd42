/**
 * Whether a host lets us read a page: its robots.txt (RFC 9309), asked for once a day. A host without one allows
 * everything; one whose robots.txt cannot be had because of a fault of its own is left alone until it can.
 */
import robotsParser from 'robots-parser'
import type { FetchResult } from './fetch-result.ts'

export interface Robots {
  readonly allows: (url: string) => Promise<boolean>
  /** Like `allows`, telling a host that forbids from one that did not answer. */
  readonly judge: (url: string) => Promise<'allowed' | 'forbidden' | 'silent'>
}

const dayMs = 24 * 60 * 60 * 1000
const faultMs = 60 * 60 * 1000
const rememberedHosts = 2000
const maxBytes = 512 * 1024

interface Remembered {
  readonly until: number
  readonly judge: (url: string) => 'allowed' | 'forbidden' | 'silent'
}

export function createRobots(options: {
  readonly fetch: (request: { url: string; maxBytes: number }) => Promise<FetchResult>
  /** The name that robots.txt calls us by. */
  readonly agent: string
  readonly now: () => number
}): Robots {
  const remembered = new Map<string, Remembered>()
  const judge: Robots['judge'] = async (url) => {
    const { origin } = new URL(url)
    const known = remembered.get(origin)
    if (known !== undefined && known.until > options.now()) return known.judge(url)
    const fresh = readRobots(
      await options.fetch({ url: `${origin}/robots.txt`, maxBytes }),
      `${origin}/robots.txt`,
      options,
    )
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size >= rememberedHosts) remembered.delete(oldest)
    remembered.set(origin, fresh)
    return fresh.judge(url)
  }
  return { judge, allows: async (url) => (await judge(url)) === 'allowed' }
}

function readRobots(
  result: FetchResult,
  address: string,
  { agent, now }: { readonly agent: string; readonly now: () => number },
): Remembered {
  if (result.kind === 'fetched') {
    const rules = robotsParser(address, Buffer.from(result.bytes).toString('utf8'))
    const allows = (url: string) => rules.isAllowed(url, agent) ?? true
    return { until: now() + dayMs, judge: (url) => (allows(url) ? 'allowed' : 'forbidden') }
  }
  const isFault = result.kind === 'failed' && result.cause !== 'not-found' && result.cause !== 'denied'
  return { until: now() + (isFault ? faultMs : dayMs), judge: () => (isFault ? 'silent' : 'allowed') }
}
