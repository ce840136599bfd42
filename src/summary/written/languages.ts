/** The languages in which a text can be checked: those whose number words and negations are known, and which write names with capitals. */
import { numberWordLanguages } from '../../language/number-words.ts'
import { NEGATIONS } from './negations.ts'

/** ISO 639-1. */
export const checkedLanguages: ReadonlySet<string> = new Set(
  numberWordLanguages.filter((language) => Object.hasOwn(NEGATIONS, language)),
)
