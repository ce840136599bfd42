/** The server, its channels with their threads, the conversation with the bot, and who the visitor is. */
import type { ChannelView, Snapshot } from '../page-protocol.ts'
import { button, byId, el, type IconName, icon } from './dom.ts'
import { avatar } from './message-view.ts'
import { localeNames, locales } from './settings.ts'
import type { Store } from './store.ts'

export interface SidebarHands {
  /** Called after a channel was chosen, so that a drawer can close. */
  readonly onChosen: () => void
}

const icons: Readonly<Record<ChannelView['kind'], IconName>> = {
  text: 'text',
  announcement: 'announcement',
  forum: 'forum',
  thread: 'thread',
  dm: 'dm',
  voice: 'text',
}

export const kindNames: Readonly<Record<ChannelView['kind'], string>> = {
  text: 'text channel',
  announcement: 'announcement channel',
  forum: 'forum',
  thread: 'thread',
  dm: 'direct messages',
  voice: 'voice channel',
}

export function channelIcon(kind: ChannelView['kind']): SVGSVGElement {
  return icon(icons[kind])
}

export function mountSidebar(store: Store, hands: SidebarHands): void {
  const sidebar = byId('sidebar')
  const list = el('div', { class: 'channels' })
  const person = personCard(store)
  const guildName = el('h1', { class: 'guild-name' })
  sidebar.replaceChildren(el('header', { class: 'guild' }, guildName), list, person.element)

  const draw = () => {
    const snapshot = store.snapshot()
    if (!snapshot) return
    guildName.textContent = snapshot.guildName
    const focused = document.activeElement
    const key = focused instanceof HTMLElement && list.contains(focused) ? focused.dataset.channel : undefined
    list.replaceChildren(...groups(snapshot, store, hands))
    if (key !== undefined) list.querySelector<HTMLElement>(`[data-channel="${CSS.escape(key)}"]`)?.focus()
    person.draw(snapshot)
  }
  store.subscribe((change) => {
    if (change.kind === 'snapshot' || change.kind === 'channel' || change.kind === 'settings') draw()
  })
}

function groups(snapshot: Snapshot, store: Store, hands: SidebarHands): readonly HTMLElement[] {
  const own = snapshot.channels.filter(({ kind }) => kind !== 'dm' && kind !== 'voice')
  const direct = snapshot.channels.filter(({ kind }) => kind === 'dm')
  return [group('Channels', own, store, hands), group('Direct messages', direct, store, hands)]
}

function group(
  title: string,
  channels: readonly ChannelView[],
  store: Store,
  hands: SidebarHands,
): HTMLElement {
  const id = `group-${title.toLowerCase().replaceAll(' ', '-')}`
  const rows = channels
    .filter((channel) => !channel.isArchived || channel.id === store.channel()?.id)
    .map((channel) => el('li', {}, channelRow(channel, store, hands)))
  return el(
    'section',
    { class: 'channel-group', 'aria-labelledby': id },
    el('h2', { id }, title),
    el('ul', {}, ...rows),
  )
}

function channelRow(channel: ChannelView, store: Store, hands: SidebarHands): HTMLElement {
  const isOpen = store.channel()?.id === channel.id
  const isUnread = store.unread().has(channel.id)
  return button(
    {
      class: `channel ${channel.kind}${isUnread ? ' unread' : ''}`,
      'aria-current': isOpen ? 'page' : undefined,
      'data-channel': channel.id,
    },
    () => {
      void store.openChannel(channel.id)
      hands.onChosen()
    },
    channelIcon(channel.kind),
    el('span', { class: 'channel-name' }, channel.name),
    el(
      'span',
      { class: 'visually-hidden' },
      ` (${kindNames[channel.kind]}${isUnread ? ', new messages' : ''})`,
    ),
  )
}

function personCard(store: Store): { element: HTMLElement; draw: (snapshot: Snapshot) => void } {
  const face = el('span', { class: 'person-face' })
  const who = el('select', { id: 'person', class: 'plain-select' })
  const language = el('select', { id: 'locale', class: 'plain-select' })
  who.addEventListener('change', () => store.become(who.value))
  language.append(...locales().map((locale) => el('option', { value: locale }, localeNames[locale])))
  language.value = store.settings().locale
  language.addEventListener('change', () => {
    const locale = locales().find((candidate) => candidate === language.value)
    if (locale) store.choose({ locale })
  })
  const element = el(
    'footer',
    { class: 'person' },
    face,
    el('div', { class: 'person-field' }, el('label', { for: 'person' }, 'You are'), who),
    el('div', { class: 'person-field' }, el('label', { for: 'locale' }, 'Language'), language),
  )
  const draw = ({ roles, people, as }: Snapshot) => {
    const nameOf = (id: string) => people.find((candidate) => candidate.id === id)?.name ?? 'somebody'
    if (document.activeElement !== who || who.options.length === 0) {
      who.replaceChildren(
        el('option', { value: roles.owner }, `${nameOf(roles.owner)}, owner`),
        el('option', { value: roles.member }, `${nameOf(roles.member)}, member`),
      )
    }
    who.value = as
    face.replaceChildren(avatar(nameOf(as), as))
  }
  return { element, draw }
}
