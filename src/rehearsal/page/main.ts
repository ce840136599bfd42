/** Wires the page together by hand. */

import type { ActionReply } from '../page-protocol.ts'
import { mountHeader } from './channel-header.ts'
import { mountComposer } from './composer.ts'
import { byId } from './dom.ts'
import { mountForum } from './forum-view.ts'
import { mountLog } from './log-view.ts'
import type { MentionKind } from './markdown.ts'
import { createMessageMenu, type MessageMenu } from './message-menu.ts'
import type { MessageContext } from './message-view.ts'
import { openModal } from './modal-view.ts'
import { mountPanel } from './panel.ts'
import { applyTheme } from './settings.ts'
import { mountSidebar } from './sidebar.ts'
import { createStore, type Store } from './store.ts'

const store = createStore()
const context = messageContext(store, messageMenu(store))
const drawers = createDrawers(store)

applyTheme(store.settings().theme)
mountHeader(store, drawers)
mountSidebar(store, { onChosen: drawers.closeSidebar })
mountLog(store, context)
mountForum(store)
mountComposer(store, { onReply: receive })
mountPanel(store, { onClose: drawers.togglePanel })

store.subscribe((change) => {
  if (change.kind === 'settings') {
    applyTheme(store.settings().theme)
  }
  if (change.kind === 'connection')
    byId('connection').textContent = store.isConnected()
      ? ''
      : 'The rehearsal has stopped. Trying to reach it…'
})

/** What came of a command or a component, as far as it is not a message. */
function receive(reply: ActionReply): void {
  if (reply.kind === 'failed') store.notify(reply.reason)
  if (reply.kind !== 'modal') return
  const { custom_id: customId } = reply.modal
  openModal(reply.modal, context, (fields) =>
    store.interact({
      kind: 'modal',
      customId,
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
      ),
    }),
  )
}

function messageMenu(world: Store): MessageMenu {
  return createMessageMenu({
    locale: () => world.settings().locale,
    offered: () => {
      const offered = world.channel()?.offered ?? []
      return (world.snapshot()?.commands ?? []).filter(({ id, type }) => type === 3 && offered.includes(id))
    },
    use: (messageId, { name }) =>
      void world.interactWith(messageId, { kind: 'menu', name, messageId }).then((reply) => {
        if (reply.kind === 'modal') receive(reply)
      }),
  })
}

function messageContext(world: Store, menu: MessageMenu): MessageContext {
  return {
    get locale() {
      return world.settings().locale
    },
    now: world.now,
    nameOf: (kind, id) => nameOf(world, kind, id),
    openChannel: (id) => {
      if (world.snapshot()?.channels.some((channel) => channel.id === id)) void world.openChannel(id)
    },
    snapshot: world.snapshot,
    showsPictures: () => world.settings().showsPictures,
    failureOf: world.failureOf,
    dismiss: world.dismiss,
    openMenu: menu.open,
    handsFor: (messageId) => ({
      click: async (customId) => {
        const reply = await world.interactWith(messageId, { kind: 'click', messageId, customId })
        if (reply.kind === 'modal') receive(reply)
      },
      select: async (customId, values) => {
        const reply = await world.interactWith(messageId, {
          kind: 'select',
          messageId,
          customId,
          values: [...values],
        })
        if (reply.kind === 'modal') receive(reply)
      },
    }),
  }
}

function nameOf(world: Store, kind: MentionKind, id: string): string | undefined {
  const snapshot = world.snapshot()
  switch (kind) {
    case 'user':
      return snapshot?.people.find((person) => person.id === id)?.name
    case 'role':
      return snapshot?.guildRoles.find((role) => role.id === id)?.name
    case 'channel':
      return snapshot?.channels.find((channel) => channel.id === id)?.name
    default:
      return undefined
  }
}

/** The channel list and the controls: columns where there is room, drawers over the messages where there is not. */
function createDrawers(world: Store) {
  const app = byId('app')
  const narrow = matchMedia('(max-width: 760px)')
  const panelOverlays = matchMedia('(max-width: 1080px)')
  let sidebarIsOpen = false
  let panelIsOpen = world.settings().panelIsOpen && !panelOverlays.matches

  const draw = () => {
    const overlay = (narrow.matches && sidebarIsOpen) || (panelOverlays.matches && panelIsOpen)
    app.classList.toggle('sidebar-open', sidebarIsOpen)
    app.classList.toggle('panel-open', panelIsOpen)
    byId('sidebar').inert = narrow.matches && !sidebarIsOpen
    byId('panel').inert = !panelIsOpen
    byId('chat').inert = overlay
    document.getElementById('sidebar-toggle')?.setAttribute('aria-expanded', String(sidebarIsOpen))
    document.getElementById('panel-toggle')?.setAttribute('aria-expanded', String(panelIsOpen))
  }
  const closeSidebar = () => {
    const hadFocus = byId('sidebar').contains(document.activeElement)
    sidebarIsOpen = false
    draw()
    if (hadFocus && narrow.matches) byId('composer-input').focus()
  }
  const togglePanel = () => {
    panelIsOpen = !panelIsOpen
    world.choose({ panelIsOpen })
    draw()
    const target = panelIsOpen ? byId('panel').querySelector<HTMLElement>('button') : byId('panel-toggle')
    target?.focus()
  }
  const closeAll = () => {
    if (panelOverlays.matches && panelIsOpen) togglePanel()
    if (narrow.matches && sidebarIsOpen) {
      closeSidebar()
      byId('sidebar-toggle').focus()
    }
  }
  byId('scrim').addEventListener('click', closeAll)
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) closeAll()
  })
  narrow.addEventListener('change', draw)
  panelOverlays.addEventListener('change', draw)
  queueMicrotask(draw)
  return {
    toggleSidebar: () => {
      sidebarIsOpen = !sidebarIsOpen
      draw()
      if (sidebarIsOpen) byId('sidebar').querySelector<HTMLElement>('button')?.focus()
    },
    closeSidebar,
    togglePanel,
  }
}
