/**
 * Bytes → text. The order of belief: a byte order mark; the pattern of zero bytes that only UTF-16 and UTF-32
 * leave; bytes that are valid UTF-8 with multi-byte sequences, whatever a label says (such bytes are practically
 * never anything else, while labels are often the server's default); the labels, from HTTP before the document's
 * own; at last a guess that ends in windows-1252. A label that names no encoding, or UTF-8 for bytes that are not,
 * is passed over.
 *
 * Labels mean what the WHATWG Encoding Standard says (https://encoding.spec.whatwg.org/#names-and-labels): `latin1`
 * is windows-1252, `gb2312` is GBK, and the labels of `replacement` yield one U+FFFD because their encodings are a
 * known way to smuggle markup. The decoders are those of @exodus/bytes, since Node's lack some and misread others.
 */
import { isomorphicDecode, legacyHookDecode, normalizeEncoding } from '@exodus/bytes/encoding.js'

export interface DecodeOptions {
  readonly kind: 'html' | 'xml' | 'text'
  /** The value of the HTTP header, e.g. `text/html; charset=iso-8859-1`. */
  readonly contentType?: string
}

export interface DecodedText {
  /** Well-formed, without NUL and byte order mark; every line ends in `\n`. */
  readonly text: string
  /** Lower-case name as in the Encoding Standard, or `utf-32le` / `utf-32be`. */
  readonly encoding: string
}

/** A browser reads 1024 bytes before it starts; documents with long heads name their charset later. */
const PRESCAN_BYTES = 64 * 1024
const PATTERN_BYTES = 4096
const GUESS_BYTES = 64 * 1024

/** Decodes any bytes; never throws. */
export function decodeBytes(bytes: Uint8Array, options: DecodeOptions): DecodedText {
  const found = fromMark(bytes) ?? fromZeroPattern(bytes)
  if (found !== undefined) return decoded(bytes.subarray(found.skip), found.encoding)
  const utf8 = readUtf8(bytes)
  const labels = declaredEncodings(bytes, options)
  if (utf8.isClean && utf8.hasMultibyte && !keepsLegacyLabel(bytes, utf8.text, labels[0])) {
    return { text: tidy(utf8.text), encoding: 'utf-8' }
  }
  const label = labels.find((name) => name !== 'utf-8' || utf8.isClean || utf8.isMostlyGood)
  if (label !== undefined) return decoded(bytes, label)
  if (utf8.isClean || utf8.isMostlyGood) return { text: tidy(utf8.text), encoding: 'utf-8' }
  return decoded(bytes, guessEncoding(bytes))
}

function decoded(bytes: Uint8Array, encoding: string): DecodedText {
  if (encoding.startsWith('utf-32')) return { text: tidy(decodeUtf32(bytes, encoding)), encoding }
  const whole = encoding.startsWith('utf-16') ? bytes.subarray(0, bytes.length - (bytes.length % 2)) : bytes
  return { text: tidy(legacyHookDecode(whole, encoding)), encoding }
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
}

interface FoundMark {
  readonly encoding: string
  readonly skip: number
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte)
}

function fromMark(bytes: Uint8Array): FoundMark | undefined {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', skip: 3 }
  if (startsWith(bytes, 0xff, 0xfe, 0, 0)) return { encoding: 'utf-32le', skip: 4 }
  if (startsWith(bytes, 0, 0, 0xfe, 0xff)) return { encoding: 'utf-32be', skip: 4 }
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', skip: 2 }
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', skip: 2 }
  return undefined
}

/** UTF-16 and UTF-32 without a mark: text has no zero bytes of its own, but each ASCII character brings some. */
function fromZeroPattern(bytes: Uint8Array): FoundMark | undefined {
  const length = Math.min(bytes.length, PATTERN_BYTES) & ~3
  const pairs = Math.min(bytes.length, PATTERN_BYTES) & ~1
  if (pairs < 4 || !bytes.subarray(0, pairs).includes(0)) return undefined
  const zeros = [0, 0, 0, 0]
  for (let index = 0; index < length; index++)
    if (bytes[index] === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1
  const [a = 0, b = 0, c = 0, d = 0] = zeros
  const quads = length / 4
  if (quads > 1 && a === quads && b > quads * 0.9 && d === 0) return { encoding: 'utf-32be', skip: 0 }
  if (quads > 1 && d === quads && c > quads * 0.9 && a === 0) return { encoding: 'utf-32le', skip: 0 }
  if (isUtf8WithStrayZeros(bytes.subarray(0, pairs))) return undefined
  const little = judgeUnits(bytes.subarray(0, pairs), 'utf-16le')
  const big = judgeUnits(bytes.subarray(0, pairs), 'utf-16be')
  if (little.isText && (!big.isText || little.plain > big.plain * 4)) return { encoding: 'utf-16le', skip: 0 }
  if (big.isText && (!little.isText || big.plain > little.plain * 4)) return { encoding: 'utf-16be', skip: 0 }
  return undefined
}

/** Some programs leave single zero bytes in what is UTF-8 without them. */
function isUtf8WithStrayZeros(bytes: Uint8Array): boolean {
  const rest = bytes.filter((byte) => byte !== 0)
  const { text, isClean } = readUtf8(rest)
  return isClean && (bytes.length - rest.length) * 5 < bytes.length && !/(?!\s)\p{Cc}/u.test(text)
}

/**
 * How bytes look in one order: `plain` counts white space and ASCII letters; text has some, and next to no controls,
 * lone surrogates, private or unassigned characters. Latin text in the wrong order looks like Chinese, thus the count;
 * Chinese in the wrong order hits all of Unicode, thus the rest.
 */
function judgeUnits(
  bytes: Uint8Array,
  encoding: string,
): { readonly isText: boolean; readonly plain: number } {
  const text = legacyHookDecode(bytes, encoding)
  const plain = text.match(/[\t\n\r a-z]/gi)?.length ?? 0
  const odd = text.match(/(?!\s)[\p{Cc}\p{Co}\p{Cn}\uFFFD]/gu)?.length ?? 0
  return { isText: plain * 200 >= text.length && odd * 50 <= text.length, plain }
}

interface Utf8Reading {
  readonly text: string
  /** Valid throughout; a character cut off at the very end is forgiven. */
  readonly isClean: boolean
  readonly hasMultibyte: boolean
  /** Broken in places, but far more often right than wrong. */
  readonly isMostlyGood: boolean
}

function readUtf8(bytes: Uint8Array): Utf8Reading {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    const hasMultibyte = /\P{ASCII}/u.test(text)
    const isCutShort = (bytes.at(-1) ?? 0) >= 0x80 && !hasMultibyte
    return { text, isClean: !isCutShort, hasMultibyte, isMostlyGood: false }
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    const wrong = text.split('\uFFFD').length - 1
    const right = (text.match(/(?!\uFFFD)\P{ASCII}/gu) ?? []).length
    return { text, isClean: false, hasMultibyte: right > 0, isMostlyGood: right >= wrong * 4 }
  }
}

/** A short text in GBK, Big5 or EUC-KR can be valid UTF-8 by chance, but then of two-byte sequences alone. */
function keepsLegacyLabel(bytes: Uint8Array, asUtf8: string, label: string | undefined): boolean {
  if (label === undefined || !/^(?:gbk|gb18030|big5|euc-kr|euc-jp|shift_jis)$/.test(label)) return false
  return (
    bytes.length < 200 &&
    !/[\u0800-\uffff]/.test(asUtf8) &&
    !legacyHookDecode(bytes, label).includes('\uFFFD')
  )
}

/** What HTTP and the document say, as known encoding names, in the order of belief. */
function declaredEncodings(bytes: Uint8Array, { kind, contentType }: DecodeOptions): string[] {
  const http = /charset\s*=\s*["']?\s*([^"';,\s]+)/i.exec(contentType ?? '')?.[1]
  const head = kind === 'text' ? '' : isomorphicDecode(bytes.subarray(0, PRESCAN_BYTES))
  const isMarkup = /^[\s\ufeff]*<[!?a-z]/i.test(head)
  const own = kind === 'html' ? (prescanHtml(head) ?? xmlDeclaration(head)) : xmlDeclaration(head)
  return [encodingNamed(http), ownEncoding(own, kind)]
    .filter((name) => name !== undefined)
    .map((name) => (isMarkup && name.startsWith('utf-16') ? 'utf-8' : name))
}

/** A document that could be read as ASCII so far is neither UTF-16 nor, says the HTML standard, x-user-defined. */
function ownEncoding(label: string | undefined, kind: DecodeOptions['kind']): string | undefined {
  const name = encodingNamed(label)
  if (name?.startsWith('utf-16')) return 'utf-8'
  return name === 'x-user-defined' && kind === 'html' ? 'windows-1252' : name
}

function encodingNamed(label: string | undefined): string | undefined {
  if (label === undefined) return undefined
  const name = normalizeEncoding(label)
  if (name !== null) return name
  if (/^utf[-_ ]?8/i.test(label)) return 'utf-8'
  const page = /^(?:win|windows|cp|ms)[-_ ]?(125[0-8])$/i.exec(label)?.[1]
  if (page !== undefined) return `windows-${page}`
  return /^(?:iso[-_ ]?)?latin[-_ ]1$|^iso[-_ ]?8859[-_ ]1\b/i.test(label) ? 'windows-1252' : undefined
}

function xmlDeclaration(head: string): string | undefined {
  const declaration = /^[\s\ufeff]*<\?xml\s([^>]{0,500})/.exec(head)?.[1] ?? ''
  return /\bencoding\s*=\s*["']\s*([\w.:-]{1,60})/.exec(declaration)?.[1]
}

const TAG = /<(?:!--|([a-z][^\s/>]{0,40})|[!/?])/gi
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y

/** The charset of a `meta` element in the head, after "prescan a byte stream to determine its encoding" of HTML. */
function prescanHtml(head: string): string | undefined {
  TAG.lastIndex = 0
  for (let tag = TAG.exec(head); tag !== null; tag = TAG.exec(head)) {
    const name = tag[1]?.toLowerCase()
    if (tag[0] === '<!--') TAG.lastIndex = after(head, '-->', tag.index + 2)
    else if (name === undefined) TAG.lastIndex = after(head, '>', TAG.lastIndex)
    else if (name === 'body') return undefined
    else if (name === 'script' || name === 'style') TAG.lastIndex = after(head, `</${name}`, TAG.lastIndex)
    else {
      const attributes = readAttributes(head, TAG.lastIndex)
      TAG.lastIndex = attributes.end
      const label = name === 'meta' ? metaCharset(attributes.values) : undefined
      if (label !== undefined && encodingNamed(label) !== undefined) return label
    }
  }
  return undefined
}

function after(text: string, needle: string, from: number): number {
  const index = text.indexOf(needle, from)
  return index === -1 ? text.length : index + needle.length
}

function readAttributes(head: string, from: number): { values: Map<string, string>; end: number } {
  const values = new Map<string, string>()
  ATTRIBUTE.lastIndex = from
  let end = from
  for (let match = ATTRIBUTE.exec(head); match !== null; match = ATTRIBUTE.exec(head)) {
    const name = (match[1] ?? '').toLowerCase()
    if (!values.has(name)) values.set(name, match[2] ?? match[3] ?? match[4] ?? '')
    end = ATTRIBUTE.lastIndex
  }
  return { values, end }
}

function metaCharset(attributes: ReadonlyMap<string, string>): string | undefined {
  const charset = attributes.get('charset')?.trim()
  if (charset !== undefined) return charset
  if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'content-type') return undefined
  return /charset\s*=\s*["']?\s*([^"';\s]+)/i.exec(attributes.get('content') ?? '')?.[1]
}

const CYRILLIC = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5']

/**
 * For bytes that are not UTF-8 and have no label. Only what cannot be mistaken is told from windows-1252: Cyrillic
 * by whole words of high bytes that come out as the commonest Russian letters, Polish by signs inside of words,
 * ISO-8859-15 by the euro sign where windows-1252 has the currency sign nobody writes.
 */
function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, GUESS_BYTES)
  const western = legacyHookDecode(sample, 'windows-1252')
  const high = (western.match(/\P{ASCII}/gu) ?? []).length
  const inRuns = (western.match(/\P{ASCII}{3,}/gu) ?? []).join('').length
  if (high >= 20 && inRuns > high * 0.6)
    return CYRILLIC.find((name) => readsAsRussian(sample, name, high)) ?? 'windows-1252'
  if (signsInWords(western) >= 3) {
    const calm = ['windows-1250', 'iso-8859-2'].find(
      (name) => signsInWords(legacyHookDecode(sample, name)) === 0,
    )
    if (calm !== undefined) return calm
  }
  const hasC1 = sample.some((byte) => byte >= 0x80 && byte < 0xa0)
  return !hasC1 && /\d[ \xa0]?\xa4|\xa4[ \xa0]?\d/.test(western) ? 'iso-8859-15' : 'windows-1252'
}

function readsAsRussian(bytes: Uint8Array, encoding: string, high: number): boolean {
  const common = legacyHookDecode(bytes, encoding).match(/[оеаинтсрвл]/g) ?? []
  return common.length > high * 0.5
}

function signsInWords(text: string): number {
  return (text.match(/\p{Ll}[¹³¿±¶¼¾£¥¢]\p{Ll}/gu) ?? []).length
}

function decodeUtf32(bytes: Uint8Array, encoding: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const code = view.getUint32(offset, encoding === 'utf-32le')
    parts.push(code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code))
  }
  return parts.join('')
}
