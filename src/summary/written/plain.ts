/**
 * Whether an answer is plain prose, as a newspaper would print it: no markup, links, addresses, mentions, lists, emoji,
 * invisible characters or letters of another script, and no talk about itself ("As an AI …", "Here is …", "this
 * article"). The marks of prose are listed; any other sign is allowed only where the source has it.
 */
import { foldWord, tokenise } from '../../language/tokens.ts'

/** Never shown, whatever the source has: what Discord or a browser could take for more than text. */
const FORBIDDEN = /[<>{}[\]`*_#|~@\\^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u
const LINK = /\b(?:https?|ftp|mailto|discord|javascript|data):|\/\/|www\./iu
/** "evil.example", also after the last full stop where somebody forgot the space. */
const DOMAIN = /(?<![\p{L}\p{N}])[\p{L}\p{N}-]+\.(?:[\p{L}\p{N}-]+\.)*\p{L}{2,}(?![\p{L}\p{N}])/gu
const LIST = /^\s*(?:[-–—•·]|\d{1,2}[.)]|[a-z]\))\s/imu
/** A line that announces what follows: "Here is the summary:", "Zusammenfassung:". */
const ANNOUNCEMENT = /^[^.!?\n]{0,80}:\s*(?:\n|$)|^\s*(?:\p{L}+\s){0,2}\p{L}+:\s/u
const PROSE = /[\p{Script=Latin}\p{Nd}\s.,;:!?'"’‘‚“”„«»‹›()–—\-…/%€$£&°²³½¼¾·+]/u
const QUOTATION = /[„“”«»"][^„“”«»"]*[„“”«»"]/gu

/** Words in which a model speaks of itself, of its task or to its reader: in any language, and in each. */
const TALK_ANYWHERE = words('ai ki llm gpt chatgpt assistant prompt')
const TALK: Readonly<Record<string, ReadonlySet<string>>> = {
  de: words(`ich mein meine meinen mir mich dein deine assistent sprachmodell zusammenfassung zusammengefasst
    zusammenfassen artikel text texte anweisung anweisungen entschuldigung bitte`),
  en: words(`i i'm my me your you sorry apologies please summary summarise summarize summarised summarized article
    articles text instruction instructions`),
  fr: words('je j mon ma mes votre vos résumé résumer article articles texte instructions désolé désolée'),
  es: words('yo mi mis tu resumen resumir artículo artículos texto instrucciones asistente lamento'),
  it: words('io mio mia riassunto riassumere articolo articoli testo istruzioni assistente spiacente'),
  pt: words('eu meu minha resumo resumir artigo artigos texto instruções assistente desculpe'),
  nl: words('ik mijn jouw samenvatting samenvatten artikel artikelen tekst instructies sorry'),
  sv: words(
    'jag min mitt din ditt sammanfattning sammanfatta artikel artikeln text texten instruktioner tyvärr',
  ),
  da: words('jeg min mit din dit sammenfatning resumé artikel artiklen tekst teksten instruktioner beklager'),
  no: words(
    'jeg min mitt din ditt sammendrag oppsummering artikkel artikkelen tekst teksten instruksjoner beklager',
  ),
  pl: words('mój moja twój streszczenie podsumowanie artykuł artykuły tekst instrukcje przepraszam'),
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u))
}

export type Unplain = 'markup' | 'talk'

/** What keeps `text` from being plain prose; undefined where nothing does. `source` is all that the model was given. */
export function whyNotPlain(text: string, source: string, language: string): Unplain | undefined {
  if (FORBIDDEN.test(text.replace(/\n/gu, ' ')) || LINK.test(text) || LIST.test(text)) return 'markup'
  if ((text.match(DOMAIN) ?? []).some((domain) => !standsAlone(domain, source))) return 'markup'
  for (const character of text) if (!PROSE.test(character) && !source.includes(character)) return 'markup'
  if (ANNOUNCEMENT.test(text)) return 'talk'
  return talks(text, source, language) ? 'talk' : undefined
}

/** As a word of its own, like the firm that is called "Booking.com"; not as part of an address. */
function standsAlone(domain: string, source: string): boolean {
  return source.split(/[\s()"„“”,;]+/u).some((word) => word.replace(/[.:!?]+$/u, '') === domain)
}

/** Outside of quotations, and with a word that the source itself does not use so. */
function talks(text: string, source: string, language: string): boolean {
  const own = Object.hasOwn(TALK, language) ? TALK[language] : undefined
  const spoken = (from: string): string[] => tokenise(from.replace(QUOTATION, ' '), language).map(foldWord)
  const known = new Set(spoken(source))
  return spoken(text).some((word) => (TALK_ANYWHERE.has(word) || own?.has(word) === true) && !known.has(word))
}
