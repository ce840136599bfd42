/**
 * A file in an articles folder → an article, or the reason why not. The ending decides how it is read: `.txt`, `.md`
 * (`.markdown`), `.html` (`.htm`, `.xhtml`). Nothing is guessed from the content but the charset and whether it is
 * text at all; a file is refused whole, with a sentence that says how to mend it, and never read in part.
 */
import type { ArticleDraft } from './article.ts'
import { decodeBytes } from './charset.ts'
import { readMarkdownFile } from './markdown-file.ts'
import { bodyAfterStandfirst, extractPage, type PageDraft } from './page/extract.ts'
import { MAX_HEADLINE_COLUMNS, readTextFile, type TextReading } from './text-file.ts'

/** Larger files are no articles: a long book chapter has 0.1 MB. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024

export type Refusal =
  | { readonly code: 'empty' }
  | { readonly code: 'too-large'; readonly bytes: number; readonly limitBytes: number }
  /** `format` names what the first bytes are known for, e.g. `PDF`. */
  | { readonly code: 'binary'; readonly format?: string }
  /** `ending` with its dot, or '' where the name has none. */
  | { readonly code: 'unsupported-ending'; readonly ending: string }
  | { readonly code: 'no-headline' }
  | { readonly code: 'no-text' }
  /** `line` counts from 1, in the file. */
  | { readonly code: 'bad-front-matter'; readonly line: number; readonly problem: string }

export type FileReading =
  | { readonly kind: 'article'; readonly draft: ArticleDraft }
  | { readonly kind: 'refused'; readonly reason: Refusal }

export interface ArticleFile {
  /** With its ending; folders before it do no harm. */
  readonly name: string
  readonly bytes: Uint8Array
}

const READERS: ReadonlyMap<string, (bytes: Uint8Array) => FileReading> = new Map([
  ['.txt', readText],
  ['.text', readText],
  ['.md', readMarkdown],
  ['.markdown', readMarkdown],
  ['.html', readHtml],
  ['.htm', readHtml],
  ['.xhtml', readHtml],
])

/** Reads an article file; never throws, whatever its bytes. */
export function readArticleFile(file: ArticleFile): FileReading {
  const { bytes } = file
  const ending = endingOf(file.name)
  const read = READERS.get(ending)
  if (read === undefined) return refused({ code: 'unsupported-ending', ending })
  if (bytes.length > MAX_FILE_BYTES)
    return refused({ code: 'too-large', bytes: bytes.length, limitBytes: MAX_FILE_BYTES })
  return findBinary(bytes) ?? read(bytes)
}

/**
 * Whether a file of this name is meant to be read. Hidden files, what editors, browsers and sync programs leave while
 * they work, and folder settings of desktops are passed over without a word.
 */
export function isArticleFile(name: string): boolean {
  const base = baseName(name)
  if (base === '' || /^[.~#]/.test(base) || /[~#]$/.test(base)) return false
  if (
    /\.(?:sw[a-z]|swx|bak|backup|orig|rej|old|tmp|temp|part|partial|crdownload|download|opdownload|filepart|aria2|lock|lnk|url|desktop|!ut|!sync)$/i.test(
      base,
    )
  )
    return false
  return (
    !/^(?:thumbs\.db|desktop\.ini|ehthumbs\.db|4913|icon\r?|__macosx)$/i.test(base) &&
    !/\.tmp\.[\w-]+$|\.sync-conflict-/i.test(base)
  )
}

/** One English sentence that says what is wrong with the file and how to mend it. */
export function describeRefusal(reason: Refusal): string {
  switch (reason.code) {
    case 'empty':
      return 'The file is empty; put a headline on its first line and the text below.'
    case 'too-large':
      return `The file has ${megabytes(reason.bytes)} MB and an article may have ${megabytes(reason.limitBytes)} MB; save the text alone, without pictures.`
    case 'binary':
      return `The file is ${reason.format === undefined ? 'not text' : `a ${reason.format} file, not text`}; save the article as plain text, Markdown or HTML.`
    case 'unsupported-ending':
      return `${reason.ending === '' ? 'A name without an ending' : `The ending "${reason.ending}"`} is not read here; save the article as .txt, .md or .html.`
    case 'no-headline':
      return `The file has no headline; put one of at most ${MAX_HEADLINE_COLUMNS} characters on its first line.`
    case 'no-text':
      return 'The file has a headline but no text; add at least one paragraph below it.'
    case 'bad-front-matter':
      return `The front matter cannot be read at line ${reason.line}: ${reason.problem.replace(/[.\s]+$/, '')}; correct that line or remove the block.`
  }
}

function megabytes(bytes: number): string {
  return (Math.ceil((bytes / (1024 * 1024)) * 10) / 10).toString()
}

function refused(reason: Refusal): FileReading {
  return { kind: 'refused', reason }
}

function baseName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}

function endingOf(name: string): string {
  return /\.[^.\s]{1,20}$/.exec(baseName(name))?.[0].toLowerCase() ?? ''
}

const MAGIC: readonly (readonly [format: string, start: string])[] = [
  ['PDF', '%PDF-'],
  ['PNG', '\x89PNG'],
  ['JPEG', '\xff\xd8\xff'],
  ['GIF', 'GIF8'],
  ['ZIP or Office', 'PK\x03\x04'],
  ['Word or Office', '\xd0\xcf\x11\xe0'],
  ['gzip', '\x1f\x8b'],
  ['RTF', '{\\rtf'],
  ['SQLite', 'SQLite format 3'],
]

/** Text has next to no control characters once it is decoded; real binary files have many of them early on. */
function findBinary(bytes: Uint8Array): FileReading | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  const format = MAGIC.find(([, magic]) => start.startsWith(magic))?.[0]
  if (format !== undefined) return refused({ code: 'binary', format })
  const sample = bytes.subarray(0, 64 * 1024)
  const { text, encoding } = decodeBytes(sample, { kind: 'text' })
  const isWide = encoding.startsWith('utf-16') || encoding.startsWith('utf-32')
  const zeros = isWide ? 0 : sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  const controls = text.match(/(?!\s)\p{Cc}/gu)?.length ?? 0
  const unreadable = text.match(/[\uFFFD\p{Cn}\p{Co}]/gu)?.length ?? 0
  const isBinary = (zeros + controls) * 100 > sample.length || (isWide && unreadable * 20 > text.length)
  if (isBinary) return refused({ code: 'binary' })
  return text.trim() === '' ? refused({ code: 'empty' }) : undefined
}

function readText(bytes: Uint8Array): FileReading {
  return readingOf(readTextFile(decodeBytes(bytes, { kind: 'text' }).text))
}

function readMarkdown(bytes: Uint8Array): FileReading {
  const reading = readMarkdownFile(decodeBytes(bytes, { kind: 'text' }).text)
  if (reading.kind !== 'bad-front-matter') return readingOf(reading)
  return refused({ code: 'bad-front-matter', line: reading.line, problem: reading.problem })
}

function readingOf(reading: TextReading): FileReading {
  return reading.kind === 'article' ? reading : refused({ code: reading.kind })
}

function readHtml(bytes: Uint8Array): FileReading {
  return readingOf(pageReading(extractPage(decodeBytes(bytes, { kind: 'html' }).text)))
}

function pageReading(page: PageDraft): TextReading {
  const { headline, modifiedAt: _modified, noarchive: _noarchive, ...rest } = page
  if (headline === undefined) return { kind: page.body.length === 0 ? 'no-text' : 'no-headline' }
  const body = bodyAfterStandfirst(page)
  return body.length === 0 ? { kind: 'no-text' } : { kind: 'article', draft: { headline, ...rest, body } }
}
