import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type TestContext, test } from 'node:test'
import type { ModelBudget } from '../../src/digest/written.ts'
import { createLog } from '../../src/log.ts'
import { createModelWriter, type ModelWriterOptions } from '../../src/models/model-writer.ts'
import type { Written } from '../../src/summary/written/writer.ts'
import {
  type Behaviour,
  drips,
  fails,
  hangs,
  hangsUp,
  type ModelServer,
  openModelServer,
  says,
  sends,
} from './model-server.ts'

const PROMPT = { system: 'Shorten the news.', user: '<article>A bridge.</article>', maxAnswerTokens: 500 }
const KEY = 'sk-test-0123456789abcdef'
const minute = 60_000

interface Setting {
  readonly server: ModelServer
  readonly write: (signal?: AbortSignal) => Promise<Written>
  /** Lines of the log as they are written. */
  readonly lines: readonly string[]
  readonly logged: (event: string) => Readonly<Record<string, unknown>> | undefined
  readonly spent: () => number
  /** Moves the writer's clock. */
  readonly pass: (ms: number) => void
}

async function setUp(
  t: TestContext,
  behaviour: Behaviour,
  options: Partial<ModelWriterOptions> = {},
): Promise<Setting> {
  const server = await openModelServer(t, behaviour)
  const lines: string[] = []
  let now = Date.parse('2026-11-20T06:00:00Z')
  let spent = 0
  const budget: ModelBudget = {
    reserve: async (_, tokens, most) => {
      if (spent + tokens > most) return false
      spent += tokens
      return true
    },
    settle: async (_, reserved, used) => {
      spent += used - reserved
    },
  }
  const writer = createModelWriter({
    baseUrl: server.baseUrl,
    model: 'tiny-news',
    apiKey: KEY,
    timeoutMs: 5000,
    dailyTokens: 100_000,
    budget,
    userAgent: 'Depesche/test',
    now: () => now,
    log: createLog({ level: 'trace', sink: (line) => lines.push(line) }),
    retryMs: 1,
    ...options,
  })
  return {
    server,
    write: (signal = new AbortController().signal) => writer.write(PROMPT, signal),
    lines,
    logged: (event) => lines.map((line) => JSON.parse(line)).findLast((line) => line.msg === event),
    spent: () => spent,
    pass: (ms) => {
      now += ms
    },
  }
}

test('a prompt is sent as it is, with the key and nothing about this machine, and the answer comes back', async (t) => {
  const { server, write, spent } = await setUp(t, says('A bridge is built.'))
  assert.deepEqual(await write(), { kind: 'answer', text: 'A bridge is built.', isWhole: true })
  const [request] = server.seen
  assert.equal(request?.path, '/v1/chat/completions')
  assert.deepEqual(request?.asked, {
    model: 'tiny-news',
    messages: [
      { role: 'system', content: PROMPT.system },
      { role: 'user', content: PROMPT.user },
    ],
    max_tokens: 500,
    temperature: 0,
  })
  assert.equal(request?.headers.authorization, `Bearer ${KEY}`)
  assert.equal(request?.headers['user-agent'], 'Depesche/test')
  assert.deepEqual(
    Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('x-') || name.startsWith('openai')),
    [],
  )
  assert.equal(spent(), 400)
})

test('without a key none is sent, and settings of other programs are not heeded', async (t) => {
  const before = { ...process.env }
  t.after(() => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ORG_ID', 'OPENAI_CUSTOM_HEADERS']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  })
  process.env.OPENAI_API_KEY = 'sk-of-another-program'
  process.env.OPENAI_ORG_ID = 'org-of-another-program'
  process.env.OPENAI_CUSTOM_HEADERS = 'X-Other: yes\nAuthorization: Bearer other'
  const { server, write } = await setUp(t, says('A bridge is built.'), { apiKey: undefined })
  await write()
  assert.doesNotMatch(JSON.stringify(server.seen[0]?.headers), /another|other|Bearer/)
})

test('an answer that the endpoint cut short is told from a whole one', async (t) => {
  const choices = [{ index: 0, finish_reason: 'length', message: { role: 'assistant', content: 'A bridge' } }]
  const { write } = await setUp(t, says('', { choices }))
  assert.deepEqual(await write(), { kind: 'answer', text: 'A bridge', isWhole: false })
})

test('an endpoint that knows other names for the parameters is asked again, and remembered', async (t) => {
  const { server, write } = await setUp(t, (response, request) => {
    const { asked } = request
    if ('max_tokens' in asked)
      return fails(400, {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        param: 'max_tokens',
        code: 'unsupported_parameter',
      })(response, request)
    if ('temperature' in asked)
      return fails(400, { message: 'Only the default (1) value is supported.', param: 'temperature' })(
        response,
        request,
      )
    says('A bridge is built.')(response, request)
  })
  assert.equal((await write()).kind, 'answer')
  assert.equal(server.seen.length, 3)
  assert.equal((await write()).kind, 'answer')
  assert.equal(server.seen.length, 4)
  assert.equal(server.seen[3]?.asked.max_completion_tokens, 500)
})

/** Ways to fail, and what the log says of each. */
const failures: readonly {
  readonly name: string
  readonly behaviour: Behaviour
  readonly logged: Readonly<Record<string, unknown>>
  readonly timeoutMs?: number
  /** How often the endpoint is asked; once unless told. */
  readonly asked?: number
  /** What stays reserved: the tokens may have been used. */
  readonly isPaid?: boolean
}[] = [
  { name: 'says nothing', behaviour: hangs, timeoutMs: 60, logged: { reason: 'timeout' }, isPaid: true },
  { name: 'drips', behaviour: drips, timeoutMs: 60, logged: { reason: 'timeout' }, isPaid: true },
  { name: 'hangs up', behaviour: hangsUp, asked: 2, logged: { reason: 'unreachable' }, isPaid: true },
  { name: 'fails', behaviour: fails(500), asked: 2, logged: { reason: 'refused', status: 500 } },
  {
    name: 'is busy',
    behaviour: fails(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '30' }),
    logged: { reason: 'refused', status: 429, code: 'rate_limit_exceeded' },
  },
  {
    name: 'does not know the key and repeats it',
    behaviour: fails(401, { message: `Incorrect API key provided: ${KEY}.`, code: 'invalid_api_key' }),
    logged: { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided: [key].' },
  },
  {
    name: 'does not know the model',
    behaviour: fails(404, { message: 'model "tiny-news" not found, try pulling it first' }),
    logged: { status: 404, message: 'model "tiny-news" not found, try pulling it first' },
  },
  {
    name: 'sends half of an answer',
    behaviour: sends(200, 'application/json', '{"choices": [{"message": {"content": "A bri'),
    logged: { reason: 'garbled' },
    isPaid: true,
  },
  {
    name: 'sends another kind of answer',
    behaviour: sends(200, 'application/json', '{"choices": [{"message": {"content": {"a": 1}}}]}'),
    logged: { reason: 'garbled' },
    isPaid: true,
  },
  {
    name: 'sends a page',
    behaviour: sends(200, 'text/html', '<!doctype html><title>Welcome</title>'),
    logged: { reason: 'garbled' },
    isPaid: true,
  },
  {
    name: 'sends an error page',
    behaviour: sends(403, 'text/html', `<!doctype html><title>Forbidden</title>${KEY}`),
    logged: { reason: 'refused', status: 403 },
  },
  {
    name: 'sends a megabyte',
    behaviour: says('a'.repeat(1024 * 1024)),
    logged: { reason: 'too-large' },
    isPaid: true,
  },
  {
    name: 'sends to another place',
    behaviour: (response) => {
      response.writeHead(307, { location: `https://user:${KEY}@elsewhere.example/v1?key=${KEY}` })
      response.end()
    },
    logged: {
      reason: 'redirect',
      message: 'Redirected to https://elsewhere.example/v1; set MODEL_URL to where it leads.',
    },
  },
]

for (const { name, behaviour, logged, timeoutMs = 5000, asked = 1, isPaid = false } of failures) {
  test(`an endpoint that ${name} fails as a value; the log says why and never holds the key`, async (t) => {
    const setting = await setUp(t, behaviour, { timeoutMs })
    assert.deepEqual(await setting.write(), { kind: 'unwritten', reason: 'failed' })
    const line = setting.logged('model.failed') ?? {}
    for (const [key, value] of Object.entries(logged)) assert.equal(line[key], value, key)
    assert.equal(setting.server.seen.length, asked)
    assert.equal(setting.spent() > 0, isPaid, String(setting.spent()))
    assert.ok(!setting.lines.join('\n').includes(KEY))
  })
}

test('an address where nobody answers fails as a value', async (t) => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const address = closed.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  closed.close()
  await once(closed, 'close')
  const { write, logged, spent } = await setUp(t, hangs, { baseUrl: `http://127.0.0.1:${port}/v1` })
  assert.deepEqual(await write(), { kind: 'unwritten', reason: 'failed' })
  assert.equal(logged('model.failed')?.code, 'ECONNREFUSED')
  assert.equal(spent(), 0)
})

test('a failure that passes is made good by a second try', async (t) => {
  const { server, write } = await setUp(t, (response, request) =>
    server.seen.length === 1 ? hangsUp(response, request) : says('A bridge is built.')(response, request),
  )
  assert.equal((await write()).kind, 'answer')
  assert.equal(server.seen.length, 2)
})

test('once the budget of the day is spent, no request is sent', async (t) => {
  const { server, write, lines } = await setUp(t, says('A bridge is built.'), { dailyTokens: 1300 })
  for (let count = 0; count < 2; count++) assert.equal((await write()).kind, 'answer')
  for (let count = 0; count < 2; count++)
    assert.deepEqual(await write(), { kind: 'unwritten', reason: 'budget' })
  assert.equal(server.seen.length, 2)
  assert.equal(lines.filter((line) => line.includes('model.budget_spent')).length, 1)
})

test('an endpoint that does not say what it used is reckoned by what was sent and came', async (t) => {
  const { write, spent } = await setUp(t, says('A bridge is built.', { usage: { total_tokens: -5 } }))
  await write()
  assert.ok(spent() > 10 && spent() < 100, String(spent()))
})

test('after three failures in a row the endpoint is left alone for some minutes', async (t) => {
  const { server, write, pass, logged } = await setUp(t, fails(404))
  for (let count = 0; count < 3; count++) await write()
  assert.ok(logged('model.paused'))
  assert.deepEqual(await write(), { kind: 'unwritten', reason: 'paused' })
  assert.equal(server.seen.length, 3)
  pass(6 * minute)
  await write()
  assert.equal(server.seen.length, 4)
  assert.deepEqual(await write(), { kind: 'unwritten', reason: 'paused' })
  pass(6 * minute)
  server.behave(says('A bridge is built.'))
  assert.equal((await write()).kind, 'answer')
  assert.ok(logged('model.resumed'))
  server.behave(fails(404))
  await write()
  assert.deepEqual(await write(), { kind: 'unwritten', reason: 'failed' })
})

test('an endpoint that asks for time gets it, and never more than an hour', async (t) => {
  const { server, write, pass } = await setUp(t, fails(429, {}, { 'retry-after': '999999' }))
  await write()
  pass(59 * minute)
  assert.deepEqual(await write(), { kind: 'unwritten', reason: 'paused' })
  pass(2 * minute)
  await write()
  assert.equal(server.seen.length, 2)
})

test('at most two requests run at once; whoever stops waiting is let go', async (t) => {
  const open: (() => void)[] = []
  const { server, write } = await setUp(t, (response, request) => {
    open.push(() => says('A bridge is built.')(response, request))
  })
  const impatient = new AbortController()
  const two = [write(), write()]
  const third = write(impatient.signal)
  const fourth = write()
  await server.untilSeen(2)
  impatient.abort()
  assert.deepEqual(await third, { kind: 'unwritten', reason: 'stopped' })
  assert.equal(server.seen.length, 2)
  for (const answer of open) answer()
  assert.deepEqual(
    (await Promise.all(two)).map(({ kind }) => kind),
    ['answer', 'answer'],
  )
  await server.untilSeen(3)
  open.at(-1)?.()
  assert.equal((await fourth).kind, 'answer')
})

test('whoever asked can end a request that is under way', async (t) => {
  const { server, write } = await setUp(t, hangs)
  const asking = new AbortController()
  const answer = write(asking.signal)
  await server.untilSeen(1)
  asking.abort()
  assert.deepEqual(await answer, { kind: 'unwritten', reason: 'stopped' })
})

test('a budget that cannot be kept stops the writing and nothing else', async (t) => {
  const budget: ModelBudget = {
    reserve: () => Promise.reject(new Error('disk full')),
    settle: () => Promise.resolve(),
  }
  const { server, write, logged } = await setUp(t, says('A bridge is built.'), { budget })
  assert.deepEqual(await write(), { kind: 'unwritten', reason: 'failed' })
  assert.equal(server.seen.length, 0)
  assert.ok(logged('model.broke'))
})
