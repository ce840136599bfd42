/**
 * What the bot spends on people: deliveries, answers and pages, measured on a process of its own that runs as it always does. The stand-in and those
 * who ask are this process. What it spends while nobody asks is taken off.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { movableClock } from '../../src/clock.ts'
import { startStandIn } from '../../src/rehearsal/standin/standin.ts'
import type { GuildSeed, MemberHands, StandIn } from '../../src/rehearsal/standin/types.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { customIdsOf } from '../support/bot.ts'
import type { MessageOut } from '../support/bot-process.ts'
import { holdNews } from '../support/held-news.ts'
import { type Life, openLives, startedOf } from '../support/lives.ts'
import { type Cost, serverTime } from './processor.ts'
import { pick, seededRandom } from './random.ts'
import type { Measured } from './scale-costs-process.ts'
import { subscribeAll } from './subscribers.ts'

const deliveries = 400
const held = 300
const asked = 120
const atOnce = 5
const idleMs = 4000
const longestMs = 90_000
const slot = Date.parse('2026-11-20T07:30:00Z')

/** On that empty database, or on a file of its own. */
export async function measurePeople(
  databaseUrl: string | undefined,
  progress: (line: string) => void,
): Promise<Measured> {
  const clock = movableClock(slot - 3_600_000)
  const random = seededRandom(3)
  const guilds = Array.from({ length: deliveries / 20 }, (_, at) => ({
    name: `Guild ${at}`,
    ownerId: String(200_000_000_000_000_000n + BigInt(at)),
    channels: Array.from({ length: 20 }, (__, channel) => ({ name: `news-${channel}` })),
  }))
  const standIn = await startStandIn({ now: clock.now, guilds })
  const digest = { id: 'wire', articles: held, times: ['07:30'] }
  const news = await holdNews(standIn.api, clock, [digest], random, databaseUrl)
  const db = await openDatabase(news.databaseUrl)
  await subscribeAll(db, standIn, slot)
  await db
    .updateTable('article')
    .set({ seen_at: slot - 3_600_000 })
    .execute()
  const lives = openLives(1, [], {}, 1)
  let life: Life | undefined
  try {
    clock.moveTo(slot - 60_000)
    life = await lives.begin({
      discordApiUrl: standIn.api,
      databaseUrl: news.databaseUrl,
      digestsDir: news.digestsDir,
      at: clock.now(),
      logLevel: 'info',
      webPort: 0,
    })
    const web = webOf(life)
    await startedOf(life)
    return await measureLife({
      life,
      standIn,
      db,
      random,
      web: await web,
      url: news.databaseUrl,
      clock,
      progress,
    })
  } finally {
    life?.terminate()
    await life?.ended
    await lives.close()
    await db.destroy()
    await standIn.close()
    await news.remove()
  }
}

const listening = z.object({ msg: z.literal('web.listening'), url: z.string() })

function webOf(life: Life): Promise<string> {
  return new Promise((resolve, reject) => {
    life.onMessage((message) => {
      if (message.kind === 'failed') reject(new Error(message.reason))
      if (message.kind !== 'logged') return
      const line = listening.safeParse(JSON.parse(message.line))
      if (line.success) resolve(line.data.url)
    })
  })
}

interface World {
  readonly life: Life
  readonly standIn: StandIn
  readonly db: Database
  readonly random: () => number
  readonly web: string
  readonly url: string
  readonly clock: ReturnType<typeof movableClock>
  readonly progress: (line: string) => void
}

type Memory = Extract<MessageOut, { readonly kind: 'memory' }>

/** Asks for what the process has used so far, one question at a time. */
function openMemory(life: Life): () => Promise<Memory> {
  let waiting: PromiseWithResolvers<Memory> | undefined
  life.onMessage((message) => {
    if (message.kind === 'memory') waiting?.resolve(message)
  })
  void life.ended.then(() => waiting?.reject(new Error('the bot has ended')))
  return () => {
    waiting = Promise.withResolvers<Memory>()
    life.tell({ kind: 'memory' })
    return waiting.promise
  }
}

async function measureLife(world: World): Promise<Measured> {
  const { life, standIn, db, random, web, clock, progress } = world
  const costs: Record<string, Cost> = {}
  const serverMs: Record<string, number> = {}
  const spent = await serverTime(world.url)
  const memory = openMemory(life)
  await pause(2000)
  /** Of one millisecond in which nothing is asked. */
  let idle = { processor: 0, server: 0 }
  const measure = async (name: string, work: () => Promise<number>): Promise<void> => {
    progress(`${name} …`)
    const before = await memory()
    await spent()
    const began = performance.now()
    const count = await work()
    const wallMs = performance.now() - began
    const processorMs = (await memory()).processorMs - before.processorMs - wallMs * idle.processor
    costs[name] = { count, wallMs, processorMs: Math.max(0, processorMs) }
    const server = await spent()
    if (server !== undefined) serverMs[name] = Math.max(0, server - wallMs * idle.server)
  }
  await measure('idle', async () => {
    await pause(idleMs)
    return 1
  })
  const { idle: quiet } = costs
  if (quiet !== undefined)
    idle = { processor: quiet.processorMs / quiet.wallMs, server: (serverMs.idle ?? 0) / quiet.wallMs }

  clock.moveTo(slot - 500)
  life.tell({ kind: 'clock', at: clock.now() })
  await measure('delivery', () => untilPosted(standIn, db))

  const stories = await db
    .selectFrom('article')
    .select(['story_id', 'headline', 'id'])
    .where('story_id', 'is not', null)
    .limit(held)
    .execute()
  let people = 0
  const hands = () => {
    people += 1
    const guild = pick(random, standIn.world.guilds())
    return {
      person: standIn.member(String(300_000_000_000_000_000n + BigInt(people)), { guildId: guild.id }),
      channelId: standIn.world.channels(guild.id)[0]?.id ?? '',
    }
  }
  const acts: Readonly<Record<string, () => Promise<void>>> = {
    '/headlines': async () => {
      const { person, channelId } = hands()
      expectAnswer(await person.command(channelId, 'headlines'))
    },
    '/summary': async () => {
      const { person, channelId } = hands()
      expectAnswer(
        await person.command(channelId, 'summary', { story: pick(random, stories).story_id ?? '' }),
      )
    },
    '/search': async () => {
      const { person, channelId } = hands()
      const words = pick(random, stories).headline.split(' ').slice(0, 2).join(' ')
      expectAnswer(await person.command(channelId, 'search', { words }))
    },
    'list that opens as one types': async () => {
      const { person, channelId } = hands()
      const story = pick(random, stories).headline.slice(0, 8)
      expectAnswer(await person.autocomplete(channelId, 'summary', { story }, 'story'))
    },
  }
  for (const [name, act] of Object.entries(acts)) {
    await act()
    await measure(name, () => repeatedly(asked, act))
  }
  await measureButton({ ...world, measure, hands, stories })

  const pages: Readonly<Record<string, () => string>> = {
    'page of an edition': () => '/d/wire/1',
    'page of a story': () => `/s/${pick(random, stories).story_id}`,
    'page of an article': () => `/a/${pick(random, stories).id}`,
    'page of search': () =>
      `/search?q=${encodeURIComponent(pick(random, stories).headline.split(' ')[0] ?? '')}`,
    'feed of a digest': () => '/d/wire/rss.xml',
  }
  for (const [name, path] of Object.entries(pages)) {
    const get = async () => {
      const answer = await fetch(`${web}${path()}`)
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${path()} answered ${answer.status}`)
    }
    await get()
    await measure(name, () => repeatedly(asked, get))
  }
  return { costs, serverMs, bytes: {} }
}

async function untilPosted({ requests }: StandIn, db: Database): Promise<number> {
  const until = performance.now() + longestMs
  for (;;) {
    await pause(250)
    const { count } = await db
      .selectFrom('delivery')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('state', '=', 'sent')
      .executeTakeFirstOrThrow()
    if (Number(count) === deliveries) return deliveries
    if (performance.now() > until)
      throw new Error(`${count} of ${deliveries} were sent, with ${requests.length} requests`)
  }
}

function expectAnswer(answer: { readonly kind: string }): void {
  if (answer.kind === 'failed') throw new Error(`no answer: ${JSON.stringify(answer)}`)
}

/** Some at once, as where many people ask. */
async function repeatedly(times: number, act: () => Promise<void>): Promise<number> {
  let left = times
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1
        await act()
      }
    }),
  )
  return times
}

async function measureButton({
  measure,
  hands,
  stories,
  random,
}: World & {
  readonly measure: (name: string, work: () => Promise<number>) => Promise<void>
  readonly hands: () => { readonly person: MemberHands; readonly channelId: string }
  readonly stories: readonly { readonly story_id: string | null }[]
}): Promise<void> {
  // Each has one button that is pressed once.
  const cards: (() => Promise<void>)[] = []
  for (let at = 0; at < asked; at += 1) {
    const { person, channelId } = hands()
    const answer = await person.command(channelId, 'summary', { story: pick(random, stories).story_id ?? '' })
    if (answer.kind !== 'message') throw new Error(`no answer: ${JSON.stringify(answer)}`)
    const ids = customIdsOf(answer.message)
    const button = ids.find((id) => pressed.has(id.split(':')[1] ?? ''))
    if (button === undefined) throw new Error(`no button among ${ids.join(', ')}`)
    const messageId = answer.message.wire.id
    cards.push(async () => expectAnswer(await person.click(channelId, messageId, button)))
  }
  await measure('button', () => repeatedly(asked, async () => cards.pop()?.()))
}

const pressed = new Set(['summary', 'story-text', 'text'])

const someGuilds = 500

/** Bytes that a process of the gateway holds for each server: the difference that many of them make. */
export async function guildBytes(): Promise<number> {
  const few = await gatewayHeap(20)
  return ((await gatewayHeap(20 + someGuilds)) - few) / someGuilds
}

async function gatewayHeap(guilds: number): Promise<number> {
  const clock = movableClock(slot)
  const standIn = await startStandIn({
    now: clock.now,
    guilds: Array.from({ length: guilds }, (_, at) => plausibleGuild(at)),
  })
  const folder = await mkdtemp(join(tmpdir(), 'depesche-gateway-'))
  const lives = openLives(1, ['--expose-gc'], {}, 1)
  let life: Life | undefined
  try {
    life = await lives.begin({
      discordApiUrl: standIn.api,
      databaseUrl: `sqlite:${join(folder, 'depesche.sqlite')}`,
      digestsDir: folder,
      at: clock.now(),
      logLevel: 'warn',
      roles: ['gateway'],
    })
    await startedOf(life)
    const memory = openMemory(life)
    let heap = (await memory()).heapUsed
    // Servers go on coming after it has started.
    for (let last = 0; Math.abs(heap - last) > heap / 200; ) {
      await pause(1500)
      last = heap
      heap = (await memory()).heapUsed
    }
    return heap
  } finally {
    life?.terminate()
    await life?.ended
    await lives.close()
    await standIn.close()
    await rm(folder, { recursive: true })
  }
}

/** As servers of some size are: thirty channels, fifteen roles, twenty emojis. */
function plausibleGuild(at: number): GuildSeed {
  return {
    name: `Guild ${at}`,
    ownerId: String(200_000_000_000_000_000n + BigInt(at)),
    roles: Array.from({ length: 15 }, (_, role) => ({ name: `Role ${role}`, permissions: 0n })),
    channels: Array.from({ length: 30 }, (_, channel) => ({ name: `channel-${channel}` })),
    emojis: Array.from({ length: 20 }, (_, emoji) => ({ name: `emoji_${emoji}` })),
  }
}
