/** What only a rehearsal has: the clock, the faults, and what the bot asked of Discord. */
import type { PageAction, RequestView } from '../page-protocol.ts'
import { button, byId, el, icon } from './dom.ts'
import { isDark, type Theme } from './settings.ts'
import type { Store } from './store.ts'

export interface PanelHands {
  readonly onClose: () => void
}

export function mountPanel(store: Store, hands: PanelHands): void {
  byId('panel').replaceChildren(
    el(
      'header',
      { class: 'panel-header' },
      el('h2', {}, 'Rehearsal'),
      button(
        { class: 'icon-button', 'aria-label': 'Close the rehearsal controls' },
        hands.onClose,
        icon('close'),
      ),
    ),
    el(
      'div',
      { class: 'panel-body' },
      clockPart(store),
      faultsPart(store),
      viewPart(store),
      requestsPart(store),
    ),
  )
}

function part(title: string, ...children: readonly HTMLElement[]): HTMLElement {
  const id = `part-${title.toLowerCase().replaceAll(' ', '-')}`
  return el('section', { class: 'part', 'aria-labelledby': id }, el('h3', { id }, title), ...children)
}

function clockPart(store: Store): HTMLElement {
  const time = el('span', { class: 'clock-time' })
  const date = el('span', { class: 'clock-date' })
  const outcome = el('p', { class: 'part-note', role: 'status' })
  const moveClock = async (action: PageAction, whither: string, done: string) => {
    const buttons = [next, hour, day]
    for (const each of buttons) each.disabled = true
    outcome.textContent = `Moving ${whither}…`
    const reply = await store.act(action)
    for (const each of buttons) each.disabled = false
    outcome.textContent = reply.kind === 'failed' ? reply.reason : done
  }
  const next = button(
    { class: 'button primary' },
    () => void moveClock({ kind: 'next-slot' }, 'to the next slot', 'The clock stands at the next slot.'),
    'Next slot',
  )
  const ahead = (hours: number, words: string) =>
    button(
      { class: 'button secondary' },
      () => void moveClock({ kind: 'move-clock', hours }, `on by ${words}`, `It is ${words} later.`),
      `+1 ${words.replace('one ', '')}`,
    )
  const hour = ahead(1, 'one hour')
  const day = ahead(24, 'one day')
  const moves = el('div', { class: 'clock-moves', hidden: true }, next, hour, day)
  const draw = () => {
    const { locale } = store.settings()
    time.textContent = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(store.now())
    date.textContent = new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).format(store.now())
  }
  setInterval(draw, 1000)
  draw()
  store.subscribe((change) => {
    if (change.kind === 'snapshot') {
      const clock = store.snapshot()?.clock
      moves.hidden = clock?.canMove !== true
      for (const each of [hour, day]) each.hidden = clock?.canMoveFar !== true
    }
    if (change.kind === 'snapshot' || change.kind === 'settings' || change.kind === 'clock') draw()
  })
  return part(
    'Clock',
    el('div', { class: 'clock' }, icon('clock'), el('div', {}, time, date)),
    moves,
    outcome,
  )
}

interface Switch {
  readonly element: HTMLElement
  readonly set: (on: boolean) => void
}

function switchRow(id: string, title: string, description: string, onChange: (on: boolean) => void): Switch {
  const input = el('input', { type: 'checkbox', role: 'switch', id, 'aria-describedby': `${id}-description` })
  input.addEventListener('change', () => onChange(input.checked))
  const element = el(
    'div',
    { class: 'switch-row' },
    el(
      'div',
      { class: 'switch-text' },
      el('label', { for: id }, title),
      el('span', { id: `${id}-description`, class: 'switch-description' }, description),
    ),
    input,
  )
  return {
    element,
    set: (on) => {
      input.checked = on
    },
  }
}

function faultsPart(store: Store): HTMLElement {
  const act = (action: PageAction) => void store.act(action)
  const limit = switchRow(
    'fault-rate-limit',
    'Rate limit',
    'Everything in channels is answered 429, try again in 5 s.',
    (on) => act({ kind: 'fault', fault: 'rate-limit', on }),
  )
  const outage = switchRow('fault-outage', 'Outage', 'Discord answers every request with 500.', (on) =>
    act({ kind: 'fault', fault: 'outage', on }),
  )
  const permission = switchRow(
    'fault-permission',
    'Missing permission',
    'The bot may not write in the open channel.',
    (on) =>
      act({
        kind: 'channel-fault',
        as: store.snapshot()?.as ?? '',
        channelId: store.channel()?.id ?? '',
        fault: 'missing-permission',
        on,
      }),
  )
  store.subscribe((change) => {
    if (change.kind !== 'snapshot' && change.kind !== 'channel') return
    limit.set(store.snapshot()?.faults.includes('rate-limit') === true)
    outage.set(store.snapshot()?.faults.includes('outage') === true)
    permission.set(store.channel()?.faults.includes('missing-permission') === true)
  })
  return part('Faults', limit.element, outage.element, permission.element)
}

function viewPart(store: Store): HTMLElement {
  const pictures = switchRow(
    'shows-pictures',
    'Pictures from the web',
    'Fetch pictures from their own hosts.',
    (showsPictures) => store.choose({ showsPictures }),
  )
  pictures.set(store.settings().showsPictures)
  return part('View', pictures.element)
}

/** A button that changes light to dark and back. */
export function themeButton(store: Store): HTMLElement {
  const face = button({ class: 'icon-button' }, () => {
    const theme: Theme = isDark(store.settings().theme) ? 'light' : 'dark'
    store.choose({ theme })
  })
  const draw = () => {
    const dark = isDark(store.settings().theme)
    face.replaceChildren(icon(dark ? 'sun' : 'moon'))
    face.setAttribute('aria-label', dark ? 'Switch to light colours' : 'Switch to dark colours')
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
  store.subscribe((change) => {
    if (change.kind === 'settings') draw()
  })
  draw()
  return face
}

function requestsPart(store: Store): HTMLElement {
  const summary = el('p', { class: 'part-note' })
  const list = el('ol', { class: 'requests', 'aria-label': 'Requests, newest first' })
  let drawn = -1
  const draw = () => {
    const requests = store.requests()
    if ((requests.at(-1)?.number ?? -1) < drawn) {
      list.replaceChildren()
      drawn = -1
    }
    for (const request of requests) {
      if (request.number <= drawn) continue
      drawn = request.number
      list.prepend(requestRow(request, store.settings().locale))
    }
    while (list.childElementCount > 200) list.lastElementChild?.remove()
    const broken = requests.filter(({ violations }) => violations.length > 0).length
    summary.classList.toggle('bad', broken > 0)
    summary.textContent =
      broken === 0
        ? 'No rule of Discord was broken.'
        : `${broken} of the requests below broke a rule of Discord.`
  }
  store.subscribe((change) => {
    if (change.kind === 'requests') draw()
  })
  return part('Requests', summary, list)
}

function requestRow(request: RequestView, locale: string): HTMLElement {
  const status = request.status ?? 0
  const tone = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'poor' : 'good'
  const code = request.code === undefined ? '' : ` · ${request.code}`
  return el(
    'li',
    { class: request.violations.length > 0 ? 'request broken' : 'request' },
    el(
      'div',
      { class: 'request-line' },
      el('span', { class: `request-status ${tone}` }, status === 0 ? '…' : `${status}${code}`),
      el('span', { class: 'request-method' }, request.method),
      el('span', { class: 'request-path', title: request.path }, shortPath(request.path)),
    ),
    el(
      'div',
      { class: 'request-facts' },
      new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(request.at),
      request.ms === undefined ? '' : ` · ${Math.round(request.ms)} ms`,
    ),
    ...request.violations.map((violation) => el('p', { class: 'violation' }, icon('warning'), violation)),
  )
}

/** Interaction tokens and ids are long and say little; their ends tell them apart. */
function shortPath(path: string): string {
  return decodedPath(path)
    .replaceAll(/\d{15,22}/g, (id) => `…${id.slice(-4)}`)
    .replaceAll(/[\w-]{40,}/g, (token) => `${token.slice(0, 6)}…`)
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
