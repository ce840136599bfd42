/** Sentences for people, in their language. Values are inserted as they are: foreign text is escaped by the caller. */
import { IntlMessageFormat } from 'intl-messageformat'
import { de } from './de.ts'
import { type Catalog, en, type TextKey } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { pt } from './pt.ts'

export type Values = Readonly<Record<string, string | number>>
export interface Say {
  /** BCP 47 tag of the language spoken. */
  readonly locale: string
  (key: TextKey, values?: Values): string
}

export const catalogs: Readonly<Record<string, Catalog>> = { en, de, fr, es, pt }

/** Discord’s locales in which a language other than English is spoken: developers/reference, Locales. */
export const discordLocales = [
  { discord: 'de', catalog: 'de' },
  { discord: 'fr', catalog: 'fr' },
  { discord: 'es-ES', catalog: 'es' },
  { discord: 'es-419', catalog: 'es' },
  { discord: 'pt-BR', catalog: 'pt' },
] as const

const formats = new Map<string, IntlMessageFormat>()

/** Speaks the language of `locale` (`de`, `pt-BR`), or English where it is not spoken. */
export function sayIn(locale: string): Say {
  const language = locale.toLowerCase().split('-')[0] ?? 'en'
  const catalog = catalogs[language]
  const spoken = catalog === undefined ? 'en' : locale
  const say = (key: TextKey, values: Values = {}): string => {
    const text = (catalog ?? en)[key]
    const cacheKey = `${spoken}\u0000${key}`
    const format =
      formats.get(cacheKey) ??
      new IntlMessageFormat(typeset(text, language), spoken, undefined, { ignoreTag: true })
    formats.set(cacheKey, format)
    return String(format.format(values))
  }
  return Object.assign(say, { locale: spoken })
}

const withinDurations = /(?<=#|, number\}|\d) (?=min|hour|day|Stunde|Tag|Uhr|heure|jour|hora|d[ií]a)/giu

/** What nobody types: a figure and its unit of time stay on one line, and French punctuation stands off by a narrow space. */
function typeset(text: string, language: string): string {
  const whole = text.replace(withinDurations, '\u00a0')
  return language === 'fr' ? whole.replace(/ (?=[;:!?»])|(?<=«) /gu, '\u202f') : whole
}

/** Whether a string names a sentence. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key)
}
