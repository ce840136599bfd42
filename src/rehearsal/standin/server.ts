/**
 * The HTTP side: one request in, one answer out, and the order of judgement between them: faults, blocked address,
 * rate limits, token, route, body. Every request is recorded, with what it breaks of Discord's document.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { Call, Discord, Reply } from './call.ts'
import type { FaultBook } from './faults.ts'
import { parseForm } from './form.ts'
import type { RateLimiter, RateVerdict } from './rate-limits.ts'
import { errorTree, invalidForm, Refusal, refusal } from './refusal.ts'
import { parseBody, readBytes } from './request-body.ts'
import { findRoute, isKnownPath, type RouteMatch } from './router.ts'
import type { DocumentCheck, FaultEffect, RequestRecord, Violation } from './types.ts'

export interface ServerParts {
  readonly discord: Discord
  readonly faults: FaultBook
  readonly limiter: RateLimiter
  readonly document: DocumentCheck | undefined
  readonly isTokenAccepted: (token: string) => boolean
  readonly records: RequestRecord[]
  readonly violations: Violation[]
  /** Answers that hang until the faults are cleared. */
  readonly hanging: Set<ServerResponse>
}

const prefix = '/api/v10'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly path: string
  readonly query: URLSearchParams
  readonly match: RouteMatch | undefined
  readonly bytes: Buffer | 'too large'
  readonly violations: Violation[]
  body: unknown
  headers: Record<string, string>
  limited?: NonNullable<RequestRecord['limited']>
}

interface Outcome {
  readonly status: number
  readonly body?: unknown
}

/** Answers one request, whatever comes; never throws. */
export async function serve(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now()
  const url = new URL(request.url ?? '/', 'http://standin')
  const file = parts.discord.realm.files.get(url.pathname)
  if (file !== undefined && request.method === 'GET') {
    response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes)
    return
  }
  const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname
  const method = request.method ?? 'GET'
  const match = url.pathname.startsWith(`${prefix}/`) ? findRoute(method, path) : undefined
  const index = parts.records.length
  const opened: RequestRecord = {
    at: parts.discord.realm.now(),
    method,
    path: `${path}${url.search}`,
    ...(match === undefined ? {} : { route: `${method} ${match.route.path}` }),
    violations: [],
  }
  parts.records.push(opened)
  const bytes = await readBytes(request).catch(() => undefined)
  if (bytes === undefined) return
  const exchange: Exchange = {
    request,
    response,
    path,
    query: url.searchParams,
    match,
    bytes,
    violations: [],
    body: undefined,
    headers: {},
  }
  const sent = await answer(parts, exchange, opened.path)
  const record: RequestRecord = {
    ...opened,
    ...(exchange.body === undefined ? {} : { body: exchange.body }),
    ...(sent === undefined ? {} : { status: sent.status, ...codeOf(sent) }),
    ...(exchange.limited === undefined ? {} : { limited: exchange.limited }),
    ms: performance.now() - started,
    violations: exchange.violations,
  }
  parts.records[index] = record
  parts.violations.push(...exchange.violations)
  parts.discord.realm.publish({ kind: 'request.answered', request: record })
}

function codeOf(sent: Outcome): { code?: number } {
  const { body } = sent
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
  return sent.status >= 400 && typeof code === 'number' ? { code } : {}
}

/** What was sent; undefined where a fault swallowed it. */
async function answer(parts: ServerParts, exchange: Exchange, path: string): Promise<Outcome | undefined> {
  const effect = parts.faults.strike(exchange.request.method ?? 'GET', path)
  if (effect?.kind === 'delay') await pause(effect.ms, exchange.response)
  else if (effect !== undefined && !isAfter(effect)) return inflict(parts, exchange, effect)
  const outcome = await judge(parts, exchange)
  return effect !== undefined && isAfter(effect)
    ? inflict(parts, exchange, effect)
    : send(parts, exchange, outcome)
}

function isAfter(effect: FaultEffect): boolean {
  return 'when' in effect && effect.when === 'after'
}

/** Ends early when the client goes away. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    response.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function inflict(parts: ServerParts, exchange: Exchange, effect: FaultEffect): Outcome | undefined {
  switch (effect.kind) {
    case 'status':
      return send(
        parts,
        exchange,
        { status: effect.status, body: effect.body ?? { message: `${effect.status}: injected`, code: 0 } },
        false,
      )
    case 'rate-limit':
      return send(parts, exchange, limited(exchange, effect.retryAfterMs, effect.scope ?? 'user'))
    case 'malformed':
      exchange.response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1')
      return { status: 200 }
    case 'drop':
      exchange.response.destroy()
      return undefined
    case 'hang':
      parts.hanging.add(exchange.response)
      return undefined
    case 'delay':
      return undefined
  }
}

async function judge(parts: ServerParts, exchange: Exchange): Promise<Outcome> {
  const { discord, limiter } = parts
  const { match } = exchange
  try {
    if (limiter.isBlocked())
      return {
        status: 429,
        body: {
          message: 'You are being blocked from accessing our API.',
          code: 0,
          retry_after: 600,
          global: true,
        },
      }
    const verdict: RateVerdict = limiter.judge(match?.route, match?.params ?? {})
    exchange.headers = { ...verdict.headers }
    if (verdict.refused !== undefined)
      return limited(exchange, verdict.refused.retryAfterMs, verdict.refused.scope)
    if (match === undefined) throw unknownRoute(exchange)
    if (match.route.needsToken) refuseStranger(parts, exchange.request)
    const call = await callOf(parts, exchange, match)
    // What is there at once is answered at once: nobody sees a message whose request is not yet noted as answered.
    const run = match.route.run(call, discord)
    const reply: Reply = run instanceof Promise ? await run : run
    return reply
  } catch (error) {
    return error instanceof Refusal ? refused(exchange, error) : broken(exchange, error)
  }
}

/** A mistake of the stand-in itself: Discord's 500, and a violation so that no test passes over it. */
function broken(exchange: Exchange, error: unknown): Outcome {
  exchange.violations.push({
    operation: exchange.match?.route.operation ?? 'unknown',
    direction: 'response',
    path: '',
    message: `the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`,
  })
  return { status: 500, body: { message: '500: Internal Server Error', code: 0 } }
}

function unknownRoute(exchange: Exchange): Refusal {
  const { pathname } = new URL(exchange.request.url ?? '/', 'http://standin')
  if (/^\/api\/v(?!10\/)\d+\//.test(pathname)) return refusal(50041)
  return pathname.startsWith(prefix) && isKnownPath(exchange.path)
    ? new Refusal(405, 0, '405: Method Not Allowed')
    : refusal(0)
}

function refuseStranger(parts: ServerParts, request: IncomingMessage): void {
  const token = /^Bot (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined || !parts.isTokenAccepted(token)) throw new Refusal(401, 0, '401: Unauthorized')
}

async function callOf(parts: ServerParts, exchange: Exchange, match: RouteMatch): Promise<Call> {
  const { json, files } = await parseBody(exchange.bytes, exchange.request.headers['content-type'] ?? '')
  exchange.body = json
  const broken = parts.document?.request(match.route, json, exchange.query) ?? []
  exchange.violations.push(...broken)
  return {
    params: match.params,
    query: exchange.query,
    files,
    form<T>(schema: z.ZodType<T>): T {
      const parsed = parseForm(schema, json ?? {})
      const inBody = broken.filter((one) => !one.path.startsWith('?'))
      if (inBody.length > 0) {
        throw invalidForm(
          inBody.map((one) => ({
            path: one.path.split('/').filter((step) => step !== ''),
            code: 'OPENAPI_DOCUMENT',
            message: one.message,
          })),
        )
      }
      return parsed
    },
  }
}

function refused(exchange: Exchange, error: Refusal): Outcome {
  const body = { message: error.message, code: error.code }
  if (error.errors.length > 0)
    return { status: error.status, body: { ...body, errors: errorTree(error.errors) } }
  if (error.status === 429) {
    const waiting = limited(exchange, error.retryAfterMs, 'shared')
    return { status: 429, body: { ...waiting.body, ...body } }
  }
  return { status: error.status, body }
}

function limited(
  exchange: Exchange,
  retryAfterMs: number,
  scope: 'user' | 'global' | 'shared',
): { readonly status: 429; readonly body: Readonly<Record<string, unknown>> } {
  const seconds = Math.max(0.001, retryAfterMs / 1000)
  exchange.limited = scope
  exchange.headers = {
    ...exchange.headers,
    'retry-after': String(Math.ceil(seconds)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
  }
  const body = {
    message: 'You are being rate limited.',
    code: 0,
    retry_after: Math.round(seconds * 1000) / 1000,
    global: scope === 'global',
  }
  return { status: 429, body }
}

/** `isOurs`: no injected fault, so it has to keep to the document. */
function send(parts: ServerParts, exchange: Exchange, outcome: Outcome, isOurs = true): Outcome {
  const { response, match, headers } = exchange
  if (match !== undefined && isOurs)
    exchange.violations.push(...(parts.document?.response(match.route, outcome.status, outcome.body) ?? []))
  parts.limiter.answered(outcome.status, headers['x-ratelimit-scope'])
  if (outcome.body === undefined) response.writeHead(outcome.status, headers).end()
  else
    response
      .writeHead(outcome.status, { ...headers, 'content-type': 'application/json' })
      .end(JSON.stringify(outcome.body))
  return outcome
}
