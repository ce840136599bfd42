/**
 * What stands around an article on the web and is no part of it: comment forms, share buttons, related links,
 * newsletter and cookie lines, copyright notices. Phrases are kept per language and only ever match a whole line,
 * or a short line that starts with one and a separator. A sentence that merely begins with such words stays, and so
 * does any long line: it is better to show one odd line than to lose one of the author's.
 */
import { PHRASES } from './boilerplate-phrases.ts'
import { columns, endsSentence, roughSentenceCount } from './line.ts'

const languages = Object.values(PHRASES)
const TAIL = new Set(languages.flatMap((phrases) => phrases.tail))
const COMMENTS = new Set(languages.flatMap((phrases) => phrases.comments))
const WHOLE = new Set([...languages.flatMap((phrases) => phrases.whole), ...TAIL, ...COMMENTS])
const POINTERS = new Set([...languages.flatMap((phrases) => phrases.pointers), ...TAIL])
const LABELS = new Set(languages.flatMap((phrases) => phrases.labels))

/** Places to share to, and the verbs of their buttons. A line of nothing else is a row of buttons. */
const SHARE_WORDS = new Set(
  (
    'facebook twitter x linkedin whatsapp telegram reddit pinterest instagram threads bluesky mastodon tumblr pocket ' +
    'xing flipboard tiktok youtube messenger signal viber line hatena vk vkontakte ok.ru email e-mail mail rss print ' +
    'drucken teilen share tweet tweeten pin copy link copylink kopieren imprimer imprimir partager compartir condividi ' +
    'compartilhar delen stampa afdrukken via on auf per sur en su no op und and et y e comments more mehr like sms ' +
    'поделиться вконтакте одноклассники телеграм ツイート シェア はてブ'
  ).split(' '),
)
const NETWORKS =
  /facebook|tweet|ツイート|twitter|linkedin|whatsapp|telegram|reddit|pinterest|instagram|bluesky|mastodon|tumblr|xing|flipboard|tiktok|вконтакте|はてブ/i

/** Kinds of line that hold numbers or names and so cannot be listed. Each is anchored, and tried on short lines only. */
const PATTERNS: readonly RegExp[] = [
  /^(?:copyright\b[\s:]*|©\s*|\(c\)\s*)+(?:\d{4}\b|by\b|all rights\b).{0,120}$/iu,
  /^(?:copyright\s*)?(?:©|\([cC]\))\s*\p{Lu}[^.!?]{0,80}$/u,
  /^.{0,80}(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|riproduzione riservata|alle rechten voorbehouden|все права защищены|無断転載).{0,60}$/iu,
  /^\(?\d[\d.,]{0,8}\)?\s*(?:comments?|replies|responses|shares?|likes?|views?|kommentare?n?|aufrufe|commentaires?|partages|vues|comentarios?|comentários?|commenti|commento|reacties?|комментари\p{L}{1,3}|コメント|件のコメント)$/iu,
  /^(?:comments?|kommentare?|commentaires?|comentarios|comentários|commenti|reacties|комментарии)\s*[([]\d[\d.,]{0,8}[)\]]$/iu,
  /^\d{1,3}\s*(?:min(?:ute)?s?\.?|minuten|minutos|minuti)\s*(?:read|lesezeit|lesedauer|lecture|de lecture|de lectura|de leitura|di lettura|leestijd)$/iu,
  /^(?:estimated )?reading time\b.{0,30}$/iu,
  /^(?:this (?:web)?site|we|our (?:web)?site|our partners|by (?:using|continuing)) .{0,60}\bcookies?\b.{0,120}$/iu,
  /^(?:wir|diese (?:web)?seite|diese website|unsere (?:web)?seite|unsere website|mit der nutzung) .{0,80}\bcookies?\b.{0,120}$/iu,
  /^(?:ce site|nous|este sitio|este site|questo sito|utilizamos|usamos|utilizziamo|deze (?:web)?site|wij gebruiken) .{0,80}\bcookies?\b.{0,120}$/iu,
  /^(?:your email address will not be published|required fields are marked|deine e-mail-adresse wird nicht veröffentlicht|erforderliche felder sind|votre adresse (?:e-mail|de messagerie) ne sera pas|tu dirección de correo electrónico no será|o seu endereço de e?-?mail não será|il tuo indirizzo email non sarà|je e-mailadres wordt niet|ваш адрес email не будет|メールアドレスが公開されることはありません).{0,140}$/iu,
  /^(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletters?|emails?|inbox|alerts)\b.{0,60}$/iu,
  /^(?:get|receive) .{0,80}\b(?:in your inbox|to your inbox|newsletters?)\b.{0,40}$/iu,
  /^(?:abonnieren sie|melden sie sich|jetzt|hier|unseren?|zum) .{0,60}newsletters?\b.{0,60}$/iu,
  /^(?:inscrivez|abonnez)-vous .{0,80}newsletter.{0,40}$/iu,
  /^(?:you must be|you need to be|please) (?:logged in|log in|sign in|registered) .{0,60}comment.{0,20}$/iu,
  /^(?:du musst|sie müssen) .{0,60}(?:angemeldet|eingeloggt) sein.{0,60}(?:kommentar|kommentieren).{0,40}$/iu,
  /^(?:like|share|follow|folgen sie|suivez|siga|síguenos|seguici)\b.{0,20}\b(?:facebook|twitter|x|instagram|whatsapp|telegram|youtube|google news)\b.{0,40}$/iu,
  /^(?:originally published|first published|this (?:article|story|post) (?:was )?(?:originally |first )(?:appeared|published)) .{0,100}$/iu,
  /^(?:enter|type) your (?:e-?mail|comment|name|search).{0,40}$/iu,
  /^(?:name|e-?mail|website|kommentar|comment|save my name.{0,100}|meinen namen, meine e-mail-adresse.{0,120})\s*\*$/iu,
  /^(?:save my name, email|meinen namen, meine e-mail).{0,120}$/iu,
  /^(?:please )?(?:enable|turn on|activate) javascript.{0,60}$/iu,
  /^(?:like (?:this)?:? ?)?loading(?:\.\.\.|…)$/iu,
  /^(?:\(?opens in (?:a )?new (?:window|tab)\)?|click to .{3,60}\(opens in new window\))$/iu,
]

const MAX_LINE = 220
const MAX_LABELLED = 160
const SENTENCE_COLUMNS = 30

/** Whether a whole line is furniture of a web page rather than part of a text. */
export function isBoilerplateLine(line: string): boolean {
  const trimmed = line.trim()
  if (trimmed === '' || trimmed.length > MAX_LINE) return false
  const phrase = phraseOf(trimmed)
  if ((WHOLE.has(phrase) && !isShortSentence(trimmed)) || isShareRow(phrase) || isLabelled(trimmed))
    return true
  return PATTERNS.some((pattern) => pattern.test(trimmed))
}

/** `More.` or `No comment.` may be all that somebody said. */
function isShortSentence(line: string): boolean {
  return /[^.]\.$/.test(line) && line.split(' ').length <= 2
}

/** `» Read more …` → `read more`: what is compared with the tables. */
function phraseOf(line: string): string {
  return line
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[^\p{L}\p{N}©]+/u, '')
    .replace(/[^\p{L}\p{N}©!]+$/u, '')
    .replace(/\s+/g, ' ')
}

/** `Lesen Sie auch: …`, `Photo: …`. The author's own sentence after a word such as *photo* and a colon stays. */
function isLabelled(line: string): boolean {
  const match = /^[^\p{L}\p{N}]{0,4}([^:：|>»–—]{2,40}?)\s*(?:[:：|>»]|\s[–—-]\s)\s*(.*)$/u.exec(line)
  if (match === null || line.length > MAX_LABELLED) return false
  const label = phraseOf(match[1] ?? '')
  const isSentence = endsSentence(line) && columns(match[2] ?? '') >= SENTENCE_COLUMNS
  return POINTERS.has(label) || (LABELS.has(label) && !isSentence)
}

function isShareRow(phrase: string): boolean {
  if (!NETWORKS.test(phrase)) return false
  const words = phrase.split(/[\s,|/·•()+&:]+/).filter((word) => word !== '')
  return words.length <= 24 && words.every((word) => SHARE_WORDS.has(word))
}

/** At least this share of the text stands before a heading that may cut what follows. */
const BEFORE_TAIL = 0.5
const PROSE_COLUMNS = 90

/**
 * The paragraphs without what trails them: from the first heading such as *Related posts* in the second half on,
 * only prose stays; from the heading of readers' comments on, nothing does. Paragraphs before it are not touched.
 */
export function cutTail(paragraphs: readonly string[]): string[] {
  const index = findTail(paragraphs)
  const heading = paragraphs[index]
  if (heading === undefined) return [...paragraphs]
  const before = paragraphs.slice(0, index)
  return isCommentsHeading(heading) ? before : [...before, ...proseOf(paragraphs.slice(index + 1))]
}

/** The index of the heading from which on an article is over; the number of paragraphs where there is none. */
export function findTail(paragraphs: readonly string[]): number {
  const total = size(paragraphs)
  let before = 0
  const index = paragraphs.findIndex((paragraph, at) => {
    const isTail =
      at > 0 && before >= total * BEFORE_TAIL && (isCommentsHeading(paragraph) || isTailHeading(paragraph))
    before += columns(paragraph)
    return isTail
  })
  return index === -1 ? paragraphs.length : index
}

function isTailHeading(line: string): boolean {
  return line.length <= 80 && TAIL.has(phraseOf(line))
}

function isCommentsHeading(line: string): boolean {
  if (line.length > 60) return false
  const phrase = phraseOf(line).replace(/^\d[\d.,]*\s+|\s+\(?\d[\d.,]*$/g, '')
  return COMMENTS.has(phrase) || /^\d[\d.,]{0,6} (?:responses|thoughts|replies) (?:to|on)\b/i.test(line)
}

function proseOf(paragraphs: readonly string[]): string[] {
  const comments = paragraphs.findIndex(isCommentsHeading)
  return (comments === -1 ? paragraphs : paragraphs.slice(0, comments)).filter(isProse)
}

/** Whole sentences of some length, as an author writes them and a list of links does not. */
function isProse(paragraph: string): boolean {
  if (columns(paragraph) < PROSE_COLUMNS || isBoilerplateLine(paragraph)) return false
  return (
    endsSentence(paragraph) &&
    (roughSentenceCount(paragraph) > 1 || columns(paragraph) >= PROSE_COLUMNS * 1.5)
  )
}

/** No article loses more of its text than this to line patterns; where it would, they are wrong about it. */
const MAX_REMOVED = 0.4

/** The paragraphs without boilerplate lines and tail, unless that would take a large part of the text. */
export function removeBoilerplate(paragraphs: readonly string[]): string[] {
  const cut = cutTail(paragraphs)
  const kept = cut.filter((paragraph) => !isBoilerplateLine(paragraph))
  const proseLost =
    size(cut.filter((paragraph) => endsSentence(paragraph))) -
    size(kept.filter((paragraph) => endsSentence(paragraph)))
  return proseLost > size(cut) * MAX_REMOVED && kept.length > 0 ? cut : kept
}

function size(paragraphs: readonly string[]): number {
  return paragraphs.reduce((sum, paragraph) => sum + columns(paragraph), 0)
}
