/**
 * Delivery under load: ten thousand channels due at once, on the stand-in with Discord's own limits (50 requests a second over all), while people
 * go on asking. The bot is a process of its own; the clock is real and unscaled, so this takes as long as it would.
 *
 * Held: the share of the limit that posts make use of from the first to the last one. Flat: what the bot holds after a collection.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { movableClock } from '../../src/clock.ts'
import { startStandIn } from '../../src/rehearsal/standin/standin.ts'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { holdNews } from '../support/held-news.ts'
import { type Life, openLives, startedOf } from '../support/lives.ts'
import { type Bench, type BenchRow, goFirst } from './bench.ts'
import { seededRandom } from './random.ts'
import { subscribeAll } from './subscribers.ts'

const channels = Number(process.env.DELIVERY_CHANNELS ?? 10_000)
const channelsAGuild = 20
const limitPerSecond = 50
const slot = Date.parse('2026-11-20T07:30:00Z')
/** People ask so often while posts go out. */
const askEveryMs = 250
const measuredTimes = 12

export const deliveryBench: Bench = {
  name: 'delivery',
  about: `${channels} channels due at once, ${limitPerSecond} requests/s, on the machine's clock, unscaled`,
  run: async ({ progress }) => {
    goFirst()
    const clock = movableClock(slot - 3_600_000)
    const standIn = await startStandIn({ now: clock.now, guilds: madeUpGuilds() })
    const digest = { id: 'wire', articles: 8, times: ['07:30'] }
    const news = await holdNews(standIn.api, clock, [digest], seededRandom(1))
    const db = await openDatabase(news.databaseUrl)
    await subscribeAll(db, standIn, slot)
    await db
      .updateTable('article')
      .set({ seen_at: slot - 3_600_000 })
      .execute()
    const lives = openLives(1, ['--expose-gc'])
    try {
      clock.moveTo(slot - 10_000)
      const life = await lives.begin({
        discordApiUrl: standIn.api,
        databaseUrl: news.databaseUrl,
        digestsDir: news.digestsDir,
        at: clock.now(),
        logLevel: 'warn',
      })
      await startedOf(life)
      clock.moveTo(slot - 500)
      life.tell({ kind: 'clock', at: clock.now() })
      const rows = await measure(standIn, life, progress)
      life.terminate()
      await life.ended
      return { kind: 'measured', rows: [...rows, ...(await ledgerRows(db))] }
    } finally {
      await lives.close()
      await db.destroy()
      await standIn.close()
      await news.remove()
    }
  },
}

function madeUpGuilds() {
  return Array.from({ length: Math.ceil(channels / channelsAGuild) }, (_, guild) => ({
    name: `Guild ${guild}`,
    ownerId: String(200_000_000_000_000_000n + BigInt(guild)),
    channels: Array.from({ length: channelsAGuild }, (__, channel) => ({ name: `news-${channel}` })),
  }))
}

async function measure(standIn: StandIn, life: Life, progress: (line: string) => void): Promise<BenchRow[]> {
  const postedAt: number[] = []
  const guilds = new Set<string>()
  let servedAt = 0
  standIn.world.subscribe((change) => {
    if (change.kind !== 'message.created') return
    const guildId = standIn.world.channel(change.message.wire.channel_id)?.guildId
    // Answers to people are messages as well.
    if (change.message.wire.interaction_metadata !== undefined || guildId === undefined) return
    postedAt.push(performance.now())
    if (guilds.size < guilds.add(guildId).size && guilds.size === standIn.world.guilds().length)
      servedAt = postedAt.length
  })
  const memory = memoryOf(life)
  const people = ask(standIn)
  const giveUpAt = performance.now() + (channels / limitPerSecond) * 2000 + 60_000
  let measured = 0
  while (postedAt.length < channels && performance.now() < giveUpAt) {
    await pause(200)
    if (postedAt.length * measuredTimes >= channels * (measured + 1)) {
      measured += 1
      life.tell({ kind: 'memory' })
      progress(`${postedAt.length} posted, ${people.acks.length} people answered`)
    }
  }
  await people.stop()
  await pause(1000)
  const seconds = ((postedAt.at(-1) ?? 0) - (postedAt[0] ?? 0)) / 1000
  const limited = standIn.requests.filter((each) => each.limited !== undefined)
  return [
    { metric: 'channels posted to', value: postedAt.length, min: channels, max: channels },
    { metric: 'seconds from the first post to the last', value: seconds },
    {
      metric: 'share of the limit held',
      value: (postedAt.length - 1) / seconds / limitPerSecond,
      min: 0.95,
      max: 1,
    },
    {
      metric: 'posts in the fullest second, wherever it begins',
      value: mostInASecond(postedAt),
      max: limitPerSecond,
    },
    {
      metric: 'answers 429, global',
      value: limited.filter((each) => each.limited === 'global').length,
      max: 0,
    },
    {
      metric: 'answers 429, other',
      value: limited.filter((each) => each.limited !== 'global').length,
      max: 0,
    },
    {
      metric: 'posts until every server had one, per server',
      value: servedAt / standIn.world.guilds().length,
      max: 1.5,
    },
    { metric: 'people who asked', value: people.acks.length + people.failures.length },
    { metric: 'people who got no answer', value: people.failures.length, max: 0 },
    { metric: 'acknowledged, median', value: quantile(people.acks, 0.5), unit: 'ms' },
    { metric: 'acknowledged, p99', value: quantile(people.acks, 0.99), unit: 'ms', max: 300 },
    ...memoryRows(memory),
  ]
}

/** Other servers may cut their seconds otherwise than the stand-in does. */
function mostInASecond(instants: readonly number[]): number {
  let most = 0
  let from = 0
  for (const [index, at] of instants.entries()) {
    while ((instants[from] ?? at) <= at - 1000) from += 1
    most = Math.max(most, index - from + 1)
  }
  return most
}

/** Members of many servers ask for headlines, one after the other. */
function ask(standIn: StandIn) {
  const acks: number[] = []
  const failures: string[] = []
  const under = new Set<Promise<void>>()
  const guilds = standIn.world.guilds()
  let asked = 0
  const timer = setInterval(() => {
    const guild = guilds[(asked * 7) % guilds.length]
    const channel = guild === undefined ? undefined : standIn.world.channels(guild.id)[0]
    if (guild === undefined || channel === undefined) return
    const person = standIn.member(String(300_000_000_000_000_000n + BigInt(asked)), { guildId: guild.id })
    asked += 1
    const one = person.command(channel.id, 'headlines').then((answer) => {
      if (answer.kind === 'message') acks.push(answer.ackMs)
      else failures.push(JSON.stringify(answer))
    })
    under.add(one)
    void one.finally(() => under.delete(one))
  }, askEveryMs)
  return {
    acks,
    failures,
    stop: async () => {
      clearInterval(timer)
      await Promise.all(under)
    },
  }
}

interface Memory {
  readonly heap: number[]
  readonly rss: number[]
}

function memoryOf(life: Life): Memory {
  const memory: Memory = { heap: [], rss: [] }
  life.onMessage((message) => {
    if (message.kind !== 'memory') return
    memory.heap.push(message.heapUsed / 2 ** 20)
    memory.rss.push(message.rss / 2 ** 20)
  })
  return memory
}

/** The first third warms up: caches fill, and the buckets of the first channels are swept. */
function memoryRows({ heap, rss }: Memory): BenchRow[] {
  const later = heap.slice(Math.ceil(heap.length / 3))
  const half = Math.floor(later.length / 2)
  const growth = mean(later.slice(-half)) / mean(later.slice(0, half)) - 1
  return [
    { metric: 'heap after collection, highest', value: Math.max(...heap), unit: 'MB' },
    { metric: 'heap after collection, growth after warming up', value: growth * 100, unit: '%', max: 10 },
    { metric: 'memory of the process, highest', value: Math.max(...rss), unit: 'MB' },
  ]
}

async function ledgerRows(db: Database): Promise<BenchRow[]> {
  const rows = await db
    .selectFrom('delivery')
    .select((e) => ['state', e.fn.countAll<number>().as('count'), e.fn.max('attempt').as('attempts')])
    .where('slot', '=', slot)
    .groupBy('state')
    .execute()
  const editions = await db.selectFrom('edition').select('id').execute()
  return [
    {
      metric: 'recorded as sent',
      value: Number(rows.find(({ state }) => state === 'sent')?.count ?? 0),
      min: channels,
    },
    {
      metric: 'attempts, most for one delivery',
      value: Math.max(...rows.map((row) => Number(row.attempts))),
    },
    { metric: 'editions composed for all of them', value: editions.length, max: 1 },
  ]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
