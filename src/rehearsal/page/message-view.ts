/** One message of the log: who said it, to whom it shows, what it holds, and what went wrong with it. */
import type { MessageView } from '../page-protocol.ts'
import type { WireMessage, WireTopComponent, WireUser } from '../standin/wire.ts'
import { type ComponentContext, type ComponentHands, componentView } from './component-view.ts'
import { button, el, icon } from './dom.ts'
import { embedView } from './embed-view.ts'
import { markdownView } from './markdown-view.ts'
import { attachmentView } from './media-view.ts'
import { fullTime, messageTime } from './times.ts'

export interface MessageContext extends ComponentContext {
  readonly failureOf: (messageId: string) => string | undefined
  readonly dismiss: (messageId: string) => void
  readonly handsFor: (messageId: string) => ComponentHands
  readonly openMenu: (messageId: string, at: { readonly x: number; readonly y: number }) => void
}

export function displayName(user: WireUser): string {
  return user.global_name ?? user.username
}

/** The row of a message; `data-id` carries its id. */
export function messageView(message: MessageView, context: MessageContext): HTMLElement {
  const { wire } = message
  const sent = Date.parse(wire.timestamp)
  const nameId = `name-${wire.id}`
  const row = el(
    'li',
    {
      class: `message${message.isEphemeral ? ' ephemeral' : ''}${message.isLoading ? ' loading' : ''}`,
      'data-id': wire.id,
      'data-author': wire.author.id,
      'data-sent': sent,
    },
    el(
      'article',
      { 'aria-labelledby': nameId },
      origin(message, context),
      avatar(displayName(wire.author), wire.author.id),
      el(
        'div',
        { class: 'message-head', id: nameId },
        el('span', { class: 'author' }, displayName(wire.author)),
        wire.author.bot === true && el('span', { class: 'app-badge' }, 'APP'),
        timeOf(sent, context),
      ),
      el('div', { class: 'message-body' }, ...body(message, context)),
    ),
  )
  if (!message.isEphemeral && !message.isLoading) addMenu(row, wire, context)
  return row
}

function addMenu(row: HTMLElement, wire: WireMessage, context: MessageContext): void {
  const label = `More for the message of ${displayName(wire.author)}`
  const more = button(
    { class: 'icon-button message-more', 'aria-label': label, 'aria-haspopup': 'menu', 'data-key': 'more' },
    () => {
      const { left, bottom } = more.getBoundingClientRect()
      context.openMenu(wire.id, { x: left, y: bottom + 4 })
    },
    icon('more'),
  )
  row.querySelector('article')?.append(more)
  row.addEventListener('contextmenu', (event) => {
    if (event.shiftKey) return
    event.preventDefault()
    context.openMenu(wire.id, { x: event.clientX, y: event.clientY })
  })
}

function timeOf(instant: number, context: MessageContext): HTMLElement {
  return el(
    'time',
    {
      class: 'sent',
      datetime: new Date(instant).toISOString(),
      title: fullTime(instant, context.locale),
    },
    messageTime(instant, context.locale, context.now()),
  )
}

const avatarColours = 6

export function avatar(name: string, id: string): HTMLElement {
  const letters = [...name.trim()].slice(0, 1).join('').toLocaleUpperCase()
  const colour = Number(BigInt(id) % BigInt(avatarColours))
  return el('span', { class: `avatar colour-${colour}`, 'aria-hidden': 'true' }, letters)
}

/** The line above a message: "Ada used /summary", or the message it answers. */
function origin({ wire, usedCommand }: MessageView, context: MessageContext): HTMLElement | undefined {
  const { interaction_metadata: interaction, referenced_message: referenced } = wire
  if (interaction?.type === 2) {
    const name = usedCommand ?? interaction.name
    return el(
      'div',
      { class: 'origin' },
      icon('reply'),
      el('strong', {}, displayName(interaction.user)),
      el('span', {}, 'used'),
      name === undefined ? el('span', {}, 'a command') : el('span', { class: 'mention' }, `/${name}`),
    )
  }
  if (!referenced) return undefined
  return el(
    'div',
    { class: 'origin' },
    icon('reply'),
    el('strong', {}, displayName(referenced.author)),
    el('span', { class: 'origin-text' }, plainText(referenced, context)),
  )
}

function body(message: MessageView, context: MessageContext): readonly (HTMLElement | undefined)[] {
  const { wire } = message
  if (message.isLoading) return [thinking(wire), ephemeralNote(message, context)]
  const hands = context.handsFor(wire.id)
  const failure = context.failureOf(wire.id)
  return [
    wire.content === '' ? undefined : markdownView(wire.content, context),
    ...wire.attachments.map((attachment) =>
      isShownByComponent(wire.components, attachment.id)
        ? undefined
        : attachmentView(attachment, context.showsPictures()),
    ),
    ...wire.embeds.map((embed) => embedView(embed, context)),
    ...wire.components.map((component) => componentView(component, context, hands)),
    wire.edited_timestamp === null ? undefined : edited(Date.parse(wire.edited_timestamp), context),
    footnotes(message),
    failure === undefined ? undefined : failureNote(failure),
    ephemeralNote(message, context),
  ].filter((part) => part !== undefined)
}

/** A V2 message shows its attachments where its components put them. */
function isShownByComponent(components: readonly WireTopComponent[], attachmentId: string): boolean {
  return components.length > 0 && JSON.stringify(components).includes(`"${attachmentId}"`)
}

function thinking(wire: WireMessage): HTMLElement {
  return el(
    'div',
    { class: 'thinking', role: 'status' },
    el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
    `${displayName(wire.author)} is thinking…`,
  )
}

function edited(instant: number, context: MessageContext): HTMLElement {
  return el('span', { class: 'edited', title: fullTime(instant, context.locale) }, '(edited)')
}

function footnotes({ pings, isCrossposted, wire }: MessageView): HTMLElement | undefined {
  const notes = [
    pings > 0 ? `would notify ${pings === 1 ? 'one person or role' : `${pings} people or roles`}` : '',
    isCrossposted ? 'published to following servers' : '',
    (wire.flags & (1 << 12)) !== 0 ? 'silent' : '',
  ].filter((note) => note !== '')
  return notes.length === 0 ? undefined : el('p', { class: 'footnote' }, notes.join(' · '))
}

function failureNote(reason: string): HTMLElement {
  return el(
    'p',
    { class: 'failure', role: 'status' },
    icon('warning'),
    'This interaction failed',
    el('span', { class: 'failure-reason' }, reason),
  )
}

function ephemeralNote({ isEphemeral, wire }: MessageView, context: MessageContext): HTMLElement | undefined {
  if (!isEphemeral) return undefined
  return el(
    'p',
    { class: 'ephemeral-note' },
    icon('eye'),
    'Only you can see this · ',
    button(
      { class: 'text-button', 'data-key': 'dismiss' },
      () => context.dismiss(wire.id),
      'Dismiss message',
    ),
  )
}

/** The words of a message without any formatting, for announcements and reply lines. */
export function plainText(wire: WireMessage, context: MessageContext): string {
  const view = el('div', {}, ...body(viewOf(wire), context).filter((part) => part !== undefined))
  return (view.textContent ?? '')
    .replaceAll(/\s{1,200}/g, ' ')
    .trim()
    .slice(0, 200)
}

function viewOf(wire: WireMessage): MessageView {
  return { wire, isEphemeral: false, isLoading: false, pings: 0, isCrossposted: false }
}
