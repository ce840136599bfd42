/** What a bot may send as a message: resources/message.mdx, Create Message. Rules over the whole are in message-check.ts. */
import { z } from 'zod'
import { topComponent } from './component-schema.ts'
import { link, list, raise, snowflake, text } from './form.ts'
import { limits } from './limits.ts'

const { embed: embedLimit } = limits
const image = z.object({ url: link(2048, ['http:', 'https:', 'attachment:']).nullish() })

const embed = z.object({
  title: text(0, embedLimit.title).nullish(),
  description: text(0, embedLimit.description).nullish(),
  url: link(2048).nullish(),
  timestamp: z
    .string()
    .nullish()
    .superRefine((value, ctx) => {
      if (typeof value === 'string' && Number.isNaN(Date.parse(value))) {
        raise(ctx, 'DATE_TIME_TYPE_PARSE', `Could not parse ${value}. Should be ISO8601.`)
      }
    }),
  color: z.int().min(0).max(0xffffff).nullish(),
  footer: z
    .object({
      text: text(0, embedLimit.footer).nullish(),
      icon_url: link(2048, ['http:', 'https:', 'attachment:']).nullish(),
    })
    .nullish(),
  image: image.nullish(),
  thumbnail: image.nullish(),
  author: z
    .object({
      name: text(0, embedLimit.author).nullish(),
      url: link(2048).nullish(),
      icon_url: link(2048, ['http:', 'https:', 'attachment:']).nullish(),
    })
    .nullish(),
  fields: list(
    z.object({
      name: text(1, embedLimit.name),
      value: text(1, embedLimit.value),
      inline: z.boolean().nullish(),
    }),
    0,
    embedLimit.fields,
  ).nullish(),
})

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: list(snowflake, 0, 100).nullish(),
    roles: list(snowflake, 0, 100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, ctx) => {
    for (const kind of ['users', 'roles'] as const) {
      if (value.parse?.includes(kind) === true && (value[kind]?.length ?? 0) > 0) {
        raise(
          ctx,
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ['parse'],
        )
      }
    }
  })

const attachment = z.object({
  id: z.union([snowflake, z.int().min(0)]).transform(String),
  filename: text(1, 1024).nullish(),
  description: text(0, 1024).nullish(),
  title: text(0, 1024).nullish(),
})

const poll = z.object({
  question: z.object({ text: text(1, limits.poll.question) }),
  answers: list(
    z.object({ poll_media: z.object({ text: text(1, limits.poll.answer) }) }),
    1,
    limits.poll.answers,
  ),
  allow_multiselect: z.boolean().nullish(),
  layout_type: z.literal(1).nullish(),
  duration: z.int().min(1).max(limits.poll.hours).nullish(),
})

const messageShape = z.object({
  content: text(0, limits.content).nullish(),
  embeds: list(embed, 0, embedLimit.count).nullish(),
  components: list(topComponent, 0, limits.component.total).nullish(),
  flags: z.int().min(0).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: list(attachment, 0, limits.request.attachments).nullish(),
  poll: poll.nullish(),
  tts: z.boolean().nullish(),
  sticker_ids: list(snowflake, 0, 3).nullish(),
})

export const messageDraft = messageShape

/** Create Message alone knows nonce and reply. */
export const messageCreate = messageShape.extend({
  nonce: z.union([text(0, limits.nonce), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      type: z.int().min(0).max(1).nullish(),
      message_id: snowflake,
      channel_id: snowflake.nullish(),
      guild_id: snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
})

export type MessageDraft = z.infer<typeof messageShape>
export type MessageCreate = z.infer<typeof messageCreate>
export type EmbedInput = z.infer<typeof embed>
export type AllowedMentions = z.infer<typeof allowedMentions>
