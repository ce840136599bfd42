/**
 * The only way out to the web. Every hop is checked on its own: its scheme, and the address that is connected to, not one
 * that was looked up before (so a name that changes its answer gains nothing). One deadline holds from the first byte
 * asked for to the last one read. A host is asked one thing at a time, and told who asks.
 *
 * Refused: anything but http(s), names and passwords in addresses, hosts off the public internet unless the operator
 * listed them, too many redirects, more bytes than allowed before or after unpacking.
 */
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector, request } from 'undici'
import type {
  CacheHeaders,
  Failed,
  FailureCause,
  FetchResult,
  RefusalReason,
  Refused,
} from './fetch-result.ts'
import { createHostQueue } from './host-queue.ts'
import { ACCEPTED_ENCODINGS, readBody } from './http-body.ts'
import { parseRetryAfter } from './poll-schedule.ts'
import { isAddressLiteral, isPublicAddress } from './public-address.ts'

/** All addresses of a name; rejects where it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

export interface HttpSettings {
  /** Who asks, with a way to reach them: `Depesche/1.0 (+https://example.org/bot)`. */
  readonly userAgent: string
  /** Hosts that may be private, each `name` or `name:port`, as written in addresses. */
  readonly allowedHosts?: readonly string[]
  readonly resolve?: Resolve
  /** For `Retry-After` dates. */
  readonly now?: () => number
}

export interface HttpRequest {
  readonly url: string
  /** From the last response, for a conditional request. */
  readonly etag?: string
  readonly lastModified?: string
  readonly accept?: string
  /** Of the body, on the wire and unpacked. */
  readonly maxBytes?: number
  /** For everything from the first connection on, redirects and body included; waiting for one's turn is not counted. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

export interface HttpClient {
  /** Never rejects for what the outside world does; rejects when `signal` aborts. */
  readonly fetch: (request: HttpRequest) => Promise<FetchResult>
  readonly close: () => Promise<void>
}

const MAX_REDIRECTS = 6
const MAX_BYTES = 8 * 1024 * 1024
const DEADLINE_MS = 20_000
const CONNECT_MS = 10_000
const KEEP_ALIVE_MS = 4000
const ADDRESS_REFUSED = 'ERR_ADDRESS_REFUSED'

export const ACCEPT_FEED =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1'
export const ACCEPT_PAGE = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1'

export function createHttpClient(settings: HttpSettings): HttpClient {
  const queue = createHostQueue()
  const agent = new Agent({
    connect: checkedConnector(settings),
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  })
  const now = settings.now ?? Date.now
  return {
    fetch: async (wanted) => {
      const deadline = createDeadline(wanted.deadlineMs ?? DEADLINE_MS)
      const signal = wanted.signal ? AbortSignal.any([deadline.signal, wanted.signal]) : deadline.signal
      const ask = (url: URL) =>
        queue.run(url.host, () => {
          deadline.start()
          return askOnce(url, { wanted, settings, agent, signal, now })
        })
      try {
        const result = await followRedirects(wanted.url, ask)
        wanted.signal?.throwIfAborted()
        return result
      } finally {
        deadline.stop()
      }
    },
    close: () => agent.destroy(),
  }
}

/** Runs from the first `start` on; unlike `AbortSignal.timeout` it keeps the process alive while someone waits for it. */
function createDeadline(ms: number) {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    start: () => {
      timer ??= setTimeout(() => controller.abort(new Error('deadline')), ms)
    },
    stop: () => clearTimeout(timer),
  }
}

interface Redirect {
  readonly kind: 'redirect'
  readonly to: string
  readonly isPermanent: boolean
}

type Ask = (url: URL) => Promise<FetchResult | Redirect>

async function followRedirects(start: string, ask: Ask): Promise<FetchResult> {
  let address = start
  let permanentUrl: string | undefined
  let isPermanent = true
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const url = URL.parse(address)
    const refusal = refusalOf(url)
    if (url === null || refusal !== undefined) return refused(refusal ?? 'scheme', address)
    const answer = await ask(url)
    if (answer.kind !== 'redirect')
      return permanentUrl === undefined ? answer : withMove(answer, permanentUrl)
    isPermanent &&= answer.isPermanent
    address = URL.parse(answer.to, url.href)?.href ?? answer.to
    if (isPermanent) permanentUrl = address
  }
  return refused('redirects', address)
}

function withMove(result: FetchResult, permanentUrl: string): FetchResult {
  return result.kind === 'fetched' || result.kind === 'not-modified' ? { ...result, permanentUrl } : result
}

const refused = (reason: RefusalReason, url: string): Refused => ({ kind: 'refused', reason, url })

function refusalOf(url: URL | null): RefusalReason | undefined {
  if (url === null || !/^https?:$/.test(url.protocol)) return 'scheme'
  return url.username !== '' || url.password !== '' ? 'credentials' : undefined
}

interface Asking {
  readonly wanted: HttpRequest
  readonly settings: HttpSettings
  readonly agent: Agent
  readonly signal: AbortSignal
  readonly now: () => number
}

async function askOnce(url: URL, asking: Asking): Promise<FetchResult | Redirect> {
  const { agent, signal } = asking
  try {
    signal.throwIfAborted()
    const options = {
      dispatcher: agent,
      signal,
      headers: requestHeaders(asking),
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    // A request that is still being connected does not heed its signal, so that is waited for as well.
    const response = await Promise.race([request(url, options), rejectionOf(signal)])
    try {
      return await readResponse(url, response, asking)
    } finally {
      response.body.on('error', () => undefined).destroy()
    }
  } catch (error) {
    return failureOf(error, url.href, signal)
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
}

function requestHeaders({ wanted, settings }: Asking): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': settings.userAgent,
    accept: wanted.accept ?? ACCEPT_FEED,
    'accept-encoding': ACCEPTED_ENCODINGS,
  }
  if (isHeaderValue(wanted.etag)) headers['if-none-match'] = wanted.etag
  if (isHeaderValue(wanted.lastModified)) headers['if-modified-since'] = wanted.lastModified
  return headers
}

/** Validators are foreign text; one that cannot be sent is not sent. */
const isHeaderValue = (text: string | undefined): text is string =>
  text !== undefined && /^[\x20-\x7e\x80-\xff]{1,1000}$/.test(text)

type Response = Awaited<ReturnType<typeof request>>

async function readResponse(url: URL, response: Response, asking: Asking): Promise<FetchResult | Redirect> {
  const { statusCode: status } = response
  const header = (name: string) => headerOf(response, name)
  const location = header('location')
  if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
    return { kind: 'redirect', to: location, isPermanent: status === 301 || status === 308 }
  }
  const arrived = { url: url.href, cache: cacheHeaders(header) }
  if (status === 304) return { kind: 'not-modified', ...arrived }
  if (status === 410) return { kind: 'gone', url: url.href }
  if (status < 200 || status > 299) return failedStatus(status, url.href, header('retry-after'), asking.now())
  const body = await readBody(
    response.body,
    header('content-encoding') ?? '',
    asking.wanted.maxBytes ?? MAX_BYTES,
  )
  if (body.kind === 'corrupt') return { kind: 'failed', cause: 'corrupt', url: url.href, retry: true, status }
  if (body.kind !== 'read') return refused(body.kind, url.href)
  const contentType = header('content-type')
  const robotsTag = header('x-robots-tag')
  return {
    kind: 'fetched',
    ...arrived,
    bytes: body.bytes,
    ...(contentType === undefined ? {} : { contentType }),
    ...(robotsTag === undefined ? {} : { robotsTag }),
  }
}

function headerOf(response: Response, name: string): string | undefined {
  const value = response.headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}

function cacheHeaders(header: (name: string) => string | undefined): CacheHeaders {
  const values = {
    etag: header('etag'),
    lastModified: header('last-modified'),
    cacheControl: header('cache-control'),
    expires: header('expires'),
    date: header('date'),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function failedStatus(status: number, url: string, retryAfter: string | undefined, now: number): Failed {
  const retryAfterMs = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now)
  const failed: Failed = {
    kind: 'failed',
    cause: causeOfStatus(status),
    url,
    retry: status !== 400 && status !== 405,
    status,
  }
  return retryAfterMs === undefined ? failed : { ...failed, retryAfterMs }
}

function causeOfStatus(status: number): FailureCause {
  if (status === 404) return 'not-found'
  if (status === 429 || status === 503) return 'busy'
  return status === 401 || status === 403 || status === 451 ? 'denied' : 'server'
}

/** What went wrong before there was an answer, or in the middle of one. */
function failureOf(error: unknown, url: string, signal: AbortSignal): FetchResult {
  const code = codeOf(error)
  if (code === ADDRESS_REFUSED) return refused('address', url)
  const cause: FailureCause = signal.aborted || /TIMEOUT|TIMEDOUT/.test(code) ? 'timeout' : causeOfCode(code)
  return { kind: 'failed', cause, url, retry: true }
}

function causeOfCode(code: string): FailureCause {
  if (/^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return 'dns'
  if (/CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH/.test(code)) return 'tls'
  return 'connection'
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? '' : codeOf(error.cause)
}

/** Connects only where the address was checked: names in their lookup, literals (which are never looked up) before. */
function checkedConnector(settings: HttpSettings): buildConnector.connector {
  const checked = buildConnector({
    lookup: checkedLookup(settings.resolve ?? resolveByHost),
    timeout: CONNECT_MS,
  })
  const unchecked = buildConnector({
    timeout: CONNECT_MS,
    ...(settings.resolve && { lookup: plainLookup(settings.resolve) }),
  })
  const allowed = new Set((settings.allowedHosts ?? []).map((host) => host.toLowerCase()))
  return (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80')
    if (allowed.has(options.hostname) || allowed.has(`${options.hostname}:${port}`))
      unchecked(options, callback)
    else if (isAddressLiteral(options.hostname) && !isPublicAddress(options.hostname))
      callback(addressRefused(), null)
    else checked(options, callback)
  }
}

const addressRefused = () => Object.assign(new Error('The address is not public.'), { code: ADDRESS_REFUSED })

const resolveByHost: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true })
  return found.map(({ address }) => address)
}

/** One address that is not public spoils the name: it would be tried as soon as the others fail. */
function checkedLookup(resolve: Resolve): LookupFunction {
  return plainLookup(async (hostname) => {
    const addresses = await resolve(hostname)
    if (!addresses.every(isPublicAddress)) throw addressRefused()
    return addresses
  })
}

function plainLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        const [first] = found
        if (first === undefined) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '')
        else if (options.all) callback(null, found)
        else callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    )
  }
}
