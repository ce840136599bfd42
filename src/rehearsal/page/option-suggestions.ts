/**
 * The list under a command's field. Choices and pickers filter what is known; autocomplete asks the bot while one types,
 * waits for a pause, and drops every answer but the newest.
 */
import { type Callable, type Field, optionsWhileTyping } from './command-draft.ts'
import { createListbox, type Listbox } from './listbox.ts'
import { fittingChoices, fromWire, type OptionChoice, optionChoices } from './option-choices.ts'
import type { OptionField } from './option-field.ts'
import type { Store } from './store.ts'

export interface Suggestions {
  readonly list: Listbox
  suggest(field: OptionField): void
  /** Takes the active row into its field; false where there is none to take. */
  takeActive(field: OptionField): boolean
  close(): void
}

export interface SuggestionParts {
  readonly callable: Callable
  readonly store: Store
  readonly fields: () => readonly Field[]
  readonly onTaken: () => void
}

const pauseMs = 180

export function createSuggestions({ callable, store, fields, onTaken }: SuggestionParts): Suggestions {
  const { locale } = store.settings()
  let offered: readonly OptionChoice[] = []
  let owner: OptionField | undefined
  let asked = 0
  let pause: number | undefined

  const take = (choice: OptionChoice | undefined) => {
    if (!choice || !owner) return
    owner.choose(choice)
    list.hide()
    onTaken()
  }
  const list = createListbox('Choices', (choice) => take(offered[Number(choice.key)]))

  const show = (field: OptionField, choices: readonly OptionChoice[], empty: string) => {
    offered = choices
    const rows = choices.map(({ label, value }, index) => ({
      key: String(index),
      label,
      isSelected: field.chosen() === value,
    }))
    list.show(field.input, rows, { active: 0, empty })
  }

  const complete = async (field: OptionField, mine: number) => {
    const { name } = field.option
    const reply = await store.interact({
      kind: 'autocomplete',
      ...pathOf(callable),
      options: optionsWhileTyping(fields(), name),
      focused: name,
    })
    if (mine !== asked || document.activeElement !== field.input) return
    const choices = reply.kind === 'choices' ? reply.choices.map((choice) => fromWire(choice, locale)) : []
    show(
      field,
      choices,
      reply.kind === 'choices' ? 'No options match your search.' : 'Loading options failed.',
    )
  }

  return {
    list,
    suggest: (field) => {
      owner = field
      asked += 1
      window.clearTimeout(pause)
      if (field.option.autocomplete === true) {
        const mine = asked
        pause = window.setTimeout(() => void complete(field, mine), pauseMs)
        return
      }
      const choices = optionChoices(field.option, store.snapshot(), locale)
      const typed = field.chosen() === undefined ? field.input.value : ''
      if (choices) show(field, fittingChoices(choices, typed), 'No options match your search.')
      else list.hide()
    },
    takeActive: (field) => {
      const active = list.isOpen() && field.chosen() === undefined ? list.active() : undefined
      if (!active) return false
      take(offered[Number(active.key)])
      return true
    },
    close: () => {
      asked += 1
      window.clearTimeout(pause)
      list.hide()
    },
  }
}

/** How a callable is named to the server. */
export function pathOf({ name, group, subcommand }: Callable) {
  return {
    name,
    ...(group === undefined ? {} : { group }),
    ...(subcommand === undefined ? {} : { subcommand }),
  }
}
