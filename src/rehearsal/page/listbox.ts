/**
 * The list under (or above) a combobox: the commands, an option's choices, a select menu. Focus stays on the owner,
 * which names the active row by `aria-activedescendant`; the list is drawn in the top layer so nothing clips it.
 */
import { el, icon } from './dom.ts'

export interface Choice {
  readonly key: string
  readonly label: string
  readonly description?: string
  /** Set apart at the row's end: an option's type, a group. */
  readonly hint?: string
  readonly isSelected?: boolean
}

export interface ShowOptions {
  /** Which row is active at first; -1 (none) by default. */
  readonly active?: number
  readonly isMultiple?: boolean
  /** Said in the list when there are no rows. */
  readonly empty?: string
}

export interface Listbox {
  readonly element: HTMLElement
  show(owner: HTMLElement, choices: readonly Choice[], options?: ShowOptions): void
  hide(): void
  isOpen(): boolean
  move(by: number): void
  active(): Choice | undefined
}

let lists = 0

/** `label` names the list for screen readers. */
export function createListbox(label: string, onChoose: (choice: Choice) => void): Listbox {
  lists += 1
  const id = `list-${lists}`
  const element = el('div', { id, class: 'listbox', role: 'listbox', 'aria-label': label, popover: 'manual' })
  let owner: HTMLElement | undefined
  let shown: readonly Choice[] = []
  let active = -1

  const mark = (index: number) => {
    active = index
    for (const [at, row] of [...element.querySelectorAll('[role=option]')].entries())
      row.classList.toggle('active', at === index)
    const row = element.querySelector('.active')
    row?.scrollIntoView({ block: 'nearest' })
    if (row) owner?.setAttribute('aria-activedescendant', row.id)
    else owner?.removeAttribute('aria-activedescendant')
  }

  const hide = () => {
    if (element.matches(':popover-open')) element.hidePopover()
    owner?.setAttribute('aria-expanded', 'false')
    owner?.removeAttribute('aria-activedescendant')
    shown = []
    active = -1
  }

  const row = (choice: Choice, index: number, isMultiple: boolean): HTMLElement => {
    const selected = choice.isSelected === true
    const item = el(
      'div',
      { id: `${id}-${index}`, class: 'choice', role: 'option', 'aria-selected': String(selected) },
      el(
        'span',
        { class: 'choice-text' },
        el('span', { class: 'choice-label' }, choice.label),
        choice.description !== undefined && el('span', { class: 'choice-description' }, choice.description),
      ),
      choice.hint !== undefined && el('span', { class: 'choice-hint' }, choice.hint),
      (isMultiple || selected) && el('span', { class: 'choice-check' }, selected ? icon('check') : undefined),
    )
    item.addEventListener('mousedown', (event) => event.preventDefault())
    item.addEventListener('click', () => onChoose(choice))
    item.addEventListener('mousemove', () => {
      if (active !== index) mark(index)
    })
    return item
  }

  return {
    element,
    isOpen: () => element.matches(':popover-open'),
    hide,
    active: () => shown[active],
    move: (by) => {
      if (shown.length > 0) mark((active + by + shown.length + (active < 0 && by < 0 ? 1 : 0)) % shown.length)
    },
    show: (newOwner, choices, options = {}) => {
      if (owner !== newOwner) hide()
      owner = newOwner
      shown = choices
      const rows = choices.map((choice, index) => row(choice, index, options.isMultiple === true))
      const empty = el('p', { class: 'choice-empty' }, options.empty ?? 'Nothing fits.')
      element.replaceChildren(...(rows.length > 0 ? rows : [empty]))
      element.setAttribute('aria-multiselectable', String(options.isMultiple === true))
      owner.setAttribute('aria-controls', id)
      owner.setAttribute('aria-expanded', 'true')
      if (!element.matches(':popover-open')) element.showPopover()
      place(element, owner)
      mark(Math.min(options.active ?? -1, choices.length - 1))
    },
  }
}

/** Above the owner where there is more room above, below it otherwise; never wider than the window. */
function place(list: HTMLElement, owner: HTMLElement): void {
  const anchor = owner.closest('[data-list-anchor]') ?? owner
  const box = anchor.getBoundingClientRect()
  const gap = 6
  const below = innerHeight - box.bottom
  const goesUp = below < 280 && box.top > below
  list.style.setProperty('left', `${Math.max(8, Math.min(box.left, innerWidth - 248))}px`)
  list.style.setProperty('width', `${Math.min(Math.max(box.width, 240), innerWidth - 16)}px`)
  list.style.setProperty('top', goesUp ? 'auto' : `${box.bottom + gap}px`)
  list.style.setProperty('bottom', goesUp ? `${innerHeight - box.top + gap}px` : 'auto')
  list.style.setProperty('max-height', `${Math.min(420, (goesUp ? box.top : below) - 2 * gap - 8)}px`)
}
