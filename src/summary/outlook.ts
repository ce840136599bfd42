/**
 * Sentences that look ahead: what may come, is expected, or is still going on. Once a later article has told how it went,
 * they are out of date, whatever they say.
 */

const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}])(?:${list})(?![\\p{L}\\p{M}])`, 'iu')

const AHEAD: Readonly<Record<string, RegExp>> = {
  de: words(
    'könnten?|sollen|soll|sollten?|werden?|wird|dürften?|voraussichtlich|erwartet|bis auf weiteres|noch (?:nicht|keine?n?|offen)|unklar',
  ),
  en: words(
    'will|would|could|may|might|should|(?:is|are|was|were) (?:due|expected|to)|expects?|until further notice|not yet|still|so far',
  ),
  fr: words('pourrai(?:en)?t|devrai(?:en)?t|doit|doivent|attendue?s?|prévue?s?|toujours|pas encore'),
  es: words('podrían?|deberían?|debe|prevé|previst[oa]s?|todavía|aún|se espera'),
  it: words('potrebbe(?:ro)?|dovrebbe(?:ro)?|previst[oaie]|attes[oaie]|ancora'),
  pt: words('poderá|poderão|poderiam?|deverá|deverão|deve|devem|previst[oa]s?|ainda'),
  nl: words('zal|zullen|zou(?:den)?|kan|kunnen|wordt verwacht|nog (?:niet|geen)'),
  sv: words('kommer|ska|skulle|kan|väntas|ännu'),
}

/** Whether a sentence looks ahead. In languages without a list none does. */
export function looksAhead(sentence: string, language: string): boolean {
  return Object.hasOwn(AHEAD, language) && AHEAD[language]?.test(sentence) === true
}
