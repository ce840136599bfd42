/**
 * The web side over HTTP: it reads, and it sets nothing: no cookie, no form that changes anything, no script. Whatever is too long, too
 * slow or too much is refused early. The one thing that it takes in is what Discord has signed. The only home of fastify.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import type { Archive } from '../digest/archive.ts'
import type { Figures, FindFigures } from '../digest/figures.ts'
import type { Search } from '../digest/search.ts'
import type { AnswerSigned, SignedAnswer } from '../digest/signed-request.ts'
import { messageOf, UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { createAddresses } from './addresses.ts'
import { type Answer, neverKept } from './answer.ts'
import { type CardTask, createCards } from './cards.ts'
import { styleFile } from './files.ts'
import { createGate } from './gate.ts'
import { problemsOf, type Vitals } from './health.ts'
import { interactionAnswer, interactionsPath, mostInteractionBytes, unreadAnswer } from './interactions.ts'
import { type Asked, problemAnswer, routes } from './routes.ts'
import type { Site } from './site.ts'
import { refuseUnread } from './unread.ts'

export interface WebOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** How everybody else reaches it, without a slash at its end; by host and port unless told. */
  readonly publicUrl?: string | undefined
  /** Whether editions are served as pages and feeds, and not health and metrics alone; they are unless told. */
  readonly hasPages?: boolean
  readonly archive: Archive
  readonly search: Search['find']
  readonly figures: FindFigures
  /** Runs in a worker with a time limit. */
  readonly drawCard: (card: CardTask) => Promise<Uint8Array>
  readonly vitals: Vitals
  /** Where Discord delivers interactions here; absent: it does not. */
  readonly interactions?: AnswerSigned | undefined
  readonly metrics: Metrics
  /** What whoever reads `/metrics` must show; absent: they are for this machine alone. */
  readonly metricsToken?: string | undefined
  /** For all of a request to come in; ten seconds unless told. */
  readonly requestTimeoutMs?: number
  readonly log: Log
}

export interface Web {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string
  readonly close: () => Promise<void>
}

const longestUrl = 2000
const headerBytes = 8192
const mostConnections = 256

/** Nothing runs, nothing is framed, nothing is fetched from elsewhere. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Listens from then on. Errors: `UserError` where the address cannot be had. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { requestTimeoutMs: requestTimeout = 10_000 } = options
  const app = Fastify({
    logger: false,
    // Requests that come in slowly, answers that are taken slowly, connections that say nothing.
    requestTimeout,
    connectionTimeout: 30_000,
    keepAliveTimeout: 10_000,
    bodyLimit: 1,
    forceCloseConnections: true,
    http: {
      maxHeaderSize: headerBytes,
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: Math.min(2000, requestTimeout),
    },
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: refuseUnread,
    frameworkErrors: (_, request, reply) => {
      void send(request, reply, problemAnswer(unfound, askedOf(request), 'refused'), options)
    },
  })
  app.server.maxConnections = mostConnections
  // Known only once it listens: a port may be any that is free.
  let addresses = createAddresses('http://localhost')
  const site: Site = {
    stylePath: styleFile().path,
    path: (path) => addresses.path(path),
    whole: (path) => addresses.whole(path),
  }
  const unfound = site
  guard(app, site, options)
  addRoutes(app, site, options)
  addInteractions(app, options)
  const url = await listen(app, options)
  addresses = createAddresses(options.publicUrl ?? url)
  options.log.info({ url }, 'web.listening')
  return { url, close: () => app.close() }
}

/** What is refused before anything is looked up, and what is said when something fails. */
function guard(app: FastifyInstance, site: Site, options: WebOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    const takesPosts = options.interactions !== undefined && pathOf(request) === interactionsPath
    const allowed = takesPosts ? ['POST'] : ['GET', 'HEAD']
    if (!allowed.includes(request.method)) {
      void reply.header('Allow', allowed.join(', '))
      return send(
        request,
        reply,
        { ...problemAnswer(site, askedOf(request), 'refused'), status: 405 },
        options,
      )
    } else if (request.url.length > longestUrl) {
      return send(
        request,
        reply,
        { ...problemAnswer(site, askedOf(request), 'refused'), status: 414 },
        options,
      )
    }
    return undefined
  })
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, problemAnswer(site, askedOf(request), 'missing'), options),
  )
  app.setErrorHandler((error, request, reply) => {
    const asked = askedOf(request)
    options.log.error(
      { err: error, path: request.url.slice(0, 300), reference: asked.reference },
      'web.failed',
    )
    return send(request, reply, problemAnswer(site, asked, 'failed'), options)
  })
}

function addRoutes(app: FastifyInstance, site: Site, options: WebOptions): void {
  const { archive, search, log } = options
  const searching = createGate({ atOnce: 4, waiting: 16 })
  const cards = createCards({ draw: options.drawCard, log })
  const pages = options.hasPages === false ? [] : routes({ site, archive, search, searching, cards })
  for (const { path, answer } of pages) {
    app.get(path, async (request, reply) => send(request, reply, await answer(askedOf(request)), options))
  }
  const gauges = gaugesOf(options)
  const plain = { kind: 'health', cache: neverKept } as const
  const json = { ...plain, type: 'application/json; charset=utf-8' }
  app.get('/healthz', (request, reply) =>
    send(request, reply, { ...json, status: 200, body: '{"alive":true}' }, options),
  )
  app.get('/readyz', async (request, reply) => {
    const problems = await problemsOf(options.vitals, log)
    const body = JSON.stringify({ ready: problems.length === 0, problems })
    const status = problems.length === 0 ? 200 : 503
    return send(
      request,
      reply,
      { ...json, status, body, ...(status === 503 ? { retryAfter: 10 } : {}) },
      options,
    )
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, options.metricsToken)) {
      void reply.header('WWW-Authenticate', 'Bearer realm="metrics"')
      const type = 'text/plain; charset=utf-8'
      return send(request, reply, { ...plain, kind: 'missing', type, status: 401, body: unshown }, options)
    }
    const { contentType: type, expose } = options.metrics
    return send(request, reply, { ...plain, type, status: 200, body: await expose(await gauges()) }, options)
  })
}

const unshown =
  'Metrics are for this machine, or for whoever shows METRICS_TOKEN (Authorization: Bearer …).\n'

/** Whoever comes through a proxy is not this machine. */
function mayReadMetrics({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${token}`)
  const isForwarded = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => name in headers)
  return !isForwarded && isLoopback(socket.remoteAddress ?? '')
}

/** As Node names it: an IPv4 address may stand within an IPv6 one. */
function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

function addInteractions(app: FastifyInstance, options: WebOptions): void {
  const { interactions } = options
  if (interactions === undefined) return
  // Of its own: nothing else reads a body.
  void app.register(async (own) => {
    own.removeAllContentTypeParsers()
    own.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    own.setErrorHandler((error, request, reply) => {
      const status = statusOf(error)
      if (status >= 500) options.log.error({ err: error }, 'interaction.failed')
      return send(request, reply, unreadAnswer(status), options)
    })
    own.post(interactionsPath, { bodyLimit: mostInteractionBytes }, async (request, reply) => {
      const answer = await interactions({
        body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
        signature: headerOf(request, 'x-signature-ed25519'),
        timestamp: headerOf(request, 'x-signature-timestamp'),
      })
      tellSent(reply, answer)
      return send(request, reply, interactionAnswer(answer), options)
    })
  })
}

/** Tells when the last of the answer was handed to the network, or the connection was gone before. */
function tellSent({ raw }: FastifyReply, { sent }: SignedAnswer): void {
  if (sent === undefined) return
  let isTold = false
  const tell = (isSent: boolean): void => {
    if (!isTold) sent(isSent)
    isTold = true
  }
  if (raw.destroyed || raw.closed) tell(false)
  raw.once('finish', () => tell(true))
  raw.once('close', () => tell(false))
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Of what the framework refuses: a body that is too large, or one that broke off. */
function statusOf(error: unknown): number {
  const said = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof said === 'number' ? said : 500
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? url

const parameters = z.record(z.string(), z.string())

function askedOf(request: FastifyRequest): Asked {
  return {
    parameters: parameters.safeParse(request.params).data ?? {},
    query: new URLSearchParams(request.url.split('?', 2)[1] ?? ''),
    languages: request.headers['accept-language'],
    reference: randomBytes(4).toString('hex'),
  }
}

/** Says nothing of what the reader has already. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  { metrics }: Pick<WebOptions, 'metrics'>,
): FastifyReply {
  const { status, type, body, cache, lastModified, varies, retryAfter, kind } = answer
  metrics.served(kind)
  void reply.headers({
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': cache,
    ...(varies === true ? { Vary: 'Accept-Language' } : {}),
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  })
  if (status === 200 && cache !== neverKept) {
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    void reply.header('ETag', tag)
    if (lastModified !== undefined) void reply.header('Last-Modified', new Date(lastModified).toUTCString())
    if (isKnown(request, tag, lastModified)) return reply.code(304).send()
  }
  return reply.code(status).type(type).send(body)
}

/** `If-None-Match` decides where it is there, else `If-Modified-Since` (RFC 9110, 13.2.2). */
function isKnown(request: FastifyRequest, tag: string, lastModified: Instant | undefined): boolean {
  const tags = request.headers['if-none-match']
  if (tags !== undefined) return tags.split(',').some((each) => ['*', tag, `W/${tag}`].includes(each.trim()))
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return lastModified !== undefined && Math.floor(lastModified / 1000) * 1000 <= since
}

/** Counting what is held takes a while where much is: it is done at most so often. */
const countEveryMs = 15_000

function gaugesOf({ figures, vitals }: WebOptions) {
  let counted: { readonly at: Instant; readonly figures: Promise<Figures> } | undefined
  const secondsSince = (at: Instant | undefined): number =>
    at === undefined ? 0 : Math.max(0, vitals.now() - at) / 1000
  return async () => {
    const now = vitals.now()
    if (counted === undefined || Math.abs(now - counted.at) >= countEveryMs)
      counted = { at: now, figures: figures(now) }
    const { oldestDueDelivery, oldestDueSource, ...held } = await counted.figures.catch((error: unknown) => {
      counted = undefined
      throw error
    })
    return {
      ...held,
      oldestDueDeliverySeconds: secondsSince(oldestDueDelivery),
      oldestDueSourceSeconds: secondsSince(oldestDueSource),
      ...(vitals.lastTick === undefined
        ? {}
        : { lastTickSeconds: secondsSince(vitals.lastTick() ?? vitals.startedAt) }),
      ...(vitals.isGatewayUp === undefined ? {} : { gatewayUp: vitals.isGatewayUp() }),
    }
  }
}

async function listen(app: FastifyInstance, { host, port }: WebOptions): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw listenProblem(error, host, port)
  }
  const address = app.server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${bound}`
}

function listenProblem(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const said =
    code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken by another program, perhaps by another Depesche. Set WEB_PORT to another port, or leave it empty to run without the web side.`
      : code === 'EACCES'
        ? `Port ${port} may not be used by this account. Set WEB_PORT to a port above 1023.`
        : code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
          ? `${host} is no address of this machine. Set WEB_HOST to one, such as 127.0.0.1, or 0.0.0.0 for all of them.`
          : undefined
  if (said === undefined)
    return new Error(`The web side cannot listen: ${messageOf(error)}`, { cause: error })
  return new UserError('web-listen', said, { port })
}
