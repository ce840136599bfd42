/** A message as text on a terminal: what a person would read, with buttons in brackets and menus marked. */
import type { StoredMessage } from './standin/types.ts'

/** Lines of a message, without trailing space. Unknown components are named, not hidden. */
export function messageLines(message: StoredMessage): readonly string[] {
  const { content, components } = message.wire
  return [...(content === '' ? [] : content.split('\n')), ...(components ?? []).flatMap(componentLines)]
}

function componentLines(component: object): readonly string[] {
  const part = parts(component)
  switch (part.type) {
    case 1:
      return [part.children.flatMap(componentLines).join('  ')]
    case 2:
      return [`[${part.label}${part.disabled ? ' –' : ''}]`]
    case 3:
      return [`(${part.placeholder} ▾)`]
    case 9:
      return part.children.flatMap(componentLines)
    case 10:
      return part.content.split('\n').map(plainLine)
    case 14:
      return ['─'.repeat(24)]
    case 17:
      return part.children.flatMap(componentLines).map((line) => `│ ${line}`.trimEnd())
    default:
      return [`(component of type ${part.type})`]
  }
}

/** Only what the transcript shows, whatever else a component holds. */
function parts(component: object) {
  const read = (key: string): unknown => Object.entries(component).find(([name]) => name === key)?.[1]
  const words = (key: string): string => {
    const value = read(key)
    return typeof value === 'string' ? value : ''
  }
  const children = read('components')
  return {
    type: Number(read('type')),
    content: words('content'),
    label: words('label'),
    placeholder: words('placeholder'),
    disabled: read('disabled') === true,
    children: Array.isArray(children)
      ? children.filter((child) => typeof child === 'object' && child !== null)
      : [],
  }
}

/** Discord's markup → how a terminal reads it: links as their text, stamps as dates, escapes undone. */
function plainLine(line: string): string {
  return line
    .replace(/^(#{1,3}|-#) /, '')
    .replace(/\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1')
    .replace(/<t:(\d+):[a-zA-Z]>/g, (_, seconds: string) => utc(Number(seconds)))
    .replace(/<\/([^:>]+):\d+>/g, '/$1')
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
}

function utc(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
