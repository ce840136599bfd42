/**
 * Rules over a message as a whole, which Discord's documentation states and its OpenAPI document does not:
 * nothing empty, no mixture of old and new components, unique ids, and the sums of texts, embeds and components.
 * Each refusal carries Discord's code; `limits.ts` says where each number comes from.
 */
import type { AnyComponentInput, ComponentInput } from './component-schema.ts'
import { lengthOf } from './form.ts'
import { limits } from './limits.ts'
import type { EmbedInput, MessageDraft } from './message-schema.ts'
import { type FormError, invalidForm, Refusal, refusal } from './refusal.ts'
import type { StoredMessage } from './types.ts'

export const messageFlags = {
  crossposted: 1 << 0,
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  silent: 1 << 12,
  componentsV2: 1 << 15,
} as const

export interface Placed {
  readonly component: AnyComponentInput
  readonly path: readonly (string | number)[]
}

/** Every component of a message, nested ones too, in reading order. */
export function flatten(components: readonly ComponentInput[]): Placed[] {
  return components.flatMap((component, index) => placed(component, ['components', index]))
}

function placed(component: AnyComponentInput, path: readonly (string | number)[]): Placed[] {
  const children: AnyComponentInput[] = 'components' in component ? component.components : []
  const below = children.flatMap((child, index) => placed(child, [...path, 'components', index]))
  const accessory = component.type === 9 ? placed(component.accessory, [...path, 'accessory']) : []
  return [{ component, path }, ...below, ...accessory]
}

export interface CheckContext {
  /** The message that is edited. */
  readonly existing?: StoredMessage
  /** Names that `attachment://` may stand for. */
  readonly fileNames: readonly string[]
  /** How many attachments the message has afterwards. */
  readonly attachmentCount: number
}

/** Throws the refusal Discord would give; returns when the message may be stored. */
export function checkMessage(draft: MessageDraft, context: CheckContext): void {
  const before = context.existing?.wire
  const flags = (before?.flags ?? 0) | (draft.flags ?? 0)
  const isV2 = (flags & messageFlags.componentsV2) !== 0
  const components = draft.components ?? []
  const all = flatten(components)
  const errors = [
    ...(isV2 ? v2Errors(draft, all, context) : legacyErrors(components)),
    ...duplicateErrors(all),
    ...embedErrors(draft.embeds ?? []),
    ...attachmentErrors(draft, all, context.fileNames),
  ]
  if (errors.length > 0) throw invalidForm(errors)
  if (isV2) refuseOverlongBytes(all)
  if (isEmpty(draft, context)) throw refusal(50006)
}

function v2Errors(draft: MessageDraft, all: readonly Placed[], context: CheckContext): FormError[] {
  const errors: FormError[] = []
  const legacy = (field: string): FormError => ({
    path: [field],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  })
  const before = context.existing?.wire
  if ((draft.content ?? (draft.content === null ? '' : before?.content) ?? '') !== '')
    errors.push(legacy('content'))
  if ((draft.embeds ?? (draft.embeds === null ? [] : before?.embeds) ?? []).length > 0)
    errors.push(legacy('embeds'))
  if ((draft.sticker_ids ?? []).length > 0) errors.push(legacy('sticker_ids'))
  if (draft.poll) errors.push(legacy('poll'))
  const { total, text } = limits.component
  if (all.length > total) {
    errors.push({
      path: ['components'],
      code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      message: `The total number of components exceeds the maximum (${total})`,
    })
  }
  if (sum(textsOf(all).map(lengthOf)) > text) {
    errors.push({
      path: ['components'],
      code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      message: `Total displayable text size exceeds maximum size of ${text}`,
    })
  }
  return errors
}

function legacyErrors(components: readonly ComponentInput[]): FormError[] {
  const errors: FormError[] = components.flatMap((component, index) =>
    component.type === 1
      ? []
      : [
          {
            path: ['components', index, 'type'],
            code: 'UNION_TYPE_CHOICES',
            message: 'Value of field "type" must be one of (1,).',
          },
        ],
  )
  if (components.length > limits.component.legacyRows) {
    errors.push({
      path: ['components'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${limits.component.legacyRows} or fewer in length.`,
    })
  }
  return errors
}

function duplicateErrors(all: readonly Placed[]): FormError[] {
  const customIds = new Set<string>()
  const ids = new Set<number>()
  const errors: FormError[] = []
  for (const { component, path } of all) {
    const customId = 'custom_id' in component ? component.custom_id : undefined
    if (typeof customId === 'string') {
      if (customIds.has(customId)) {
        errors.push({
          path: [...path, 'custom_id'],
          code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
          message: 'Component custom id cannot be duplicated',
        })
      }
      customIds.add(customId)
    }
    if (typeof component.id === 'number' && component.id > 0) {
      if (ids.has(component.id)) {
        errors.push({
          path: [...path, 'id'],
          code: 'COMPONENT_ID_DUPLICATED',
          message: 'Component id cannot be duplicated',
        })
      }
      ids.add(component.id)
    }
  }
  return errors
}

/** Trimmed texts of all embeds count together. */
function embedErrors(embeds: readonly EmbedInput[]): FormError[] {
  const size = sum(
    embeds.flatMap((embed) =>
      [
        embed.title,
        embed.description,
        embed.footer?.text,
        embed.author?.name,
        ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
      ].map((text) => lengthOf((text ?? '').trim())),
    ),
  )
  if (size <= limits.embed.total) return []
  return [
    {
      path: ['embeds'],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
      message: `Embed size exceeds maximum size of ${limits.embed.total}`,
    },
  ]
}

function attachmentErrors(
  draft: MessageDraft,
  all: readonly Placed[],
  fileNames: readonly string[],
): FormError[] {
  const wanted: { url: string; path: readonly (string | number)[] }[] = []
  for (const { component, path } of all) {
    if (component.type === 11) wanted.push({ url: component.media.url, path: [...path, 'media', 'url'] })
    if (component.type === 13) wanted.push({ url: component.file.url, path: [...path, 'file', 'url'] })
    if (component.type === 12) {
      component.items.forEach((item, index) => {
        wanted.push({ url: item.media.url, path: [...path, 'items', index, 'media', 'url'] })
      })
    }
  }
  draft.embeds?.forEach((embed, index) => {
    for (const field of ['image', 'thumbnail'] as const) {
      const url = embed[field]?.url
      if (typeof url === 'string') wanted.push({ url, path: ['embeds', index, field, 'url'] })
    }
  })
  return wanted
    .filter(
      ({ url }) => url.startsWith('attachment://') && !fileNames.includes(url.slice('attachment://'.length)),
    )
    .map(({ path }) => ({
      path,
      code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      message: 'The referenced attachment was not found.',
    }))
}

/** A reported fault of Discord's: long texts in many bytes are answered with a bare 500. */
function refuseOverlongBytes(all: readonly Placed[]): void {
  const texts = textsOf(all)
  const { textBytes, textBytesPerDisplay } = limits.component
  const bytes = sum(texts.map((text) => Buffer.byteLength(text))) + textBytesPerDisplay * texts.length
  if (bytes > textBytes) throw new Refusal(500, 0, '500: Internal Server Error')
}

function isEmpty(draft: MessageDraft, context: CheckContext): boolean {
  const before = context.existing?.wire
  const content = draft.content === undefined ? before?.content : draft.content
  const embeds = draft.embeds === undefined ? before?.embeds : draft.embeds
  const components = draft.components === undefined ? before?.components : draft.components
  return (
    (content ?? '').trim() === '' &&
    !embeds?.some((embed) => Object.values(embed).some((part) => part !== undefined && part !== null)) &&
    (components ?? []).length === 0 &&
    context.attachmentCount === 0 &&
    (draft.sticker_ids ?? []).length === 0 &&
    !draft.poll &&
    before?.poll === undefined
  )
}

function textsOf(all: readonly Placed[]): string[] {
  return all.flatMap(({ component }) => (component.type === 10 ? [component.content] : []))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
