import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, type TestContext, test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import type { FetchResult } from '../../src/sources/fetch-result.ts'
import {
  createHttpClient,
  type HttpClient,
  type HttpRequest,
  type HttpSettings,
} from '../../src/sources/http.ts'

const USER_AGENT = 'Depesche-test/1.0 (+https://bot.example/)'
const NOW = Date.parse('2026-11-23T12:00:00Z')

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

let client: HttpClient
before(() => {
  client = createHttpClient({ userAgent: USER_AGENT, allowedHosts: ['127.0.0.1'], now: () => NOW })
})
after(() => client.close())

const get = (url: string, options: Partial<HttpRequest> = {}) =>
  client.fetch({ url, deadlineMs: 10_000, ...options })

function clientWith(t: TestContext, settings: Partial<HttpSettings>): HttpClient {
  const own = createHttpClient({ userAgent: USER_AGENT, now: () => NOW, ...settings })
  t.after(() => own.close())
  return own
}

const textOf = (result: FetchResult) =>
  result.kind === 'fetched' ? Buffer.from(result.bytes).toString() : result.kind
const reasonOf = (result: FetchResult) => (result.kind === 'refused' ? result.reason : result.kind)
const causeOf = (result: FetchResult) => (result.kind === 'failed' ? result.cause : result.kind)

test('a page is fetched with its type and its cache headers, and told who asks', async (t) => {
  let asked: IncomingMessage | undefined
  const origin = await serve(t, (request, response) => {
    asked = request
    response.setHeader('content-type', 'text/xml; charset=utf-8')
    response.setHeader('etag', '"1"').setHeader('last-modified', 'Mon, 23 Nov 2026 11:00:00 GMT')
    response.setHeader('cache-control', 'max-age=60').setHeader('date', 'Mon, 23 Nov 2026 12:00:00 GMT')
    response.end('hello')
  })
  assert.deepEqual(await get(`${origin}/feed`), {
    kind: 'fetched',
    url: `${origin}/feed`,
    contentType: 'text/xml; charset=utf-8',
    bytes: Buffer.from('hello'),
    cache: {
      etag: '"1"',
      lastModified: 'Mon, 23 Nov 2026 11:00:00 GMT',
      cacheControl: 'max-age=60',
      date: 'Mon, 23 Nov 2026 12:00:00 GMT',
    },
  })
  assert.equal(asked?.headers['user-agent'], USER_AGENT)
  assert.equal(asked?.headers['if-none-match'], undefined)
})

test('validators are sent back, and 304 is not-modified', async (t) => {
  const origin = await serve(t, (request, response) => {
    const isKnown =
      request.headers['if-none-match'] === 'W/"1"' && request.headers['if-modified-since'] === 'yesterday'
    response.writeHead(isKnown ? 304 : 200, { etag: '"2"' }).end()
  })
  const result = await get(origin, { etag: 'W/"1"', lastModified: 'yesterday' })
  assert.ok(result.kind === 'not-modified')
  assert.equal(result.cache.etag, '"2"')
})

test('a validator that would forge a header is not sent', async (t) => {
  const origin = await serve(t, (request, response) =>
    response.end(request.headers['if-none-match'] ?? 'none'),
  )
  assert.equal(textOf(await get(origin, { etag: '"1"\r\nx-forged: 1' })), 'none')
})

test('410 is gone', async (t) => {
  const origin = await serve(t, (_, response) => response.writeHead(410).end())
  assert.deepEqual(await get(origin), { kind: 'gone', url: `${origin}/` })
})

const STATUSES: readonly (readonly [status: number, cause: string, retry: boolean])[] = [
  [400, 'server', false],
  [401, 'denied', true],
  [403, 'denied', true],
  [404, 'not-found', true],
  [429, 'busy', true],
  [451, 'denied', true],
  [500, 'server', true],
  [503, 'busy', true],
]
for (const [status, cause, retry] of STATUSES) {
  test(`${status} is a failure (${cause})`, async (t) => {
    const origin = await serve(t, (_, response) => response.writeHead(status).end('no'))
    assert.deepEqual(await get(origin), { kind: 'failed', cause, url: `${origin}/`, retry, status })
  })
}

test('Retry-After is passed on from seconds and from a date', async (t) => {
  for (const header of ['120', 'Mon, 23 Nov 2026 12:02:00 GMT']) {
    const origin = await serve(t, (_, response) => response.writeHead(429, { 'retry-after': header }).end())
    const result = await get(origin)
    assert.ok(result.kind === 'failed')
    assert.equal(result.retryAfterMs, 120_000, header)
  }
})

/** Redirects by path: `/301/302/end` goes on by 301 to `/302/end`, and so on. */
const redirecting = (request: IncomingMessage, response: ServerResponse) => {
  const [, status, rest] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? []
  if (status === undefined) response.end('there')
  else response.writeHead(Number(status), { location: rest }).end()
}

const MOVES: readonly (readonly [path: string, permanent: string | undefined])[] = [
  ['/301/end', '/end'],
  ['/308/301/end', '/end'],
  ['/302/end', undefined],
  ['/303/307/end', undefined],
  ['/301/302/end', '/302/end'],
  ['/302/301/end', undefined],
]
for (const [path, permanent] of MOVES) {
  test(`${path} ends at /end and has moved for good to ${permanent ?? 'nowhere'}`, async (t) => {
    const origin = await serve(t, redirecting)
    const result = await get(origin + path)
    assert.ok(result.kind === 'fetched')
    assert.equal(result.url, `${origin}/end`)
    assert.equal(result.permanentUrl, permanent && origin + permanent)
  })
}

test('redirects that never end are refused', async (t) => {
  let count = 0
  const origin = await serve(t, (_, response) => response.writeHead(302, { location: `/${++count}` }).end())
  assert.equal(reasonOf(await get(origin)), 'redirects')
  assert.ok(count < 20, 'the number of hops is bounded')
})

test('a redirect is refused where its target would be', async (t) => {
  const targets: [string, string][] = [
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://', 'scheme'],
    ['http://user:pass@127.0.0.1/', 'credentials'],
    ['http://169.254.169.254/latest/meta-data/', 'address'],
    ['http://[::1]:8080/', 'address'],
    ['http://2130706433/', 'allowed'],
  ]
  for (const [location, reason] of targets) {
    const origin = await serve(t, (_, response) => response.writeHead(302, { location }).end())
    const result = await get(origin)
    if (reason === 'allowed')
      assert.notEqual(reasonOf(result), 'address', 'it is 127.0.0.1, which these tests allow')
    else assert.equal(reasonOf(result), reason, location)
  }
})

test('only http and https are fetched', async () => {
  for (const url of [
    'ftp://news.example/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'gopher://a.example/',
    '',
    '/feed',
    'http://',
  ]) {
    assert.equal(reasonOf(await get(url)), 'scheme', url)
  }
})

test('names and passwords in an address are refused', async () => {
  assert.equal(reasonOf(await get('http://user@127.0.0.1/')), 'credentials')
})

const PRIVATE_FORMS = [
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '0',
  '0.0.0.0',
  '10.0.0.1',
  '192.168.0.1',
  '172.16.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '１２７.０.０.１',
  '127.0.0.1.',
  '[::1]',
  '[::]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:a00:1]',
  '[fe80::1]',
  '[fc00::1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
  '[ff02::1]',
  '[100::1]',
]
for (const host of PRIVATE_FORMS) {
  test(`${host} is refused`, async (t) => {
    const careful = clientWith(t, {})
    assert.equal(reasonOf(await careful.fetch({ url: `http://${host}/`, deadlineMs: 10_000 })), 'address')
  })
}

test('a name is refused when any of its addresses is not public', async (t) => {
  for (const addresses of [['127.0.0.1'], ['::1'], ['93.184.216.34', '10.0.0.1'], ['::ffff:10.0.0.1']]) {
    const careful = clientWith(t, { resolve: async () => addresses })
    assert.equal(reasonOf(await careful.fetch({ url: 'http://news.example/' })), 'address', addresses.join())
  }
})

test('localhost is refused by its real name', async (t) => {
  assert.equal(reasonOf(await clientWith(t, {}).fetch({ url: 'http://localhost/' })), 'address')
})

test('a name that turns private between two hops is refused and never connected to', async (t) => {
  let hits = 0
  let lookups = 0
  const origin = await serve(t, (request, response) => {
    hits += 1
    response
      .writeHead(302, {
        location: `http://rebind.example:${new URL(`http://${request.headers.host}`).port}/secret`,
      })
      .end()
  })
  const { port } = new URL(origin)
  const careful = clientWith(t, {
    allowedHosts: [`start.example:${port}`],
    resolve: async () => {
      lookups += 1
      return ['127.0.0.1']
    },
  })
  const result = await careful.fetch({ url: `http://start.example:${port}/` })
  assert.deepEqual(result, {
    kind: 'refused',
    reason: 'address',
    url: `http://rebind.example:${port}/secret`,
  })
  assert.deepEqual([hits, lookups], [1, 2], 'each name is looked up once, for its own connection')
})

test('an allowed host is allowed on its port only', async (t) => {
  const origin = await serve(t, (_, response) => response.end('inside'))
  const { port } = new URL(origin)
  const resolve = async () => ['127.0.0.1']
  const careful = clientWith(t, { allowedHosts: [`intranet.example:${port}`], resolve })
  assert.equal(textOf(await careful.fetch({ url: `http://intranet.example:${port}/` })), 'inside')
  assert.equal(reasonOf(await careful.fetch({ url: 'http://intranet.example:1/' })), 'address')
})

test('a name without addresses fails, to be tried again', async (t) => {
  const resolve = async () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }))
  const result = await clientWith(t, { resolve }).fetch({ url: 'http://nowhere.example/' })
  assert.deepEqual(result, { kind: 'failed', cause: 'dns', url: 'http://nowhere.example/', retry: true })
})

const TEXT = 'Nachrichten '.repeat(1000)
const ENCODINGS: readonly (readonly [name: string, body: Buffer])[] = [
  ['gzip', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['deflate', deflateRawSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['zstd', zstdCompressSync(TEXT)],
  ['identity', Buffer.from(TEXT)],
  ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
  ['GZip', gzipSync(TEXT).subarray(0, -8)],
]
for (const [name, body] of ENCODINGS) {
  test(`a body of ${body.length} bytes in ${name} is unpacked`, async (t) => {
    const origin = await serve(t, (_, response) => response.setHeader('content-encoding', name).end(body))
    assert.equal(textOf(await get(origin)), TEXT)
  })
}

test('an unknown encoding is refused', async (t) => {
  const origin = await serve(t, (_, response) => response.setHeader('content-encoding', 'compress').end('x'))
  assert.equal(reasonOf(await get(origin)), 'encoding')
})

test('a body that is not what its encoding says fails', async (t) => {
  const origin = await serve(t, (_, response) => response.setHeader('content-encoding', 'gzip').end('plain'))
  assert.equal(causeOf(await get(origin)), 'corrupt')
})

test('a body beyond the limit is refused, however long it goes on', async (t) => {
  const origin = await serve(t, (_, response) => {
    const write = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once('drain', write)
    }
    write()
  })
  assert.equal(reasonOf(await get(origin, { maxBytes: 1_000_000 })), 'too-large')
})

for (const [name, pack] of [
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['deflate', deflateSync],
] as const) {
  test(`a small ${name} body that unpacks beyond the limit is refused`, async (t) => {
    const bomb = pack(Buffer.alloc(50_000_000))
    assert.ok(bomb.length < 100_000)
    const origin = await serve(t, (_, response) => response.setHeader('content-encoding', name).end(bomb))
    assert.equal(reasonOf(await get(origin, { maxBytes: 1_000_000 })), 'too-large')
  })
}

test('a server that never answers runs into the deadline', async (t) => {
  const origin = await serve(t, () => {})
  assert.equal(causeOf(await get(origin, { deadlineMs: 200 })), 'timeout')
})

test('a body that drips runs into the same deadline', async (t) => {
  const origin = await serve(t, (_, response) => {
    response.write('x')
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  })
  assert.equal(causeOf(await get(origin, { deadlineMs: 300 })), 'timeout')
})

test('a lookup that hangs runs into the deadline', async (t) => {
  const careful = clientWith(t, { resolve: () => new Promise(() => {}) })
  assert.equal(causeOf(await careful.fetch({ url: 'http://slow.example/', deadlineMs: 200 })), 'timeout')
})

test('redirects share one deadline', async (t) => {
  const origin = await serve(t, (_, response) => {
    setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 150)
  })
  assert.equal(causeOf(await get(origin, { deadlineMs: 400 })), 'timeout')
})

test('a connection that breaks off in the middle fails', async (t) => {
  const origin = await serve(t, (_, response) => {
    response.setHeader('content-length', '100').write('half')
    response.once('drain', () => response.destroy())
    setImmediate(() => response.destroy())
  })
  assert.equal(causeOf(await get(origin)), 'connection')
})

test('nobody listening and no TLS are failures of their own', async (t) => {
  const origin = await serve(t, (_, response) => response.end())
  assert.equal(causeOf(await get(origin.replace('http:', 'https:'))), 'tls')
  assert.equal(causeOf(await get('http://127.0.0.1:1/')), 'connection')
})

test('a host is asked one thing at a time', async (t) => {
  let open = 0
  let most = 0
  const origin = await serve(t, (_, response) => {
    open += 1
    most = Math.max(most, open)
    setImmediate(() => {
      open -= 1
      response.end()
    })
  })
  await Promise.all(Array.from({ length: 8 }, (_, i) => get(`${origin}/${i}`)))
  assert.equal(most, 1)
})

test('two hosts are asked side by side', async (t) => {
  const both = Promise.withResolvers<void>()
  let arrived = 0
  const listener: RequestListener = (_, response) => {
    arrived += 1
    if (arrived === 2) both.resolve()
    void both.promise.then(() => response.end('met'))
  }
  const origins = await Promise.all([serve(t, listener), serve(t, listener)])
  const results = await Promise.all(origins.map((origin) => get(origin)))
  assert.deepEqual(results.map(textOf), ['met', 'met'])
})

test('a caller who gives up is told so', async (t) => {
  const giveUp = new AbortController()
  const origin = await serve(t, () => giveUp.abort(new Error('stopping')))
  await assert.rejects(get(origin, { signal: giveUp.signal }), /stopping/)
})
