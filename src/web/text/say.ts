/** What pages say of themselves, in the language of a digest or of a reader. */
import { de } from './de.ts'
import { en, type Texts } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { pt } from './pt.ts'

export const catalogs: Readonly<Record<string, Texts>> = { en, de, fr, es, pt }

export interface Say {
  /** BCP 47 tag of the language spoken. */
  readonly language: string
  readonly texts: Texts
  readonly figure: (number: number) => string
  /** A text about a number of things. */
  readonly count: (text: (figure: string, one: boolean) => string, number: number) => string
}

/** Speaks the language of `tag` (`de`, `pt-BR`), or English where it is not spoken. */
export function sayIn(tag: string): Say {
  const own = catalogs[primary(tag)]
  const language = own === undefined ? 'en' : tag
  const figures = new Intl.NumberFormat(language)
  const plurals = new Intl.PluralRules(language)
  const figure = (number: number): string => figures.format(number)
  return {
    language,
    texts: own ?? en,
    figure,
    // A figure and what it counts stay on one line.
    count: (text, number) =>
      text(figure(number), plurals.select(number) === 'one').replace(/(\d) /, '$1\u00a0'),
  }
}

const mostWishes = 20

/** The language that a reader likes best of those spoken here (`Accept-Language`); `fallback` where that tells nothing. */
export function readersLanguage(accepted: string | undefined, fallback: string): string {
  const wishes = (accepted ?? '')
    .split(',', mostWishes)
    .map((wish) => {
      const [tag = '', ...parameters] = wish.split(';').map((part) => part.trim())
      const quality = parameters.find((each) => each.startsWith('q='))
      return { language: primary(tag), weight: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ language, weight }) => Object.hasOwn(catalogs, language) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return wishes[0]?.language ?? fallback
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
