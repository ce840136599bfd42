/**
 * The one door to the DOM library. The rest of the folder sees only the few members below, so that replacing the
 * library edits this file.
 */
import { parseHTML } from 'linkedom'
import { cleanLine } from '../line.ts'

export const ELEMENT = 1
export const TEXT = 3

export interface PageNode {
  readonly nodeType: number
  readonly textContent: string | null
  readonly parentElement: PageElement | null
  readonly firstChild: PageNode | null
  readonly nextSibling: PageNode | null
}

export interface PageElement extends PageNode {
  readonly localName: string
  readonly firstElementChild: PageElement | null
  readonly nextElementSibling: PageElement | null
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
  closest(selector: string): PageElement | null
  remove(): void
}

export interface PageDocument {
  readonly documentElement: PageElement
  readonly body: PageElement
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
}

/** Builds a DOM of markup that went through `boundMarkup`. */
export function parsePage(markup: string): ReturnType<typeof parseHTML>['document'] {
  return parseHTML(markup).document
}

/** Whether a node is an element; narrows. */
export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === ELEMENT
}

/** Whether a node is an element or lies inside it; takes as long as the node is deep, not as the element is large. */
export function isWithin(node: PageNode, element: PageElement): boolean {
  for (let at: PageNode | null = node; at !== null; at = at.parentElement) if (at === element) return true
  return false
}

/** The child elements of an element, in order. */
export function childrenOf(element: PageElement): PageElement[] {
  const children: PageElement[] = []
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) {
    children.push(child)
  }
  return children
}

/** Text of a node with white space collapsed. */
export function textOf(node: PageNode): string {
  return cleanLine(node.textContent ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
}

/** Plain text of a string that may hold entities (even twice encoded) or tags, as metadata fields do. */
export function plainText(value: string): string {
  const decoded = value
    .slice(0, MAX_FIELD)
    .replace(
      /&(amp|quot|apos|lt|gt|nbsp|#\d{1,6}|#x[\da-f]{1,6});/gi,
      (whole, name: string) => decodeEntity(name) ?? whole,
    )
  if (!/<[a-z/]|&[a-z]{2,12};/i.test(decoded)) return cleanLine(decoded)
  const document: PageDocument = parsePage(`<html><head></head><body>${decoded}</body></html>`)
  return textOf(document.body)
}

/** Metadata fields longer than this are cut. */
const MAX_FIELD = 20_000

function decodeEntity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()]
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
