/**
 * The short lines around an article's text that say who wrote it, when, for whom and where it can be found:
 * `By Jane Doe, Staff Writer`, `Stand: 21.11.2026, 14:30 Uhr`, `Quelle: dpa`, `source-120`, an address. A line is a
 * credit only if every part of it is understood; a sentence that begins like one (`Von Berlin aus …`) is not.
 */
import type { Instant } from './article.ts'
import { parseDate } from './dates.ts'
import { webAddress } from './line.ts'
import { cleanAuthors } from './page/authors.ts'

/** What a line of credits tells; nothing of it may be known where a line is only a note such as `Updated`. */
export interface Credits {
  readonly authors?: readonly string[]
  readonly publishedAt?: Instant
  readonly url?: string
  readonly outlet?: string
}

const MAX_LINE = 160

/** The outlet of a line such as `source-120`, `[Source: Example Times]` or `Quelle: dpa`. */
export function readSource(line: string): Credits | undefined {
  if (line.length > MAX_LINE) return undefined
  const bare = line.replace(/^[\s([{*_–—-]+|[\s)\]}*_]+$/gu, '')
  if (
    /^(?:source|src|quelle|fuente|fonte|bron|källa|kilde|źródło|источник)[-_ #]{0,2}\d{1,6}$/iu.test(bare)
  ) {
    return { outlet: bare }
  }
  const named =
    /^(?:sources?|via|quellen?|fuentes?|fontes?|fonti|bron(?:nen)?|källa|kilde|źródło|источник|出典|出所|ソース)\s*[:：]\s*(\S.{0,100})$/iu.exec(
      bare,
    )?.[1]
  if (named === undefined) return undefined
  const url = webAddress(named)
  if (url !== undefined) return { url }
  const outlet = named.replace(/[\s.]+$/u, '')
  return /[\p{L}\p{N}]/u.test(outlet) && outlet.split(' ').length <= 10 ? { outlet } : undefined
}

/** `source-120` at the end of a paragraph that lost its line break. */
export const MARKER_AT_END = /[\s([]+(source[-_]\d{1,6})[)\]]?\s*$/iu

/** The address of a line that holds nothing else, with or without a label. */
export function readAddress(line: string): Credits | undefined {
  const bare =
    /^(?:(?:url|link|permalink|web|online|original|quelle|source|lien|enlace|ссылка)\s*[:：]\s*)?[<(]?(https?:\/\/[^\s<>]+?)[>)]?$/iu.exec(
      line,
    )?.[1]
  const url = bare === undefined ? undefined : webAddress(bare)
  return url === undefined ? undefined : { url }
}

/** Authors and dates of a line. Parts may be separated by bars, dots or dashes. */
export function readByline(line: string): Credits | undefined {
  if (line.length > MAX_LINE) return undefined
  const parts = line.split(/\s*[|·•]\s*|\s[–—-]\s|\s*[/]\s+/u).filter((part) => part !== '')
  const found = parts.map((part) => readBoth(part) ?? readDate(part) ?? readAuthors(part) ?? readNote(part))
  if (found.length === 0 || found.includes(undefined)) return undefined
  return Object.assign({}, ...found.toReversed())
}

const DATE_LABEL =
  /^(?:stand|datum|vom|veröffentlicht(?: am)?|erstellt(?: am)?|erschienen(?: am)?|aktualisiert(?: am)?|zuletzt aktualisiert(?: am)?|date|dated|published(?: on| at)?|posted(?: on)?|updated(?: on| at)?|last updated(?: on)?|last modified|first published|publié(?: le)?|mis à jour(?: le)?|modifié(?: le)?|le|publicado(?: el| em)?|actualizado(?: el| em)?|atualizado(?: em)?|fecha|data|pubblicato(?: il)?|aggiornato(?: il)?|gepubliceerd(?: op)?|bijgewerkt(?: op)?|opublikowano|aktualizacja|опубликовано|обновлено|дата|公開|公開日|更新|更新日|配信|掲載日)\s*[:：]?\s*/iu
const ANY_WORD = /\p{L}{3,}/gu

function readDate(part: string): Credits | undefined {
  const rest = part.replace(DATE_LABEL, '')
  if (!/\d/.test(rest) || rest.length > 60 || (rest.match(ANY_WORD) ?? []).length > 5) return undefined
  if (!/\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2}|月/.test(rest)) return undefined
  const publishedAt = parseDate(rest)
  return publishedAt === undefined ? undefined : { publishedAt }
}

const BY = /^(?:von|by|par|por|di|door|af|av|od|автор)\s+(?=\p{Lu})/iu
const AUTHOR_LABEL =
  /^(?:(?:text|autor|autorin|autoren|autor(?:in|en)?\/?(?:in|innen)?|author|authors|written by|words|auteur|auteurs|autore|autori|autores|autora|redacción|tekst|автор|авторы|текст|文|執筆|著者|筆者)\s*[:：=＝]\s*|(?:written|reported) by\s+|geschrieben von\s+|記者[:：])/iu
const ROLE =
  /^(?:(?:the )?(?:staff|senior|chief|special|political|foreign|science|sports?|business|environment|health|north|south|east|west|\p{Lu}\p{Ll}+)\s+){0,3}(?:writer|reporter|correspondent|editor|staff|desk|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|redaktion|dpa|afp|ap|reuters|epd|kna|sid|apa|ansa|efe|lusa)$/iu

function readAuthors(part: string): Credits | undefined {
  const label = AUTHOR_LABEL.exec(part)?.[0] ?? BY.exec(part)?.[0]
  if (label === undefined) return undefined
  const rest = part.slice(label.length).trim()
  if (/[.!?]\s*$/u.test(rest) && rest.split(' ').length > 4) return undefined
  const pieces = rest.split(/\s*[,;]\s*/u)
  const [first = ''] = pieces
  const isLabelled = AUTHOR_LABEL.test(part)
  const names = cleanAuthors([
    first,
    ...pieces.slice(1).filter((piece) => !ROLE.test(piece) && isName(piece)),
  ])
  const isAgency = ROLE.test(first)
  if (names.length === 0 || !names.every((name) => isName(name) || isAgency || (isLabelled && isShort(name))))
    return undefined
  return pieces.length > 5 ? undefined : { authors: names }
}

/** `Von Max Muster, 21. November 2026`: names up to a comma, then a date. */
function readBoth(part: string): Credits | undefined {
  for (const comma of part.matchAll(/[,;(]\s*(?=.{0,40}\d)/gu)) {
    const authors = readAuthors(part.slice(0, comma.index))
    const date = readDate(part.slice(comma.index + comma[0].length).replace(/\)$/, ''))
    if (authors !== undefined && date !== undefined) return { ...authors, ...date }
  }
  return undefined
}

const PARTICLE =
  /^(?:von|vom|van|de|der|den|del|della|da|di|du|dos|das|la|le|el|al|bin|ibn|ben|zu|zur|und|and|et|y|e|и|i|en|&)$/iu

/** Two to six words that begin with a capital, particles aside; or Han and Kana without a sentence's signs. */
function isName(text: string): boolean {
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\s・]{2,16}$/u.test(text)) return true
  const words = text.split(' ').filter((word) => !PARTICLE.test(word))
  return (
    words.length >= 2 && words.length <= 6 && words.every((word) => /^\p{Lu}[\p{L}\p{M}'’.-]*$/u.test(word))
  )
}

function isShort(text: string): boolean {
  return text.split(' ').length <= 4 && !/[.!?]$/u.test(text)
}

/** Parts of a byline that tell nothing we keep: an agency, a place, a reading time. */
function readNote(part: string): Credits | undefined {
  const isNote =
    ROLE.test(part) ||
    /^\d{1,2}[:.]\d{2}(?:\s*(?:uhr|h|am|pm|a\.m\.|p\.m\.|[A-Z]{2,5}))*$/iu.test(part) ||
    /^\d{1,3}\s*min(?:uten|utes)?\.?(?:\s\p{L}{4,12})?$/iu.test(part)
  return isNote ? {} : undefined
}
