/**
 * The rehearsal page's server: the page's files, the stand-in's world as JSON and as a live stream, and the visitor's
 * hands. It listens on loopback only, answers only requests that name it by that address (no other site can reach it
 * through a name that points here), and takes actions only from its own page.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { messageOf } from '../errors.ts'
import { pageFile } from './page-files.ts'
import { failed } from './page-hands.ts'
import { pageActionSchema } from './page-protocol.ts'
import { type PageClock, pageStage, type Stage } from './page-stage.ts'
import type { StandIn } from './standin/types.ts'

export interface PageOptions {
  readonly standIn: StandIn
  /** 0 (the default) takes any free port. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /** The person the visitor is at first, and the server that is shown. */
  readonly me: { readonly userId: string; readonly guildId: string }
  readonly clock?: PageClock
  readonly log?: (line: string) => void
}

export interface Page {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string
  close(): Promise<void>
}

const maxBodyBytes = 64 * 1024
/** What Discord takes from people without a subscription. */
const maxUploadBytes = 10 * 1024 * 1024
const heartbeatMs = 10_000

/** Serves the page until it is closed. Rejects when the port is taken. */
export async function startPage(options: PageOptions): Promise<Page> {
  const log = options.log ?? (() => {})
  const stage = pageStage(options)
  const server = createServer((request, response) => {
    answer(request, response, stage).catch((error: unknown) => {
      log(`page: ${request.method ?? '?'} ${request.url ?? '?'}: ${messageOf(error)}`)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { error: 'The rehearsal page stumbled; the terminal says why.' })
    })
  })
  const port = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      stage.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The page has no port.'))
      else resolve(address.port)
    })
  })
}

/** Pictures may come from the web, because digests carry them; everything else is the page's own. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

async function answer(request: IncomingMessage, response: ServerResponse, stage: Stage): Promise<void> {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  if (!isNamedByAddress(request)) return sendJson(response, 421, { error: 'Unknown host.' })
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method === 'POST' && url.pathname === '/api/act') return act(request, response, stage)
  if (request.method === 'POST' && url.pathname === '/api/upload')
    return upload(request, response, stage, url.searchParams)
  if (request.method !== 'GET') return sendJson(response, 405, { error: 'Method not allowed.' })
  const asked = url.searchParams
  switch (url.pathname) {
    case '/api/events':
      return stream(request, response, stage, asked.get('as') ?? undefined)
    case '/api/messages':
      return sendJson(response, 200, stage.messages(asked.get('channel') ?? '', asked.get('as') ?? undefined))
    case '/api/file':
      return sendFile(response, stage.file(asked.get('url') ?? ''), asked.get('url') ?? '')
    default:
      return sendPageFile(response, url.pathname)
  }
}

function isNamedByAddress(request: IncomingMessage): boolean {
  const port = request.socket.localPort
  const names = [`127.0.0.1:${port}`, `localhost:${port}`]
  return names.includes(request.headers.host ?? '')
}

/** Neither kind of content can be sent by a plain form, and another site may not send it without asking first. */
function isFromThisPage(request: IncomingMessage, contentType: string): boolean {
  const isOfThatKind = request.headers['content-type']?.startsWith(contentType) === true
  const origin = request.headers.origin
  return isOfThatKind && (origin === undefined || origin === `http://${request.headers.host}`)
}

async function act(request: IncomingMessage, response: ServerResponse, stage: Stage): Promise<void> {
  if (!isFromThisPage(request, 'application/json'))
    return sendJson(response, 403, { error: 'Only the page itself may act.' })
  const body = await readBody(request, maxBodyBytes)
  if (body === undefined) return sendJson(response, 413, { error: 'Too long.' })
  const action = pageActionSchema.safeParse(parsedJson(body.toString('utf8')))
  if (!action.success) return sendJson(response, 400, { error: 'Not an action of this page.' })
  sendJson(response, 200, await stage.act(action.data))
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  stage: Stage,
  asked: URLSearchParams,
): Promise<void> {
  if (!isFromThisPage(request, 'application/octet-stream'))
    return sendJson(response, 403, { error: 'Only the page itself may act.' })
  const body = await readBody(request, maxUploadBytes)
  if (body === undefined) return sendJson(response, 200, failed('The file is larger than 10 MB.'))
  const name = (asked.get('name') ?? '').slice(0, 200) || 'file'
  const id = stage.upload(name, body, asked.get('type') || 'application/octet-stream')
  sendJson(response, 200, { kind: 'kept', id })
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function stream(
  request: IncomingMessage,
  response: ServerResponse,
  stage: Stage,
  viewer: string | undefined,
): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' })
  const stop = stage.watch(viewer, (event) => response.write(`data: ${JSON.stringify(event)}\n\n`))
  const heartbeat = setInterval(() => {
    response.write(`data: ${JSON.stringify({ kind: 'clock', now: stage.now() })}\n\n`)
  }, heartbeatMs)
  request.on('close', () => {
    clearInterval(heartbeat)
    stop()
  })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

async function sendPageFile(response: ServerResponse, pathname: string): Promise<void> {
  const file = await pageFile(pathname)
  if (!file) return sendJson(response, 404, { error: 'Not here.' })
  response.writeHead(200, { 'Content-Type': file.contentType })
  response.end(file.body)
}

const pictureTypes: readonly (readonly [RegExp, string])[] = [
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.gif$/i, 'image/gif'],
  [/\.webp$/i, 'image/webp'],
]

/** Pictures are shown; any other attachment is only ever saved, never run or drawn. */
function sendFile(response: ServerResponse, bytes: Uint8Array | undefined, url: string): void {
  if (!bytes) {
    sendJson(response, 404, { error: 'No such file.' })
    return
  }
  const path = URL.canParse(url) ? new URL(url).pathname : url
  const picture = pictureTypes.find(([ending]) => ending.test(path))?.[1]
  response.writeHead(200, {
    'Content-Type': picture ?? 'application/octet-stream',
    ...(picture === undefined ? { 'Content-Disposition': 'attachment' } : {}),
  })
  response.end(bytes)
}
