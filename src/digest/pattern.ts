/**
 * Regular expressions that people write into a digest. They run on RE2 (R. Cox, "Regular Expression Matching in the
 * Wild", 2010), whose time grows with the length of the text and never faster: no pattern, however odd, holds up the
 * bot. What RE2 cannot do in such time (looking ahead or behind, back-references) is refused with a sentence.
 *
 * Letters match in either case unless the pattern says `(?-i)`. `\b` and `\w` know a to z only, as everywhere in RE2.
 */
import { RE2JS, RE2JSException, RE2JSSyntaxException, RE2Set } from 're2js'

export type PatternResult =
  /** `size`: instructions of the compiled program; what a pattern costs grows with it. */
  { readonly kind: 'pattern'; readonly size: number } | PatternProblem

/** `problem` goes on after the key in a file, as in `pattern: …`; `code` names the same for people who read another language. */
export interface PatternProblem {
  readonly kind: 'problem'
  readonly code: PatternProblemCode
  readonly problem: string
  /** Where in the pattern, as it was written; empty where it is the whole. */
  readonly place: string
}

export type PatternProblemCode =
  | 'pattern-long'
  | 'pattern-slashes'
  | 'pattern-large'
  | 'pattern-empty'
  | 'pattern-refused'
  | 'pattern-bracket'
  | 'pattern-repeats'
  | 'pattern-misspelt'

export const MAX_PATTERN_LENGTH = 200
/** Instructions of a compiled program. Each letter is about one, each repetition multiplies. */
const MAX_PROGRAM = 300
/** Headlines and standfirsts are shorter; more of a longer one is not read. */
const MAX_TEXT = 500

/** Checks a pattern, and says what is wrong with it and how to mend it. */
export function checkPattern(written: string): PatternResult {
  if (written.length > MAX_PATTERN_LENGTH)
    return problem(
      'pattern-long',
      `is longer than ${MAX_PATTERN_LENGTH} characters; part it into several rules`,
    )
  const inSlashes = /^\/(.+)\/[a-z]*$/.exec(written)?.[1]
  if (inSlashes !== undefined)
    return problem('pattern-slashes', `is written without slashes around it: ${inSlashes}`, inSlashes)
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(written, RE2JS.CASE_INSENSITIVE)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return error instanceof RE2JSSyntaxException
      ? syntaxProblem(error)
      : problem('pattern-misspelt', 'cannot be used as it is')
  }
  if (compiled.programSize() > MAX_PROGRAM)
    return problem('pattern-large', 'is too large once its repetitions are written out; repeat less often')
  if (compiled.test(''))
    return problem('pattern-empty', 'fits every text, even an empty one; say what must be there')
  return { kind: 'pattern', size: compiled.programSize() }
}

/** Which of these patterns fit a text, told in one pass. Each must be one that `checkPattern` takes. */
export function patternSet(written: readonly string[]): (text: string) => readonly number[] {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE)
  for (const each of written) set.add(each)
  set.compile()
  return (text) => set.match(text.slice(0, MAX_TEXT))
}

function problem(code: PatternProblemCode, said: string, place = ''): PatternProblem {
  return { kind: 'problem', code, problem: said, place }
}

/** What RE2 complains of, by the beginning of the place it names. */
const REFUSED: readonly (readonly [place: RegExp, said: string])[] = [
  [/^\(\?[=!]/, 'looks ahead with "(?=" or "(?!", which the safe engine refuses; use a rule of its own'],
  [/^\(\?<[=!]/, 'looks behind with "(?<=" or "(?<!", which the safe engine refuses; use a rule of its own'],
  [/^\\[1-9]/, 'refers back to a group, which the safe engine refuses; write out what may stand there'],
  [
    /^(\(\?>|[*+?}]\+)/,
    'holds on to what it has matched ("(?>" or "++"), which the safe engine refuses; leave it out',
  ],
]

/** The remedies for what is misspelt, by RE2's own names. */
const MISSPELT: Readonly<Record<string, readonly [code: PatternProblemCode, said: string]>> = {
  'missing closing )': ['pattern-bracket', 'has a "(" that no ")" closes'],
  'unexpected )': ['pattern-bracket', 'has a ")" without a "("; a bracket that is meant is written "\\)"'],
  'missing closing ]': ['pattern-bracket', 'has a "[" that no "]" closes'],
  'missing argument to repetition operator': [
    'pattern-repeats',
    'repeats nothing; a star or plus that is meant is written "\\*" or "\\+"',
  ],
  'invalid nested repetition operator': [
    'pattern-repeats',
    'repeats a repetition; put brackets around the inner one',
  ],
  'invalid repeat count': [
    'pattern-repeats',
    'repeats too often or from more to less; at most 1000 times, as in {2,5}',
  ],
  'invalid escape sequence': [
    'pattern-misspelt',
    'has a backslash before a character for which it means nothing',
  ],
  'invalid character class range': [
    'pattern-misspelt',
    'has a class of characters that does not exist, as "[z-a]" or "\\p{Foo}"',
  ],
  'trailing backslash at end of expression': [
    'pattern-misspelt',
    'ends with a lone backslash; one that is meant is written twice',
  ],
  'invalid or unsupported Perl syntax': ['pattern-misspelt', 'has a group that RE2 does not know'],
}

function syntaxProblem({ error, input }: RE2JSSyntaxException): PatternProblem {
  const place = (input ?? '').replace(/^\(\?i\)/, '').slice(0, 40)
  const refused = REFUSED.find(([beginning]) => beginning.test(input ?? ''))
  if (refused !== undefined) return problem('pattern-refused', refused[1], place)
  const [code, said] = MISSPELT[error] ?? ['pattern-misspelt', 'is no regular expression that RE2 knows']
  return problem(code, input ? `${said}, at "${place}"` : said, place)
}
