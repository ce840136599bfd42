/**
 * Names of authors out of what pages put into author fields and bylines: prefixes ("Von", "By", "Por"), roles, places,
 * addresses and dates go; lists are split; desks and agencies stay, because they are who the text is from.
 */
import { cleanLine, sameness } from '../line.ts'

const PREFIX =
  /^(?:(?:geschrieben|verfasst|written|reported|escrito|publicado|publié|skrevet|skriven|interview|text|foto|fotos|video|autor(?:in)?|author|auteur|autore|автор|текст|tekst|redaktion|kolumne|ein gastbeitrag|gastbeitrag|kommentar|analyse)\s*)?(?:\s*[:：]\s*|\b(?:von|vom|by|por|par|pelo|di|da|de la redacción|door|av|af|od|autor|автор|yazan)\b\s*[:：]?\s+)/iu
const NOT_A_NAME =
  /^(?:admin|administrator|editor|redaktion|webmaster|user|gast|guest|unknown|unbekannt|null|undefined|n\/?a|staff|author|autor|autoren|true|false|home|login|share|facebook|twitter|instagram|linkedin|mehr|more|weitere|follow|folgen|updated|published|copy link|\p{Lu}?\d+)$/iu
/** Letters by which news agencies sign; one-word names beside a person's are kept only if they are one of these. */
const AGENCIES = new Set(
  'afp ap apa dpa reuters epd kna sid sda ansa efe lusa belga anp ntb tt ritzau pti ani ians tass interfax xinhua kyodo yonhap aap cp pa ots dapd dts bloomberg'.split(
    ' ',
  ),
)
const ROLE =
  /\b(?:editor|correspondent|reporter|writer|korrespondent(?:in)?|redakteur(?:in)?|chefredakteur(?:in)?|journalist(?:e|in|a)?|redactor|redactora|corresponsal|correspondant(?:e)?|inviato|inviata|contributor|politics|staff)\b/iu
const MAX_NAME = 80
const MAX_FIELD = 400
const MAX_AUTHORS = 12

/** The names in author fields, in order and without repetition. Each text may hold several names. */
export function cleanAuthors(texts: readonly string[]): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  for (const name of texts.flatMap(splitAuthors)) {
    const key = sameness(name)
    if (key === '' || seen.has(key) || NOT_A_NAME.test(name)) continue
    seen.add(key)
    names.push(name)
  }
  return names.slice(0, MAX_AUTHORS)
}

/** Two to five words that begin with capitals, or a short name in a script without capitals. */
export function isPersonName(name: string): boolean {
  if (/\d|[!?:"“”«»]/u.test(name)) return false
  const words = name.split(/\s+/)
  if (/[\u3041-\u9fff\uac00-\ud7a3]/.test(name)) return name.length <= 12 && !/[社部局班聞]$/.test(name)
  if (words.length < 2 || words.length > 5) return false
  return words.every((word) =>
    /^(?:\p{Lu}|\p{Lo}|(?:von|van|de|der|den|da|di|del|dos|du|la|le|zu|zur|bin|al|el|ter|ten|y|e|i)$)/u.test(
      word,
    ),
  )
}

function splitAuthors(text: string): string[] {
  if (text.length > MAX_FIELD) return []
  const bare = cleanLine(text)
    .replace(/\([^()]{0,60}\)/gu, ' ')
    .replace(/https?:\/\/\S+|www\.\S+/giu, ' ')
    .replace(/[^\s@]{1,64}@[^\s@]{1,255}/gu, ' ')
  const parts = unprefixed(bare)
    .split(/\s*[,;|/·•、，]\s*|\s+[–—]\s+/u)
    .flatMap(splitConjunction)
    .map((name) => cleanLine(unprefixed(name).replace(/^[\s@\-–:.,]+|[\s\-–:,*]+$/gu, '')))
    .filter(
      (name) =>
        name.length > 1 && name.length <= MAX_NAME && /\p{L}/u.test(name) && !/\d{3}|\d:\d/.test(name),
    )
  return parts.filter((name, index) => index === 0 || !isAside(name, parts[0] ?? '', parts.length))
}

/** After a person's name, one word is a place ("Anna Berg, Frankfurt") unless it is an agency; a role is no name. */
function isAside(name: string, first: string, count: number): boolean {
  if (ROLE.test(name)) return true
  return (
    count === 2 &&
    /\s/.test(first) &&
    !/\s/.test(name) &&
    !AGENCIES.has(name.toLowerCase()) &&
    !/[.\d]|[\u3041-\u9fff\uac00-\ud7a3]/.test(name)
  )
}

/** "Anna Berg und Olaf Kern" are two people; "Le Monde et AFP" and "Tod und Teufel" are left as they are. */
function splitConjunction(text: string): string[] {
  const parts = text.split(/\s+(?:und|and|et|y|e|och|og|en|ja|i|и|ve|&|with|mit)\s+/iu)
  return parts.length > 1 && parts.every((part) => /\S\s+\S/.test(part.trim())) ? parts : [text]
}

function unprefixed(text: string): string {
  return text.trim().replace(PREFIX, '').trim()
}
