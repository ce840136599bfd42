/**
 * Where and by which agency a report was filed, at the head of its first sentence: "BERLIN (dpa) – ", "PARIS, 3 mai
 * (Reuters) - ", "Hamburg. ". It is not part of what the sentence says.
 */

const PLACE = String.raw`\p{Lu}[\p{L}.'’-]{1,24}(?:[ /-]\p{L}[\p{L}.'’-]{0,24}){0,3}`
const AGENCY =
  'dpa|dpa-AFX|dpa/\\p{L}{2,4}|AP|AFP|APA|ddp|epd|kna|KNA|sda|SDA|Reuters|REUTERS|ANSA|EFE|Lusa|LUSA|TT|NTB|Ritzau|PAP|ČTK|TASR|Xinhua|UPI|ANP|Belga|BELGA|IANS|PTI|CNN|dapd'
/** "BERLIN (dpa) – " and "Kiev, 3 mai (AFP) - ": a place and an agency; without a dash only where we know the agency. */
const WITH_AGENCY = new RegExp(
  String.raw`^${PLACE}(?:, [\p{L}\p{N}. ]{2,30})? ?(?:[(/](?:${AGENCY})[)/]\s*[-–—:.]?|\([\p{L}]{2,8}(?:[/-][\p{L}.]{2,12})?\)\s*[-–—:])\s*`,
  'u',
)
/** "WASHINGTON — " and "LONDON, May 3 - ": a place in capitals and a dash. */
const IN_CAPITALS = /^\p{Lu}{3,}(?:[ -]\p{Lu}{2,}){0,3}(?:, [\p{L}\p{N}. ]{2,30})? ?[-–—]{1,2}\s+/u

/** The sentence without its dateline; still a verbatim slice of the article. */
export function withoutDateline(sentence: string): string {
  if (!/^\p{Lu}/u.test(sentence)) return sentence
  const head = sentence.slice(0, 140)
  const found = WITH_AGENCY.exec(head)?.[0] ?? IN_CAPITALS.exec(head)?.[0]
  if (found === undefined) return sentence
  const rest = sentence.slice(found.length)
  return /^["“„«]?[\p{Lu}\p{N}]/u.test(rest) ? rest : sentence
}
