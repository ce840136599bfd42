/**
 * How soon people are answered: two hundred interactions at once, five times, over commands, buttons and lists that open as one types, while
 * the bot holds ten thousand articles; then five times again while a digest goes out to many channels and a thousand articles come in.
 * The bot is a process of its own; the machine's clock is what is measured by. `INTERACTIONS_OVER=http` has them delivered by HTTP, to a
 * process without a gateway.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { movableClock } from '../../src/clock.ts'
import { startStandIn } from '../../src/rehearsal/standin/standin.ts'
import type { Answer, MemberHands, StandIn, StoredMessage } from '../../src/rehearsal/standin/types.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { customIdsOf } from '../support/bot.ts'
import { holdNews, madeUpArticle } from '../support/held-news.ts'
import { type Life, openLives, startedOf } from '../support/lives.ts'
import { type Bench, type BenchRow, goFirst } from './bench.ts'
import { below, pick, seededRandom } from './random.ts'
import { subscribeAll } from './subscribers.ts'

const isOverHttp = process.env.INTERACTIONS_OVER === 'http'
const heldCount = Number(process.env.INTERACTIONS_HELD ?? 10_000)
const incoming = 1000
const atOnce = 200
const rounds = 5
const channels = 40
const slot = Date.parse('2026-11-20T07:30:00Z')
/** Of what is done before anything is counted: rules of languages are loaded, and the runtime has seen the code. */
const warmUp = 40

export const interactionsBench: Bench = {
  name: 'interactions',
  about: `${atOnce} interactions at once, ${rounds} times, with ${heldCount} articles held; again during a digest and ${incoming} articles' intake`,
  run: async ({ progress }) => {
    goFirst()
    const clock = movableClock(slot - 3_600_000)
    const random = seededRandom(5)
    const guild = {
      name: 'Town',
      ownerId: '200000000000000000',
      channels: Array.from({ length: channels }, (_, n) => ({ name: `news-${n}` })),
    }
    const standIn = await startStandIn({ now: clock.now, guilds: [guild], rateLimits: 'off' })
    progress(`interactions: ${heldCount} articles are taken in`)
    const digest = { id: 'wire', articles: heldCount, times: ['07:30'] }
    const news = await holdNews(standIn.api, clock, [digest], random)
    const db = await openDatabase(news.databaseUrl)
    await subscribeAll(db, standIn, slot)
    const lives = openLives(1)
    try {
      const life = await lives.begin({
        discordApiUrl: standIn.api,
        databaseUrl: news.databaseUrl,
        digestsDir: news.digestsDir,
        at: clock.now(),
        logLevel: 'warn',
        scanEveryMs: 500,
        ...(isOverHttp ? overHttp(standIn) : {}),
      })
      const endpoint = isOverHttp ? endpointOf(life) : undefined
      await startedOf(life)
      if (endpoint !== undefined) await standIn.admin.setEndpoint(await endpoint)
      const crowd = await gather(standIn, db, random)
      await roundOf(crowd, warmUp)
      const quiet = await roundsOf(crowd, progress)
      await dropArticles(news.digestsDir, random)
      clock.moveTo(slot - 500)
      life.tell({ kind: 'clock', at: clock.now() })
      await untilBusy(db)
      const busy = await roundsOf(crowd, progress)
      const left = await stillToDo(db)
      await end(life)
      return {
        kind: 'measured',
        rows: [
          ...rowsOf('calm', quiet),
          ...rowsOf('busy', busy),
          { metric: 'busy: articles that had not come in at the end', value: left, min: 1 },
        ],
      }
    } finally {
      await lives.close()
      await db.destroy()
      await standIn.close()
      await news.remove()
    }
  },
}

const overHttp = ({ world }: StandIn) =>
  ({
    roles: ['poll', 'publish', 'web'],
    webPort: 0,
    publicKey: world.verifyKey,
    logLevel: 'info',
  }) as const

const listening = z.object({ msg: z.literal('web.listening'), url: z.string() })

/** As its log says. */
function endpointOf(life: Life): Promise<string> {
  return new Promise((resolve) => {
    life.onMessage((message) => {
      if (message.kind !== 'logged') return
      const line = listening.safeParse(JSON.parse(message.line))
      if (line.success) resolve(`${line.data.url}/interactions`)
    })
  })
}

/** Another digest of the house, whose articles come in from now on. */
async function dropArticles(digestsDir: string, random: () => number): Promise<void> {
  const articles = join(digestsDir, 'late/articles')
  await mkdir(articles, { recursive: true })
  for (let n = 0; n < incoming; n += 1)
    await writeFile(join(articles, `${String(n).padStart(5, '0')}.txt`), madeUpArticle(random))
  await writeFile(
    join(digestsDir, 'late/digest.yaml'),
    'title: late\nlanguage: en\nsources:\n  - folder: articles\nschedule:\n  times: ["19:30"]\n  zone: UTC\n',
  )
}

async function countOf(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('article')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function untilBusy(db: Database): Promise<void> {
  while ((await countOf(db)) === heldCount) await pause(20)
}

async function stillToDo(db: Database): Promise<number> {
  return heldCount + incoming - (await countOf(db))
}

interface Crowd {
  readonly random: () => number
  readonly headlines: readonly string[]
  readonly channelId: string
  readonly hands: () => MemberHands
  /** Answers with buttons, and who may press them. */
  readonly cards: readonly { readonly hands: MemberHands; message: StoredMessage }[]
}

async function gather(standIn: StandIn, db: Database, random: () => number): Promise<Crowd> {
  const guildId = standIn.world.guilds()[0]?.id ?? ''
  const channelId = standIn.world.channelNamed('news-0').id
  const rows = await db.selectFrom('article').select(['headline', 'story_id']).limit(2000).execute()
  let people = 0
  const hands = (): MemberHands => {
    people += 1
    const locale = people % 2 === 0 ? 'de' : 'en-GB'
    return standIn.member(String(300_000_000_000_000_000n + BigInt(people)), { guildId, locale })
  }
  const cards: { hands: MemberHands; message: StoredMessage }[] = []
  for (let n = 0; n < atOnce; n += 1) {
    const person = hands()
    const answer = await person.command(channelId, 'summary', { story: pick(random, rows).story_id ?? '' })
    if (answer.kind === 'message') cards.push({ hands: person, message: answer.message })
  }
  return { random, channelId, hands, cards, headlines: rows.map(({ headline }) => headline) }
}

type Act = (crowd: Crowd, n: number) => Promise<Answer>

const typed = ({ random, headlines }: Crowd, words: number): string =>
  pick(random, headlines).split(' ').slice(0, words).join(' ')

/** Presses what is on the card now; nobody else presses anything on it at that time. */
async function press({ cards, channelId, random }: Crowd, n: number): Promise<Answer> {
  const card = cards[n % cards.length] ?? pick(random, cards)
  const ids = customIdsOf(card.message).filter((id) => pressed.has(id.split(':')[1] ?? ''))
  const answer = await card.hands.click(channelId, card.message.wire.id, pick(random, ids))
  if (answer.kind === 'update') card.message = answer.message
  return answer
}

const pressed = new Set(['summary', 'story-text', 'text', 'follow', 'unfollow'])

/** A list that opens as one types: its acknowledgement is the answer. */
const list =
  (command: string, typedSoFar: (crowd: Crowd) => string): Act =>
  (crowd) =>
    crowd.hands().autocomplete(crowd.channelId, command, { story: typedSoFar(crowd) }, 'story')

const lists: readonly Act[] = [
  list('summary', (crowd) => typed(crowd, 2).slice(0, 1 + below(crowd.random, 14))),
  list('fulltext', () => ''),
]

/** What people do, each as often as it stands here. */
const acts: readonly Act[] = [
  (crowd) => crowd.hands().command(crowd.channelId, 'headlines'),
  (crowd) =>
    crowd.hands().command(crowd.channelId, 'search', { words: typed(crowd, 1 + below(crowd.random, 3)) }),
  (crowd) => crowd.hands().command(crowd.channelId, 'summary', { story: typed(crowd, 4) }),
  ...lists,
  press,
  press,
  (crowd) => crowd.hands().command(crowd.channelId, 'help'),
]

interface Timing {
  /** Whether what is acknowledged by is the answer itself. */
  readonly isList: boolean
  readonly ackMs: number
  readonly answerMs: number
}

interface Timed {
  readonly timings: readonly Timing[]
  readonly failures: readonly string[]
}

async function roundOf(crowd: Crowd, count = atOnce): Promise<Timed> {
  const timings: Timing[] = []
  const failures: string[] = []
  const one = async (act: Act, n: number): Promise<void> => {
    const began = performance.now()
    const answer = await act(crowd, n)
    if (answer.kind === 'failed') failures.push(`${answer.by}: ${answer.reason.replace(/ \S*\d\S*/g, '')}`)
    else
      timings.push({ isList: lists.includes(act), ackMs: answer.ackMs, answerMs: performance.now() - began })
  }
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      one(
        pick(() => (n % acts.length) / acts.length, acts),
        n,
      ),
    ),
  )
  return { timings, failures }
}

async function roundsOf(crowd: Crowd, progress: (line: string) => void): Promise<Timed> {
  const all: Timed[] = []
  for (let n = 0; n < rounds; n += 1) {
    const round = await roundOf(crowd)
    progress(
      `interactions: round ${n + 1}, ${round.timings.length} answered ${[...new Set(round.failures)].join(', ')}`,
    )
    all.push(round)
    await pause(300)
  }
  return {
    timings: all.flatMap(({ timings }) => timings),
    failures: all.flatMap(({ failures }) => failures),
  }
}

function rowsOf(when: string, { timings, failures }: Timed): readonly BenchRow[] {
  const deferred = timings.filter(({ isList }) => !isList)
  const listed = timings.filter(({ isList }) => isList)
  const ack = ({ ackMs }: Timing) => ackMs
  const answer = ({ answerMs }: Timing) => answerMs
  return [
    { metric: `${when}: interactions without an answer`, value: failures.length, max: 0 },
    ...sharesOf(`${when}: acknowledged`, timings.map(ack), { p99: 1000, slowest: 2500 }),
    ...sharesOf(`${when}: of these, answered later`, deferred.map(ack)),
    ...sharesOf(`${when}: of these, lists that open as one types`, listed.map(ack)),
    ...sharesOf(`${when}: answered`, timings.map(answer)),
  ]
}

function sharesOf(
  what: string,
  values: readonly number[],
  most: { readonly p99?: number; readonly slowest?: number } = {},
): readonly BenchRow[] {
  const sorted = values.toSorted((a, b) => a - b)
  const share = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0
  const unit = 'ms'
  return [
    { metric: `${what}, median`, value: share(0.5), unit },
    { metric: `${what}, 99th percentile`, value: share(0.99), unit, ...(most.p99 && { max: most.p99 }) },
    { metric: `${what}, slowest`, value: share(1), unit, ...(most.slowest && { max: most.slowest }) },
  ]
}

async function end(life: Life): Promise<void> {
  life.terminate()
  await life.ended
}
