/** Messages of a channel: resources/message.mdx. */
import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { type Call, type Discord, done, ok, type Reply, type Route, route } from '../call.ts'
import { limits } from '../limits.ts'
import { messageFlags } from '../message-check.ts'
import { type MessageDraft, messageCreate, messageDraft } from '../message-schema.ts'
import { createMessage, editMessage, publicMessage, type UploadedFile } from '../messages.ts'
import { demand, sendPermission } from '../permissions.ts'
import { type Realm, removeMessage, storeMessage } from '../realm.ts'
import { invalidForm, Refusal, refusal, tryLater } from '../refusal.ts'
import { compareSnowflakes, timeOf } from '../snowflake.ts'
import type { Channel, StoredMessage } from '../types.ts'
import { channelFor, countQuery, heldBy, idQuery, param } from './find.ts'

const textKinds: readonly Channel['kind'][] = ['text', 'announcement', 'thread', 'dm', 'voice', 'stage']
const hour = 3_600_000

export const messageRoutes: readonly Route[] = [
  route('POST', '/channels/{channel_id}/messages', 'create_message', postMessage),
  route('GET', '/channels/{channel_id}/messages', 'list_messages', listMessages),
  route('GET', '/channels/{channel_id}/messages/{message_id}', 'get_message', (call, { realm }) => {
    const channel = channelFor(realm, call, P.ReadMessageHistory)
    return ok(publicMessage(realm, channel.id, param(call, 'message_id')).wire)
  }),
  route('PATCH', '/channels/{channel_id}/messages/{message_id}', 'update_message', patchMessage),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}', 'delete_message', (call, { realm }) => {
    const channel = channelFor(realm, call)
    const message = publicMessage(realm, channel.id, param(call, 'message_id'))
    if (message.wire.author.id !== realm.bot.id) demand(heldBy(realm, channel), P.ManageMessages)
    refuseArchived(realm, channel)
    removeMessage(realm, channel.id, message.wire.id)
    return done
  }),
  route('POST', '/channels/{channel_id}/messages/{message_id}/crosspost', 'crosspost_message', crosspost),
  route('POST', '/channels/{channel_id}/typing', 'trigger_typing_indicator', (call, { realm }) => {
    const channel = channelFor(realm, call)
    demand(heldBy(realm, channel), sendPermission(channel))
    realm.publish({ kind: 'typing', channelId: channel.id, userId: realm.bot.id })
    return done
  }),
]

function postMessage(call: Call, { realm, nonceWindowMs }: Discord): Reply {
  const channel = channelFor(realm, call)
  if (!textKinds.includes(channel.kind)) throw refusal(50008)
  demand(heldBy(realm, channel), sendPermission(channel))
  const recipient = channel.wire.recipients?.[0]
  if (recipient !== undefined && realm.closedToDirectMessages.has(recipient.id)) throw refusal(50007)
  const draft = call.form(messageCreate)
  demandForContents(realm, channel, draft, call.files)
  const nonce = draft.nonce ?? undefined
  const twin =
    nonce === undefined || draft.enforce_nonce !== true
      ? undefined
      : twinOf(realm, channel, nonce, nonceWindowMs)
  if (twin !== undefined) return ok(twin.wire)
  const repliedTo = repliedMessage(realm, channel, draft.message_reference)
  reopen(realm, channel)
  const message = createMessage(realm, {
    channel: realm.channels.get(channel.id) ?? channel,
    author: realm.bot,
    draft,
    files: call.files,
    ...(nonce === undefined ? {} : { nonce }),
    ...(repliedTo === undefined ? {} : { repliedTo }),
  })
  return ok(message.wire)
}

/** `enforce_nonce`: "in the past few minutes", per author; the message that is already there is given back. */
function twinOf(
  realm: Realm,
  channel: Channel,
  nonce: string | number,
  windowMs: number,
): StoredMessage | undefined {
  const since = realm.now() - windowMs
  return [...(realm.messages.get(channel.id)?.values() ?? [])].find(
    ({ wire }) => wire.nonce === nonce && wire.author.id === realm.bot.id && timeOf(wire.id) >= since,
  )
}

/** Embeds and files need permissions of their own; a bot is told so. */
export function demandForContents(
  realm: Realm,
  channel: Channel,
  draft: MessageDraft,
  files: readonly UploadedFile[],
): void {
  const held = heldBy(realm, channel)
  if ((draft.embeds ?? []).length > 0) demand(held, P.EmbedLinks)
  if (files.length > 0) demand(held, P.AttachFiles)
}

function repliedMessage(
  realm: Realm,
  channel: Channel,
  reference: { message_id: string; fail_if_not_exists?: boolean | null | undefined } | null | undefined,
): StoredMessage | undefined {
  if (!reference) return undefined
  demand(heldBy(realm, channel), P.ReadMessageHistory)
  const message = realm.messages.get(channel.id)?.get(reference.message_id)
  if (message === undefined && reference.fail_if_not_exists !== false) {
    throw invalidForm([
      { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ])
  }
  return message
}

/** Writing into an archived thread opens it again. Into a locked one only moderators write. */
function reopen(realm: Realm, channel: Channel): void {
  const metadata = channel.wire.thread_metadata
  if (metadata?.locked === true) demandOpenLock(realm, channel, metadata.archived)
  if (metadata?.archived !== true) return
  const opened: Channel = {
    ...channel,
    wire: { ...channel.wire, thread_metadata: { ...metadata, archived: false } },
  }
  realm.channels.set(channel.id, opened)
  realm.publish({ kind: 'thread.updated', channel: opened })
}

function demandOpenLock(realm: Realm, channel: Channel, isArchived: boolean): void {
  if ((heldBy(realm, channel) & P.ManageThreads) === 0n) throw refusal(isArchived ? 50083 : 160005)
}

function refuseArchived(realm: Realm, channel: Channel): void {
  if (realm.channels.get(channel.id)?.wire.thread_metadata?.archived === true) throw refusal(50083)
}

function listMessages(call: Call, { realm }: Discord): Reply {
  const channel = channelFor(realm, call)
  if (!textKinds.includes(channel.kind)) throw refusal(50008)
  // Without the right to read history Discord shows an empty past, not a refusal.
  if ((heldBy(realm, channel) & P.ReadMessageHistory) === 0n) return ok([])
  const limit = countQuery(call, 'limit', 50, 100)
  const all = [...(realm.messages.get(channel.id)?.values() ?? [])]
    .filter((message) => message.ephemeralFor === undefined)
    .map((message) => message.wire)
    .sort((a, b) => compareSnowflakes(b.id, a.id))
  const [before, after, around] = ['before', 'after', 'around'].map((name) => idQuery(call, name))
  if (around !== undefined) {
    const newer = all.filter((one) => compareSnowflakes(one.id, around) > 0).slice(-Math.floor(limit / 2))
    const rest = all.filter((one) => compareSnowflakes(one.id, around) <= 0)
    return ok([...newer, ...rest.slice(0, Math.ceil(limit / 2))])
  }
  if (after !== undefined) return ok(all.filter((one) => compareSnowflakes(one.id, after) > 0).slice(-limit))
  if (before !== undefined)
    return ok(all.filter((one) => compareSnowflakes(one.id, before) < 0).slice(0, limit))
  return ok(all.slice(0, limit))
}

function patchMessage(call: Call, { realm, windows }: Discord): Reply {
  const channel = channelFor(realm, call)
  const message = publicMessage(realm, channel.id, param(call, 'message_id'))
  if (message.wire.author.id !== realm.bot.id) throw refusal(50005)
  refuseArchived(realm, channel)
  const draft = call.form(messageDraft)
  demandForContents(realm, channel, draft, call.files)
  const { id } = message.wire
  const { editsPerHour } = limits.announcement
  const waitMs = message.crossposted ? windows.take(`published:${id}`, editsPerHour, hour) : 0
  if (waitMs > 0) throw tryLater(20022, waitMs)
  const isOld = realm.now() - timeOf(id) > hour
  if (isOld && windows.take(`old:${channel.id}`, limits.oldEditsPerHour, hour) > 0) throw refusal(30046)
  return ok(editMessage(realm, message, draft, call.files).wire)
}

function crosspost(call: Call, { realm, windows }: Discord): Reply {
  const channel = channelFor(realm, call)
  if (channel.kind !== 'announcement') throw refusal(50024)
  const message = publicMessage(realm, channel.id, param(call, 'message_id'))
  demand(heldBy(realm, channel), P.SendMessages)
  if (message.wire.author.id !== realm.bot.id) demand(heldBy(realm, channel), P.ManageMessages)
  if (message.crossposted) throw refusal(40033)
  const waitMs = windows.take(`crosspost:${channel.id}`, limits.announcement.crosspostsPerHour, hour)
  if (waitMs > 0) throw new Refusal(429, 0, 'You are being rate limited.', [], waitMs)
  const wire = { ...message.wire, flags: message.wire.flags | messageFlags.crossposted }
  const published: StoredMessage = { ...message, crossposted: true, wire }
  storeMessage(realm, published)
  realm.publish({ kind: 'message.updated', message: published })
  return ok(wire)
}
