/**
 * The text of a JSON Feed that was cut off, made whole again: everything after the last complete item goes, and the
 * brackets left open are closed. Text that is whole is returned as it is.
 */

export interface ClosedJson {
  readonly text: string
  readonly truncated: boolean
}

/** Items lie in an array in the outermost object, so an item is complete when two brackets are open. */
const ITEM_DEPTH = 2

/** Whether the text could be JSON at all. */
export function looksLikeJson(text: string): boolean {
  return /^\s{0,1000}\{/.test(text)
}

export function closeJson(text: string): ClosedJson {
  const open: string[] = []
  let lastItem: { end: number; closers: string } | undefined
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '{') open.push('}')
    else if (character === '[') open.push(']')
    else if (character === '}' || character === ']') {
      open.pop()
      if (open.length === 0) return { text: text.slice(0, at + 1), truncated: false }
      if (character === '}' && open.length === ITEM_DEPTH)
        lastItem = { end: at + 1, closers: open.toReversed().join('') }
    }
  }
  if (lastItem === undefined) return { text, truncated: true }
  return { text: text.slice(0, lastItem.end) + lastItem.closers, truncated: true }
}

/** The index of the closing quote, or of the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}
