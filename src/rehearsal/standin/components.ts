/** Components as Discord gives them back: every one with an id, defaults filled in, files resolved to their address. */
import type {
  ButtonInput,
  ComponentInput,
  ContainerChildInput,
  EmojiInput,
  SelectInput,
  ThumbnailInput,
} from './component-schema.ts'
import type {
  WireAttachment,
  WireButton,
  WireContainerChild,
  WireEmoji,
  WireMedia,
  WireSelect,
  WireTextDisplay,
  WireThumbnail,
  WireTopComponent,
} from './types.ts'

interface Numbering {
  next(): number
}

export interface ComponentContext {
  readonly attachments: readonly WireAttachment[]
  nextId(): string
}

interface Context extends ComponentContext {
  readonly numbers: Numbering
}

/** The components of a message, numbered from 1 where the bot gave no ids. */
export function wireComponents(
  inputs: readonly ComponentInput[],
  context: ComponentContext,
): WireTopComponent[] {
  let last = 0
  const numbers: Numbering = { next: () => (last += 1) }
  return inputs.map((input) => topComponent(input, { ...context, numbers }))
}

function topComponent(input: ComponentInput, context: Context): WireTopComponent {
  if (input.type !== 17) return containerChild(input, context)
  return {
    type: 17,
    id: idOf(input.id, context),
    accent_color: input.accent_color ?? null,
    spoiler: input.spoiler ?? false,
    components: input.components.map((child) => containerChild(child, context)),
  }
}

function containerChild(input: ContainerChildInput, context: Context): WireContainerChild {
  const id = idOf(input.id, context)
  switch (input.type) {
    case 1:
      return {
        type: 1,
        id,
        components: input.components.map((child) =>
          child.type === 2 ? button(child, context) : wireSelect(child, idOf(child.id, context)),
        ),
      }
    case 9:
      return {
        type: 9,
        id,
        components: input.components.map(
          (child): WireTextDisplay => ({ type: 10, id: idOf(child.id, context), content: child.content }),
        ),
        accessory:
          input.accessory.type === 2 ? button(input.accessory, context) : thumbnail(input.accessory, context),
      }
    case 10:
      return { type: 10, id, content: input.content }
    case 12:
      return {
        type: 12,
        id,
        items: input.items.map((item) => ({
          media: media(item.media.url, context),
          description: item.description ?? null,
          spoiler: item.spoiler ?? false,
        })),
      }
    case 13: {
      const attachment = attachmentOf(input.file.url, context)
      return {
        type: 13,
        id,
        file: media(input.file.url, context),
        name: attachment?.filename ?? '',
        size: attachment?.size ?? 0,
        spoiler: input.spoiler ?? false,
      }
    }
    case 14:
      return { type: 14, id, spacing: input.spacing ?? 1, divider: input.divider ?? true }
  }
}

function button(input: ButtonInput, context: Context): WireButton {
  return {
    type: 2,
    id: idOf(input.id, context),
    style: input.style,
    ...(input.label ? { label: input.label } : {}),
    ...(input.emoji ? { emoji: wireEmoji(input.emoji) } : {}),
    ...(typeof input.custom_id === 'string' ? { custom_id: input.custom_id } : {}),
    ...(typeof input.url === 'string' ? { url: input.url } : {}),
    ...(input.disabled === true ? { disabled: true } : {}),
  }
}

/** A select of a message or of a modal. */
export function wireSelect(input: SelectInput, id: number): WireSelect {
  return {
    type: input.type,
    id,
    custom_id: input.custom_id,
    ...(input.placeholder ? { placeholder: input.placeholder } : {}),
    min_values: input.min_values ?? 1,
    max_values: input.max_values ?? 1,
    ...(input.disabled === true ? { disabled: true } : {}),
    ...('channel_types' in input && input.channel_types ? { channel_types: input.channel_types } : {}),
    ...('default_values' in input && input.default_values ? { default_values: input.default_values } : {}),
    ...(input.type === 3
      ? {
          options: input.options.map((option) => ({
            label: option.label,
            value: option.value,
            ...(option.description ? { description: option.description } : {}),
            ...(option.emoji ? { emoji: wireEmoji(option.emoji) } : {}),
            ...(option.default === true ? { default: true } : {}),
          })),
        }
      : {}),
  }
}

function thumbnail(input: ThumbnailInput, context: Context): WireThumbnail {
  return {
    type: 11,
    id: idOf(input.id, context),
    media: media(input.media.url, context),
    description: input.description ?? null,
    spoiler: input.spoiler ?? false,
  }
}

function wireEmoji(input: EmojiInput): WireEmoji {
  return {
    ...(typeof input.id === 'string' ? { id: input.id } : {}),
    name: input.name ?? '_',
    ...(input.animated === true ? { animated: true } : {}),
  }
}

function media(url: string, context: Context): WireMedia {
  const attachment = attachmentOf(url, context)
  const address = attachment?.url ?? url
  return {
    id: context.nextId(),
    url: address,
    proxy_url: address,
    width: null,
    height: null,
    content_type: attachment?.content_type ?? null,
    ...(attachment === undefined ? {} : { attachment_id: attachment.id }),
  }
}

function attachmentOf(url: string, context: Context): WireAttachment | undefined {
  if (!url.startsWith('attachment://')) return undefined
  return context.attachments.find((attachment) => attachment.filename === url.slice('attachment://'.length))
}

function idOf(given: number | null | undefined, context: Context): number {
  return typeof given === 'number' && given > 0 ? given : context.numbers.next()
}
