/**
 * Which of a summary's numbers its source bears out: by a sentence that names the same value in the same unit, speaks
 * of the same matter, and has one of the words that follow it in the summary. "23 dead" is not borne out by "23
 * injured", nor "Halle 3" by "3 Verletzte". Calculated, rounded and converted numbers are not borne out, true as they
 * may be.
 */
import type { NumberMention } from './numbers.ts'

/** What numbers need to know of a sentence of the source. */
export interface NumberedSentence {
  readonly stems: ReadonlySet<string>
  readonly numbers: readonly NumberMention[]
  /** The units that it names anywhere. */
  readonly units: ReadonlySet<string>
}

/** A sentence speaks of the same matter if it and the one before it share so many content words. */
const SHARED_STEMS = 2
const MIN_HEAD = 4

/** The numbers of a summary's sentence, whose content words are `stems`, that no sentence of the source bears out. */
export function unknownNumbers(
  said: readonly NumberMention[],
  stems: ReadonlySet<string>,
  source: readonly NumberedSentence[],
): NumberMention[] {
  if (said.length === 0) return []
  const near = source.filter((sentence, at) => isOnTheSame(stems, [sentence, source[at - 1]]))
  return said.filter((mention) => !near.some((sentence) => bearsOut(sentence, mention)))
}

/** Whether a sentence of the source, with the one before it, shares enough words to speak of the same matter. */
function isOnTheSame(said: ReadonlySet<string>, source: readonly (NumberedSentence | undefined)[]): boolean {
  let shared = 0
  for (const stem of said) if (source.some((sentence) => sentence?.stems.has(stem))) shared++
  return shared >= Math.min(SHARED_STEMS, said.size)
}

function bearsOut({ numbers, stems, units }: NumberedSentence, said: NumberMention): boolean {
  const hasPartner = said.partner === undefined || numbers.some(({ value }) => value === said.partner)
  const hasLabel = said.label === undefined || hasForm(said.label, stems)
  return (
    hasPartner &&
    hasLabel &&
    numbers.some(
      (known) =>
        isSame(known.value, said.value) && hasSameUnit(known, said, units) && countsTheSame(said, stems),
    )
  )
}

/** The numbers of a score or a time count nothing of their own. */
function countsTheSame({ counted, partner }: NumberMention, stems: ReadonlySet<string>): boolean {
  return counted.length === 0 || partner !== undefined || counted.some((stem) => hasForm(stem, stems))
}

/** The stem itself, or as the head of a compound: "Linie" in "Straßenbahnlinie". */
function hasForm(stem: string, stems: ReadonlySet<string>): boolean {
  if (stems.has(stem)) return true
  if (stem.length < MIN_HEAD) return false
  for (const known of stems) if (known.endsWith(stem)) return true
  return false
}

function hasSameUnit(known: NumberMention, said: NumberMention, units: ReadonlySet<string>): boolean {
  if (said.unit === undefined || known.unit === said.unit) return true
  return known.unit === undefined && units.has(said.unit)
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
}
