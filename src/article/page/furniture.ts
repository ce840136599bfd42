/**
 * Lines that belong to the page and not to the text, beyond the phrases of `article/boilerplate.ts`: they hold names,
 * dates or numbers, or count only where they stand (right under the headline, after the last paragraph). Every pattern
 * is anchored at the start or tried on short text, and none can backtrack over more than a line's cap.
 */
import { foldDateText, MONTHS, ZONE_OFFSETS, ZONE_PLACES } from '../date-words.ts'
import { columns, endsSentence } from '../line.ts'

const TIME_WORDS = new Set(
  foldDateText(
    'stand vom am um uhr und on at the of de la le el il den der das du kl klo alle ore à h min mins minute minutes minuten minuti ' +
      'minutos sec read reading time lesezeit lesedauer lecture lettura leitura lectura tiempo temps zeit ca etwa circa ' +
      'published publish date publiziert veröffentlicht publié publicado pubblicato publicerad publisert opublikowano giriş original posted ' +
      'updated update last aktualisiert zuletzt aktualisierung mis jour modifié actualizado aggiornato atualizado uppdaterad oppdatert ' +
      'güncelleme erstellt erschienen geändert modified created datum fecha data heute gestern today yesterday vor ago hours hour ' +
      'stunden tagen tage days montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so ' +
      'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun ' +
      'lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo ' +
      'segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica ' +
      'a p m am pm et ct mt pt edition print printausgabe ausgabe hrs comments comment kommentare kommentar 일 월 년 입력 수정',
  ).split(' '),
)
const isTimeWord = (word: string): boolean =>
  TIME_WORDS.has(word) || MONTHS.has(word) || ZONE_OFFSETS.has(word) || ZONE_PLACES.has(word)

/** A date, a time or a reading time, and nothing else. */
export function isTimeLine(text: string): boolean {
  if (!/\d/.test(text) || columns(text) > 120) return false
  const words = foldDateText(text.replace(/(?<=\d\s?)[年月日時分년월일시분]/gu, ' ')).match(/\p{L}+/gu) ?? []
  if (words.length > 0) return words.every(isTimeWord)
  return /^\D{0,3}\d{1,4}[./\-:年 ]+\d{1,2}/.test(text) && /^[\d\s./\-:年月日時分|,–]+$/u.test(text)
}

/** A short line that names a full date and little else: `By HNN Staff | November 18, 2019 at 2:26 PM`. */
export function isDateline(text: string, maxOtherWords: number): boolean {
  if (columns(text) > 140 || endsSentence(text)) return false
  const folded = foldDateText(text)
  const words = folded.match(/\p{L}+/gu) ?? []
  const hasMonth = words.some((word) => word.length > 2 && MONTHS.has(word)) && /\b\d{4}\b/.test(folded)
  if (!hasMonth && !/\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b/.test(folded)) return false
  return words.filter((word) => !isTimeWord(word)).length <= maxOtherWords
}

const CREDIT_WORD =
  'foto|fotos|photo|photos|bild|bilder|bildquelle|image|images|picture|pictures|credit|credits|crédit|crédits|quelle|source|fuente|fonte|illustration|grafik|kuva|фото|ảnh|fotoğraf|写真|사진'
const AGENCY =
  'ap|afp|dpa|apa|reuters|epa|getty|getty images|imago|shutterstock|keystone|ansa|efe|picture alliance|alamy|pa|afp via getty images|keystone-sda|istock|adobe stock|unsplash|pixabay|xinhua|tass|ntb|tt|anp|belga|lusa'
const CREDITS: readonly RegExp[] = [
  new RegExp(`^\\(?(?:${CREDIT_WORD})(?:\\(s\\))?\\s{0,2}[:/©|].{0,160}$`, 'iu'),
  /^\(?(?:©|\(c\)|copyright\b).{0,160}$/iu,
  new RegExp(`\\((?:${CREDIT_WORD})\\s{0,2}[:：][^()]{2,80}\\)\\.?$`, 'iu'),
  new RegExp(`\\([^()]{0,60}[/|,]\\s{0,2}(?:${AGENCY})(?:[/ ][^()]{0,40})?\\)\\.?$`, 'iu'),
  new RegExp(`\\((?:${AGENCY})(?: photo| foto)?\\s{0,2}/[^()]{2,60}\\)\\.?$`, 'iu'),
  new RegExp(
    `(?:©|[|/]\\s{0,2}(?:${AGENCY})\\b|\\b(?:imago|getty images|shutterstock|picture alliance)\\b)[^.!?]{0,60}$`,
    'iu',
  ),
]

/** The line under a picture, told by its credit. */
export function isCredit(text: string): boolean {
  const width = columns(text)
  if (width > 400) return false
  return CREDITS.some(
    (pattern, index) =>
      pattern.test(text) && (index < 2 ? width <= 200 : index < 5 || (width <= 160 && !endsSentence(text))),
  )
}

/** Anywhere in a text: consent placeholders of embedded media, and labels of machines. */
const ANYWHERE: readonly RegExp[] = [
  /^(?:empfohlener (?:redaktioneller )?inhalt|externe[rn]? inhalt|external content|contenu externe)\b.{0,60}$/iu,
  /\b(?:personenbezogene daten|datenschutz-?einstellungen|privatsphäre-einstellungen|cookie-?einstellungen|cookie settings|privacy settings)\b.{0,160}\b(?:übermittelt|drittplattform\p{L}*|laden|anzeigen|geladen|display|load|shown|angezeigt)\b/iu,
  /^(?:ich bin (?:damit )?einverstanden|an dieser stelle (?:findest|finden|steht)).{0,200}\b(?:extern|inhalt)/iu,
  /^(?:ein klick für den datenschutz|player wird geladen|embed|text size|author|autor|publish date|don't miss|advert|adverts|reklam|reklame|iklan|pubblicità|publicité|publicidad|publicidade|annons|реклама|広告|광고|von|by|por|par|or|oder)\s*:?$/iu,
  /^(?:watch|video|podcast|listen|read more|read also|also read|lire aussi|à lire aussi|leggi anche|lee también|leia também|les også|läs även|lees ook|czytaj też|читайте также|mehr zum thema|lesen sie auch|lesen sie mehr|auch interessant|baca juga)\s*[|:>»].{0,160}$/iu,
]

/** How lines that ask something of the reader begin, or tell how the text was made; by language. */
const OPENERS: Readonly<Record<string, string>> = {
  en:
    'subscribe|sign up|join us|join our|follow us|follow along|download the|download our|like this|want more|for more|click here|' +
    'check out|get the|get our|stay up|stay in|stay tuned|stay connected|if you enjoy|if you enjoyed|if you liked|did you enjoy|' +
    'did you find|enjoyed this|support our|donate|become a|help us|got a tip|got a story|do you have|have you|share your|tell us|' +
    'listen to|with files from|with reporting by|with additional reporting|with inputs from',
  de:
    'abonnieren|folgen sie|folge uns|melden sie sich|jetzt|hier geht|hier finden|hier klicken|hier können|unser newsletter|' +
    'mehr zum|mehr zu|mehr themen|mehr infos|mehr informationen|mehr artikel|mehr nachrichten|mehr news|weitere informationen|' +
    'weitere infos|weitere artikel|weitere themen|weitere nachrichten|weitere news|lesen sie|sie möchten|sie wollen|haben sie|' +
    'hat ihnen|gefällt ihnen|gefällt dir|kennt ihr|noch mehr|bleiben sie|aktuelle nachrichten|aktuelle news|alle infos|' +
    'alle informationen|dieser artikel ist|dieser artikel erschien|dieser artikel wurde|dieser beitrag ist|dieser beitrag wurde|' +
    'dieser text wurde|hinweis|hinweise|anmerkung|quellenangaben|bitte beachten|bitte achten|redaktioneller hinweis|' +
    'transparenzhinweis|mit material|mit informationen|mit agenturmaterial|mit dpa|mit reuters',
  fr: 'abonnez-vous|inscrivez-vous|suivez|retrouvez|découvrez|soutenez|téléchargez|avec afp|avec l.afp',
  es: 'suscríbete|suscribete|síguenos|sigue|apúntate|únete|con información de',
  it: 'iscriviti|segui|scarica',
  pt: 'assine|siga|inscreva-se|baixe|com informações',
  nl: 'volg|meld je|abonneer',
  sv: 'prenumerera|följ|anmäl dig',
  no: 'følg|abonner|meld deg|tilmeld',
  ru: 'подпишитесь|подписывайтесь|читайте|следите',
  tr: 'abone ol|takip edin',
}
const OPENER = new RegExp(`^\\(?(?:${Object.values(OPENERS).join('|')})(?!\\p{L}).{0,300}$`, 'iu')

/** Who worked on a text, as agencies sign it off; nothing of the text comes after. */
const SIGN_OFFS: readonly RegExp[] = [
  /^\(?(?:additional |further )?(?:reporting|writing|editing|compiled|translated|produced|edited|written)(?: \p{L}+ing)? by\b.{0,300}$/iu,
  /^.{2,60} contributed (?:to this (?:report|story|article)|reporting).{0,80}$/iu,
]

const AT_THE_EDGE: readonly RegExp[] = [
  ...SIGN_OFFS,
  OPENER,
  /^(?:write to|contact|e-?mail|reach) .{2,80}(?:@|twitter).{0,80}$/iu,
  /^quellen?:?$/iu,
  /\b(?:affiliate|provision|commission|werbelinks?)\b.{0,200}\b(?:links?|kauf|purchase|partner|shops?)\b/iu,
  /\b(?:links?|kauf|purchase|partner|shops?)\b.{0,200}\b(?:affiliate|provision|commission)\b/iu,
  /\b(?:kommentare?n?|comments?|comentários?|comentarios?|commentaires?|commenti|reacties)\b.{0,200}\b(?:themenbezogen|netiquette|moderat\p{L}*|moderier\p{L}*|submitted|aprovad\p{L}*|respekt\p{L}*|respect\p{L}*|guidelines|rules|regeln|verfasser\p{L}*|freigeschaltet|rss)\b/iu,
  /\bnewsletter\b/iu,
]
const MAX_EDGE = 320

/** Whether a line signs a text off. */
export function isSignOff(text: string): boolean {
  return columns(text) <= MAX_EDGE && SIGN_OFFS.some((pattern) => pattern.test(text))
}

/** Furniture wherever it stands. */
export function isFurniture(text: string): boolean {
  return columns(text) <= MAX_EDGE && ANYWHERE.some((pattern) => pattern.test(text))
}

/** Furniture if it stands before the first or after the last paragraph. */
export function isEdgeFurniture(text: string): boolean {
  return columns(text) <= MAX_EDGE && (isFurniture(text) || AT_THE_EDGE.some((pattern) => pattern.test(text)))
}
