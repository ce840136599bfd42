/**
 * Memory over an hour of rehearsal: 200 feeds that go on bringing entries, four digests posted every quarter of an hour, and a member who
 * asks every second. The bot is a process of its own, with its threads; feeds and Discord are in this one.
 *
 * The hour is the bot's: its clock is moved on every second so that it passes in `REHEARSAL_MINUTES` (6 unless told). What comes due in
 * an hour comes in those minutes, no less of it, so that garbage has less time to be collected than it would have.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { movableClock } from '../../src/clock.ts'
import { startStandIn } from '../../src/rehearsal/standin/standin.ts'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { rss } from '../support/feeds.ts'
import { type Life, openLives, startedOf } from '../support/lives.ts'
import type { Bench, BenchRow } from './bench.ts'
import { below, pick, seededRandom } from './random.ts'

const feeds = 200
const digests = ['north', 'south', 'east', 'west']
/** In each feed, the newest ones. */
const entries = 20
/** So many of them are taken the first time that a feed is read. */
const firstReading = 10
/** Minutes between two entries of one feed, by turns. */
const gaps = [10, 15, 20, 30, 45, 60, 90, 120]
const realMinutes = Number(process.env.REHEARSAL_MINUTES ?? 6)
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const begin = Date.parse('2026-11-20T07:00:00Z')
const ownerId = '100000000000000001'
/** The machine that the bot is made for, and what `docs/operators.md` advises there: garbage is collected rather than kept. */
const limitMb = 512
const smallMachine = {
  arguments: ['--max-old-space-size=160', '--max-semi-space-size=8'],
  env: { MALLOC_ARENA_MAX: '2' },
}
/** Of the hour; at each the memory is read. */
const quarters = 4

export const rehearsalBench: Bench = {
  name: 'rehearsal',
  about: `memory over an hour of the bot's time in ${realMinutes} minutes, ${feeds} feeds, ${digests.length} digests each quarter of an hour`,
  run: async ({ progress }) => {
    const clock = movableClock(begin)
    const folder = await mkdtemp(join(tmpdir(), 'depesche-rehearsal-'))
    const server = await serveFeeds(clock.now)
    const standIn = await startStandIn({ now: clock.now, guilds: [guildOfDigests()] })
    const lives = openLives(1, ['--expose-gc', ...smallMachine.arguments], smallMachine.env)
    try {
      const digestsDir = join(folder, 'digests')
      await writeDigests(digestsDir, server.port)
      const databaseUrl = `sqlite:${join(folder, 'depesche.sqlite')}`
      const life = await lives.begin({
        discordApiUrl: standIn.api,
        databaseUrl,
        digestsDir,
        at: clock.now(),
        allowedHosts: Array.from({ length: feeds }, (_, at) => `${hostOf(at)}:${server.port}`),
        pollEveryMs: 1000,
        tellEveryMs: 1000,
        logLevel: 'warn',
      })
      life.onMessage((message) => {
        if (message.kind === 'logged') progress(message.line)
      })
      await startedOf(life)
      await setUp(standIn)
      const rows = await passTheHour(standIn, life, clock, progress)
      life.terminate()
      await life.ended
      return { kind: 'measured', rows: [...rows, ...(await heldRows(databaseUrl)), ...askedRows(server)] }
    } finally {
      await lives.close()
      await standIn.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

function guildOfDigests() {
  return {
    name: 'Bench',
    ownerId,
    channels: digests.map((name) => ({ name })),
    members: [{ id: ownerId, name: 'Olivia' }],
  }
}

/** Every feed has a host of its own, as feeds do. */
function hostOf(feed: number): string {
  return `127.0.0.${feed + 1}`
}

async function writeDigests(digestsDir: string, port: number): Promise<void> {
  const times = Array.from({ length: 24 * quarters }, (_, at) => {
    const minutes = at * 15
    return `"${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}"`
  })
  const hours = times.filter((time) => time.startsWith('"07') || time.startsWith('"08'))
  for (const [at, id] of digests.entries()) {
    const own = Array.from({ length: feeds }, (_, feed) => feed).filter(
      (feed) => feed % digests.length === at,
    )
    const sources = own.map((feed) => `  - feed: http://${hostOf(feed)}:${port}/feed.xml\n`).join('')
    await mkdir(join(digestsDir, id), { recursive: true })
    await writeFile(
      join(digestsDir, id, 'digest.yaml'),
      `title: ${id}\nlanguage: en\nsources:\n${sources}schedule:\n  times: [${hours.join(', ')}]\n  zone: UTC\nsize: 20\n`,
    )
  }
}

interface Feeds {
  readonly port: number
  readonly answered: { whole: number; unchanged: number }
  readonly close: () => Promise<void>
}

async function serveFeeds(now: () => number): Promise<Feeds> {
  const answered = { whole: 0, unchanged: 0 }
  const server = createServer((request, response) => {
    const feed = Number(request.socket.localAddress?.split('.').at(-1)) - 1
    const gapMs = (gaps[feed % gaps.length] ?? hourMs) * minuteMs
    const newest = Math.floor((now() + feed * 7000) / gapMs)
    if (request.url !== '/feed.xml') response.writeHead(404).end()
    else if (request.headers['if-none-match'] === `"${newest}"`) {
      answered.unchanged += 1
      response.writeHead(304).end()
    } else {
      answered.whole += 1
      sendFeed(response, feed, newest, gapMs)
    }
  })
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done))
  return { port: portOf(server), answered, close: () => closed(server) }
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The feeds have no port.')
  return address.port
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((done) => server.close(() => done()))
}

function sendFeed(response: ServerResponse, feed: number, newest: number, gapMs: number): void {
  const items = Array.from({ length: entries }, (_, at) => entryOf(feed, newest - at, gapMs))
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag: `"${newest}"` })
  response.end(rss(`Outlet ${feed}`, items))
}

/** Four feeds at a time tell of one event: they share its words, and have others of their own. */
function entryOf(feed: number, index: number, gapMs: number) {
  const at = index * gapMs - feed * 7000
  const event = Math.floor(at / (10 * minuteMs)) * 50 + (feed % 50)
  const shared = wordsOf(event)
  const own = wordsOf(feed * 1_000_003 + index)
  return {
    title: `${sentence(shared, 60).slice(0, -1)} ${index}`,
    date: new Date(at).toUTCString(),
    body: [
      sentence(shared, 250),
      ...Array.from({ length: 8 }, () => `${sentence(shared, 120)} ${sentence(own, 220)}`),
    ],
  }
}

const syllables = 'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu'.split(' ')

/** The same number gives the same words, again and again. */
function wordsOf(seed: number): () => string {
  const random = seededRandom(seed)
  const vocabulary = Array.from({ length: 60 }, () =>
    Array.from({ length: 2 + below(random, 3) }, () => pick(random, syllables)).join(''),
  )
  return () => pick(random, vocabulary)
}

function sentence(word: () => string, length: number): string {
  let text = word()
  while (text.length < length) text += ` ${word()}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

async function setUp(standIn: StandIn): Promise<void> {
  const { world } = standIn
  const owner = standIn.member(ownerId)
  for (const id of digests) {
    const channel = world.channelNamed(id)
    const answer = await owner.command(
      channel.id,
      'digest',
      { digest: id, channel: channel.id },
      { subcommand: 'setup' },
    )
    if (answer.kind !== 'message') throw new Error(`/digest setup failed: ${JSON.stringify(answer)}`)
  }
}

async function passTheHour(
  standIn: StandIn,
  life: Life,
  clock: ReturnType<typeof movableClock>,
  progress: (line: string) => void,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [await memoryRow(life, 'at the start')]
  const member = standIn.member('100000000000000002')
  const channel = standIn.world.channelNamed('north')
  const startedAt = performance.now()
  const wholeMs = realMinutes * minuteMs
  let asked = 0
  let answered = 0
  for (let quarter = 1; quarter <= quarters; quarter += 1) {
    while (performance.now() - startedAt < (wholeMs * quarter) / quarters) {
      await pause(1000)
      const passed = Math.min(1, (performance.now() - startedAt) / wholeMs)
      clock.moveTo(begin + Math.round(passed * hourMs))
      life.tell({ kind: 'clock', at: clock.now() })
      asked += 1
      void member.command(channel.id, 'headlines').then(({ kind }) => {
        if (kind === 'message') answered += 1
      })
    }
    rows.push(await memoryRow(life, `after ${quarter * 15} minutes of the bot's time`))
    progress(`${quarter * 15} minutes: ${rows.at(-1)?.value.toFixed(0)} MB`)
  }
  const collected = await memoryOf(life, false)
  const posts = digests.flatMap((id) => standIn.world.messages(standIn.world.channelNamed(id).id))
  return [
    ...rows,
    {
      metric: 'memory of the process, highest',
      value: collected.peakRss / 2 ** 20,
      unit: 'MB',
      max: limitMb,
    },
    { metric: 'heap of the main thread after a collection', value: collected.heapUsed / 2 ** 20, unit: 'MB' },
    { metric: 'messages posted', value: posts.length, min: digests.length * quarters },
    { metric: 'questions of members', value: asked },
    { metric: 'questions answered', value: answered },
  ]
}

async function memoryRow(life: Life, when: string): Promise<BenchRow> {
  const { rss: bytes } = await memoryOf(life, true)
  return { metric: `memory of the process ${when}`, value: bytes / 2 ** 20, unit: 'MB' }
}

function memoryOf(life: Life, isAsItIs: boolean) {
  return new Promise<{ readonly rss: number; readonly peakRss: number; readonly heapUsed: number }>(
    (resolve) => {
      life.onMessage((message) => {
        if (message.kind === 'memory') resolve(message)
      })
      life.tell({ kind: 'memory', ...(isAsItIs ? { asItIs: true } : {}) })
    },
  )
}

async function heldRows(databaseUrl: string): Promise<BenchRow[]> {
  const db = await openDatabase(databaseUrl)
  try {
    const countIn = async (table: 'article' | 'story' | 'edition') => {
      const { count } = await db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    }
    return [
      { metric: 'articles held', value: await countIn('article'), min: feeds * firstReading },
      { metric: 'stories held', value: await countIn('story') },
      { metric: 'editions made', value: await countIn('edition') },
    ]
  } finally {
    await db.destroy()
  }
}

function askedRows({ answered }: Feeds): BenchRow[] {
  return [
    { metric: 'polls that brought a feed', value: answered.whole },
    { metric: 'polls that brought nothing new', value: answered.unchanged },
  ]
}
