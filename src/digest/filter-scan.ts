/**
 * Looks for many words in a text at once, in time that grows with the text and not with the number of words. The words lie
 * in a trie; it is entered where a word begins (and, for words that may stand inside others, at every letter), and mostly
 * left again after a letter or two.
 *
 * Most texts hold none of the words. That is told first, by one regular expression of literals without repetition.
 */
import { plainLetters, withoutAccents } from '../language/plain-letters.ts'

/** `edge`: where a word begins or ends, parts of hyphenated ones included; `inside`: wherever it stands. */
export type Edge = 'edge' | 'inside'

/** A word or phrase to look for, and how a word may go on before and after it. */
export interface Needle {
  /** Whose it is: the number that a scan tells. */
  readonly id: number
  /** Lower case, without accents; one space between words. */
  readonly text: string
  readonly before: Edge
  readonly after: Edge
}

/**
 * Tells each needle that stands in a lower-case text, as often as it does. The result is the number of words in which any
 * needle begins.
 */
export type Scan = (text: string, found?: (id: number) => void) => number

interface Node {
  readonly next: Map<number, Node>
  readonly ends: Needle[]
}

const SPACE = 32
const GAP = 1
const MAY_BEGIN = 2
const MAY_BEGIN_INSIDE = 4

/** What parts words: spaces and punctuation, from the first to the last of each block. */
const GAPS = /[\s!-/:-@[-`{-©«-¿‐-⁯、-〟・！-／：-＠]/
/** What of it stands between stems and inside of them; a short class is quicker. */
const STEM_GAPS = /[ ,-.:·‐‑]/
/** An inner part of a hyphenated word may end in what joins it: "Krisen-Gipfel", "Sicherheits-Konferenz". */
const JOINT = /(?:e?[nrs]|e)?[‐‑·-]/y

const gaps = Uint8Array.from({ length: 0x10000 }, (_, code) =>
  GAPS.test(String.fromCharCode(code)) ? GAP : 0,
)
const plainCodes = new Map(
  [...plainLetters].map(([letter, plain]) => [
    letter.charCodeAt(0),
    [...plain].map((each) => each.charCodeAt(0)),
  ]),
)

/**
 * Looks in texts as they stand, in stems, or in stems of a language without spaces: those the dictionary may have cut
 * otherwise than the needle, so spaces are passed over.
 */
export function scanFor(given: readonly Needle[], kind: 'text' | 'stems' | 'unspaced'): Scan {
  const ignoresSpaces = kind === 'unspaced'
  const needles = given.map((each) => ({
    ...each,
    text: each.text.split(GAPS).join(ignoresSpaces ? '' : ' '),
  }))
  const roots = { edge: node(), inside: node() }
  for (const needle of needles) plant(roots[needle.before], needle)
  const signs = signsOf(roots)
  const any = ignoresSpaces ? undefined : anyOf(needles, (kind === 'text' ? GAPS : STEM_GAPS).source)
  return (text, found) => {
    if (any?.test(withoutAccents(text)) === false) return 0
    let words = 0
    let isStart = true
    let isFound = false
    for (let at = 0; at < text.length; at += 1) {
      const sign = signs[text.charCodeAt(at)] ?? 0
      if (isStart && (sign & MAY_BEGIN) !== 0 && follow(roots.edge, text, at, ignoresSpaces, found))
        isFound = true
      if ((sign & MAY_BEGIN_INSIDE) !== 0 && follow(roots.inside, text, at, ignoresSpaces, found))
        isFound = true
      isStart = (sign & GAP) !== 0
      if (!isFound || (!isStart && at < text.length - 1)) continue
      words += 1
      isFound = false
    }
    return words
  }
}

/** Fits the texts, without accents, that hold any needle. Needles with like edges share them: that keeps it quick. */
function anyOf(needles: readonly Needle[], gap: string): RegExp {
  const start = { edge: `(?:^|${gap})`, inside: '' }
  const end = { edge: `(?=${gap}|$|${JOINT.source})`, inside: '' }
  const alike = Map.groupBy(needles, ({ before, after }) => `${before} ${after}`)
  const sources = [...alike.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [`${start[first.before]}(?:${literals(group, gap)})${end[first.after]}`]
  })
  return new RegExp(sources.join('|') || '(?!)')
}

function literals(needles: readonly Needle[], gap: string): string {
  const escaped = needles.map(({ text }) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(' ', gap))
  return [...new Set(escaped)].join('|')
}

function node(): Node {
  return { next: new Map(), ends: [] }
}

function plant(root: Node, needle: Needle): void {
  let at = root
  for (let index = 0; index < needle.text.length; index += 1) {
    const code = needle.text.charCodeAt(index)
    const next = at.next.get(code) ?? node()
    at.next.set(code, next)
    at = next
  }
  const isKnown = at.ends.some(({ id, after }) => id === needle.id && after === needle.after)
  if (!isKnown) at.ends.push(needle)
}

/** For each character whether it parts words, and whether a needle may begin with it. */
function signsOf(roots: { readonly edge: Node; readonly inside: Node }): Uint8Array {
  const signs = Uint8Array.from(gaps)
  const sign = (code: number, plain: number | undefined): void => {
    if (plain === undefined) return
    const begins =
      (roots.edge.next.has(plain) ? MAY_BEGIN : 0) | (roots.inside.next.has(plain) ? MAY_BEGIN_INSIDE : 0)
    signs[code] = (signs[code] ?? 0) | begins
  }
  for (const code of [...roots.edge.next.keys(), ...roots.inside.next.keys()]) sign(code, code)
  for (const [code, [plain]] of plainCodes) sign(code, plain)
  return signs
}

/** Walks the trie along the text from a place; whether a needle stands there. */
function follow(
  root: Node,
  text: string,
  start: number,
  ignoresSpaces: boolean,
  found: ((id: number) => void) | undefined,
): boolean {
  let at: Node | undefined = root
  let isFound = false
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (ignoresSpaces && code === SPACE) continue
    at = step(at, code)
    if (at === undefined) return isFound
    for (const { id, after } of at.ends) {
      if (!endsAt(text, index + 1, after)) continue
      isFound = true
      found?.(id)
    }
  }
  return isFound
}

function step(from: Node, code: number): Node | undefined {
  if (gaps[code] === GAP) return from.next.get(SPACE)
  const plain = code < 0x80 ? undefined : plainCodes.get(code)
  if (plain === undefined) return from.next.get(code)
  return plain.reduce<Node | undefined>((at, each) => at?.next.get(each), from)
}

function endsAt(text: string, end: number, after: Edge): boolean {
  if (after === 'inside' || end === text.length || gaps[text.charCodeAt(end)] === GAP) return true
  JOINT.lastIndex = end
  return JOINT.test(text)
}
