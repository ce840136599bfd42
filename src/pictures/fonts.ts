/** The fonts that come along, read once a thread. There are no others: a picture looks the same on every machine. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTypeface, type Typeface } from './typeface.ts'

export interface Fonts {
  /** For what is read first: titles and headlines. Latin, Greek, Cyrillic and their kin. */
  readonly serif: Typeface
  /** Arabic and Hebrew as well. */
  readonly sans: Typeface
  readonly sansBold: Typeface
  readonly files: readonly Uint8Array[]
}

/** The condensed cuts say so by their width, not by their family's name. */
export const stretch = 'condensed'

let read: Fonts | undefined

export function bundledFonts(): Fonts {
  read ??= readFonts()
  return read
}

function readFonts(): Fonts {
  const serif = fontFile('DejaVuSerifCondensed-Bold')
  const sans = fontFile('DejaVuSansCondensed')
  const sansBold = fontFile('DejaVuSansCondensed-Bold')
  return {
    serif: readTypeface(serif, { family: 'DejaVu Serif', weight: 700 }),
    sans: readTypeface(sans, { family: 'DejaVu Sans', weight: 400 }),
    sansBold: readTypeface(sansBold, { family: 'DejaVu Sans', weight: 700 }),
    files: [serif, sans, sansBold],
  }
}

function fontFile(name: string): Uint8Array {
  return readFileSync(fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)))
}
