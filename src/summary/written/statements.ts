/**
 * Whether a summary denies what its source affirms, or affirms what it denies. Sentences are compared clause by
 * clause, so that "… will be built, but the old one will not be torn down" bears out its first half alone; what a
 * clause is compared with is the clause or sentence of the source that shares most of its words.
 *
 * Opposites ("rose", "fell") turn a statement like a negation does, where the source has only the other one.
 */
import { splitSentences } from '../../language/sentences.ts'
import { stemmerFor } from '../../language/stems.ts'
import { stopWordsOf } from '../../language/stop-words.ts'
import { foldWord, tokenise } from '../../language/tokens.ts'
import { NEGATIONS, NO_NEGATIONS } from './negations.ts'
import { oppositesOf } from './opposites.ts'

export interface Statement {
  readonly text: string
  /** Its content words. */
  readonly stems: ReadonlySet<string>
  /** All its words: "more" and "less" are function words to everything else. */
  readonly all: ReadonlySet<string>
  readonly isNegated: boolean
}

/** A counterpart shares at least this much of a statement's content words. */
const SAME_MATTER = 0.5
/** A denial needs a denial in the source that shares at least this much, or so many words. */
const FOUNDED = 0.34
const FOUNDED_STEMS = 2
/** Fewer content words are no clause of their own. */
const MIN_CLAUSE_STEMS = 2
/** Words between two clauses. */
const CONJUNCTIONS: Readonly<Record<string, string>> = {
  de: 'und|aber|sondern|während|obwohl|doch|jedoch',
  en: 'and|but|while|whereas|although|though|however',
  fr: 'et|mais|tandis|alors|cependant',
  es: 'y|pero|mientras|aunque|sino',
  it: 'e|ma|mentre|però',
  pt: 'e|mas|enquanto|embora',
  nl: 'en|maar|terwijl|hoewel',
  sv: 'och|men|medan',
  da: 'og|men|mens',
  no: 'og|men|mens',
  pl: 'i|oraz|ale|lecz|natomiast',
}

const clauseEnds = new Map<string, RegExp>()

function clauseEndOf(language: string): RegExp {
  let pattern = clauseEnds.get(language)
  if (pattern === undefined) {
    const words = Object.hasOwn(CONJUNCTIONS, language) ? CONJUNCTIONS[language] : undefined
    pattern = new RegExp(`[,;:–—()]\\s${words === undefined ? '' : `|\\s(?:${words})\\s`}`, 'iu')
    if (clauseEnds.size < 100) clauseEnds.set(language, pattern)
  }
  return pattern
}

/** What a sentence of the source states: its clauses, and the whole of it where it has several. */
export function statementsOf(sentence: string, language: string): Statement[] {
  const clauses = clausesOf(sentence, language)
  return clauses.length > 1 ? [...clauses, statementOf(sentence, language)] : clauses
}

/** The clauses of a sentence that each say something; one that says too little goes on into the next. */
function clausesOf(sentence: string, language: string): Statement[] {
  const clauses: Statement[] = []
  let open = ''
  for (const part of sentence.split(clauseEndOf(language))) {
    open = open === '' ? part : `${open} ${part}`
    const clause = statementOf(open, language)
    if (clause.stems.size < MIN_CLAUSE_STEMS) continue
    clauses.push(clause)
    open = ''
  }
  return open === '' ? clauses : [...clauses, statementOf(open, language)]
}

function statementOf(text: string, language: string): Statement {
  const stopWords = stopWordsOf(language)
  const stem = stemmerFor(language)
  const words = tokenise(text, language).filter((word) => word.length > 1)
  const content = words.filter((word) => !stopWords.has(foldWord(word)))
  return {
    text,
    stems: new Set(content.map(stem)),
    all: new Set(words.map(stem)),
    isNegated: denies(text, language),
  }
}

/** Whether a text denies; "not only … but also" does not. */
function denies(text: string, language: string): boolean {
  const negations = Object.hasOwn(NEGATIONS, language) ? NEGATIONS[language] : undefined
  return negations?.test(text.replace(NO_NEGATIONS, ' ')) === true
}

/** The sentences of `text` that say the contrary of the source, or deny something that it does not speak of. */
export function turnedSentences(
  text: string,
  source: readonly Statement[],
  language: string,
): { readonly denied: string[]; readonly opposed: string[] } {
  const denied: string[] = []
  const opposed: string[] = []
  for (const sentence of splitSentences(text, language)) {
    const clauses = clausesOf(sentence, language)
    if (clauses.some((clause) => isTurned(clause, source))) denied.push(sentence)
    else if (clauses.some((clause) => isOpposed(clause, source, language))) opposed.push(sentence)
  }
  return { denied, opposed }
}

function isTurned(said: Statement, source: readonly Statement[]): boolean {
  let alike = 0
  let contrary = 0
  for (const statement of source) {
    const share = shareOf(said.stems, statement.stems)
    if (statement.isNegated === said.isNegated) alike = Math.max(alike, share)
    else contrary = Math.max(contrary, share)
  }
  const isFounded = alike >= FOUNDED || alike * said.stems.size >= FOUNDED_STEMS
  return (said.isNegated && !isFounded) || (contrary >= SAME_MATTER && contrary > alike)
}

/** A word that the source lacks stands where a statement on the same matter has the opposite. */
function isOpposed(said: Statement, source: readonly Statement[], language: string): boolean {
  const opposites = oppositesOf(language)
  return [...said.all].some((stem) => {
    const contrary = opposites.get(stem)
    if (contrary === undefined || source.some(({ all }) => all.has(stem))) return false
    return source.some(
      ({ stems, all }) => shareOf(said.stems, stems) >= FOUNDED && contrary.some((other) => all.has(other)),
    )
  })
}

/** How much of `said` the other has too, 0 to 1. */
function shareOf(said: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (said.size === 0) return 0
  let shared = 0
  for (const stem of said) if (other.has(stem)) shared++
  return shared / said.size
}
