/**
 * A select menu as a combobox with a listbox. One value is sent as soon as it is chosen; several are gathered and sent
 * when the list closes, as Discord does.
 */
import type { Snapshot } from '../page-protocol.ts'
import type { WireSelect } from '../standin/wire.ts'
import { el, icon } from './dom.ts'
import { type Choice, createListbox } from './listbox.ts'

export interface SelectOptions {
  readonly select: WireSelect
  readonly snapshot: Snapshot | undefined
  readonly label?: string
  readonly labelledBy?: string
  /** Called with the values once the visitor is done. */
  readonly onDone: (values: readonly string[]) => void
}

/** What a select offers: its own options, or the people, roles and channels of the world. */
export function selectChoices(select: WireSelect, snapshot: Snapshot | undefined): readonly Choice[] {
  const people = (snapshot?.people ?? []).map(({ id, name }) => ({ key: id, label: `@${name}` }))
  const roles = (snapshot?.guildRoles ?? []).map(({ id, name }) => ({
    key: id,
    label: `@${name.replace(/^@/, '')}`,
    hint: 'role',
  }))
  switch (select.type) {
    case 3:
      return (select.options ?? []).map((option) => ({
        key: option.value,
        label: `${option.emoji ? `${emojiText(option.emoji)} ` : ''}${option.label}`,
        ...(option.description === undefined ? {} : { description: option.description }),
      }))
    case 5:
      return people
    case 6:
      return roles
    case 7:
      return [...people, ...roles]
    case 8:
      return (snapshot?.channels ?? [])
        .filter(({ kind, type }) => kind !== 'dm' && (select.channel_types?.includes(type) ?? true))
        .map(({ id, name }) => ({ key: id, label: `#${name}` }))
  }
}

/** What is chosen before the visitor does anything. */
export function standingValues({
  options = [],
  default_values: defaults = [],
}: WireSelect): readonly string[] {
  const chosen = options.filter((option) => option.default === true).map(({ value }) => value)
  return [...chosen, ...defaults.map(({ id }) => id)]
}

export function emojiText(emoji: { readonly id?: string; readonly name: string }): string {
  return emoji.id === undefined ? emoji.name : `:${emoji.name}:`
}

export function selectView({ select, snapshot, label, labelledBy, onDone }: SelectOptions): HTMLElement {
  const choices = selectChoices(select, snapshot)
  const isMultiple = select.max_values > 1
  let chosen = standingValues(select)
  let sent = chosen.join('\n')

  const text = el('span', { class: 'select-text' })
  const field = el(
    'button',
    {
      type: 'button',
      class: 'select',
      role: 'combobox',
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      'aria-label':
        labelledBy === undefined ? (label ?? select.placeholder ?? 'Make a selection') : undefined,
      'aria-labelledby': labelledBy,
      'data-key': select.custom_id,
      'data-list-anchor': true,
      disabled: select.disabled === true,
    },
    text,
    icon('chevron'),
  )

  const describe = () => {
    const labels = choices.filter(({ key }) => chosen.includes(key)).map((choice) => choice.label)
    text.textContent = labels.length > 0 ? labels.join(', ') : (select.placeholder ?? 'Make a selection')
    text.classList.toggle('is-empty', labels.length === 0)
  }
  const rows = () => choices.map((choice) => ({ ...choice, isSelected: chosen.includes(choice.key) }))
  const open = () => {
    const active = Math.max(
      0,
      rows().findIndex((row) => row.isSelected),
    )
    list.show(field, rows(), { active, isMultiple })
  }
  const close = () => {
    list.hide()
    if (!isMultiple || chosen.join('\n') === sent || chosen.length < select.min_values) return
    sent = chosen.join('\n')
    onDone(chosen)
  }
  const choose = (choice: Choice) => {
    if (!isMultiple) {
      chosen = [choice.key]
      describe()
      list.hide()
      onDone(chosen)
      return
    }
    const isIn = chosen.includes(choice.key)
    if (!isIn && chosen.length >= select.max_values) return
    chosen = isIn ? chosen.filter((key) => key !== choice.key) : [...chosen, choice.key]
    describe()
    list.show(field, rows(), { active: choices.findIndex(({ key }) => key === choice.key), isMultiple })
  }

  const list = createListbox(label ?? select.placeholder ?? 'Choices', choose)
  field.addEventListener('click', () => (list.isOpen() ? close() : open()))
  field.addEventListener('blur', close)
  field.addEventListener('keydown', (event) => onKey(event, list, open, close, choose))
  describe()
  return el('div', { class: 'select-box' }, field, list.element)
}

function onKey(
  event: KeyboardEvent,
  list: ReturnType<typeof createListbox>,
  open: () => void,
  close: () => void,
  choose: (choice: Choice) => void,
): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step !== 0) {
    event.preventDefault()
    if (list.isOpen()) list.move(step)
    else open()
  } else if (list.isOpen() && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault()
    const active = list.active()
    if (active) choose(active)
  } else if (list.isOpen() && event.key === 'Escape') {
    event.preventDefault()
    event.stopPropagation()
    close()
  }
}
