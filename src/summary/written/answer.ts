/**
 * What a model sent → the text that it wrote: without the thinking that local models send along, and without quotation
 * marks around the whole. Nothing else is mended; an answer that is not what was asked for is refused later.
 */

/** Tags in which models think aloud. Some templates open the block themselves, so that only its end is sent. */
const THINKING = 'think|thinking|thought|thoughts|reasoning|reflection'
const THOUGHT_END = new RegExp(`</(?:${THINKING})\\s{0,4}>`, 'giu')
const THOUGHT_START = new RegExp(`<(?:${THINKING})\\b`, 'iu')
const WRAPPED = /^(?:"([^"]*)"|„([^„“”]*)[“”]|“([^“”]*)”|«([^«»]*)»|»([^«»]*)«)$/u
/** More is not read at all: thinking aloud has an end. */
const MAX_RAW_CHARACTERS = 40_000

export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing was left, or the thinking never ended. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long' }

export function readAnswer(raw: string): Answer {
  if (raw.length > MAX_RAW_CHARACTERS) return { kind: 'too-long' }
  const lastThought = [...raw.matchAll(THOUGHT_END)].at(-1)
  const said = raw
    .slice(lastThought === undefined ? 0 : lastThought.index + lastThought[0].length)
    .normalize('NFC')
    .trim()
  if (said === '' || THOUGHT_START.test(said)) return { kind: 'empty' }
  const inner = WRAPPED.exec(said)?.slice(1)
  return { kind: 'text', text: inner?.find((text) => text !== undefined)?.trim() ?? said }
}
