/** The files that pages need, read once: the stylesheet and the icon. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

interface Style {
  readonly text: string
  /** `/style-<hash>.css`: another text has another address. */
  readonly path: string
}

let style: Style | undefined
let icon: string | undefined

export function styleFile(): Style {
  if (style === undefined) {
    const text = readFileSync(new URL('./style.css', import.meta.url), 'utf8')
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
    style = { text, path: `/style-${hash}.css` }
  }
  return style
}

export function iconFile(): string {
  icon ??= readFileSync(new URL('./icon.svg', import.meta.url), 'utf8')
  return icon
}
