/** The bar above the messages: where one is, and the ways to the channel list and the rehearsal controls. */
import { button, byId, el, icon } from './dom.ts'
import { themeButton } from './panel.ts'
import { channelIcon, kindNames } from './sidebar.ts'
import type { Store } from './store.ts'

export interface HeaderHands {
  readonly toggleSidebar: () => void
  readonly togglePanel: () => void
}

export function mountHeader(store: Store, hands: HeaderHands): void {
  const title = el('div', { class: 'channel-title' })
  byId('channel-header').replaceChildren(
    button(
      {
        id: 'sidebar-toggle',
        class: 'icon-button only-narrow',
        'aria-label': 'Channels',
        'aria-expanded': 'false',
      },
      hands.toggleSidebar,
      icon('menu'),
    ),
    title,
    themeButton(store),
    button(
      {
        id: 'panel-toggle',
        class: 'icon-button',
        'aria-label': 'Rehearsal controls',
        'aria-expanded': 'false',
      },
      hands.togglePanel,
      icon('panel'),
    ),
  )
  store.subscribe((change) => {
    if (change.kind === 'snapshot' || change.kind === 'channel') draw(title, store)
  })
}

function draw(title: HTMLElement, store: Store): void {
  const channel = store.channel()
  if (!channel) return
  const parent = store.snapshot()?.channels.find(({ id }) => id === channel.parentId)
  title.replaceChildren(
    ...(parent
      ? [
          button(
            { class: 'crumb' },
            () => void store.openChannel(parent.id),
            channelIcon(parent.kind),
            parent.name,
          ),
          el('span', { class: 'crumb-sign', 'aria-hidden': 'true' }, '›'),
        ]
      : []),
    channelIcon(channel.kind),
    el('h2', {}, channel.name),
    ...(channel.topic === undefined
      ? []
      : [el('p', { class: 'topic', title: channel.topic }, channel.topic)]),
  )
  byId('chat').setAttribute('aria-label', `${channel.name}, ${kindNames[channel.kind]}`)
  document.title = `${channel.name} · Depesche rehearsal`
}
