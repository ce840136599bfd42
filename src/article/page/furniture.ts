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
  const words = foldDateText(text).match(/\p{L}+/gu) ?? []
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
  new RegExp(`\\((?:${AGENCY})\\s{0,2}/[^()]{2,60}\\)\\.?$`, 'iu'),
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
  /^(?:ein klick für den datenschutz|player wird geladen|embed|text size|author|autor|publish date|just watched|must watch|don't miss|advert|adverts|reklam|reklame|iklan|pubblicità|publicité|publicidad|publicidade|annons|реклама|広告|광고|von|by|por|par|or|oder)\s*:?$/iu,
  /^(?:watch|video|podcast|listen|read more|read also|also read|lire aussi|à lire aussi|leggi anche|lee también|leia também|les også|läs även|lees ook|czytaj też|читайте также|mehr zum thema|lesen sie auch|lesen sie mehr|auch interessant|baca juga)\s*[|:>»].{0,160}$/iu,
]

/** Before the first or after the last paragraph. */
const AT_THE_EDGE: readonly RegExp[] = [
  /^\(?(?:additional |further )?(?:reporting|writing|editing|compiled|translated|produced|edited|written)(?: \p{L}+ing)? by\b.{0,300}$/iu,
  /^(?:with (?:files|reporting|additional reporting|material|inputs?) (?:from|by)|mit (?:material|informationen|agenturmaterial) (?:von|der|des)|avec (?:l')?afp|con informaci[oó]n de|mit dpa|mit reuters|\(with)\b.{0,200}$/iu,
  /^.{2,60} (?:contributed (?:to this (?:report|story|article)|reporting)).{0,80}$/iu,
  /^(?:write to|contact|e-?mail|reach) .{2,80}(?:@|twitter).{0,80}$/iu,
  /^our standards\b.{0,80}$/iu,
  /^(?:subscribe|sign up|join (?:us|our)|follow (?:us|along)|download (?:the|our)|like this|want more|for more|click here|check out|get (?:the|our)|stay (?:up|in|tuned|connected)|if you (?:enjoy|like|liked|found)|did you (?:enjoy|like|find)|enjoyed this|support our|donate|become a|help us|got a (?:tip|story)|do you have|have you|share your|tell us|listen to)\b.{0,260}$/iu,
  /^(?:abonnieren|folgen sie|folge uns|melden sie sich|jetzt|hier (?:geht|finden|klicken|können)|unser newsletter|mehr (?:zum|zu|themen|infos|informationen|artikel|nachrichten|news) |weitere (?:informationen|infos|artikel|themen|nachrichten|news)|lesen sie|sie möchten|sie wollen|haben sie|hat ihnen|gefällt ihnen|gefällt dir|kennt ihr|noch mehr|bleiben sie|aktuelle (?:nachrichten|news)|alle (?:infos|informationen|news)|dieser (?:artikel|beitrag|text) (?:ist|erschien|wurde)|hinweis(?:e)?:|anmerkung|quellen?:?$|quellenangaben?|bitte (?:beachten|achten)|redaktionelle[r]? hinweis|transparenzhinweis).{0,260}$/iu,
  /^(?:abonnez|inscrivez|suivez|retrouvez|découvrez|soutenez|téléchargez|suscríbete|suscribete|síguenos|sigue|apúntate|únete|iscriviti|segui|scarica|assine|siga|inscreva|baixe|volg|meld je|abonneer|prenumerera|följ|følg|abonner|tilmeld|подпис|читайте|следите|abone ol|takip)\p{L}*\b.{0,260}$/iu,
  /\b(?:affiliate|provision|commission|werbelinks?)\b.{0,200}\b(?:links?|kauf|purchase|partner|shops?)\b/iu,
  /\b(?:links?|kauf|purchase|partner|shops?)\b.{0,200}\b(?:affiliate|provision|commission)\b/iu,
  /\b(?:kommentare?n?|comments?|comentários?|comentarios?|commentaires?|commenti|reacties)\b.{0,200}\b(?:themenbezogen|netiquette|moderat\p{L}*|moderier\p{L}*|submitted|aprovad\p{L}*|respekt\p{L}*|respect\p{L}*|guidelines|rules|regeln|verfasser\p{L}*|freigeschaltet|rss)\b/iu,
  /\bnewsletter\b/iu,
]
const MAX_EDGE = 320

/** Furniture wherever it stands. */
export function isFurniture(text: string): boolean {
  return columns(text) <= MAX_EDGE && ANYWHERE.some((pattern) => pattern.test(text))
}

/** Furniture if it stands before the first or after the last paragraph. */
export function isEdgeFurniture(text: string): boolean {
  return columns(text) <= MAX_EDGE && (isFurniture(text) || AT_THE_EDGE.some((pattern) => pattern.test(text)))
}
