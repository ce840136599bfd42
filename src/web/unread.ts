/** What is said to a request that could not be read as one: there is no page for it, and nobody knows whose language it is in. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

const sentences: Readonly<Record<number, string>> = {
  400: 'This is not a request that this site understands.',
  408: 'The request took too long. Try again.',
  431: 'The request is too long: its address, or what the browser sends along, such as cookies.',
}

/** Ends the connection, with a plain sentence where it can still be told. */
export function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = statusOf(error.code)
  const body = `${sentences[status] ?? ''}\n`
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
}
