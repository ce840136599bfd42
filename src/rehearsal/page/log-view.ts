/**
 * The messages of the open channel. A changed message replaces its row without moving what is being read, and keyboard
 * focus returns to the same button; the log follows new messages only while its reader is at the bottom.
 */

import type { MessageView } from '../page-protocol.ts'
import { button, byId, el, icon } from './dom.ts'
import { refreshTimes } from './markdown-view.ts'
import { displayName, type MessageContext, messageView, plainText } from './message-view.ts'
import type { Notice, Store } from './store.ts'
import { dayName, messageTime } from './times.ts'

const nearBottom = 60
const groupedWithinMs = 7 * 60_000

export function mountLog(store: Store, context: MessageContext): void {
  const scroller = byId('log-scroll')
  const announcer = byId('announcer')
  const list = el('ol', { class: 'log' })
  const typing = el('p', { class: 'typing', role: 'status' })
  scroller.tabIndex = 0
  const jump = button({ class: 'jump-button', hidden: true }, () => toBottom(), 'New messages', icon('down'))
  byId('jump').replaceChildren(jump)

  const isAtBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearBottom
  const toBottom = () => {
    scroller.scrollTop = scroller.scrollHeight
    jump.hidden = true
  }
  scroller.addEventListener('scroll', () => {
    if (isAtBottom()) jump.hidden = true
  })
  const rowOf = (id: string) => list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)

  const drawAll = () => {
    const channel = store.channel()
    if (!channel || channel.kind === 'forum') return
    const rows = [
      ...store.messages().map((message) => messageView(message, context)),
      ...store.notices().map((notice) => noticeView(notice, store, context)),
    ].toSorted((a, b) => Number(a.dataset.sent) - Number(b.dataset.sent))
    list.replaceChildren(...rows)
    arrange(list, context.locale)
    scroller.replaceChildren(beginning(channel.name, channel.kind, rows.length === 0), list, typing)
    toBottom()
  }

  /** What one has said or asked for oneself is shown wherever one was reading. */
  const isMine = ({ wire }: MessageView) =>
    [wire.author.id, wire.interaction_metadata?.user.id].includes(store.snapshot()?.as)

  const place = (row: HTMLElement, old: HTMLElement | null, isNew: boolean, isOwn = false) => {
    const follows = isAtBottom() || (isNew && isOwn)
    if (old) replaceKeepingFocus(old, row)
    else list.append(row)
    arrange(list, context.locale)
    if (follows) toBottom()
    else if (isNew) jump.hidden = false
  }

  const drawOne = (id: string, isNew: boolean) => {
    const message = store.message(id)
    if (!message || store.channel()?.kind === 'forum' || !store.messages().includes(message)) return
    place(messageView(message, context), rowOf(id), isNew, isMine(message))
    if (isNew && !message.isLoading) {
      const words = plainText(message.wire, context)
      announcer.append(el('p', {}, `${displayName(message.wire.author)}: ${words}`))
      while (announcer.childElementCount > 5) announcer.firstElementChild?.remove()
    }
  }

  const remove = (id: string) => {
    const row = rowOf(id)
    if (!row) return
    const hadFocus = row.contains(document.activeElement)
    row.remove()
    arrange(list, context.locale)
    if (hadFocus) byId('composer-input').focus()
  }

  store.subscribe((change) => {
    switch (change.kind) {
      case 'channel':
        return drawAll()
      case 'settings':
        if (change.changed.locale !== undefined || change.changed.showsPictures !== undefined) drawAll()
        return
      case 'message':
        return drawOne(change.id, change.isNew)
      case 'notice': {
        const notice = store.notices().find(({ id }) => id === change.id)
        if (notice) place(noticeView(notice, store, context), null, true)
        return
      }
      case 'removed':
        return remove(change.id)
      case 'clock':
      case 'snapshot':
        return refreshTimes(list, context)
      case 'typing':
        typing.textContent = store.isTyping() ? `${store.snapshot()?.bot.name ?? 'The bot'} is typing…` : ''
        return
      default:
        return
    }
  })
}

function beginning(name: string, kind: string, isEmpty: boolean): HTMLElement {
  const title =
    kind === 'dm' ? `Your conversation with ${name}` : `Welcome to ${kind === 'thread' ? '' : '#'}${name}`
  const text = isEmpty
    ? 'Nothing has been posted here yet. Move the clock to the next slot, or type / to use a command.'
    : 'This is where it begins.'
  return el(
    'div',
    { class: 'beginning' },
    el(
      'span',
      { class: 'beginning-icon' },
      icon(kind === 'dm' ? 'dm' : kind === 'thread' ? 'thread' : 'text'),
    ),
    el('h2', {}, title),
    el('p', {}, text),
  )
}

/** A line of the visitor's own client, such as a command nobody answered. */
function noticeView(notice: Notice, store: Store, context: MessageContext): HTMLElement {
  return el(
    'li',
    { class: 'message notice ephemeral', 'data-id': notice.id, 'data-sent': notice.at },
    el(
      'article',
      { 'aria-label': 'Notice' },
      el('span', { class: 'avatar notice-icon', 'aria-hidden': 'true' }, icon('warning')),
      el(
        'div',
        { class: 'message-head' },
        el('span', { class: 'author' }, 'Your client'),
        el('span', { class: 'sent' }, messageTime(notice.at, context.locale, context.now())),
      ),
      el(
        'div',
        { class: 'message-body' },
        el('p', { class: 'failure', role: 'status' }, notice.text),
        el(
          'p',
          { class: 'ephemeral-note' },
          icon('eye'),
          'Only you can see this · ',
          button({ class: 'text-button' }, () => store.dismiss(notice.id), 'Dismiss message'),
        ),
      ),
    ),
  )
}

/** Marks messages that continue the one before, and puts a line between days. */
function arrange(list: HTMLElement, locale: string): void {
  for (const divider of list.querySelectorAll('.day')) divider.remove()
  let before: HTMLElement | undefined
  for (const row of list.querySelectorAll<HTMLElement>('.message')) {
    const sent = Number(row.dataset.sent)
    const sentBefore = Number(before?.dataset.sent ?? 0)
    const day = dayName(sent, locale)
    const isNewDay = before === undefined || dayName(sentBefore, locale) !== day
    if (isNewDay) row.before(el('li', { class: 'day' }, el('span', {}, day)))
    const continues =
      !isNewDay &&
      before?.dataset.author === row.dataset.author &&
      sent - sentBefore < groupedWithinMs &&
      !row.classList.contains('ephemeral') &&
      before?.classList.contains('ephemeral') === false &&
      row.querySelector('.origin') === null
    row.classList.toggle('grouped', continues)
    before = row
  }
}

/** Focus goes to the same component, or to the one in its place: a pager's button changes its id with every page. */
function replaceKeepingFocus(old: HTMLElement, row: HTMLElement): void {
  const active = document.activeElement
  const components = (of: HTMLElement) => [...of.querySelectorAll<HTMLElement>('[data-key]:not(:disabled)')]
  const before = components(old)
  const focused = active instanceof HTMLElement ? before.indexOf(active) : -1
  const hadFocus = old.contains(active)
  old.replaceWith(row)
  if (!hadFocus) return
  const now = components(row)
  const key = before[focused]?.dataset.key
  const next = now.find((component) => component.dataset.key === key) ?? now[focused] ?? now[0]
  next?.focus({ preventScroll: true })
}
