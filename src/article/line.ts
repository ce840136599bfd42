/**
 * One line of plain text as a reader may see it: no control, bidi or invisible formatting characters, white space
 * collapsed. The joiners U+200C and U+200D stay inside of words and emoji, where scripts need them.
 */

/** Everything that breaks a line, `\u2028` and form feed included. */
export const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

const INVISIBLE =
  /\ufeff|(?!\s)\p{Cc}|(?!\p{Join_Control}|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu
const STRAY_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{VS})\p{Join_Control}+|\p{Join_Control}+(?!\p{L}|\p{M}|\p{Extended_Pictographic})/gu

/** The text as one clean line; empty where nothing visible is in it. */
export function cleanLine(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, '').replace(STRAY_JOINER, '').replace(/\s+/gu, ' ').trim()
}

/** How much of a line a reader sees, in columns: an ideograph is two wide. */
export function columns(line: string): number {
  return line.length + (line.match(WIDE)?.length ?? 0)
}

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]/g
/** Scripts written without spaces: nothing is put between two of their lines. */
export const SPACELESS = /[\u2e80-\u303e\u3041-\u30ff\u31f0-\ua4cf\uf900-\ufaff\uff01-\uff60]/

/** Ends like a sentence: terminal punctuation, then perhaps closing quotes or brackets. */
export function endsSentence(line: string): boolean {
  return /[.!?…。！？؟।][\s"'”’»«“)\]」』）]*$/u.test(line)
}

const ABBREVIATION =
  /(?:\b\p{L}|\b(?:mio|mrd|nr|dr|prof|st|str|bzw|ca|vgl|abs|art|inkl|zzgl|ggf|usw|evtl|mr|mrs|ms|jr|sr|no|vs|gov|sen|rep|gen|col|lt|sgt|inc|ltd|corp|co|jan|feb|mar|apr|aug|sept?|oct|okt|nov|dec|dez|mme|mlle|sra?|dra|núm|pág|dott|sig|ing|им|г|ул|тыс|млн|млрд|руб)|\d)$/iu

/** A rough count, good enough to tell one or two sentences from a paragraph; at least 1. */
export function roughSentenceCount(text: string): number {
  let count = text.match(/[。！？]/g)?.length ?? 0
  for (const end of text.matchAll(/[.!?…]+["'”’»“)\]]*(?=\s+["'„“«»(]?[\p{Lu}\p{N}])/gu)) {
    const isAbbreviated =
      end[0] === '.' && ABBREVIATION.test(text.slice(Math.max(0, end.index - 8), end.index))
    if (!isAbbreviated) count++
  }
  return Math.max(1, count + (endsSentence(text) && !/[。！？]["'」』）]*$/.test(text) ? 1 : 0))
}

/** Letters and digits alone, lower case: to tell whether two lines say the same. */
export function sameness(line: string): string {
  return line
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The text as an absolute http(s) address, or undefined. */
export function webAddress(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed.length > 2048 || !/^https?:\/\/[^\s<>"]+$/i.test(trimmed) || !URL.canParse(trimmed))
    return undefined
  const url = new URL(trimmed)
  return url.hostname === '' || url.username !== '' || url.password !== '' ? undefined : url.href
}
