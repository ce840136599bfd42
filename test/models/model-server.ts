/** An endpoint of a language model for one test: a real HTTP server that answers as it is told, and remembers what it was asked. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { z } from 'zod'

export interface SeenRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body as the endpoint understands it. */
  readonly asked: z.output<typeof askedSchema>
}

/** Answers one request; whatever it does not answer stays open until the test ends. */
export type Behaviour = (response: ServerResponse, request: SeenRequest) => void

export interface ModelServer {
  /** Up to and with the version. */
  readonly baseUrl: string
  readonly seen: readonly SeenRequest[]
  /** From now on. */
  readonly behave: (behaviour: Behaviour) => void
  /** Resolves when so many requests have arrived, now or later. */
  readonly untilSeen: (count: number) => Promise<void>
}

const askedSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
})

export async function openModelServer(t: TestContext, first: Behaviour): Promise<ModelServer> {
  let behaviour = first
  const seen: SeenRequest[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    readAll(request).then(
      (body) => {
        const one = {
          path: request.url ?? '',
          headers: request.headers,
          asked: askedSchema.parse(JSON.parse(body)),
        }
        seen.push(one)
        for (const each of waiting) if (seen.length >= each.count) each.resolve()
        behaviour(response, one)
      },
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    behave: (next) => {
      behaviour = next
    },
    untilSeen: (count) =>
      seen.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** A whole and proper answer that says `text`. */
export function says(text: string, extra: Readonly<Record<string, unknown>> = {}): Behaviour {
  return (response, { asked }) =>
    sendJson(response, 200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: asked.model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
      usage: { prompt_tokens: 300, completion_tokens: 100, total_tokens: 400 },
      ...extra,
    })
}

/** An error as OpenAI words it. */
export function fails(
  status: number,
  error: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (response) => sendJson(response, status, { error: { message: 'It failed.', ...error } }, headers)
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Bytes as they are. */
export function sends(status: number, contentType: string, body: string): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': contentType })
    response.end(body)
  }
}

/** Takes the request and says nothing. */
export const hangs: Behaviour = () => undefined

/** Says that an answer follows, then sends a byte at a time and never ends. */
export const drips: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 5)
  response.on('close', () => clearInterval(timer))
}

/** Closes the connection instead of answering. */
export const hangsUp: Behaviour = (response) => void response.destroy()
