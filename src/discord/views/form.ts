/** A form that opens over the client: up to five questions, each with its label. */
import {
  type APIComponentInModalActionRow,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10'
import { type Action, customId } from '../custom-id.ts'
import { cut } from './foreign.ts'
import { limits } from './limits.ts'

export type FormView = APIModalInteractionResponseCallbackData

export function form(action: Action, title: string, questions: readonly APILabelComponent[]): FormView {
  return {
    custom_id: customId(action),
    title: cut(title, limits.formTitle),
    components: questions.slice(0, limits.formQuestions),
  }
}

/** A question answered by a choice. */
export function choice(
  name: string,
  label: string,
  choices: readonly APISelectMenuOption[],
  options: { readonly about?: string } = {},
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: cut(label, limits.formLabel),
    ...(options.about === undefined ? {} : { description: cut(options.about, limits.formDescription) }),
    component: {
      type: ComponentType.StringSelect,
      custom_id: name,
      options: choices.slice(0, limits.selectOptions),
    },
  }
}

/** A question answered in writing. `name` is the key under which the answer comes. */
export function question(
  name: string,
  label: string,
  options: {
    readonly about?: string
    readonly value?: string
    readonly placeholder?: string
    readonly isLong?: boolean
    readonly isRequired?: boolean
    readonly maxCharacters?: number
  } = {},
): APILabelComponent {
  const { about, value, placeholder, maxCharacters = 300 } = options
  const component: APIComponentInModalActionRow = {
    type: ComponentType.TextInput,
    custom_id: name,
    style: options.isLong === true ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: options.isRequired ?? true,
    max_length: maxCharacters,
    ...(value === undefined || value === '' ? {} : { value: cut(value, maxCharacters) }),
    ...(placeholder === undefined ? {} : { placeholder: cut(placeholder, limits.formPlaceholder) }),
  }
  return {
    type: ComponentType.Label,
    label: cut(label, limits.formLabel),
    ...(about === undefined ? {} : { description: cut(about, limits.formDescription) }),
    component,
  }
}
