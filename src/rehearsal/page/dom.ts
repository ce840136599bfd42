/**
 * The only place where elements are made. Text becomes text nodes and nothing else; event handlers and inline
 * styles cannot be set as attributes, and an address that is not http(s) is never a link.
 */

export type Child = Node | string | undefined | false
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element with attributes (`true` is the empty attribute, `false` and `undefined` are left out) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  setAttributes(element, attributes)
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (/^(on|style$|href$|src$)/i.test(name)) throw new Error(`Attribute ${name} is not set this way.`)
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : String(value))
  }
}

/** A button that does something; never a submit button by accident. */
export function button(
  attributes: Attributes,
  onPress: (event: MouseEvent) => void,
  ...children: Child[]
): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, ...children)
  element.addEventListener('click', onPress)
  return element
}

/** A link to another site, opened beside the page; plain text where the address is not http(s). */
export function outwardLink(href: string, attributes: Attributes, ...children: Child[]): HTMLElement {
  if (!isWebAddress(href)) return el('span', attributes, ...children)
  const link = el('a', { target: '_blank', rel: 'noopener noreferrer nofollow', ...attributes }, ...children)
  link.href = href
  return link
}

export function isWebAddress(href: string): boolean {
  return /^https?:\/\//i.test(href) && URL.canParse(href)
}

/** The element a page part must have; its absence is a mistake in index.html. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`index.html has no #${id}.`)
  return element
}

const svgNamespace = 'http://www.w3.org/2000/svg'

const iconPaths = {
  text: 'M10 3 8 21M16 3l-2 18M4 8.5h17M3 15.5h17',
  announcement: 'M4 10v4h3l8 4V6l-8 4H4Zm14-1a4 4 0 0 1 0 6M8 15v4h3',
  forum: 'M4 5h13v9H9l-4 3v-3H4V5Zm6 12h7l3 3V9',
  thread: 'M5 4v9a3 3 0 0 0 3 3h11M15 12l4 4-4 4',
  dm: 'M4 5h16v12H10l-4 3v-3H4V5Z',
  menu: 'M4 6h16M4 12h16M4 18h16',
  panel: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5v5M7 14.5v5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z',
  close: 'M6 6l12 12M18 6 6 18',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3.5 2',
  file: 'M6 3h8l4 4v14H6V3ZM14 3v4h4',
  link: 'M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  chevron: 'M6 9l6 6 6-6',
  down: 'M12 5v14M6 13l6 6 6-6',
  picture: 'M4 5h16v14H4V5ZM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  reply: 'M5 18v-6a4 4 0 0 1 4-4h11',
  send: 'M4 12 20 4l-5 16-4-6-7-2Z',
  warning: 'M12 4 2.5 20h19L12 4ZM12 10v5M12 17.5v.01',
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
} as const

export type IconName = keyof typeof iconPaths

/** A line drawing; silent to screen readers, so what carries it needs its own words. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg')
  setAttributes(svg, { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' })
  const path = document.createElementNS(svgNamespace, 'path')
  path.setAttribute('d', iconPaths[name])
  svg.append(path)
  return svg
}
