/**
 * Fragments of HTML as feeds carry them: told from plain text, made into one line, and their relative addresses
 * resolved. No tree is built; every pattern runs in linear time. Sanitising is left to whoever shows the HTML.
 */
import { decodeHTML } from 'entities'
import { cleanLine } from '../../article/line.ts'

/** What a title may hold as markup; other `<…>` in it are words about markup. */
const TAG =
  /<\/?(?:a|abbr|acronym|article|b|bdi|bdo|big|blockquote|br|center|cite|code|del|dfn|div|em|embed|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|nobr|object|ol|p|picture|pre|q|rp|rt|ruby|s|samp|script|section|small|source|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|time|tr|tt|u|ul|var|video|wbr)(?=[\s/>])[^<>]*>/gi
const BREAKING =
  /^<\/?(?:article|blockquote|br|center|div|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)[\s/>]/i
const MAX_LINE_CHARS = 4000

export function looksLikeHtml(text: string): boolean {
  TAG.lastIndex = 0
  return TAG.test(text)
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The text of a short fragment as one plain line. */
export function lineOfHtml(html: string): string {
  const bounded = html.slice(0, MAX_LINE_CHARS)
  const visible = bounded
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)(?=[\s>])[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(TAG, (tag) => (BREAKING.test(tag) ? ' ' : ''))
  return cleanLine(decodeHTML(visible))
}

const ANY_TAG = /<[a-z][^<>]*>/gi
const ADDRESS_ATTRIBUTE =
  /(\s(?:href|src|poster|cite|action|background|longdesc|data|usemap|classid|codebase|profile)\s?=\s?)(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))/gi

/** The HTML with its relative addresses made absolute. */
export function resolveHtml(html: string, base: string | undefined): string {
  if (base === undefined || !html.includes('<')) return html
  return html.replace(ANY_TAG, (tag) =>
    tag.replace(
      ADDRESS_ATTRIBUTE,
      (whole, start: string, double?: string, single?: string, bare?: string) => {
        const raw = double ?? single ?? bare ?? ''
        if (/^(?:https?|mailto|data):/i.test(raw)) return whole
        const written = decodeHTML(raw)
        const resolved = resolveAddress(written, base)
        return resolved === written ? whole : `${start}"${escapeHtml(resolved).replaceAll('"', '&quot;')}"`
      },
    ),
  )
}

/** The address made absolute; as written where it is absolute already or cannot be resolved. */
export function resolveAddress(written: string, base: string | undefined): string {
  const address = written.trim()
  if (base === undefined || /^[a-z][a-z\d+.-]*:/i.test(address)) return address
  return URL.parse(address, base)?.href ?? address
}
