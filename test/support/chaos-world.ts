/**
 * The world of the chaos test: a stand-in with several servers, digests whose editions take several messages, subscriptions to them, and
 * articles that come before each slot. And its audit: what the channels hold against what the ledger promised.
 */
import type { TestContext } from 'node:test'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import type { ChannelId, GuildId } from '../../src/digest/ledger.ts'
import { type Place, textPlace } from '../../src/digest/place.ts'
import type { Channel, StandIn } from '../../src/rehearsal/standin/types.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { seededRandom } from '../bench/random.ts'
import { holdNews } from './held-news.ts'
import { openTestDiscord } from './standin.ts'

export interface ChaosWorld {
  readonly discord: StandIn
  readonly clock: MovableClock
  readonly databaseUrl: string
  readonly digestsDir: string
  /** The instants at which every subscription is due, in order. */
  readonly slots: readonly number[]
  /** For looking at the ledger while no bot runs. */
  readonly db: Database
}

const hour = 3_600_000
const guilds = 4
const channelsAGuild = 3
/** By digest; twelve fill more than one message. */
const storiesASlot = { wire: 12, bulletin: 1 }
export const firstDay = Date.parse('2026-11-20T00:00:00Z')
const times = ['07:30', '18:00']

/** One channel of most servers is of another kind. */
function kindOf(guild: number, channel: number): 'text' | 'forum' | 'announcement' {
  if (channel !== 1) return 'text'
  return (['forum', 'forum', 'announcement', 'text'] as const)[guild] ?? 'text'
}

/** Everything is held and subscribed to; nothing is due yet, and no bot runs. */
export async function openChaosWorld(t: TestContext, slotCount: number, seed: number): Promise<ChaosWorld> {
  const clock = movableClock(firstDay)
  const discord = await openTestDiscord(t, {
    now: clock.now,
    guilds: Array.from({ length: guilds }, (_, guild) => ({
      name: `Guild ${guild}`,
      channels: Array.from({ length: channelsAGuild }, (__, channel) => ({
        name: `news-${guild}-${channel}`,
        kind: kindOf(guild, channel),
      })),
    })),
  })
  const digests = Object.entries(storiesASlot).map(([id, stories]) => ({
    id,
    times,
    articles: stories * slotCount,
  }))
  const news = await holdNews(discord.api, clock, digests, seededRandom(seed))
  t.after(news.remove)
  const slots = slotsFrom(firstDay, slotCount)
  await subscribe(discord, news.databaseUrl)
  const db = await openDatabase(news.databaseUrl)
  t.after(() => db.destroy())
  await spreadArticles(db, slots)
  return { ...news, discord, clock, slots, db }
}

function slotsFrom(day: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const [hours = 0, minutes = 0] = (times[index % times.length] ?? '').split(':').map(Number)
    return day + Math.floor(index / times.length) * 24 * hour + hours * hour + minutes * 60_000
  })
}

/** The digest `wire` in every channel, all others in the first of each server. */
export async function subscribe(discord: StandIn, databaseUrl: string): Promise<void> {
  const storage = await openStorage(databaseUrl)
  try {
    const digests = await storage.library.digests()
    for (const [at, guild] of discord.world.guilds().entries()) {
      for (const [index, channel] of discord.world.channels(guild.id).entries()) {
        for (const digest of index === 0 ? digests : digests.filter(({ id }) => id === 'wire')) {
          await storage.subscriptions.add({
            guildId: guild.id as GuildId,
            channelId: channel.id as ChannelId,
            digestId: digest.id,
            schedule: digest.schedule,
            createdAt: firstDay,
            plannedUntil: firstDay,
            place: placeOf(channel.kind, at),
          })
        }
      }
    }
  } finally {
    await storage.close()
  }
}

/** The first server's forum has a post for every edition, the second's one for all. */
function placeOf(kind: Channel['kind'], guild: number): Place {
  if (kind === 'forum') return { kind, posts: guild === 0 ? 'new' : 'reused', tagIds: [] }
  return kind === 'announcement' ? { kind, isCrossposted: true } : textPlace
}

/** Before each slot its share of the articles is seen. */
async function spreadArticles(db: Database, slots: readonly number[]): Promise<void> {
  const articles = await db
    .selectFrom('article')
    .select(['id', 'source_id'])
    .orderBy('source_id')
    .orderBy('id')
    .execute()
  for (const ofSource of Map.groupBy(articles, (article) => article.source_id).values()) {
    for (const [index, { id }] of ofSource.entries()) {
      const slot = slots[Math.floor((index * slots.length) / ofSource.length)] ?? 0
      await db
        .updateTable('article')
        .set({ seen_at: slot - hour, updated_at: slot - hour })
        .where('id', '=', id)
        .execute()
      await db
        .updateTable('article_source')
        .set({ seen_at: slot - hour })
        .where('article_id', '=', id)
        .execute()
    }
  }
}

/** Deliveries of a slot that are not at their end, subscriptions whose slot is not planned yet, and what is to be crossposted. */
export async function unsettledAt({ db }: Pick<ChaosWorld, 'db'>, slot: number): Promise<number> {
  const subscriptions = await db.selectFrom('subscription').select('id').execute()
  const settled = await db
    .selectFrom('delivery')
    .select('id')
    .where('slot', '=', slot)
    .where('settled_at', 'is not', null)
    .execute()
  const waiting = await db.selectFrom('crosspost').select('part').where('due_at', 'is not', null).execute()
  return subscriptions.length - settled.length + waiting.length
}

export interface Audit {
  /** (subscription, slot) that was due. */
  readonly promised: number
  /** Those of which every message stands once. */
  readonly kept: number
  readonly messages: number
  /** Messages that are missing, or stand more than once, or belong to nothing: each in a sentence. */
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Ends other than `sent`. */
  readonly otherEnds: readonly string[]
  /** Deliveries of more than one message. */
  readonly ofSeveralParts: number
  /** Forum posts, and messages of announcement channels that were crossposted. */
  readonly forumPosts: number
  readonly crossposted: number
  /** Messages of announcement channels that were not. */
  readonly uncrossposted: number
}

export interface Judging {
  /** Other channels may hold whatever they hold. */
  readonly isJudged?: (channelId: string) => boolean
  /** A slot that brought nothing new, or went into a later one, is no promise. */
  readonly maySkip?: boolean
}

/**
 * Counts in the channels themselves what became of these slots; the ledger only says how many messages an edition has. What a member was sent
 * stands under the member.
 */
export async function audit(
  { db, discord }: Pick<ChaosWorld, 'db' | 'discord'>,
  slots: readonly number[],
  { isJudged = () => true, maySkip = false }: Judging = {},
): Promise<Audit> {
  const all = await db.selectFrom('subscription').selectAll().execute()
  const subscriptions = all.filter(({ channel_id }) => isJudged(channel_id))
  const deliveries = await db.selectFrom('delivery').selectAll().execute()
  const lost: string[] = []
  const doubled: string[] = []
  const otherEnds: string[] = []
  const standing = markersByChannel(discord)
  let kept = 0
  let skipped = 0
  for (const subscription of subscriptions) {
    for (const slot of slots) {
      const name = `${subscription.id} at ${new Date(slot).toISOString()}`
      const [delivery, ...more] = deliveries.filter(
        (each) => each.subscription_id === subscription.id && Number(each.slot) === slot,
      )
      if (delivery === undefined || more.length > 0) {
        lost.push(`${name}: ${more.length > 0 ? 'several promises' : 'no promise'}`)
        continue
      }
      if (maySkip && delivery.state === 'skipped') {
        skipped += 1
        continue
      }
      if (delivery.state !== 'sent') otherEnds.push(`${name}: ${delivery.state}, ${delivery.reason}`)
      const counts = Array.from({ length: delivery.parts ?? 0 }, (_, part) =>
        take(standing, subscription.channel_id, `1:edition:${delivery.edition_id}:${part}`),
      )
      if (counts.length === 0 || counts.includes(0)) lost.push(`${name}: ${counts}`)
      if (counts.some((count) => count > 1)) doubled.push(`${name}: ${counts}`)
      if (counts.length > 0 && counts.every((count) => count === 1)) kept += 1
    }
  }
  for (const [channel, markers] of standing) {
    if (!isJudged(channel)) continue
    for (const [marker, count] of markers) doubled.push(`${channel}: ${count} of ${marker} belong to nothing`)
  }
  return {
    promised: subscriptions.length * slots.length - skipped,
    kept,
    messages: messagesOf(discord).length,
    lost,
    doubled,
    otherEnds,
    ofSeveralParts: deliveries.filter((each) => (each.parts ?? 0) > 1).length,
    forumPosts: places(discord).filter(({ kind }) => kind === 'thread').length,
    ...crosspostsOf(discord),
  }
}

type Standing = Map<string, Map<string, number>>

function take(standing: Standing, channel: string, marker: string): number {
  const count = standing.get(channel)?.get(marker) ?? 0
  standing.get(channel)?.delete(marker)
  return count
}

function markersByChannel(discord: StandIn): Standing {
  const found: Standing = new Map()
  for (const { channel, marker } of messagesOf(discord)) {
    const markers = found.get(channel) ?? new Map<string, number>()
    found.set(channel, markers)
    markers.set(marker, (markers.get(marker) ?? 0) + 1)
  }
  return found
}

/** The text channels, and the threads of forums. */
function places({ world }: StandIn): readonly Channel[] {
  return world
    .guilds()
    .flatMap((guild) =>
      world.channels(guild.id).flatMap((channel) => [channel, ...world.threads(channel.id)]),
    )
}

/** What stands in a forum post counts for its forum, and what a member was sent for the member. */
function messagesOf(discord: StandIn): readonly { readonly channel: string; readonly marker: string }[] {
  const { world } = discord
  const markersIn = (channelId: string, channel: string) =>
    world.messages(channelId).map((message) => ({
      channel,
      marker: /"custom_id":"(1:edition:[^"]+)"/.exec(JSON.stringify(message.wire.components))?.[1] ?? 'none',
    }))
  const onServers = places(discord).flatMap((channel) => {
    const isOfForum = channel.parentId !== undefined && world.channel(channel.parentId)?.kind === 'forum'
    return markersIn(channel.id, isOfForum ? (channel.parentId ?? '') : channel.id)
  })
  const direct = world
    .users()
    .filter(({ id }) => id !== world.bot.id)
    .flatMap(({ id }) => markersIn(discord.member(id, { guildId: null }).directMessages().id, id))
  return [...onServers, ...direct]
}

function crosspostsOf(discord: StandIn): Pick<Audit, 'crossposted' | 'uncrossposted'> {
  const messages = places(discord)
    .filter(({ kind }) => kind === 'announcement')
    .flatMap(({ id }) => discord.world.messages(id))
  const crossposted = messages.filter((each) => each.crossposted).length
  return { crossposted, uncrossposted: messages.length - crossposted }
}
