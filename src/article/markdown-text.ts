/**
 * Markdown → plain paragraphs: headings are short paragraphs, list items begin with `• `, a table row is one line,
 * links and emphasis leave their text, code stays as it is, images and HTML go. The lexer is marked's; what it cannot
 * take (nesting that exhausts the stack) is read as plain lines.
 */
import { marked, type Token, type Tokens } from 'marked'
import { cleanLine, webAddress } from './line.ts'

export interface MarkdownText {
  /** Headings of the first level. */
  readonly headings: readonly string[]
  /** Clean lines in reading order, headings among them. */
  readonly paragraphs: readonly string[]
  /** Absolute address of the first image. */
  readonly image?: string
}

/** More nesting and more signs than this is no text, and costs the lexer far more than its length in time. */
const MAX_NESTING = 20
const MAX_RUN = 200
const MAX_SIGNS_IN_BLOCK = 1500
const MAX_SIGNS = 20_000

/** Reads the text below the front matter; never throws. */
export function readMarkdown(markdown: string): MarkdownText {
  const tokens = lex(withoutFootnotes(markdown))
  const paragraphs = tokens.flatMap((token) => blockLines(token)).filter((line) => /[\p{L}\p{N}]/u.test(line))
  const headings = tokens
    .filter((token): token is Tokens.Heading => token.type === 'heading' && token.depth === 1)
    .map((heading) => lineOf(heading.tokens))
    .filter((line) => line !== '')
  const image = firstImage(tokens)
  return { headings, paragraphs, ...(image !== undefined && { image }) }
}

function lex(markdown: string): Token[] {
  try {
    if (!isCostly(markdown)) return marked.lexer(markdown)
  } catch {
    // Nested beyond the stack: fall through to plain lines.
  }
  return markdown
    .split(/\n\s*\n/)
    .map((text) => ({ type: 'text', raw: text, text: text.replace(/[*_`>#[\]]+/g, ' ') }))
}

/** Signs or indents in such numbers that the lexer would recurse or backtrack over them. */
function isCostly(markdown: string): boolean {
  const nested = new RegExp(`^(?:[ \\t]*(?:>|[-*+]\\s|\\d{1,9}[.)]\\s)){${MAX_NESTING}}`, 'm')
  const run = new RegExp(`([\\[\\](){}*_\`~<>!\\\\])\\1{${MAX_RUN}}`)
  if (nested.test(markdown) || run.test(markdown)) return true
  const signs = markdown.split(/\n\s*\n/).map((block) => block.match(/[[\]*_~`<!]/g)?.length ?? 0)
  return (
    signs.some((count) => count > MAX_SIGNS_IN_BLOCK) ||
    signs.reduce((sum, count) => sum + count, 0) > MAX_SIGNS
  )
}

const FOOTNOTE = /^\[\^[^\]\n]{1,60}\]:[^\n]*(?:\n(?:[ \t]+[^\n]+))*/gm

function withoutFootnotes(markdown: string): string {
  return markdown.replace(FOOTNOTE, '').replace(/\[\^[^\]\n]{1,60}\]/g, '')
}

function blockLines(token: Token, isListed = false): string[] {
  switch (token.type) {
    case 'heading':
    case 'paragraph':
    case 'text':
      return splitLines(inlineText(childrenOf(token) ?? [token])).map((line) =>
        isListed ? `• ${line}` : line,
      )
    case 'list':
      return (token.items as Tokens.ListItem[]).flatMap(itemLines)
    case 'blockquote':
      return (childrenOf(token) ?? []).flatMap((child) => blockLines(child))
    case 'table':
      return tableLines(token as Tokens.Table)
    case 'code':
      return String(token.text)
        .split('\n')
        .map(cleanLine)
        .filter((line) => line !== '')
    case 'html':
      return splitLines(withoutTags(String(token.raw)))
    default:
      return []
  }
}

function itemLines(item: Tokens.ListItem): string[] {
  return item.tokens.flatMap((child) =>
    blockLines(child, child.type === 'text' || child.type === 'paragraph'),
  )
}

function tableLines(table: Tokens.Table): string[] {
  return [table.header, ...table.rows].map((row) =>
    row
      .map((cell) => lineOf(cell.tokens))
      .filter((cell) => cell !== '')
      .join(' · '),
  )
}

function childrenOf(token: Token): Token[] | undefined {
  return 'tokens' in token ? token.tokens : undefined
}

function lineOf(tokens: readonly Token[]): string {
  return cleanLine(inlineText(tokens))
}

/** Line breaks asked for (two spaces, `<br>`) are kept as `\n`; those of the source are spaces. */
function inlineText(tokens: readonly Token[]): string {
  return tokens.map(inlineOf).join('')
}

function inlineOf(token: Token): string {
  if (token.type === 'br') return '\n'
  if (token.type === 'image') return ''
  if (token.type === 'html') return /^<br\s*\/?>/i.test(token.raw) ? '\n' : withoutTags(token.raw)
  const children = childrenOf(token)
  if (children !== undefined) return inlineText(children)
  const text = 'text' in token ? String(token.text) : ''
  return (token.type === 'codespan' ? text : decodeEntities(text)).replaceAll('\n', ' ')
}

function splitLines(text: string): string[] {
  return text
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '')
}

function firstImage(tokens: readonly Token[]): string | undefined {
  let found: string | undefined
  marked.walkTokens([...tokens], (token) => {
    if (found === undefined && token.type === 'image') found = webAddress(String(token.href))
  })
  return found
}

function withoutTags(html: string): string {
  const bare = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, '')
    .replace(/<br\b[^<>]*>|<\/(?:p|div|li|h[1-6]|tr)>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
  return decodeEntities(bare)
}

/** The named characters of Western news prose; a name that is not here stays as it was written. */
const NAMED = `
  amp & lt < gt > quot " apos '
  ndash – mdash — hellip … lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ laquo « raquo » bull •
  middot · copy © reg ® trade ™ deg ° euro € pound £ sect § times × auml ä ouml ö uuml ü Auml Ä Ouml Ö
  Uuml Ü szlig ß eacute é egrave è ecirc ê agrave à aacute á acirc â atilde ã aring å aelig æ ccedil ç
  iacute í icirc î iuml ï ntilde ñ oacute ó ocirc ô otilde õ oslash ø uacute ú ucirc û ugrave ù
  Eacute É Agrave À Ccedil Ç Ntilde Ñ Oslash Ø Aring Å AElig Æ oelig œ OElig Œ
`
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...[...NAMED.matchAll(/(\w+)\s(\S)/g)].map(([, name = '', sign = '']): [string, string] => [name, sign]),
  ...['nbsp', 'ensp', 'emsp', 'thinsp'].map((name): [string, string] => [name, ' ']),
  ['shy', ''],
])

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}\d?));/gi,
    (whole: string, decimal?: string, hex = '', name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}
