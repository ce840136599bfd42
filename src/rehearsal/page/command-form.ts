/**
 * The fields of a chosen command. Required options are there from the start; the others are added from the last
 * field. A field with a list takes from it by Enter, Tab or click; Enter without a list sends.
 */
import type { WireCommandOption } from '../standin/wire.ts'
import {
  type Callable,
  type Field,
  localDescription,
  localName,
  optionKinds,
  parseField,
} from './command-draft.ts'
import { button, el, icon } from './dom.ts'
import { createFileField } from './file-field.ts'
import { createMoreOptions } from './more-options.ts'
import { createOptionField, type OptionField } from './option-field.ts'
import { createSuggestions } from './option-suggestions.ts'
import type { Store } from './store.ts'

export interface CommandForm {
  readonly callable: Callable
  readonly element: HTMLElement
  fields(): readonly Field[]
  focusFirst(): void
  /** Points at the option that is missing or wrong. */
  complain(option: WireCommandOption, problem: string): void
  close(): void
}

export interface CommandFormHands {
  readonly onCancel: () => void
  readonly onSubmit: () => void
  readonly onNote: (text: string) => void
}

export function createCommandForm(callable: Callable, store: Store, hands: CommandFormHands): CommandForm {
  const { locale } = store.settings()
  const send = sendButton()
  const box = el('div', { class: 'chips' })
  let fields: readonly OptionField[] = []

  /** To the first field that still lacks something required, or to the send button. */
  const toNext = () => {
    const isOpen = ({ option, read }: OptionField) =>
      option.required === true && parseField(read()).kind !== 'value'
    const target = fields.find(isOpen)?.input ?? send
    target.focus()
  }
  const suggestions = createSuggestions({
    callable,
    store,
    fields: () => fields.map((field) => field.read()),
    onTaken: toNext,
  })
  const more = createMoreOptions(locale, {
    ...hands,
    remaining: () => callable.options.filter((option) => !fields.some((field) => field.option === option)),
    onPick: (option) => add(option).input.focus(),
  })

  const add = (option: WireCommandOption): OptionField => {
    const field =
      option.type === optionKinds.attachment
        ? createFileField(option, locale, { upload: store.upload, onKept: toNext, onNote: hands.onNote })
        : createOptionField(option, locale)
    fields = [...fields, field]
    box.append(field.element, more.element)
    more.draw()
    field.input.addEventListener('focus', () => {
      hands.onNote(`${localName(option, locale)}: ${localDescription(option, locale)}`)
      suggestions.suggest(field)
    })
    field.input.addEventListener('blur', () => suggestions.list.hide())
    field.input.addEventListener('input', () => suggestions.suggest(field))
    field.input.addEventListener('keydown', (event) => onKey(event, field))
    return field
  }

  const onKey = (event: KeyboardEvent, field: OptionField) => {
    const { list } = suggestions
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const isTaking = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey
    if (step !== 0 && list.isOpen()) list.move(step)
    else if (event.key === 'Escape' && list.isOpen()) list.hide()
    else if (event.key === 'Escape') hands.onCancel()
    else if (isTaking && suggestions.takeActive(field)) event.preventDefault()
    else if (event.key === 'Enter' && isFileWanted(field)) field.input.click()
    else if (event.key === 'Enter') hands.onSubmit()
    else if (event.key === 'Backspace' && field.input.value === '') drop(field)
    else return
    event.preventDefault()
  }

  /** An optional field goes away; the first required one takes the whole command with it. */
  const drop = (field: OptionField) => {
    if (field.option.required === true) {
      if (fields[0] === field) hands.onCancel()
      return
    }
    fields = fields.filter((other) => other !== field)
    field.element.remove()
    more.draw()
    const target = fields.at(-1)?.input ?? send
    target.focus()
  }

  send.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hands.onCancel()
  })
  for (const option of callable.options) if (option.required === true) add(option)
  box.append(more.element)
  more.draw()

  return {
    callable,
    element: el(
      'div',
      { class: 'composer-box drafting' },
      leaveButton(callable.title, hands.onCancel),
      box,
      send,
      suggestions.list.element,
      more.list.element,
    ),
    fields: () => fields.map((field) => field.read()),
    focusFirst: () => {
      const target = fields[0]?.input ?? send
      target.focus()
      if (fields.length === 0) hands.onNote(`${callable.description}. Press Enter to send.`)
    },
    complain: (option, problem) => {
      const field = fields.find((candidate) => candidate.option === option)
      field?.markWrong()
      field?.input.focus()
      hands.onNote(`${localName(option, locale)}: ${problem}`)
    },
    close: () => {
      suggestions.close()
      more.list.hide()
    },
  }
}

function isFileWanted({ input }: OptionField): boolean {
  return input.type === 'file' && input.value === ''
}

function leaveButton(title: string, onCancel: () => void): HTMLElement {
  return button(
    { class: 'draft-name', title: 'Leave this command', 'aria-label': `Leave /${title}` },
    onCancel,
    `/${title}`,
    icon('close'),
  )
}

export function sendButton(): HTMLElement {
  const send = button({ class: 'icon-button send', 'aria-label': 'Send' }, () => {}, icon('send'))
  send.type = 'submit'
  return send
}
