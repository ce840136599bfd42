/**
 * The components a bot may put into a message, piece by piece: components/reference.mdx. What can be judged from one
 * component alone is judged here; rules over the whole message are in message-check.ts.
 */
import { z } from 'zod'
import { link, list, raise, snowflake, text } from './form.ts'
import { limits } from './limits.ts'

const { component: limit } = limits

const id = z.int().min(0).nullish()
const customId = text(1, limit.customId)
const emoji = z.object({
  id: snowflake.nullish(),
  name: text(0, limit.emojiName).nullish(),
  animated: z.boolean().nullish(),
})

/** A unicode emoji is one: letters and digits are not. */
const unicodeEmoji = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?)$/v

function isEmoji(value: z.infer<typeof emoji>): boolean {
  return typeof value.id === 'string' || (typeof value.name === 'string' && unicodeEmoji.test(value.name))
}

const componentEmoji = emoji.superRefine((value, ctx) => {
  if (!isEmoji(value)) raise(ctx, 'COMPONENT_INVALID_EMOJI', 'Invalid emoji', ['name'])
})

const buttonShape = z.object({
  type: z.literal(2),
  id,
  style: z.int().min(1).max(6),
  label: text(0, limit.buttonLabel).nullish(),
  emoji: componentEmoji.nullish(),
  custom_id: customId.nullish(),
  url: link(limit.url, ['http:', 'https:', 'discord:']).nullish(),
  sku_id: snowflake.nullish(),
  disabled: z.boolean().nullish(),
})

export const button = buttonShape.superRefine((value, ctx) => {
  const has = { customId: typeof value.custom_id === 'string', url: typeof value.url === 'string' }
  if (has.customId && has.url) {
    raise(
      ctx,
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    )
  } else if (value.style === 5 && !has.url) {
    raise(ctx, 'BASE_TYPE_REQUIRED', 'A url is required', ['url'])
  } else if (value.style < 5 && !has.customId) {
    raise(ctx, 'BASE_TYPE_REQUIRED', 'A custom id is required', ['custom_id'])
  }
  if (value.style === 6)
    raise(ctx, 'BASE_TYPE_CHOICES', 'Premium buttons need a SKU of this application.', ['style'])
  else if ((value.label ?? '') === '' && !value.emoji) {
    raise(ctx, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required')
  }
})

const selectOption = z.object({
  label: text(1, limit.selectText),
  value: text(1, limit.selectText),
  description: text(0, limit.selectText).nullish(),
  emoji: componentEmoji.nullish(),
  default: z.boolean().nullish(),
})

const selectCommon = {
  id,
  custom_id: customId,
  placeholder: text(0, limit.placeholder).nullish(),
  min_values: z.int().min(0).max(25).nullish(),
  max_values: z.int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
}

interface Range {
  readonly min_values?: number | null | undefined
  readonly max_values?: number | null | undefined
}

function checkRange(value: Range, ctx: Parameters<typeof raise>[0]): void {
  if ((value.min_values ?? 1) > (value.max_values ?? 1)) {
    raise(ctx, 'BASE_TYPE_BAD_RANGE', 'min_values must not be above max_values.', ['min_values'])
  }
}

export const stringSelect = z
  .object({ type: z.literal(3), ...selectCommon, options: list(selectOption, 1, limit.selectOptions) })
  .superRefine((value, ctx) => {
    checkRange(value, ctx)
    const seen = new Set<string>()
    value.options.forEach((option, index) => {
      if (seen.has(option.value)) {
        raise(ctx, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used', [
          'options',
          index,
          'value',
        ])
      }
      seen.add(option.value)
    })
    if ((value.max_values ?? 1) > value.options.length) {
      raise(ctx, 'SELECT_COMPONENT_MAX_VALUES_ABOVE_OPTIONS', 'max_values is above the number of options.', [
        'max_values',
      ])
    }
    if (value.options.filter((option) => option.default === true).length > (value.max_values ?? 1)) {
      raise(ctx, 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'More defaults than values can be chosen.', [
        'options',
      ])
    }
  })

const entitySelect = z
  .object({
    type: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
    ...selectCommon,
    channel_types: z.array(z.int()).nullish(),
    default_values: z
      .array(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) }))
      .max(25)
      .nullish(),
  })
  .superRefine(checkRange)

/** All selects, in messages and in modals. */
export const select = z.discriminatedUnion('type', [stringSelect, entitySelect])

export const actionRow = z
  .object({
    type: z.literal(1),
    id,
    components: list(z.discriminatedUnion('type', [button, stringSelect, entitySelect]), 1, limit.rowButtons),
  })
  .superRefine((row, ctx) => {
    const selects = row.components.filter((child) => child.type !== 2).length
    if (selects > 0 && row.components.length > 1) {
      raise(ctx, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width', [
        'components',
        1,
      ])
    }
  })

/** What `attachment://` may stand for is decided where the files are known. */
const media = z.object({ url: link(limit.mediaUrl, ['http:', 'https:', 'attachment:']) })
const ownFile = z.object({ url: link(limit.mediaUrl, ['attachment:']) })
const description = text(1, limit.mediaDescription).nullish()
const spoiler = z.boolean().nullish()

/** The total over all text displays is checked with the message; one alone cannot be empty. */
export const textDisplay = z.object({ type: z.literal(10), id, content: text(1, Number.MAX_SAFE_INTEGER) })
const thumbnail = z.object({ type: z.literal(11), id, media, description, spoiler })

export const section = z.object({
  type: z.literal(9),
  id,
  components: list(z.discriminatedUnion('type', [textDisplay]), 1, limit.sectionTexts),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
})

export const gallery = z.object({
  type: z.literal(12),
  id,
  items: list(z.object({ media, description, spoiler }), 1, limit.galleryItems),
})

export const file = z.object({ type: z.literal(13), id, file: ownFile, spoiler })

export const separator = z.object({
  type: z.literal(14),
  id,
  spacing: z.union([z.literal(1), z.literal(2)]).nullish(),
  divider: z.boolean().nullish(),
})

const containerChild = z.discriminatedUnion('type', [
  actionRow,
  textDisplay,
  section,
  gallery,
  file,
  separator,
])

export const container = z.object({
  type: z.literal(17),
  id,
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  spoiler,
  components: list(containerChild, 1, limit.total),
})

export const topComponent = z.discriminatedUnion('type', [
  actionRow,
  textDisplay,
  section,
  gallery,
  file,
  separator,
  container,
])

export type ComponentInput = z.infer<typeof topComponent>
export type ContainerChildInput = z.infer<typeof containerChild>
export type ButtonInput = z.infer<typeof button>
export type SelectInput = z.infer<typeof select>
export type ThumbnailInput = z.infer<typeof thumbnail>
export type EmojiInput = z.infer<typeof emoji>
export type AnyComponentInput = ComponentInput | ButtonInput | SelectInput | ThumbnailInput
