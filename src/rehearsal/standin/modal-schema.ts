/** A modal as a bot may show it: interactions/receiving-and-responding.mdx, Modal; components/reference.mdx, Label. */
import { z } from 'zod'
import { select, textDisplay } from './component-schema.ts'
import { wireSelect } from './components.ts'
import { list, raise, text } from './form.ts'
import { limits } from './limits.ts'
import type { WireModal, WireModalField, WireModalPart, WireTextInput } from './types.ts'

const { modal: limit, component } = limits
const id = z.int().min(0).nullish()

const textInput = z
  .object({
    type: z.literal(4),
    id,
    custom_id: text(1, component.customId),
    style: z.union([z.literal(1), z.literal(2)]),
    label: text(1, limit.label).nullish(),
    min_length: z.int().min(0).max(limit.inputValue).nullish(),
    max_length: z.int().min(1).max(limit.inputValue).nullish(),
    required: z.boolean().nullish(),
    value: text(0, limit.inputValue).nullish(),
    placeholder: text(0, limit.inputPlaceholder).nullish(),
  })
  .superRefine((value, ctx) => {
    if ((value.min_length ?? 0) > (value.max_length ?? limit.inputValue)) {
      raise(ctx, 'BASE_TYPE_BAD_RANGE', 'min_length must not be above max_length.', ['min_length'])
    }
  })

/** Older bots put a labelled text input straight into a row. */
const row = z
  .object({ type: z.literal(1), id, components: list(z.discriminatedUnion('type', [textInput]), 1, 1) })
  .superRefine((value, ctx) => {
    value.components.forEach((input, index) => {
      if (!input.label)
        raise(ctx, 'BASE_TYPE_REQUIRED', 'This field is required', ['components', index, 'label'])
    })
  })

const label = z
  .object({
    type: z.literal(18),
    id,
    label: text(1, limit.label),
    description: text(1, limit.labelDescription).nullish(),
    component: z.union([textInput, select]),
  })
  .superRefine((value, ctx) => {
    if (value.component.type === 4 && value.component.label) {
      raise(ctx, 'MODAL_LABEL_IN_LABEL', 'A text input in a label has no label of its own.', [
        'component',
        'label',
      ])
    }
    if (value.component.type !== 4 && value.component.disabled === true) {
      raise(ctx, 'MODAL_COMPONENT_DISABLED', 'Components in modals cannot be disabled.', [
        'component',
        'disabled',
      ])
    }
  })

export const modal = z
  .object({
    custom_id: text(1, component.customId),
    title: text(1, limit.title),
    components: list(z.discriminatedUnion('type', [row, label, textDisplay]), 1, limit.parts),
  })
  .superRefine((value, ctx) => {
    const seen = new Set<string>()
    value.components.forEach((part, index) => {
      const fields = part.type === 1 ? part.components : part.type === 18 ? [part.component] : []
      for (const field of fields) {
        if (seen.has(field.custom_id)) {
          raise(ctx, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated', [
            'components',
            index,
          ])
        }
        seen.add(field.custom_id)
      }
    })
  })

type ModalInput = z.infer<typeof modal>

/** The modal as a client would get it, numbered from 1. */
export function wireModal(input: ModalInput): WireModal {
  let last = 0
  const idOf = (given: number | null | undefined): number => {
    last += 1
    return typeof given === 'number' && given > 0 ? given : last
  }
  const components = input.components.map((part): WireModalPart => {
    const id = idOf(part.id)
    if (part.type === 10) return { type: 10, id, content: part.content }
    if (part.type === 1)
      return { type: 1, id, components: part.components.map((field) => wireTextInput(field, idOf(field.id))) }
    const { component: field } = part
    const component: WireModalField =
      field.type === 4
        ? wireTextInput(field, idOf(field.id))
        : { ...wireSelect(field, idOf(field.id)), required: field.required ?? true }
    return { type: 18, id, label: part.label, description: part.description ?? null, component }
  })
  return { custom_id: input.custom_id, title: input.title, components }
}

function wireTextInput(input: z.infer<typeof textInput>, id: number): WireTextInput {
  return {
    type: 4,
    id,
    custom_id: input.custom_id,
    style: input.style,
    label: input.label ?? null,
    min_length: input.min_length ?? null,
    max_length: input.max_length ?? null,
    required: input.required ?? true,
    value: input.value ?? null,
    placeholder: input.placeholder ?? null,
  }
}
