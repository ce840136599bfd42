/**
 * Servers as they come and go. One that is new is welcomed once, with the first step, where its owners set system messages
 * to be posted; one that goes is remembered as gone, and what is kept for it is deleted after a time.
 */
import {
  ChannelType,
  type Client,
  Events,
  type Guild,
  type GuildTextBasedChannel,
  MessageFlags,
  PermissionFlagsBits,
  ShardClientUtil,
} from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { Guilds } from '../digest/guild.ts'
import type { GuildId } from '../digest/ledger.ts'
import type { Log } from '../log.ts'
import { sayIn } from './text/say.ts'
import { noteView } from './views/list-view.ts'

export interface GuildEvents {
  readonly guilds: Guilds
  readonly mention: (command: string) => string
  readonly now: () => Instant
  readonly log: Log
  /** Those of this gateway; it can tell nothing of the servers of others. */
  readonly shards?: { readonly ids: readonly number[]; readonly count: number } | undefined
}

/** A server that the bot joined longer ago is not greeted any more. */
const welcomeMs = 24 * 60 * 60 * 1000

/** Greets those that came while the bot was away, notes those that went, and follows both from then on. */
export async function followGuilds(client: Client<true>, events: GuildEvents): Promise<void> {
  const { guilds, log, now, shards } = events
  const failed = (error: unknown) => log.error({ err: error }, 'guild.failed')
  client.on(Events.GuildCreate, (guild) => void join(guild, events).catch(failed))
  client.on(Events.GuildDelete, (guild) => {
    log.info({ guild: guild.id }, 'guild.left')
    guilds.left(guild.id as GuildId, now()).catch(failed)
  })
  const present = new Set([...client.guilds.cache.keys()])
  // One in an outage is there all the same; it comes with a later event.
  for (const guild of client.guilds.cache.values()) await join(guild, events).catch(failed)
  const isOurs = (id: GuildId): boolean =>
    shards === undefined || shards.ids.includes(ShardClientUtil.shardIdForGuildId(id, shards.count))
  for (const id of await guilds.present()) if (isOurs(id) && !present.has(id)) await guilds.left(id, now())
}

async function join(guild: Guild, { guilds, mention, now, log }: GuildEvents): Promise<void> {
  const id = guild.id as GuildId
  const how = await guilds.joined(id, now())
  if (how !== 'known') log.info({ guild: id, how }, 'guild.joined')
  const channel = welcomeChannel(guild)
  if (now() - guild.joinedTimestamp > welcomeMs) return
  if (channel === undefined || !(await guilds.isToWelcome(id))) return
  // A welcome that was begun before may stand: whoever began it may have ended over it.
  if (how === 'new' || !(await mayStand(channel))) {
    const say = sayIn(guild.preferredLocale)
    const view = noteView(say('welcome', { setup: mention('digest setup'), help: mention('help') }))
    await channel.send({
      components: [...view.components],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
      nonce: `w${id}`,
      enforceNonce: true,
    })
  }
  await guilds.welcomed(id, now())
}

/** Messages of a channel that are searched for the welcome, the newest first. */
const searched = 50

/** Whether the bot has written there of late; where it may not look, not to greet twice is preferred. */
async function mayStand(channel: GuildTextBasedChannel): Promise<boolean> {
  const { client } = channel
  const mayLook = channel.permissionsFor(client.user)?.has(PermissionFlagsBits.ReadMessageHistory) === true
  if (!mayLook) return true
  const messages = await channel.messages.fetch({ limit: searched, cache: false })
  return messages.some(({ author }) => author.id === client.user.id)
}

/** Where system messages go, else the first channel in which the bot may write. */
function welcomeChannel(guild: Guild): GuildTextBasedChannel | undefined {
  const own = guild.members.me
  if (own === null) return undefined
  const texts = [...guild.channels.cache.values()]
    .filter((each) => each.type === ChannelType.GuildText)
    .sort((a, b) => a.rawPosition - b.rawPosition)
  return [guild.systemChannel, ...texts].find(
    (each): each is NonNullable<typeof each> =>
      each?.permissionsFor(own).has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]) ===
      true,
  )
}
