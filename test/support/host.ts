/** A host on loopback that answers as a test says, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'

export interface Host {
  readonly url: string
  readonly host: string
  /** Requests so far. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[]
}

/** By path; anything else is a 404. `host` is the address the request came to. */
export type HostAnswers = Readonly<
  Record<string, (request: IncomingMessage, response: ServerResponse, host: string) => void>
>

export async function openHost(t: TestContext, answers: HostAnswers): Promise<Host> {
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push({ path, headers: request.headers })
    const answer = answers[path]
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response, `http://${request.headers.host}`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, asked }
}
