/** Markdown nodes → elements. Message text only ever becomes text nodes; see dom.ts for what cannot be set. */
import { type Child, el, outwardLink } from './dom.ts'
import { type MarkdownNode, type MentionKind, parseMarkdown } from './markdown.ts'
import { discordTime, fullTime } from './times.ts'

/** What a text needs to know of its surroundings. */
export interface TextContext {
  readonly locale: string
  readonly now: () => number
  /** The name behind a mention, or undefined where the world knows none. */
  readonly nameOf: (kind: MentionKind, id: string) => string | undefined
  readonly openChannel: (id: string) => void
}

/** A text in Discord Markdown as a block of elements. */
export function markdownView(text: string, context: TextContext): HTMLElement {
  return el('div', { class: 'markdown', dir: 'auto' }, ...views(parseMarkdown(text), context))
}

function views(nodes: readonly MarkdownNode[], context: TextContext): readonly Child[] {
  return nodes.map((node) => view(node, context))
}

const spanTags = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' } as const
const headingTags = { 1: 'h3', 2: 'h4', 3: 'h5' } as const

function view(node: MarkdownNode, context: TextContext): Child {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return el('br')
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strike':
      return el(spanTags[node.kind], {}, ...views(node.children, context))
    case 'spoiler':
      return spoiler(views(node.children, context))
    case 'code':
      return el('code', {}, node.text)
    case 'code-block':
      return codeBlock(node.text, node.language)
    case 'heading':
      return el(headingTags[node.level], { class: `heading-${node.level}` }, ...views(node.children, context))
    case 'subtext':
      return el('p', { class: 'subtext' }, ...views(node.children, context))
    case 'quote':
      return el('blockquote', {}, ...views(node.children, context))
    case 'list':
      return list(node.items, node.start, context)
    case 'link':
      return link(node.href, node.masked, views(node.children, context))
    case 'mention':
      return mention(node, context)
    case 'timestamp':
      return time(node, context)
    case 'emoji':
      return el('span', { class: 'custom-emoji', title: `Custom emoji ${node.id}` }, `:${node.name}:`)
  }
}

function codeBlock(text: string, language: string | undefined): HTMLElement {
  return el('pre', { tabindex: 0, 'data-language': language }, el('code', {}, text))
}

function list(
  items: readonly (readonly MarkdownNode[])[],
  start: number | undefined,
  context: TextContext,
): HTMLElement {
  const rows = items.map((item) => el('li', {}, ...views(item, context)))
  return start === undefined ? el('ul', {}, ...rows) : el('ol', { start }, ...rows)
}

/** A masked link names its true address on hover, so that a disguise shows. */
function link(href: string, masked: boolean, children: readonly Child[]): HTMLElement {
  return outwardLink(
    href,
    { title: masked ? href : undefined, class: masked ? 'masked' : undefined },
    ...children,
  )
}

/** Hidden from eyes and screen readers alike until it is opened. */
export function spoiler(children: readonly Child[]): HTMLElement {
  const content = el('span', { class: 'spoiler-content', 'aria-hidden': 'true', inert: true }, ...children)
  const box = el(
    'span',
    { class: 'spoiler', role: 'button', tabindex: 0, 'aria-label': 'Spoiler, press to reveal' },
    content,
  )
  const reveal = () => {
    for (const name of ['role', 'tabindex', 'aria-label']) box.removeAttribute(name)
    for (const name of ['aria-hidden', 'inert']) content.removeAttribute(name)
    box.classList.add('revealed')
  }
  box.addEventListener('click', reveal, { once: true })
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    if (!box.classList.contains('revealed')) event.preventDefault()
    reveal()
  })
  return box
}

const sigils = { user: '@', role: '@', channel: '#', command: '/', everyone: '' } as const
const unknownNames = {
  user: 'unknown-user',
  role: 'unknown-role',
  channel: 'unknown',
  command: '',
  everyone: '',
}

function mention(node: Extract<MarkdownNode, { kind: 'mention' }>, context: TextContext): HTMLElement {
  const known = node.name ?? context.nameOf(node.of, node.id)
  const label = `${sigils[node.of]}${known ?? unknownNames[node.of]}`
  if (node.of !== 'channel' || known === undefined)
    return el('span', { class: 'mention', 'data-mention': node.of }, label)
  const pill = el('button', { type: 'button', class: 'mention', 'data-mention': 'channel' }, label)
  pill.addEventListener('click', () => context.openChannel(node.id))
  return pill
}

function time(node: Extract<MarkdownNode, { kind: 'timestamp' }>, context: TextContext): HTMLElement {
  const instant = node.seconds * 1000
  return el(
    'time',
    {
      class: 'timestamp',
      datetime: new Date(instant).toISOString(),
      title: fullTime(instant, context.locale),
      'data-relative': node.style === 'R' ? node.seconds : undefined,
    },
    discordTime(node.seconds, node.style, context.locale, context.now()),
  )
}

/** What is told from now, such as "2 hours ago", is told anew: the clock has gone on. */
export function refreshTimes(root: HTMLElement, { locale, now }: Pick<TextContext, 'locale' | 'now'>): void {
  for (const shown of root.querySelectorAll<HTMLElement>('[data-relative]'))
    shown.textContent = discordTime(Number(shown.dataset.relative), 'R', locale, now())
}
