/** One option of a command as a named field in the composer. A value chosen from a list is kept until the text changes. */
import type { WireCommandOption } from '../standin/wire.ts'
import { type Field, localName, type OptionValue, optionKinds } from './command-draft.ts'
import { el } from './dom.ts'
import type { OptionChoice } from './option-choices.ts'

export interface OptionField {
  readonly option: WireCommandOption
  readonly element: HTMLElement
  readonly input: HTMLInputElement
  readonly read: () => Field
  readonly chosen: () => OptionValue | undefined
  readonly choose: (choice: OptionChoice) => void
  readonly markWrong: () => void
}

export function createOptionField(option: WireCommandOption, locale: string): OptionField {
  let chosen: OptionValue | undefined
  const input = optionInput(option, locale)
  const element = optionChip(option, locale, input)
  const fit = () => {
    input.size = Math.min(40, Math.max(8, input.value.length + 1))
  }
  const calm = () => {
    element.classList.toggle('chosen', chosen !== undefined)
    element.classList.remove('wrong')
    input.removeAttribute('aria-invalid')
    fit()
  }
  input.addEventListener('input', () => {
    chosen = undefined
    calm()
  })
  fit()
  return {
    option,
    element,
    input,
    read: () => ({ option, text: input.value, ...(chosen === undefined ? {} : { value: chosen }) }),
    chosen: () => chosen,
    choose: ({ label, value }) => {
      chosen = value
      input.value = label
      calm()
    },
    markWrong: () => {
      element.classList.add('wrong')
      input.setAttribute('aria-invalid', 'true')
    },
  }
}

/** The frame of a field: the option's name, and what takes its value. */
export function optionChip(option: WireCommandOption, locale: string, input: HTMLElement): HTMLElement {
  return el(
    'label',
    { class: 'chip' },
    el(
      'span',
      { class: 'chip-name' },
      localName(option, locale),
      option.required === true && el('span', { class: 'required', title: 'required' }, '*'),
    ),
    input,
  )
}

function optionInput(option: WireCommandOption, locale: string): HTMLInputElement {
  const isNumeric = option.type === optionKinds.integer || option.type === optionKinds.number
  const isPicked = option.type >= optionKinds.boolean && option.type <= optionKinds.mentionable
  const hasList = option.autocomplete === true || option.choices !== undefined || isPicked
  const isRequired = option.required === true
  return el('input', {
    type: 'text',
    inputmode: isNumeric ? 'decimal' : 'text',
    'aria-label': `${localName(option, locale)}${isRequired ? ', required' : ''}`,
    'aria-required': String(isRequired),
    maxlength: option.max_length,
    spellcheck: 'false',
    autocomplete: 'off',
    'data-option': option.name,
    ...(hasList ? { role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list' } : {}),
  })
}
