/**
 * People while the fleet is killed: members who ask, servers that come, a channel in which the bot may not write now and then, and a story that
 * somebody follows. And what they saw of it.
 */
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { StoryId } from '../../src/article/article.ts'
import type { UserId } from '../../src/digest/ledger.ts'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { below, pick } from '../bench/random.ts'
import type { Random } from './discord-faults.ts'
import type { Asked } from './fleet-asked.ts'
import { type FleetWorld, followerId, ownerId, taleGuid, taleOf } from './fleet-world.ts'

export interface Askers {
  readonly asked: readonly Asked[]
  /** Resolves when on every server one more question was answered. */
  readonly stop: () => Promise<void>
}

/** Between two questions. */
const longestPauseMs = 1000
/** Whoever has no answer by then asks anew. */
const patienceMs = 20_000

/** Members ask on every server, one question after the other, until they are stopped or the test is over. */
export function startAsking(
  { discord }: Pick<FleetWorld, 'discord'>,
  random: Random,
  over: AbortSignal,
): Askers {
  const asked: Asked[] = []
  const stopping = new AbortController()
  const ending = AbortSignal.any([stopping.signal, over])
  const ask = async (guildId: string): Promise<Asked> => {
    const channels = discord.world.channels(guildId).filter(({ kind }) => kind === 'text')
    const hands = discord.member(ownerId, { guildId })
    const name = pick(random, ['headlines', 'help', 'status'] as const)
    const from = Date.now()
    const answer = await hands.command(pick(random, channels).id, name, {}, { timeoutMs: patienceMs })
    const one = { guildId, name, answer, from, to: Date.now() }
    asked.push(one)
    return one
  }
  const run = async (guildId: string): Promise<void> => {
    while (!ending.aborted) {
      await ask(guildId)
      await pause(below(random, longestPauseMs), undefined, { signal: ending }).catch(() => undefined)
    }
    while (!over.aborted && (await ask(guildId)).answer.kind === 'failed') await pause(longestPauseMs)
  }
  const running = discord.world.guilds().map(({ id }) => run(id))
  return {
    asked,
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

/** Questions that were answered more than once: each in a sentence. What a gateway dies over Discord does not send again. */
export function answeredTwice({ requests }: StandIn): readonly string[] {
  const answered = new Map<string, number>()
  for (const { path, status = 0 } of requests) {
    const id = /^\/interactions\/(\d+)\/[^/]+\/callback/.exec(path)?.[1]
    if (id !== undefined && status < 300 && status >= 200) answered.set(id, (answered.get(id) ?? 0) + 1)
  }
  return [...answered].flatMap(([id, count]) => (count > 1 ? [`${id} was answered ${count} times`] : []))
}

export interface Happenings {
  /** Something for everybody: to be called before each slot. */
  readonly happen: () => Promise<void>
  /** Channels in which the bot may write only now and then. */
  readonly isJudged: (channelId: string) => boolean
  /** Servers that were not welcomed once, things that were not told once: each in a sentence. */
  readonly amiss: () => readonly string[]
  readonly counts: () => Readonly<Record<string, number>>
  /** Nothing is to be told any more. */
  readonly isTold: () => Promise<boolean>
}

const sendMessages = 1n << 11n

export async function openHappenings(t: TestContext, world: FleetWorld): Promise<Happenings> {
  const { discord, db, clock } = world
  const newServers: string[] = []
  const joinedAt = new Map<string, number>()
  /** A server that the bot joined longer ago is not greeted any more. */
  const isLate = (id: string): boolean => clock.now() - (joinedAt.get(id) ?? 0) > 24 * 3_600_000
  const tooLate = new Set<string>()
  const closedAt = discord.world.channelNamed('news-2-2').id
  const storage = await openStorage(world.databaseUrl)
  t.after(storage.close)
  let losses = 0
  let isClosed = false
  let tales = 0

  const join = (): void => {
    const id = String((BigInt(2_000_000 + newServers.length) << 22n) + 1n)
    newServers.push(id)
    joinedAt.set(id, clock.now())
    discord.admin.addGuild({
      id,
      name: `New ${newServers.length}`,
      channels: [{ name: `hall-${newServers.length}` }],
    })
  }
  const closeOrOpen = (): void => {
    isClosed = !isClosed
    if (isClosed) losses += 1
    discord.admin.setOverwrites(closedAt, isClosed ? [{ id: 'bot', deny: sendMessages }] : [])
  }
  /** Another article of the story, which says what the others did not. Somebody has followed it from its first article on. */
  const tell = async (): Promise<void> => {
    const first = await db.selectFrom('article').selectAll().where('guid', '=', taleGuid).executeTakeFirst()
    if (first === undefined || first.story_id === null) return
    const storyId = first.story_id as StoryId
    if (tales === 0)
      await storage.follows.add({ userId: followerId as UserId, storyId, place: { kind: 'dm' } }, clock.now())
    tales += 1
    const news = taleOf(tales)
    const id = `tale${tales}`
    const told = {
      id,
      guid: id,
      content_hash: id,
      headline: id,
      body: JSON.stringify([news]),
      features: '{}',
    }
    const at = { seen_at: clock.now(), updated_at: clock.now() }
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('article')
        .values({ ...first, ...told, ...at })
        .execute()
      await trx
        .insertInto('article_source')
        .values({ article_id: id, source_id: first.source_id, seen_at: clock.now() })
        .execute()
    })
  }
  const direct = (userId: string) =>
    discord.world.messages(discord.member(userId, { guildId: null }).directMessages().id)

  return {
    happen: async () => {
      join()
      closeOrOpen()
      await tell()
    },
    isJudged: (channelId) =>
      channelId !== closedAt &&
      channelId !== ownerId &&
      channelId !== followerId &&
      !newServers.some((id) => discord.world.channels(id).some((channel) => channel.id === channelId)),
    amiss: () => {
      const welcomes = newServers.map((id) =>
        discord.world
          .channels(id)
          .flatMap((channel) =>
            discord.world
              .messages(channel.id)
              .map(({ wire }) => new Date(Number(BigInt(wire.id) >> 22n) + 1_420_070_400_000).toISOString()),
          ),
      )
      const unwelcomed = welcomes.flatMap((at, server) =>
        at.length === (tooLate.has(newServers[server] ?? '') ? 0 : 1)
          ? []
          : [`server ${server} was welcomed ${at.length} times: ${at.join(', ')}`],
      )
      const told = direct(ownerId).length
      const news = direct(followerId).length
      return [
        ...unwelcomed,
        ...(told === losses ? [] : [`${losses} losses were told ${told} times`]),
        ...(news === tales ? [] : [`${tales} pieces of news were told ${news} times`]),
      ]
    },
    counts: () => ({ newServers: newServers.length, tooLate: tooLate.size, losses, tales }),
    isTold: async () => {
      const untold = await db.selectFrom('notice').select('id').where('told_at', 'is', null).execute()
      const known = await db.selectFrom('follow_told').select('article_id').execute()
      const welcomed = await db
        .selectFrom('guild')
        .select('id')
        .where('id', 'in', newServers)
        .where('welcomed_at', 'is not', null)
        .execute()
      const here = new Set(welcomed.map(({ id }) => id))
      for (const id of newServers) if (!here.has(id) && isLate(id)) tooLate.add(id)
      return (
        untold.length === 0 &&
        known.length >= (tales === 0 ? 0 : tales + 1) &&
        newServers.every((id) => here.has(id) || tooLate.has(id))
      )
    },
  }
}
