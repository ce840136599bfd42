/** Channels and threads: resources/channel.mdx, topics/threads.mdx. */
import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { z } from 'zod'
import { type Call, created, type Discord, done, ok, type Reply, type Route, route } from '../call.ts'
import { list, raise, snowflake, text } from '../form.ts'
import { limits } from '../limits.ts'
import { messageFlags } from '../message-check.ts'
import { messageDraft } from '../message-schema.ts'
import { createMessage, publicMessage } from '../messages.ts'
import { isActive, wireMember } from '../objects.ts'
import { demand } from '../permissions.ts'
import { type Realm, storeMessage, threadsOf, timestamp } from '../realm.ts'
import { invalidForm, Refusal, refusal, tryLater } from '../refusal.ts'
import type { Channel, Snowflake, WireChannel } from '../types.ts'
import { channelFor, channelOf, countQuery, guildOf, heldBy, param } from './find.ts'
import { demandForContents } from './messages.ts'

const autoArchive = z.int().superRefine((value, ctx) => {
  const allowed: readonly number[] = limits.thread.autoArchive
  if (!allowed.includes(value))
    raise(ctx, 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`)
})

const threadCommon = {
  name: text(1, limits.thread.name),
  auto_archive_duration: autoArchive.nullish(),
  rate_limit_per_user: z.int().min(0).max(limits.thread.slowmode).nullish(),
}

const threadFromMessage = z.object(threadCommon)
const standaloneThread = z.object({
  ...threadCommon,
  type: z.union([z.literal(10), z.literal(11), z.literal(12)]).nullish(),
  invitable: z.boolean().nullish(),
})
const forumPost = z.object({
  ...threadCommon,
  applied_tags: list(snowflake, 0, limits.thread.appliedTags).nullish(),
  message: messageDraft,
})

const channelPatch = z.object({
  name: text(1, limits.thread.name).nullish(),
  topic: text(0, 4096).nullish(),
  rate_limit_per_user: z.int().min(0).max(limits.thread.slowmode).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  auto_archive_duration: autoArchive.nullish(),
  applied_tags: list(snowflake, 0, limits.thread.appliedTags).nullish(),
})

export const channelRoutes: readonly Route[] = [
  route('GET', '/channels/{channel_id}', 'get_channel', (call, { realm }) =>
    ok(channelFor(realm, call).wire),
  ),
  route('PATCH', '/channels/{channel_id}', 'update_channel', patchChannel),
  route('DELETE', '/channels/{channel_id}', 'delete_channel', deleteChannel),
  route('POST', '/channels/{channel_id}/threads', 'create_thread', createThread),
  route(
    'POST',
    '/channels/{channel_id}/messages/{message_id}/threads',
    'create_thread_from_message',
    threadOnMessage,
  ),
  route('GET', '/guilds/{guild_id}/threads/active', 'get_active_guild_threads', (call, { realm }) => {
    const guild = guildOf(realm, call)
    const threads = [...realm.channels.values()].filter(
      (one) =>
        one.kind === 'thread' && one.guildId === guild.id && isActive(one) && heldBy(realm, one) !== 0n,
    )
    return ok({ threads: threads.toReversed().map((one) => one.wire), members: [], has_more: false })
  }),
  route(
    'GET',
    '/channels/{channel_id}/threads/archived/public',
    'list_public_archived_threads',
    (call, { realm }) => {
      const channel = channelFor(realm, call, P.ReadMessageHistory)
      const archived = threadsOf(realm, channel.id)
        .filter((one) => !isActive(one) && one.wire.type !== 12)
        .toReversed()
      const limit = countQuery(call, 'limit', 50, 100)
      return ok({
        threads: archived.slice(0, limit).map((one) => one.wire),
        members: [],
        has_more: archived.length > limit,
      })
    },
  ),
  route('PUT', '/channels/{channel_id}/thread-members/@me', 'join_thread', (call, { realm }) => {
    if (channelFor(realm, call).kind !== 'thread') throw refusal(50024)
    return done
  }),
  route('GET', '/channels/{channel_id}/thread-members/{user_id}', 'get_thread_member', (call, { realm }) => {
    const channel = channelFor(realm, call)
    const userId = param(call, 'user_id')
    const guild = realm.guilds.get(channel.guildId ?? '')
    const member = guild?.members.find((one) => one.user.id === userId)
    if (channel.kind !== 'thread' || member === undefined) throw refusal(10007)
    return ok({
      id: channel.id,
      user_id: userId,
      join_timestamp: timestamp(realm),
      flags: 0,
      member: wireMember(member),
    })
  }),
]

/** Whoever may write in a thread may open it, unless it is locked. */
function opensOnly(channel: Channel, patch: Readonly<Record<string, unknown>>): boolean {
  const changes = Object.values(patch).filter((value) => value !== undefined && value !== null)
  const isLocked = channel.wire.thread_metadata?.locked === true
  return channel.kind === 'thread' && !isLocked && patch.archived === false && changes.length === 1
}

function patchChannel(call: Call, { realm, windows }: Discord): Reply {
  const channel = channelOf(realm, call)
  const held = heldBy(realm, channel)
  demand(held, 0n)
  if (channel.kind === 'dm') throw refusal(50003)
  const isOwnThread = channel.kind === 'thread' && channel.wire.owner_id === realm.bot.id
  const patch = call.form(channelPatch)
  if (opensOnly(channel, patch)) demand(held, P.SendMessagesInThreads)
  else if (!isOwnThread) demand(held, channel.kind === 'thread' ? P.ManageThreads : P.ManageChannels)
  if (patch.locked === true) demand(held, P.ManageThreads)
  const renames = typeof patch.name === 'string' || typeof patch.topic === 'string'
  const { renames: most, renameWindowMs } = limits.channel
  const waitMs = renames ? windows.take(`rename:${channel.id}`, most, renameWindowMs) : 0
  if (waitMs > 0) throw tryLater(20028, waitMs)
  const metadata = channel.wire.thread_metadata
  const wire: WireChannel = {
    ...channel.wire,
    name: patch.name ?? channel.name,
    ...(patch.topic === undefined ? {} : { topic: patch.topic }),
    ...(typeof patch.rate_limit_per_user === 'number'
      ? { rate_limit_per_user: patch.rate_limit_per_user }
      : {}),
    ...(patch.applied_tags ? { applied_tags: patch.applied_tags } : {}),
    ...(metadata === undefined
      ? {}
      : {
          thread_metadata: {
            ...metadata,
            archived: patch.archived ?? metadata.archived,
            locked: patch.locked ?? metadata.locked,
            auto_archive_duration: patch.auto_archive_duration ?? metadata.auto_archive_duration,
            archive_timestamp:
              typeof patch.archived === 'boolean' ? timestamp(realm) : metadata.archive_timestamp,
          },
        }),
  }
  const changed: Channel = { ...channel, name: patch.name ?? channel.name, wire }
  realm.channels.set(channel.id, changed)
  realm.publish({ kind: channel.kind === 'thread' ? 'thread.updated' : 'channel.updated', channel: changed })
  return ok(wire)
}

function deleteChannel(call: Call, { realm }: Discord): Reply {
  const channel = channelOf(realm, call)
  if (channel.kind === 'dm') return ok(channel.wire)
  demand(heldBy(realm, channel), channel.kind === 'thread' ? P.ManageThreads : P.ManageChannels)
  dropChannel(realm, channel)
  return ok(channel.wire)
}

/** A channel goes, and with it its threads and messages. */
export function dropChannel(realm: Realm, channel: Channel): void {
  for (const thread of threadsOf(realm, channel.id)) dropChannel(realm, thread)
  realm.channels.delete(channel.id)
  realm.messages.delete(channel.id)
  realm.publish({ kind: channel.kind === 'thread' ? 'thread.deleted' : 'channel.deleted', channel })
}

interface ThreadSeed {
  readonly id?: Snowflake
  readonly parent: Channel
  readonly type: number
  readonly name: string
  readonly autoArchive?: number | null | undefined
  readonly slowmode?: number | null | undefined
  readonly tags?: readonly Snowflake[]
}

function plantThread(realm: Realm, seed: ThreadSeed): Channel {
  const id = seed.id ?? realm.nextId()
  const { parent } = seed
  const now = timestamp(realm)
  const thread: Channel = {
    id,
    kind: 'thread',
    name: seed.name,
    ...(parent.guildId === undefined ? {} : { guildId: parent.guildId }),
    parentId: parent.id,
    overwrites: [],
    tags: [],
    wire: {
      id,
      type: seed.type,
      flags: 0,
      last_message_id: null,
      ...(parent.guildId === undefined ? {} : { guild_id: parent.guildId }),
      name: seed.name,
      parent_id: parent.id,
      owner_id: realm.bot.id,
      rate_limit_per_user: seed.slowmode ?? 0,
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      thread_metadata: {
        archived: false,
        archive_timestamp: now,
        auto_archive_duration: seed.autoArchive ?? 4320,
        locked: false,
        create_timestamp: now,
      },
      ...(parent.kind === 'forum' ? { applied_tags: seed.tags ?? [] } : {}),
    },
  }
  realm.channels.set(id, thread)
  return thread
}

function createThread(call: Call, discord: Discord): Reply {
  const channel = channelFor(discord.realm, call)
  if (channel.kind === 'forum') return createForumPost(call, discord, channel)
  if (channel.kind !== 'text' && channel.kind !== 'announcement') throw refusal(50024)
  const { realm } = discord
  const body = call.form(standaloneThread)
  const type = body.type ?? 12
  demand(heldBy(realm, channel), type === 12 ? P.CreatePrivateThreads : P.CreatePublicThreads)
  const fits = channel.kind === 'announcement' ? type === 10 : type !== 10
  if (!fits) {
    throw invalidForm([
      { path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'This type of thread does not fit the channel.' },
    ])
  }
  const thread = plantThread(realm, {
    parent: channel,
    type,
    name: body.name,
    autoArchive: body.auto_archive_duration,
    slowmode: body.rate_limit_per_user,
  })
  realm.publish({ kind: 'thread.created', channel: thread })
  return created(thread.wire)
}

const requireTagFlag = 1 << 4

function createForumPost(call: Call, { realm }: Discord, forum: Channel): Reply {
  const held = heldBy(realm, forum)
  demand(held, P.SendMessages)
  const body = call.form(forumPost)
  const tags = body.applied_tags ?? []
  refuseUnknownTags(forum, tags, (held & P.ManageThreads) !== 0n)
  if (tags.length === 0 && (forum.wire.flags & requireTagFlag) !== 0) throw refusal(40067)
  demandForContents(realm, forum, body.message, call.files)
  const id = realm.nextId()
  const thread = plantThread(realm, {
    id,
    parent: forum,
    type: 11,
    name: body.name,
    autoArchive: body.auto_archive_duration,
    slowmode: body.rate_limit_per_user,
    tags,
  })
  try {
    // A forum post's first message has the thread's own id.
    const message = createMessage(realm, {
      id,
      channel: thread,
      author: realm.bot,
      draft: body.message,
      files: call.files,
    })
    const stored = realm.channels.get(id) ?? thread
    realm.publish({ kind: 'thread.created', channel: stored })
    return created({ ...stored.wire, message: message.wire })
  } catch (error) {
    realm.channels.delete(id)
    throw nested(error)
  }
}

/** Errors of the message stand below `message` in a forum post. */
function nested(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.errors.length === 0) return error
  return invalidForm(error.errors.map((one) => ({ ...one, path: ['message', ...one.path] })))
}

function refuseUnknownTags(forum: Channel, tags: readonly Snowflake[], mayModerate: boolean): void {
  const errors = tags.flatMap((id, index) => {
    const tag = forum.tags.find((one) => one.id === id)
    if (tag !== undefined && (!tag.moderated || mayModerate)) return []
    return [
      {
        path: ['applied_tags', index],
        code: 'APPLIED_TAGS_INVALID',
        message: `Unknown or moderated tag ${id}`,
      },
    ]
  })
  if (errors.length > 0) throw invalidForm(errors)
}

function threadOnMessage(call: Call, { realm }: Discord): Reply {
  const channel = channelFor(realm, call, P.CreatePublicThreads)
  if (channel.kind !== 'text' && channel.kind !== 'announcement') throw refusal(50024)
  const message = publicMessage(realm, channel.id, param(call, 'message_id'))
  if (realm.channels.has(message.wire.id)) throw refusal(160004)
  const body = call.form(threadFromMessage)
  const thread = plantThread(realm, {
    id: message.wire.id,
    parent: channel,
    type: channel.kind === 'announcement' ? 10 : 11,
    name: body.name,
    autoArchive: body.auto_archive_duration,
    slowmode: body.rate_limit_per_user,
  })
  const wire = { ...message.wire, flags: message.wire.flags | messageFlags.hasThread, thread: thread.wire }
  const marked = { ...message, wire }
  storeMessage(realm, marked)
  realm.publish({ kind: 'thread.created', channel: thread })
  realm.publish({ kind: 'message.updated', message: marked })
  return created(thread.wire)
}
