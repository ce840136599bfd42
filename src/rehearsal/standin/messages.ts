/**
 * Making, changing and finding messages. What arrives here has been parsed; `checkMessage` has the last word on it.
 * Everything is stored as Discord would send it back.
 */
import { wireComponents } from './components.ts'
import { pingsOf } from './mentions.ts'
import { checkMessage, flatten, messageFlags } from './message-check.ts'
import type { EmbedInput, MessageDraft } from './message-schema.ts'
import { type Realm, storeMessage, timestamp } from './realm.ts'
import { invalidForm, refusal } from './refusal.ts'
import type {
  Channel,
  Snowflake,
  StoredMessage,
  WireAttachment,
  WireEmbed,
  WireInteractionMetadata,
  WireMessage,
  WirePoll,
  WireUser,
} from './types.ts'

/** A file of a multipart request, with the number it was sent under. */
export interface UploadedFile {
  readonly index: string
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface Posting {
  readonly channel: Channel
  readonly author: WireUser
  readonly draft: MessageDraft
  readonly files: readonly UploadedFile[]
  readonly id?: Snowflake
  readonly type?: number
  readonly flags?: number
  readonly nonce?: string | number
  readonly ephemeralFor?: Snowflake
  readonly repliedTo?: StoredMessage
  /** Set for answers to interactions. */
  readonly interaction?: WireInteractionMetadata
}

const keptFlags = messageFlags.suppressEmbeds | messageFlags.silent | messageFlags.componentsV2

/** Checks, stores and announces a message. */
export function createMessage(realm: Realm, posting: Posting): StoredMessage {
  const { channel, draft, files } = posting
  const fileNames = files.map((file) => nameOf(file, draft))
  checkMessage(draft, { fileNames, attachmentCount: files.length })
  const id = posting.id ?? realm.nextId()
  const attachments = storeFiles(realm, channel.id, draft, files)
  const pings = pingsOf(realm, {
    channel,
    authorId: posting.author.id,
    texts: textsOf(draft),
    allowed: draft.allowed_mentions,
    ...(posting.repliedTo === undefined ? {} : { repliedTo: posting.repliedTo.wire.author.id }),
  })
  const wire: WireMessage = {
    id,
    channel_id: channel.id,
    type: posting.type ?? (posting.repliedTo === undefined ? 0 : 19),
    author: posting.author,
    content: draft.content ?? '',
    timestamp: timestamp(realm),
    edited_timestamp: null,
    tts: draft.tts ?? false,
    mention_everyone: pings.everyone,
    mentions: pings.users.flatMap((user) => realm.users.get(user) ?? []),
    mention_roles: pings.roles,
    attachments,
    embeds: (draft.embeds ?? []).map((embed) => wireEmbed(embed, attachments)),
    components: wireComponents(draft.components ?? [], { attachments, nextId: realm.nextId }),
    pinned: false,
    flags:
      ((draft.flags ?? 0) & keptFlags) |
      (posting.flags ?? 0) |
      (posting.ephemeralFor === undefined ? 0 : messageFlags.ephemeral),
    ...(posting.nonce === undefined ? {} : { nonce: posting.nonce }),
    ...(posting.interaction === undefined
      ? {}
      : {
          webhook_id: realm.applicationId,
          application_id: realm.applicationId,
          interaction_metadata: posting.interaction,
        }),
    ...(draft.poll ? { poll: wirePoll(realm, draft.poll) } : {}),
    ...replyOf(posting.repliedTo, channel),
  }
  const message: StoredMessage = {
    wire,
    pings,
    crossposted: false,
    loading: (wire.flags & messageFlags.loading) !== 0,
    ...(posting.ephemeralFor === undefined ? {} : { ephemeralFor: posting.ephemeralFor }),
  }
  announceNew(realm, channel, message)
  return message
}

/** A deferred answer: nothing yet but "thinking…". */
export function createLoadingMessage(realm: Realm, posting: Omit<Posting, 'draft' | 'files'>): StoredMessage {
  const wire: WireMessage = {
    id: posting.id ?? realm.nextId(),
    channel_id: posting.channel.id,
    type: posting.type ?? 20,
    author: posting.author,
    content: '',
    timestamp: timestamp(realm),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: messageFlags.loading | (posting.ephemeralFor === undefined ? 0 : messageFlags.ephemeral),
    webhook_id: realm.applicationId,
    application_id: realm.applicationId,
    ...(posting.interaction === undefined ? {} : { interaction_metadata: posting.interaction }),
  }
  const message: StoredMessage = {
    wire,
    pings: { everyone: false, users: [], roles: [] },
    crossposted: false,
    loading: true,
    ...(posting.ephemeralFor === undefined ? {} : { ephemeralFor: posting.ephemeralFor }),
  }
  announceNew(realm, posting.channel, message)
  return message
}

function announceNew(realm: Realm, channel: Channel, message: StoredMessage): void {
  storeMessage(realm, message)
  if (message.ephemeralFor === undefined) {
    const { wire } = channel
    realm.channels.set(channel.id, {
      ...(realm.channels.get(channel.id) ?? channel),
      wire: {
        ...wire,
        last_message_id: message.wire.id,
        ...(channel.kind === 'thread'
          ? {
              message_count: (wire.message_count ?? 0) + 1,
              total_message_sent: (wire.total_message_sent ?? 0) + 1,
            }
          : {}),
      },
    })
  }
  realm.publish({ kind: 'message.created', message })
}

/** Changes the named fields and leaves the others; a deferred answer is thereby filled. */
export function editMessage(
  realm: Realm,
  existing: StoredMessage,
  draft: MessageDraft,
  files: readonly UploadedFile[],
): StoredMessage {
  const before = existing.wire
  const kept = keptAttachments(before, draft)
  const fileNames = [...kept.map((one) => one.filename), ...files.map((file) => nameOf(file, draft))]
  refuseFlagRemoval(before.flags, draft.flags)
  checkMessage(draft, { existing, fileNames, attachmentCount: kept.length + files.length })
  const attachments = [...kept, ...storeFiles(realm, before.channel_id, draft, files)]
  const channel = realm.channels.get(before.channel_id)
  if (channel === undefined) throw refusal(10003)
  const pings =
    draft.content === undefined && draft.components === undefined
      ? existing.pings
      : pingsOf(realm, {
          channel,
          authorId: before.author.id,
          texts: textsOf(draft),
          allowed: draft.allowed_mentions,
        })
  const wire: WireMessage = {
    ...before,
    content: draft.content === undefined ? before.content : (draft.content ?? ''),
    embeds:
      draft.embeds === undefined
        ? before.embeds
        : (draft.embeds ?? []).map((embed) => wireEmbed(embed, attachments)),
    components:
      draft.components === undefined
        ? before.components
        : wireComponents(draft.components ?? [], { attachments, nextId: realm.nextId }),
    attachments,
    flags:
      ((before.flags & ~messageFlags.loading) | ((draft.flags ?? 0) & keptFlags)) &
      ~removedFlags(before.flags, draft.flags),
    edited_timestamp: existing.loading ? null : timestamp(realm),
    mention_everyone: pings.everyone,
    mentions: pings.users.flatMap((user) => realm.users.get(user) ?? []),
    mention_roles: pings.roles,
  }
  const message: StoredMessage = { ...existing, wire, pings, loading: false }
  storeMessage(realm, message)
  realm.publish({ kind: 'message.updated', message })
  return message
}

/** Once a message has new components it keeps them: the flag cannot be taken away. */
function refuseFlagRemoval(before: number, asked: number | null | undefined): void {
  const wants = typeof asked === 'number' && (asked & messageFlags.componentsV2) === 0
  if (wants && (before & messageFlags.componentsV2) !== 0) {
    throw invalidForm([
      {
        path: ['flags'],
        code: 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
        message: 'The IS_COMPONENTS_V2 flag cannot be removed from a message.',
      },
    ])
  }
}

function removedFlags(before: number, asked: number | null | undefined): number {
  if (typeof asked !== 'number') return 0
  return before & messageFlags.suppressEmbeds & ~asked
}

function keptAttachments(before: WireMessage, draft: MessageDraft): WireAttachment[] {
  if (draft.attachments === undefined) return [...before.attachments]
  const wanted = new Set((draft.attachments ?? []).map((one) => one.id))
  return before.attachments.filter((one) => wanted.has(one.id))
}

function nameOf(file: UploadedFile, draft: MessageDraft): string {
  return draft.attachments?.find((one) => one.id === file.index)?.filename ?? file.name
}

function storeFiles(
  realm: Realm,
  channelId: Snowflake,
  draft: MessageDraft,
  files: readonly UploadedFile[],
): WireAttachment[] {
  return files.map((file) => {
    const id = realm.nextId()
    const filename = nameOf(file, draft)
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`
    realm.files.set(path, { name: filename, bytes: file.bytes, contentType: file.contentType })
    const description = draft.attachments?.find((one) => one.id === file.index)?.description
    return {
      id,
      filename,
      size: file.bytes.byteLength,
      url: `${realm.origin}${path}`,
      proxy_url: `${realm.origin}${path}`,
      content_type: file.contentType,
      ...(description ? { description } : {}),
    }
  })
}

function textsOf(draft: MessageDraft): string[] {
  const displays = flatten(draft.components ?? []).flatMap(({ component }) =>
    component.type === 10 ? [component.content] : [],
  )
  return [draft.content ?? '', ...displays]
}

function wireEmbed(input: EmbedInput, attachments: readonly WireAttachment[]): WireEmbed {
  const address = (url: string): string =>
    attachments.find((one) => url === `attachment://${one.filename}`)?.url ?? url
  const { footer, author } = input
  return {
    type: 'rich',
    ...(input.title ? { title: input.title } : {}),
    ...(input.description ? { description: input.description } : {}),
    ...(input.url ? { url: input.url } : {}),
    ...(input.timestamp ? { timestamp: new Date(input.timestamp).toISOString() } : {}),
    ...(typeof input.color === 'number' ? { color: input.color } : {}),
    ...(footer?.text
      ? { footer: { text: footer.text, ...(footer.icon_url ? { icon_url: address(footer.icon_url) } : {}) } }
      : {}),
    ...(input.image?.url ? { image: { url: address(input.image.url) } } : {}),
    ...(input.thumbnail?.url ? { thumbnail: { url: address(input.thumbnail.url) } } : {}),
    ...(author?.name
      ? {
          author: {
            name: author.name,
            ...(author.url ? { url: author.url } : {}),
            ...(author.icon_url ? { icon_url: address(author.icon_url) } : {}),
          },
        }
      : {}),
    ...(input.fields
      ? {
          fields: input.fields.map((field) => ({
            name: field.name,
            value: field.value,
            inline: field.inline ?? false,
          })),
        }
      : {}),
  }
}

function wirePoll(realm: Realm, poll: NonNullable<MessageDraft['poll']>): WirePoll {
  const hours = poll.duration ?? 24
  return {
    question: { text: poll.question.text },
    answers: poll.answers.map((answer, index) => ({
      answer_id: index + 1,
      poll_media: { text: answer.poll_media.text },
    })),
    expiry: new Date(realm.now() + hours * 3_600_000).toISOString(),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: 1,
    results: { answer_counts: [], is_finalized: false },
  }
}

function replyOf(repliedTo: StoredMessage | undefined, channel: Channel): Partial<WireMessage> {
  if (repliedTo === undefined) return {}
  return {
    message_reference: {
      type: 0,
      channel_id: channel.id,
      message_id: repliedTo.wire.id,
      ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
    },
    referenced_message: repliedTo.wire,
  }
}

/** A message that everybody in the channel can see, or 10008. */
export function publicMessage(realm: Realm, channelId: Snowflake, messageId: Snowflake): StoredMessage {
  const message = realm.messages.get(channelId)?.get(messageId)
  if (message === undefined || message.ephemeralFor !== undefined) throw refusal(10008)
  return message
}
