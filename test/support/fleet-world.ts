/**
 * The world of the fleet test: feeds on a host of its own that bring new articles before each slot, digests of them, a stand-in Discord with
 * places of every kind, and one PostgreSQL. And its clock: it jumps to whatever is due next, and only while no living process holds anything,
 * so that a lease is never shorter than it says.
 */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { correctedForMs, gatherCorrectionsMs } from '../../src/digest/correction.ts'
import type { ChannelId, GuildId, UserId } from '../../src/digest/ledger.ts'
import { gatherMs } from '../../src/digest/notice.ts'
import { directChannelOf, type Place, scopeOf, textPlace } from '../../src/digest/place.ts'
import type { Channel, GuildSeed, StandIn } from '../../src/rehearsal/standin/types.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { below, pick } from '../bench/random.ts'
import type { ChaosWorld } from './chaos-world.ts'
import type { Random } from './discord-faults.ts'
import { newDatabase } from './engines.ts'
import { type FeedItem, rss, sends, wholeText } from './feeds.ts'
import type { Fleet } from './fleet.ts'
import { madeUpArticle } from './held-news.ts'
import { type HostAnswers, openHost } from './host.ts'
import { openTestDiscord } from './standin.ts'
import { claimChanges } from './watched-claims.ts'

export interface FeedRequest {
  readonly feed: string
  /** The name of the process. */
  readonly by: string
  /** By the clock of the processes and by that of the machine. */
  readonly at: number
  readonly machineAt: number
}

/** A headline that its source changed after it was posted. */
export interface CorrectedHeadline {
  readonly guid: string
  readonly was: string
  readonly is: string
}

export interface FleetWorld
  extends Pick<ChaosWorld, 'discord' | 'clock' | 'databaseUrl' | 'digestsDir' | 'db'> {
  /** The host of the feeds. */
  readonly host: string
  /** New articles stand in the feeds from now on, and of those before one or two have another headline. */
  readonly publishNews: () => void
  /** Guids of all articles so far. */
  readonly published: () => readonly string[]
  readonly corrected: () => readonly CorrectedHeadline[]
  readonly feedRequests: readonly FeedRequest[]
  /** The digests, as soon as somebody has read them, in all places. */
  readonly subscribe: () => Promise<void>
}

export const ownerId = '100000000000000001'
const readerId = '100000000000000002'
export const followerId = '100000000000000003'
const hour = 3_600_000
const firstDay = Date.parse('2026-11-20T00:00:00Z')
const times = ['07:30', '18:00']
export const taleGuid = 'tales-0'
export const ttlMinutes = 20
/** What the story says by then. */
export const taleOf = (nth: number): string =>
  `On Monday number ${nth + 1} the council of Merrow counted ${(nth + 1) * 37} swans and ${(nth + 1) * 11} boats on the lake.`
/** By feed: which digest it is of, and how many articles it brings at a time. Twelve fill more than one message. */
const feeds = [
  { name: 'harbour', digest: 'wire', articles: 4 },
  { name: 'town', digest: 'wire', articles: 4 },
  { name: 'coast', digest: 'wire', articles: 4 },
  { name: 'bulletin', digest: 'bulletin', articles: 1 },
  // Nobody subscribes to it; its one article becomes a story that goes on.
  { name: 'tales', digest: 'tales', articles: 0 },
] as const
/** A feed lists its newest articles. */
const mostListed = 12

const kinds = [
  ['text', 'forum', 'text'],
  ['text', 'forum', 'text'],
  ['text', 'announcement', 'text'],
] as const

/** Servers on both shards. */
function guildSeeds(): readonly GuildSeed[] {
  return kinds.map((channels, guild) => ({
    id: String((BigInt(1_000_000 + guild) << 22n) + 1n),
    name: `Guild ${guild}`,
    ownerId,
    botJoinedAt: firstDay - 40 * 24 * hour,
    members: [
      { id: ownerId, name: 'olivia' },
      { id: readerId, name: 'mika' },
      { id: followerId, name: 'noa' },
    ],
    channels: channels.map((kind, channel) => ({ name: `news-${guild}-${channel}`, kind })),
  }))
}

/** Nothing runs yet, and nothing is subscribed to. */
export async function openFleetWorld(t: TestContext, random: Random): Promise<FleetWorld> {
  const clock = movableClock(firstDay)
  const discord = await openTestDiscord(t, {
    now: clock.now,
    guilds: guildSeeds(),
    // Nobody is to be late on a machine that has other things to do, nor because the clock has jumped.
    deadlines: { firstResponseMs: 20_000, tokenMs: 20 * 24 * hour },
  })
  const databaseUrl = await newDatabase(t)
  const db = await openDatabase(databaseUrl)
  t.after(() => db.destroy())
  const news = openNews(clock, random)
  const host = await openHost(t, news.answers)
  const digestsDir = await writeDigests(t, host.url)
  const world = { discord, clock, databaseUrl, digestsDir, db, host: host.host, ...news }
  return { ...world, subscribe: () => subscribe(world) }
}

function openNews(clock: MovableClock, random: Random) {
  const listed = new Map<string, FeedItem[]>()
  const published: string[] = []
  const corrected: CorrectedHeadline[] = []
  const feedRequests: FeedRequest[] = []
  const answerOf =
    (feed: string): HostAnswers[string] =>
    (request, response, host) => {
      const by = /fleet\.example\/([\w.-]+)/.exec(request.headers['user-agent'] ?? '')?.[1] ?? ''
      feedRequests.push({ feed, by, at: clock.now(), machineAt: Date.now() })
      sends(rss(feed, listed.get(feed) ?? [], ttlMinutes))(request, response, host)
    }
  const answers = Object.fromEntries(feeds.map(({ name }) => [`/${name}.xml`, answerOf(name)]))
  return {
    answers,
    published: () => published,
    corrected: () => corrected,
    feedRequests,
    publishNews: () => {
      correctOne(pick(random, ['harbour', 'town', 'coast']), 4)
      if (random() < 0.5) correctOne('bulletin', 1)
      if (published.length === 0)
        listed.set('tales', [
          { ...madeUpItem('tales'), title: 'Swans counted on the lake', body: [taleOf(0), ...wholeText] },
        ])
      for (const { name, articles } of feeds) {
        const items = Array.from({ length: articles }, () => madeUpItem(name))
        listed.set(name, [...(listed.get(name) ?? []), ...items].slice(-mostListed))
      }
    },
  }

  /** One of those that came last. */
  function correctOne(feed: string, ofLast: number): void {
    const items = listed.get(feed) ?? []
    const item = items.at(-1 - below(random, ofLast))
    if (item?.guid === undefined) return
    const { title: was, guid } = item
    const [is = ''] = madeUpArticle(random).split('\n\n')
    corrected.push({ guid, was, is })
    listed.set(
      feed,
      items.map((each) => (each === item ? { ...item, title: is } : each)),
    )
  }

  function madeUpItem(feed: string): FeedItem {
    const guid = `${feed}-${published.length}`
    published.push(guid)
    const [title = '', ...body] = madeUpArticle(random).split('\n\n')
    return { guid, title, body, date: new Date(clock.now()).toUTCString() }
  }
}

async function writeDigests(t: TestContext, url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-fleet-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const [digest, own] of Map.groupBy(feeds, (feed) => feed.digest)) {
    await mkdir(join(folder, digest))
    const sources = own.map(({ name }) => `  - feed: ${url}/${name}.xml`).join('\n')
    const schedule = `times: [${times.map((time) => `"${time}"`).join(', ')}]\n  zone: UTC`
    const text = `title: ${digest}\nlanguage: en\nsources:\n${sources}\nschedule:\n  ${schedule}\nsize: 20\n`
    await writeFile(join(folder, digest, 'digest.yaml'), text)
  }
  return folder
}

const made = z.object({ id: z.string() })

async function openThread({ api }: StandIn, channelId: string): Promise<string> {
  const response = await fetch(`${api}/v10/channels/${channelId}/threads`, {
    method: 'POST',
    headers: { authorization: 'Bot test-token-0123456789', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'news in a thread', type: 11 }),
  })
  assert.equal(response.status, 201, await response.clone().text())
  return made.parse(await response.json()).id
}

async function subscribe({
  discord,
  databaseUrl,
  clock,
}: Pick<FleetWorld, 'discord' | 'databaseUrl' | 'clock'>): Promise<void> {
  const storage = await openStorage(databaseUrl)
  try {
    const digests = (await storage.library.digests()).filter(({ id }) => id !== 'tales')
    const wire = digests.find(({ id }) => id === 'wire') ?? assert.fail('nobody has read the digests')
    const at = clock.now()
    const add = async (guildId: string, channelId: string, place: Place, all = false): Promise<void> => {
      for (const { id: digestId, schedule } of all ? digests : [wire]) {
        const rest = { digestId, schedule, createdAt: at, plannedUntil: at, place }
        await storage.subscriptions.add({
          guildId: guildId as GuildId,
          channelId: channelId as ChannelId,
          ...rest,
        })
      }
    }
    for (const [index, guild] of discord.world.guilds().entries()) {
      const channels = discord.world.channels(guild.id)
      for (const [nth, channel] of channels.entries())
        await add(guild.id, channel.id, placeOf(channel.kind, index), nth === 0)
      await add(guild.id, await openThread(discord, channels[0]?.id ?? ''), { kind: 'thread' })
    }
    const userId = readerId as UserId
    await add(scopeOf(userId), directChannelOf(userId), { kind: 'member', userId })
  } finally {
    await storage.close()
  }
}

/** The first server's forum has a post for every edition, the second's one for all. */
function placeOf(kind: Channel['kind'], guild: number): Place {
  if (kind === 'forum') return { kind, posts: guild === 0 ? 'new' : 'reused', tagIds: [] }
  return kind === 'announcement' ? { kind, isCrossposted: true } : textPlace
}

/** Of the instants at which all are due the first one after that. */
export function slotAfter(at: number): number {
  for (let day = firstDay; ; day += 24 * hour) {
    for (const time of times) {
      const [hours = 0, minutes = 0] = time.split(':').map(Number)
      const slot = day + hours * hour + minutes * 60_000
      if (slot > at) return slot
    }
  }
}

/** How many of the published articles are not held as they stand, and how many of those that are held are in no story. */
export async function untakenOf({
  db,
  published,
  corrected,
}: FleetWorld): Promise<{ unheld: number; unplaced: number }> {
  const rows = await db.selectFrom('article').select(['guid', 'headline', 'story_id', 'is_placed']).execute()
  const held = new Map(rows.map(({ guid, headline }) => [guid, headline]))
  const uncorrected = corrected().filter(({ guid, is }) => held.get(guid) !== is)
  return {
    unheld: published().filter((guid) => !held.has(guid)).length + uncorrected.length,
    unplaced: rows.filter(({ story_id, is_placed }) => story_id === null || is_placed !== 1).length,
  }
}

/** When something is due next, of what is to be posted, told or corrected; undefined where nothing is. */
export async function nextToSend({ db, clock }: FleetWorld): Promise<number | undefined> {
  const { rows } = await sql<{ at: number | null }>`select min(at) as at from (
    select lease_until as at from delivery where settled_at is null
    union all select due_at from crosspost where due_at is not null
    union all select lease_until from follow where owner is not null or lease_until > ${clock.now()}
    union all select greatest(lease_until, noted_at + ${gatherMs}) from notice where told_at is null
    union all select lease_until from correction_edit where done_version < version and sent_at > ${clock.now() - correctedForMs}
    union all select noted_at + ${gatherCorrectionsMs} from edition_correction where spread_at is null
  ) as due`.execute(db)
  const at = rows[0]?.at ?? undefined
  return at === undefined ? undefined : Math.min(at, slotAfter(clock.now()) + slotNoticedMs)
}

/** Whether no posted message is to be corrected any more. */
export async function isCorrected({ db, clock }: Pick<FleetWorld, 'db' | 'clock'>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select edition_id from edition_correction where spread_at is null
    union all select delivery_id from correction_edit where done_version < version and sent_at > ${clock.now() - correctedForMs}
  ) as waiting`.execute(db)
  return Number(rows[0]?.count) === 0
}

/** A slot has come a moment after its instant. */
export const slotNoticedMs = 100

/** The slots of which something was to be posted. */
export async function slotsOf({ db }: Pick<FleetWorld, 'db'>): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('slot')
    .distinct()
    .where('state', '<>', 'skipped')
    .execute()
  return rows.map(({ slot }) => Number(slot)).sort((a, b) => a - b)
}

/** A poll under way has ended by then, where its process was cut off from the database and nobody will hear of it. */
const longestPollMs = 5000

/** When all feeds are due; undefined while one is polled, and when they have brought everything. */
export async function nextToPoll(world: FleetWorld, fleet: Fleet): Promise<number | undefined> {
  if ((await untakenOf(world)).unheld === 0) return undefined
  const last = new Map(
    (await claimChanges(world.db)).filter(({ table }) => table === 'source').map((each) => [each.key, each]),
  )
  const isUnderWay = [...last.values()].some(({ by, isSettled, machineAt }) => {
    const crew = fleet.alive().find(({ name }) => name === by)
    const isHeard = crew?.wasCut() === false || machineAt > Date.now() - longestPollMs
    return crew !== undefined && !isSettled && isHeard
  })
  if (isUnderWay) return undefined
  const { rows } = await sql<{ at: number | null }>`
    select max(next_poll_at) as at from source where kind = 'feed'`.execute(world.db)
  const at = rows[0]?.at ?? undefined
  if (at === undefined) return undefined
  // Nothing that is due before is passed over, nor a slot.
  return Math.min(at, slotAfter(world.clock.now()) + slotNoticedMs, (await nextToSend(world)) ?? at)
}
