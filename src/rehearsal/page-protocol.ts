/**
 * What the rehearsal page and its server say to each other. The browser side imports only the types; the server
 * parses everything that comes in with the schemas. Messages, commands and modals travel as Discord sends them.
 *
 * GET  /api/events?as=ID            server-sent events, each one `PageEvent`; the first is a snapshot
 * GET  /api/messages?as=ID&channel=ID   `MessageView[]`, oldest first
 * GET  /api/file?url=URL            the bytes of an attachment
 * POST /api/act                     `PageAction` in, `ActionReply` out
 * POST /api/upload?name=NAME&type=TYPE  the bytes of a file in, `UploadReply` out: the id that an attachment option takes
 */
import { z } from 'zod'
import type { Snowflake, WireChoice, WireCommand, WireMessage, WireModal } from './standin/wire.ts'

/** Locales in which the visitor can look at the bot's commands and answers. */
export type PageLocale = 'de' | 'en-US' | 'fr' | 'es-ES' | 'pt-BR'

export interface PersonView {
  readonly id: Snowflake
  readonly name: string
  readonly isBot: boolean
}

export interface ChannelView {
  readonly id: Snowflake
  readonly kind: 'text' | 'announcement' | 'forum' | 'thread' | 'dm' | 'voice'
  /** Discord's number for the kind, which options and selects filter by. */
  readonly type: number
  readonly name: string
  readonly topic?: string
  readonly parentId?: Snowflake
  /** Names of the tags of a forum post. */
  readonly tags: readonly string[]
  readonly isArchived: boolean
  readonly messageCount: number
  /** The beginning of the first message of a forum post. */
  readonly preview?: string
  readonly createdAt: number
  /** Ids of the commands this person's client offers here. */
  readonly offered: readonly Snowflake[]
  readonly faults: readonly ChannelFault[]
}

export type WideFault = 'rate-limit' | 'outage'
export type ChannelFault = 'missing-permission'

/** Everything but the messages, as one person sees it. Instants are milliseconds. */
export interface Snapshot {
  readonly as: Snowflake
  /** Who the visitor can be. */
  readonly roles: { readonly owner: Snowflake; readonly member: Snowflake }
  readonly guildName: string
  readonly bot: PersonView
  readonly people: readonly PersonView[]
  readonly guildRoles: readonly { readonly id: Snowflake; readonly name: string }[]
  readonly channels: readonly ChannelView[]
  readonly commands: readonly WireCommand[]
  readonly faults: readonly WideFault[]
  readonly clock: { readonly now: number; readonly canMove: boolean; readonly canMoveFar: boolean }
}

export interface MessageView {
  readonly wire: WireMessage
  readonly isEphemeral: boolean
  /** Deferred and not filled yet: "thinking…". */
  readonly isLoading: boolean
  /** How many people and roles it would notify; `everyone` counts as one. */
  readonly pings: number
  readonly isCrossposted: boolean
  /** `settings language`: the command it answers, where it was called on this page. Discord's message does not say. */
  readonly usedCommand?: string
}

export interface RequestView {
  readonly number: number
  readonly at: number
  readonly method: string
  readonly path: string
  readonly status?: number
  readonly code?: number
  readonly ms?: number
  readonly violations: readonly string[]
}

export type PageEvent =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'message'; readonly message: MessageView; readonly isNew: boolean }
  | { readonly kind: 'message-deleted'; readonly channelId: Snowflake; readonly messageId: Snowflake }
  | { readonly kind: 'typing'; readonly channelId: Snowflake; readonly userId: Snowflake }
  | { readonly kind: 'requests'; readonly requests: readonly RequestView[] }
  | { readonly kind: 'clock'; readonly now: number }
  /** An action that was already told "done" came to nothing after all. */
  | { readonly kind: 'failed'; readonly channelId: Snowflake; readonly reason: string }

export type ActionReply =
  /** What came of it arrives as events. */
  | { readonly kind: 'done' }
  | { readonly kind: 'modal'; readonly modal: WireModal }
  | { readonly kind: 'choices'; readonly choices: readonly WireChoice[] }
  | { readonly kind: 'failed'; readonly reason: string; readonly by: string }

export type UploadReply =
  | { readonly kind: 'kept'; readonly id: Snowflake }
  | (ActionReply & { kind: 'failed' })

const id = z.string().regex(/^\d{1,22}$/)
const customId = z.string().min(1).max(100)
const optionValues = z.record(z.string().max(32), z.union([z.string().max(6000), z.number(), z.boolean()]))

export const localeSchema = z.enum(['de', 'en-US', 'fr', 'es-ES', 'pt-BR'])

const who = { as: id, locale: localeSchema, channelId: id }
const call = {
  ...who,
  name: z.string().min(1).max(32),
  group: z.string().max(32).optional(),
  subcommand: z.string().max(32).optional(),
}

export const pageActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), ...call, options: optionValues }),
  z.object({ kind: z.literal('autocomplete'), ...call, options: optionValues, focused: z.string().max(32) }),
  /** A command of a message's own menu. */
  z.object({ kind: z.literal('menu'), ...who, name: call.name, messageId: id }),
  z.object({ kind: z.literal('click'), ...who, messageId: id, customId }),
  z.object({
    kind: z.literal('select'),
    ...who,
    messageId: id,
    customId,
    values: z.array(z.string().max(100)).max(25),
  }),
  z.object({
    kind: z.literal('modal'),
    ...who,
    customId,
    fields: z.record(customId, z.union([z.string().max(4000), z.array(z.string().max(100)).max(25)])),
  }),
  z.object({ kind: z.literal('fault'), fault: z.enum(['rate-limit', 'outage']), on: z.boolean() }),
  z.object({
    kind: z.literal('channel-fault'),
    as: id,
    channelId: id,
    fault: z.literal('missing-permission'),
    on: z.boolean(),
  }),
  /** Plain words, so that there is something of a person's to use a message's menu on. */
  z.object({ kind: z.literal('say'), ...who, text: z.string().trim().min(1).max(2000) }),
  z.object({ kind: z.literal('next-slot') }),
  z.object({ kind: z.literal('move-clock'), hours: z.number().int().min(1).max(168) }),
])

export type PageAction = z.infer<typeof pageActionSchema>
