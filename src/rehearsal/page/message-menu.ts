/**
 * The menu of one message: the commands that the bot offers for messages. It opens by the button of the message, by a right click or long
 * press on it, and by the keyboard's menu key within it; with Shift the browser's own menu opens.
 */
import type { WireCommand } from '../standin/wire.ts'
import { localName } from './command-draft.ts'
import { el } from './dom.ts'

export interface MessageMenuHands {
  readonly offered: () => readonly WireCommand[]
  readonly locale: () => string
  readonly use: (messageId: string, command: WireCommand) => void
}

export interface MessageMenu {
  /** Opens the menu at a point of the window. */
  readonly open: (messageId: string, at: { readonly x: number; readonly y: number }) => void
}

/** One menu for the whole page: it is filled anew each time. */
export function createMessageMenu(hands: MessageMenuHands): MessageMenu {
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': 'Message', popover: 'auto' })
  document.body.append(menu)
  const items = () => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]
  menu.addEventListener('keydown', (event) => {
    const all = items()
    const at = all.findIndex((each) => each.matches(':focus'))
    const next = nextIndex(event.key, at, all.length)
    if (event.key === 'Tab') menu.hidePopover()
    if (next === undefined) return
    event.preventDefault()
    all[next]?.focus()
  })

  const item = (messageId: string, command: WireCommand): HTMLElement => {
    const face = el(
      'button',
      { type: 'button', role: 'menuitem', class: 'menu-item', tabindex: -1 },
      localName(command, hands.locale()),
    )
    face.addEventListener('click', () => {
      menu.hidePopover()
      hands.use(messageId, command)
    })
    return face
  }

  return {
    open: (messageId, at) => {
      const commands = hands.offered()
      menu.replaceChildren(
        el('span', { id: 'menu-apps', class: 'menu-title' }, 'Apps'),
        commands.length === 0
          ? el('span', { class: 'menu-empty' }, 'The bot offers nothing for messages here.')
          : el(
              'div',
              { role: 'group', 'aria-labelledby': 'menu-apps' },
              ...commands.map((command) => item(messageId, command)),
            ),
      )
      menu.showPopover()
      const { width, height } = menu.getBoundingClientRect()
      menu.style.setProperty('left', `${Math.max(8, Math.min(at.x, innerWidth - width - 8))}px`)
      menu.style.setProperty('top', `${Math.max(8, Math.min(at.y, innerHeight - height - 8))}px`)
      items()[0]?.focus()
    },
  }
}

/** Where the key leads among so many items; undefined for keys that lead nowhere. */
function nextIndex(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count
    case 'ArrowUp':
      return (at - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
