/** The last field of a command: it offers the optional options that are not there yet, and is gone when none is left. */
import type { WireCommandOption } from '../standin/wire.ts'
import { localDescription, localName } from './command-draft.ts'
import { el } from './dom.ts'
import { createListbox, type Listbox } from './listbox.ts'

export interface MoreOptions {
  readonly element: HTMLElement
  readonly list: Listbox
  /** To be called after options were added or removed. */
  draw(): void
}

export interface MoreOptionsHands {
  readonly remaining: () => readonly WireCommandOption[]
  readonly onPick: (option: WireCommandOption) => void
  readonly onSubmit: () => void
  readonly onCancel: () => void
}

export function createMoreOptions(locale: string, hands: MoreOptionsHands): MoreOptions {
  const field = el('input', {
    class: 'add-option',
    role: 'combobox',
    'aria-expanded': 'false',
    readonly: true,
  })
  const pick = (name: string) => {
    const option = hands.remaining().find((candidate) => candidate.name === name)
    if (option) hands.onPick(option)
  }
  const list = createListbox('Optional options', (choice) => pick(choice.key))
  const offer = () => {
    const choices = hands.remaining().map((option) => ({
      key: option.name,
      label: localName(option, locale),
      description: localDescription(option, locale),
    }))
    list.show(field, choices)
  }
  field.addEventListener('focus', offer)
  field.addEventListener('click', offer)
  field.addEventListener('blur', () => list.hide())
  field.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const active = list.active()
    if (step !== 0) list.move(step)
    else if (event.key === 'Escape') hands.onCancel()
    else if (event.key === 'Enter' && active) pick(active.key)
    else if (event.key === 'Enter') hands.onSubmit()
    else return
    event.preventDefault()
  })
  return {
    element: field,
    list,
    draw: () => {
      const count = hands.remaining().length
      field.hidden = count === 0
      field.value = `+ ${count} optional`
      field.setAttribute('aria-label', `Add an optional option, ${count} left`)
    },
  }
}
