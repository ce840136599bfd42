/**
 * Foreign text → text that Discord shows as it is: it can mention nobody, form no link, heading, list or spoiler, hide nothing
 * and turn no direction. Cutting is by graphemes, at word ends where one is near.
 */

/** Controls, format characters (bidirectional, zero-width, tags; joiners apart), separators, and fillers that look like nothing. */
const invisible =
  /(?![\n\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\u034F|\u115F|\u1160|\u17B4|\u17B5|[\u180B-\u180F]|\u3164|\uFFA0/gu
/** Joiners shape emoji and some scripts; anywhere else they only hide. */
const strayJoiner =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)[\u200C\u200D]|[\u200C\u200D](?!\p{L}|\p{Extended_Pictographic})/gu
/** More marks on one letter than any script needs. */
const manyMarks = /(\p{M}{4})\p{M}+/gu

/** Text without what cannot be seen and without line breaks; still plain text, not yet for a message. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(invisible, ' ')
    .replace(strayJoiner, '')
    .replace(manyMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Escapes one line of foreign text for a text display. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\*_~`|[\]()<>@#]/g, '\\$&')
    .replaceAll('://', ':\\//')
    .replace(/\b(discord(?:app)?(?:\.com|\.gg|\.gift|\.new))\//giu, '$1\\/')
    .replace(/^([-+=])/u, '\\$1')
    .replace(/^(\d{1,9})([.)])/u, '$1\\$2')
}

/** Each of these stands by itself: finding where graphemes end takes long, and most headlines hold nothing else. */
const loneLetters = /^[\x20-\x7E\u00A1-\u02FF]*$/
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Where to cut a text so that at most `max` UTF-16 units (and `maxBytes` of UTF-8) come before: between words
 * if that loses less than a third, else between graphemes. The length of the text where nothing need be cut.
 */
export function cutIndex(text: string, max: number, maxBytes = Number.POSITIVE_INFINITY): number {
  if (text.length <= max && Buffer.byteLength(text) <= maxBytes) return text.length
  const end = graphemeEnd(text.slice(0, max + 1), max, maxBytes)
  const wordEnd = text.slice(0, end).lastIndexOf(' ')
  return wordEnd > end * (2 / 3) ? wordEnd : end
}

function graphemeEnd(text: string, max: number, maxBytes: number): number {
  if (loneLetters.test(text) && Buffer.byteLength(text) <= maxBytes)
    return Math.max(0, Math.min(Math.floor(max), text.length))
  let end = 0
  let bytes = 0
  for (const { segment } of graphemes.segment(text)) {
    bytes += Buffer.byteLength(segment)
    if (end + segment.length > max || bytes > maxBytes) break
    end += segment.length
  }
  return end
}

/** At most `max` UTF-16 units of a text, with an ellipsis where something was cut. */
export function cut(text: string, max: number): string {
  const end = cutIndex(text, max)
  if (end === text.length) return text
  return max < 1 ? '' : `${text.slice(0, cutIndex(text, max - 1)).replace(/[\s,;:–—-]+$/u, '')}…`
}

/** Foreign text for a place that shows no markup and must not be empty: the label of a choice or a menu's option. */
export function label(text: string, max: number): string {
  return cut(visible(text), max) || '…'
}

/** Foreign text, cut so that its escaped form fits `max` characters, escaped. */
export function foreign(text: string, max: number): string {
  const clean = visible(text)
  let room = Math.min(max, clean.length)
  let shown = escapeMarkdown(cut(clean, room))
  while (shown.length > max && room > 1) {
    room -= Math.max(1, Math.ceil((shown.length - max) / 2))
    shown = escapeMarkdown(cut(clean, Math.max(room, 1)))
  }
  return shown
}

/** Foreign text as a masked link to a foreign address, or without the link where the address cannot stand in one. */
export function foreignLink(text: string, url: string | undefined, max: number): string {
  const address = url === undefined ? undefined : linkable(url)
  if (address === undefined || address.length > max / 2) return foreign(text, max)
  return `[${foreign(text, max - address.length - 4) || '…'}](${address})`
}

/** The address as it may stand in a masked link or a link button; undefined unless http(s) and at most 512 characters. */
export function linkable(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return undefined
  if (parsed.username !== '' || parsed.password !== '') return undefined
  const address = parsed.href.replace(
    /[()<>\\|*_~`\s]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return address.length <= 512 ? address : undefined
}
