/**
 * The life of an interaction: interactions/receiving-and-responding.mdx. It must be answered within three seconds and
 * once; its token is then good for fifteen minutes of edits and follow-ups, five of them where the app is installed by
 * the person only. Whoever sent it hears of everything that becomes of it.
 */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { list, text } from './form.ts'
import { limits } from './limits.ts'
import { messageFlags } from './message-check.ts'
import { type MessageDraft, messageDraft } from './message-schema.ts'
import { createLoadingMessage, createMessage, editMessage, type UploadedFile } from './messages.ts'
import { modal, wireModal } from './modal-schema.ts'
import { type Realm, removeMessage } from './realm.ts'
import { invalidForm, refusal } from './refusal.ts'
import type {
  Channel,
  Snowflake,
  StoredMessage,
  WireChoice,
  WireInteractionMetadata,
  WireModal,
  WireUser,
} from './types.ts'

/** Discord's numbers for what a person did. */
export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const

export interface Interaction {
  readonly id: Snowflake
  readonly token: string
  readonly type: number
  readonly user: WireUser
  readonly channel: Channel
  readonly userInstallOnly: boolean
  /** The message that carried the component, or the modal's button. */
  readonly source?: StoredMessage
  /** Of a modal: the interaction that was answered with it. */
  readonly trigger?: WireInteractionMetadata
  readonly owners: Readonly<Record<string, Snowflake>>
  readonly sentAt: number
  /** Type of the first answer, once there is one. */
  callback?: number
  originalId?: Snowflake
  followUps: number
  readonly hear: (event: InteractionEvent) => void
}

export type InteractionEvent =
  | { readonly kind: 'message' | 'update'; readonly message: StoredMessage }
  | { readonly kind: 'deferred' | 'deferred-update'; readonly message: StoredMessage | undefined }
  | { readonly kind: 'modal'; readonly modal: WireModal }
  | { readonly kind: 'choices'; readonly choices: readonly WireChoice[] }
  /** An edit of the answer (`filled` when it was deferred), or a follow-up. */
  | { readonly kind: 'filled' | 'edited' | 'followed'; readonly message: StoredMessage }

export interface Deadlines {
  readonly firstResponseMs: number
  readonly tokenMs: number
}

export interface Interactions {
  readonly deadlines: Deadlines
  open(seed: Omit<Interaction, 'id' | 'token' | 'sentAt' | 'followUps'>): Interaction
  /** Refuses with 10062 what is unknown or too old, with 40060 what has been answered. */
  unanswered(id: Snowflake, token: string): Interaction
  /** The first answer. Returns what `with_response` asks for. */
  answer(interaction: Interaction, body: AnswerBody, files: readonly UploadedFile[]): Record<string, unknown>
  /** Refuses with 50027 a token that is unknown or too old, with 10015 one that has not been answered yet. */
  byToken(token: string): Interaction
  followUp(interaction: Interaction, draft: MessageDraft, files: readonly UploadedFile[]): StoredMessage
  /** `@original` or the id of a follow-up. */
  find(interaction: Interaction, messageId: string): StoredMessage
  edit(
    interaction: Interaction,
    messageId: string,
    draft: MessageDraft,
    files: readonly UploadedFile[],
  ): StoredMessage
  remove(interaction: Interaction, messageId: string): void
}

const choice = z.object({
  name: text(1, limits.command.choice),
  name_localizations: z.record(z.string(), text(1, limits.command.choice)).nullish(),
  value: z.union([text(1, limits.command.choice), z.number()]),
})

export const answerBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal(4), data: messageDraft.default({}) }),
  z.object({ type: z.literal(5), data: messageDraft.nullish() }),
  z.object({ type: z.literal(6), data: z.unknown().optional() }),
  z.object({ type: z.literal(7), data: messageDraft.default({}) }),
  z.object({
    type: z.literal(8),
    data: z.object({ choices: list(choice, 0, limits.interaction.autocompleteChoices).default([]) }),
  }),
  z.object({ type: z.literal(9), data: modal }),
])

export type AnswerBody = z.infer<typeof answerBody>

/** All interactions of one realm. */
export function createInteractions(realm: Realm, deadlines: Deadlines): Interactions {
  const byId = new Map<Snowflake, Interaction>()
  const byToken = new Map<string, Interaction>()
  const age = (interaction: Interaction): number => realm.now() - interaction.sentAt
  return {
    deadlines,
    open(seed) {
      const id = realm.nextId()
      const token = Buffer.from(`interaction:${id}:${randomBytes(24).toString('hex')}`).toString('base64url')
      const interaction: Interaction = { ...seed, id, token, sentAt: realm.now(), followUps: 0 }
      byId.set(id, interaction)
      byToken.set(token, interaction)
      realm.publish({ kind: 'interaction.sent', interactionId: id })
      return interaction
    },
    unanswered(id, token) {
      const interaction = byId.get(id)
      if (interaction === undefined || interaction.token !== token) throw refusal(10062)
      if (interaction.callback !== undefined) throw refusal(40060)
      if (age(interaction) > deadlines.firstResponseMs) throw refusal(10062)
      return interaction
    },
    answer(interaction, body, files) {
      refuseUnfit(interaction, body.type)
      const event = carryOut(realm, interaction, body, files)
      interaction.callback = body.type
      realm.publish({ kind: 'interaction.answered', interactionId: interaction.id })
      interaction.hear(event)
      return callbackResponse(realm, interaction, event)
    },
    byToken(token) {
      const interaction = byToken.get(token)
      if (interaction === undefined || age(interaction) > deadlines.tokenMs) throw refusal(50027)
      if (interaction.callback === undefined) throw refusal(10015)
      return interaction
    },
    followUp: (interaction, draft, files) => followUp(realm, interaction, draft, files),
    find: (interaction, messageId) => find(realm, interaction, messageId),
    edit(interaction, messageId, draft, files) {
      const existing = find(realm, interaction, messageId)
      const message = editMessage(realm, existing, draft, files)
      interaction.hear({ kind: existing.loading ? 'filled' : 'edited', message })
      return message
    },
    remove(interaction, messageId) {
      const message = find(realm, interaction, messageId)
      removeMessage(realm, message.wire.channel_id, message.wire.id)
    },
  }
}

/** Which first answers fit which interaction. */
const fitting: Readonly<Record<number, readonly number[]>> = {
  [interactionTypes.command]: [4, 5, 9],
  [interactionTypes.component]: [4, 5, 6, 7, 9],
  [interactionTypes.autocomplete]: [8],
  [interactionTypes.modal]: [4, 5, 6, 7],
}

function refuseUnfit(interaction: Interaction, type: number): void {
  const allowed = fitting[interaction.type] ?? []
  const changesNothing = (type === 6 || type === 7) && interaction.source === undefined
  if (allowed.includes(type) && !changesNothing) return
  throw invalidForm([
    {
      path: ['type'],
      code: 'INTERACTION_CALLBACK_TYPE_INVALID',
      message: `An interaction of this type cannot be answered with ${type}.`,
    },
  ])
}

function carryOut(
  realm: Realm,
  interaction: Interaction,
  body: AnswerBody,
  files: readonly UploadedFile[],
): InteractionEvent {
  switch (body.type) {
    case 4: {
      const message = createMessage(realm, {
        ...postingOf(realm, interaction, body.data),
        draft: body.data,
        files,
      })
      interaction.originalId = message.wire.id
      return { kind: 'message', message }
    }
    case 5: {
      const message = createLoadingMessage(realm, postingOf(realm, interaction, body.data))
      interaction.originalId = message.wire.id
      return { kind: 'deferred', message }
    }
    case 6:
      if (interaction.source !== undefined) interaction.originalId = interaction.source.wire.id
      return { kind: 'deferred-update', message: interaction.source }
    case 7: {
      const { source } = interaction
      const current = realm.messages.get(interaction.channel.id)?.get(source?.wire.id ?? '')
      if (current === undefined) throw refusal(10008)
      interaction.originalId = current.wire.id
      return { kind: 'update', message: editMessage(realm, current, body.data, files) }
    }
    case 8:
      return { kind: 'choices', choices: body.data.choices.map(({ name, value }) => ({ name, value })) }
    case 9:
      return { kind: 'modal', modal: wireModal(body.data) }
  }
}

function postingOf(
  realm: Realm,
  interaction: Interaction,
  draft: MessageDraft | null | undefined,
  type?: number,
) {
  const isEphemeral = ((draft?.flags ?? 0) & messageFlags.ephemeral) !== 0
  return {
    channel: realm.channels.get(interaction.channel.id) ?? interaction.channel,
    author: realm.bot,
    type: type ?? (interaction.type === interactionTypes.command ? 20 : 19),
    interaction: metadataOf(interaction),
    ...(isEphemeral ? { ephemeralFor: interaction.user.id } : {}),
  }
}

/** What is told of an interaction with the message that answers it. */
export function metadataOf(interaction: Interaction): WireInteractionMetadata {
  const { trigger } = interaction
  return {
    id: interaction.id,
    type: interaction.type,
    user: interaction.user,
    authorizing_integration_owners: interaction.owners,
    ...(interaction.source === undefined ? {} : { interacted_message_id: interaction.source.wire.id }),
    ...(trigger === undefined ? {} : { triggering_interaction_metadata: trigger }),
  }
}

function followUp(
  realm: Realm,
  interaction: Interaction,
  draft: MessageDraft,
  files: readonly UploadedFile[],
): StoredMessage {
  const original = realm.messages.get(interaction.channel.id)?.get(interaction.originalId ?? '')
  if (interaction.callback === 5 && original?.loading === true) {
    // "This endpoint will function as Edit Original Interaction Response for backwards compatibility."
    const message = editMessage(realm, original, draft, files)
    interaction.hear({ kind: 'filled', message })
    return message
  }
  if (interaction.userInstallOnly && interaction.followUps >= limits.interaction.userInstallFollowUps) {
    throw refusal(40094)
  }
  const posting = postingOf(realm, interaction, draft, original === undefined ? 0 : 19)
  const metadata = {
    ...posting.interaction,
    ...(original === undefined ? {} : { original_response_message_id: original.wire.id }),
  }
  const message = createMessage(realm, { ...posting, interaction: metadata, draft, files })
  interaction.followUps += 1
  interaction.hear({ kind: 'followed', message })
  return message
}

function find(realm: Realm, interaction: Interaction, messageId: string): StoredMessage {
  const id = messageId === '@original' ? interaction.originalId : messageId
  const message = realm.messages.get(interaction.channel.id)?.get(id ?? '')
  const isOurs = message?.wire.interaction_metadata?.id === interaction.id || id === interaction.originalId
  if (message === undefined || !isOurs) throw refusal(10008)
  return message
}

function callbackResponse(
  realm: Realm,
  interaction: Interaction,
  event: InteractionEvent,
): Record<string, unknown> {
  const { guildId } = interaction.channel
  const message =
    event.kind === 'message' || event.kind === 'update' || event.kind === 'deferred'
      ? event.message
      : undefined
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message === undefined
        ? {}
        : {
            response_message_id: message.wire.id,
            response_message_loading: message.loading,
            response_message_ephemeral: message.ephemeralFor !== undefined,
          }),
      channel_id: interaction.channel.id,
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    },
    ...(message === undefined
      ? {}
      : {
          resource: {
            type: event.kind === 'update' ? 7 : 4,
            message: realm.messages.get(message.wire.channel_id)?.get(message.wire.id)?.wire,
          },
        }),
  }
}
