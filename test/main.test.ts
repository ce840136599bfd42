/** The command line as people run it: a process, its output, its exit code. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { bridge, writeSettled } from './support/bot.ts'
import { openTestDiscord } from './support/standin.ts'

const main = resolve(import.meta.dirname, '../src/main.ts')
/** What the runner gives to every test file, for a process that runs elsewhere. */
const compiled = resolve(process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'depesche-compile-cache'))

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command in an empty folder, so that no `.env` of the project is read. */
async function start(
  t: TestContext,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-main-'))
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: {
      PATH,
      HOME,
      DIGESTS_DIR: resolve(import.meta.dirname, '../digests'),
      NODE_COMPILE_CACHE: compiled,
      ...environment,
    },
  })
  t.after(() => {
    child.kill('SIGKILL')
    return rm(folder, { recursive: true, force: true })
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString()
  })
  const ended = new Promise<Run>((done) => child.on('close', (code) => done({ code, out, err })))
  return { child, ended, folder }
}

const run = async (t: TestContext, args: readonly string[], environment?: Readonly<Record<string, string>>) =>
  (await start(t, args, environment)).ended

test('start without a token says in one sentence what is missing and how to go on without it', async (t) => {
  const { code, out, err } = await run(t, ['start'])
  assert.equal(code, 2)
  assert.equal(out, '')
  assert.equal(err.trim().split('\n').length, 1)
  assert.match(err, /^DISCORD_TOKEN is missing: .*npm run rehearse/)
})

test('start with a token that Discord refuses says so, without the token', async (t) => {
  const discord = await openTestDiscord(t, { token: 'the-right-token' })
  const { code, err } = await run(t, ['start'], {
    DISCORD_TOKEN: 'the-wrong-token',
    DISCORD_API_URL: discord.api,
    LOG_LEVEL: 'warn',
  })
  assert.equal(code, 2)
  assert.match(err, /^Discord did not accept DISCORD_TOKEN\./)
  assert.doesNotMatch(err, /the-wrong-token/)
})

test('start where Discord cannot be reached says so and fails', async (t) => {
  const { code, err } = await run(t, ['start'], {
    DISCORD_TOKEN: 'any-token',
    DISCORD_API_URL: 'http://127.0.0.1:9/api',
    LOG_LEVEL: 'error',
  })
  assert.equal(code, 1)
  assert.match(err, /Discord cannot be reached/)
})

test('start runs on any server that speaks like Discord, and ends on SIGTERM', async (t) => {
  const discord = await openTestDiscord(t)
  const { child, ended } = await start(t, ['start'], {
    DISCORD_TOKEN: 'any-token',
    DISCORD_API_URL: discord.api,
  })
  const connected = new Promise<void>((done) => {
    child.stderr.on('data', (data: Buffer) => {
      if (data.toString().includes('discord.connected')) done()
    })
  })
  await connected
  assert.ok(discord.world.commands().some((each) => each.name === 'headlines'))
  child.kill('SIGTERM')
  assert.equal((await ended).code, 0)
})

test('start ends on SIGTERM also while Discord lets it wait', async (t) => {
  const discord = await openTestDiscord(t)
  const asked = new Promise<void>((done) => {
    discord.faults.inject({
      method: 'GET',
      path: /^\/gateway\/bot/,
      effect: { kind: 'hang', when: 'before' },
    })
    const timer = setInterval(
      () => discord.requests.some(({ path }) => path === '/gateway/bot') && done(),
      20,
    )
    t.after(() => clearInterval(timer))
  })
  const { child, ended } = await start(t, ['start'], {
    DISCORD_TOKEN: 'any-token',
    DISCORD_API_URL: discord.api,
  })
  await asked
  child.kill('SIGTERM')
  assert.equal((await ended).code, 0)
})

test('wrong settings are all named at once', async (t) => {
  const { code, err } = await run(t, ['start'], {
    DISCORD_TOKEN: 'x',
    REHEARSAL_PORT: 'abc',
    LOG_LEVEL: 'loud',
  })
  assert.equal(code, 2)
  assert.match(
    err,
    /^2 problems in the settings: LOG_LEVEL 'loud' .*; REHEARSAL_PORT 'abc' is not a port number/,
  )
})

test('the rehearsal posts every shipped digest, runs the commands and writes a readable transcript', async (t) => {
  const { code, out, err } = await run(t, ['rehearse', '--once'])
  assert.equal(code, 0, `${out}\n${err}`)
  for (const expected of [
    /#morgenblatt at .* posted by depesche:\n {2}│ Morgenblatt · Nr\. 1\n/,
    /#harbour-wire at .* posted by depesche:\n {2}│ Harbour Wire · No\. 1\n/,
    /mika runs \/headlines digest:Morgenblatt/,
    /mika runs \/summary story:/,
    /mika runs \/fulltext story:/,
    /Rehearsed: 2 digests in 2 messages, \d+ requests to Discord, none refused\./,
  ]) {
    assert.match(out, expected)
  }
  assert.doesNotMatch(out, /Leave a Reply|Newsletter abonnieren|undefined|component of type/)
})

test('the rehearsal opens its page on localhost, posts the first digest, and ends on SIGINT', async (t) => {
  const [port, webPort] = await freePorts()
  const metricsToken = 'shown-by-prometheus'
  const { child, ended } = await start(t, ['rehearse'], {
    REHEARSAL_PORT: port,
    WEB_PORT: webPort,
    METRICS_TOKEN: metricsToken,
  })
  const sent = new Promise<void>((done) => {
    child.stderr.on('data', (data: Buffer) => {
      if (data.toString().includes('delivery.sent')) done()
    })
  })
  await sent
  const page = await fetch(`http://127.0.0.1:${port}/`)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<title>[^<]*Depesche/)
  const metrics = `http://127.0.0.1:${webPort}/metrics`
  const headers = { authorization: `Bearer ${metricsToken}` }
  const answers = await Promise.all([fetch(metrics), fetch(metrics, { headers })])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 200],
    'the settings of the web side are rehearsed',
  )
  const taken = await run(t, ['rehearse'], { REHEARSAL_PORT: port })
  assert.equal(taken.code, 2)
  assert.match(taken.err, new RegExp(`cannot use port ${port} .*Set REHEARSAL_PORT to a free one`))
  child.kill('SIGINT')
  const { code, out } = await ended
  assert.equal(code, 0)
  assert.match(out, new RegExp(`The rehearsal is open: http://127.0.0.1:${port}/`))
})

/** Two that differ: the second is asked for while the first is taken. */
async function freePorts(): Promise<readonly [string, string]> {
  const servers = [createServer(), createServer()] as const
  const [one, other] = await Promise.all(servers.map(portOf))
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return [one ?? '', other ?? '']
}

async function portOf(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return String(typeof address === 'object' && address !== null ? address.port : 0)
}

test('a rehearsal without a usable digest fails with the reason', async (t) => {
  const empty = await mkdtemp(join(tmpdir(), 'depesche-empty-'))
  t.after(() => rm(empty, { recursive: true }))
  const { code, out } = await run(t, ['rehearse', '--once'], { DIGESTS_DIR: empty })
  assert.equal(code, 1)
  assert.match(out, /The rehearsal failed: There is no digest to rehearse/)
})

test('one’s own digests and settings are rehearsed; a digest whose feed is dead has nothing to post, and the others go on', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-dead-'))
  t.after(() => rm(folder, { recursive: true }))
  const schedule = 'schedule: { times: ["07:30"], zone: UTC }\n'
  await mkdir(join(folder, 'wire/articles'), { recursive: true })
  await mkdir(join(folder, 'dead'))
  await writeFile(
    join(folder, 'wire/digest.yaml'),
    `title: Wire\nlanguage: en\nsources: [{ folder: articles }]\n${schedule}`,
  )
  await writeSettled(join(folder, 'wire/articles/bridge.txt'), bridge)
  await writeFile(
    join(folder, 'dead/digest.yaml'),
    `title: Dead\nlanguage: en\nsources: [{ feed: "https://feed.invalid/rss.xml" }]\n${schedule}`,
  )
  const settings = join(folder, 'my.env')
  await writeFile(settings, 'CATCH_UP_HOURS=many\n')
  const args = ['rehearse', '--once', '--digests', folder, '--env', settings]
  const misset = await run(t, args)
  assert.deepEqual([misset.code, misset.out], [2, ''])
  assert.match(misset.err, /CATCH_UP_HOURS.*many/)
  await writeFile(settings, 'CATCH_UP_HOURS=2\n')
  const { code, out } = await run(t, args)
  assert.equal(code, 0, out)
  assert.match(out, /#wire at .* posted by depesche:/)
  assert.match(out, /Dead had nothing to post: its sources brought no article/)
  assert.match(out, /Rehearsed: 1 digest in 1 message,/)
})

test('check names every file that cannot be used, and says so in its exit code', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-check-'))
  t.after(() => rm(folder, { recursive: true }))
  const articles = join(folder, 'wire/articles')
  await mkdir(articles, { recursive: true })
  await writeFile(
    join(folder, 'wire/digest.yaml'),
    'title: Wire\nlanguage: en\nsources: [{ folder: articles }]\nschedule: { times: ["07:30"], zone: UTC }\n',
  )
  await writeSettled(join(articles, 'good.txt'), bridge)
  const good = await run(t, ['check'], { DIGESTS_DIR: folder })
  assert.deepEqual([good.code, good.out], [0, 'wire: "Wire", 1 article\nNo problems.\n'])
  await writeSettled(join(articles, 'empty.md'), '')
  await mkdir(join(folder, 'other'))
  const bad = await run(t, ['check', '--json'], { DIGESTS_DIR: folder })
  assert.equal(bad.code, 1)
  const report: unknown = JSON.parse(bad.out)
  assert.ok(
    typeof report === 'object' && report !== null && 'problems' in report && Array.isArray(report.problems),
  )
  assert.equal(report.problems.length, 2)
  assert.match(String(report.problems[0]), /^other: has no digest\.yaml/)
  assert.match(String(report.problems[1]), /^wire\/articles\/empty\.md: /)
})

test('an unknown command shows where help is', async (t) => {
  const { code, err } = await run(t, ['publish'])
  assert.equal(code, 2)
  assert.match(err, /unknown command 'publish'/)
  assert.match(err, /depesche --help/)
})

test('extract and feed read one file or address for a person; discover finds a site’s feeds', async (t) => {
  const rss =
    '<rss version="2.0"><channel><title>Estuary Radio</title><link>/</link><item><title>Ferry resumes</title><link>/1</link></item></channel></rss>'
  const paragraph =
    'The ferry company said on Friday that all crossings would resume on Monday morning at six. '.repeat(4)
  const page = `<html lang="en"><head><title>Ferry resumes</title><link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml"></head><body><article><h1>Ferry resumes</h1><p>${paragraph}</p><p>${paragraph}</p></article></body></html>`
  const server = createServer((request, response) => {
    if (request.url === '/feed.xml') response.end(rss)
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => void server.close())
  const address = server.address()
  const host = typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : ''
  const allowed = { ALLOWED_HOSTS: host }

  const article = await run(t, ['extract', `http://${host}/story`], allowed)
  assert.equal(article.code, 0, article.err)
  assert.match(article.out, /^Ferry resumes\n[\s\S]*language: en[\s\S]*all crossings would resume/)
  assert.equal(article.err, '', 'no progress where nobody watches')
  const feed = await run(t, ['feed', `http://${host}/feed.xml`], allowed)
  assert.match(feed.out, /^Estuary Radio .*, 1 entries\n\nFerry resumes\n/)
  const found = await run(t, ['discover', `http://${host}/`], allowed)
  assert.equal(found.out, `- feed: http://${host}/feed.xml  # News\n`)

  const refused = await run(t, ['extract', `http://${host}/story`])
  assert.equal(refused.code, 2)
  assert.match(refused.err, /is not read \(address\); hosts on your own network are allowed by ALLOWED_HOSTS/)
  const missing = await run(t, ['feed', 'none.xml'])
  assert.deepEqual([missing.code, missing.out], [2, ''])
  assert.match(missing.err, /^There is no file none\.xml that can be read/)
})

test('opml import prints sources for digest.yaml, and what is no OPML is said to be none', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-opml-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'list.opml')
  await writeFile(
    file,
    '<opml version="2.0"><body><outline text="Radio" xmlUrl="https://radio.example/feed.xml"/></body></opml>',
  )
  const { code, out } = await run(t, ['opml', 'import', file])
  assert.deepEqual(
    [code, out],
    [0, 'sources:\n  - feed: "https://radio.example/feed.xml"\n    name: "Radio"\n'],
  )
  await writeFile(file, 'hello')
  const wrong = await run(t, ['opml', 'import', file])
  assert.equal(wrong.code, 2)
  assert.match(wrong.err, /is no OPML/)
})
