/**
 * The rules of a digest's filter as people write them in `digest.yaml`, each checked where it stands: a rule that could
 * never work is a problem of the definition, with a sentence, and not a surprise later.
 */
import { z } from 'zod'
import { type Reach, readWords } from './filter-words.ts'
import { checkPattern } from './pattern.ts'

/** All rules of a digest together, lists written out. */
const MAX_RULES = 200
/** Instructions of all patterns together: a few milliseconds for an article at the very worst. */
const MAX_PATTERNS = 1000

const ruleKinds = ['words', 'phrase', 'source', 'language', 'pattern'] as const

/** One rule, as it is judged by and reported. */
export interface FilterRule {
  readonly side: 'include' | 'exclude'
  /** `unmatched` stands for all include rules together, where an article fits none of them. */
  readonly kind: (typeof ruleKinds)[number] | 'unmatched'
  /** What was written; for `unmatched` the first of the include rules. */
  readonly text: string
  readonly reach: Reach
}

/** A text for which `problemOf` knows nothing to say. */
function checked(text: z.ZodString, problemOf: (text: string) => string | undefined): z.ZodString {
  return text.superRefine((value, context) => {
    const problem = problemOf(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })
}

const short = z.string({ error: 'expected text; put it in quotes' }).trim().min(1).max(100)

function wordsProblem(text: string): string | undefined {
  const result = readWords(text)
  return result.kind === 'problem' ? result.problem : undefined
}

function singleWordProblem(text: string): string | undefined {
  return /\s/.test(text) ? 'is more than one word; use "phrase:"' : wordsProblem(text)
}

function patternProblem(text: string): string | undefined {
  const result = checkPattern(text)
  return result.kind === 'problem' ? result.problem : undefined
}

/** A word, or several for a phrase; a star at either end leaves it open. Filters and topics share it. */
export const wordsShape = checked(short, wordsProblem)

export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'expected a language tag such as "de" or "en-GB"' })

const word = checked(short, singleWordProblem)
const source = z.string().trim().min(1).max(2000)
const pattern = checked(z.string({ error: 'expected text; put it in quotes' }).min(1), patternProblem)
const reach = z
  .enum(['text', 'headline'], { error: 'expected text or headline' })
  .default('text')
  .describe('headline: look at the headline alone.')

function oneOrMore<Shape extends z.ZodType>(shape: Shape) {
  return z.union([shape, z.array(shape).min(1).max(50)], { error: 'expected text, or a list of texts' })
}

const rule = z.union(
  [
    wordsShape.describe('A word by its stem, a phrase, or part of a word with a star: "*streik".'),
    z.strictObject({ words: oneOrMore(word), in: reach }),
    z.strictObject({ phrase: oneOrMore(wordsShape), in: reach }),
    z.strictObject({ source: oneOrMore(source).describe('An outlet, an address, or a host.') }),
    z.strictObject({ language: oneOrMore(languageTag) }),
    z.strictObject({
      pattern: oneOrMore(pattern).describe('A regular expression of RE2 for headline and standfirst.'),
      in: reach,
    }),
  ],
  { error: `expected a word, a phrase, or one of ${ruleKinds.map((kind) => `"${kind}:"`).join(', ')}` },
)

type WrittenRule = z.output<typeof rule>

/** The filters as they are written; each entry may hold a list. */
export interface DigestFilters {
  readonly include: readonly WrittenRule[]
  readonly exclude: readonly WrittenRule[]
}

const rules = z.array(rule).max(MAX_RULES).default([])

export const filtersShape = z
  .strictObject({
    include: rules.describe('Where there are any, an article must fit at least one.'),
    exclude: rules.describe('An article that fits one is left out, whatever else it fits.'),
  })
  .refine((filters) => rulesOf(filters).length <= MAX_RULES, {
    error: `has more than ${MAX_RULES} rules; part of a word with a star, or a pattern, may stand for many`,
  })
  .refine((filters) => patternSize(filters) <= MAX_PATTERNS, {
    error: 'has patterns that are too large together; words and phrases cost less',
  })

/** What all patterns together make the filter cost for one article. */
function patternSize(filters: DigestFilters): number {
  return rulesOf(filters).reduce((sum, { kind, text }) => {
    const result = kind === 'pattern' ? checkPattern(text) : undefined
    return sum + (result?.kind === 'pattern' ? result.size : 0)
  }, 0)
}

/** Every rule by itself, in the order they are written: exclude first, for it wins. */
export function rulesOf({ include, exclude }: DigestFilters): readonly FilterRule[] {
  return [
    ...exclude.flatMap((written) => writtenOut(written, 'exclude')),
    ...include.flatMap((written) => writtenOut(written, 'include')),
  ]
}

function writtenOut(written: WrittenRule, side: FilterRule['side']): readonly FilterRule[] {
  if (typeof written === 'string')
    return [{ side, kind: /\s/.test(written) ? 'phrase' : 'words', text: written, reach: 'text' }]
  const reach = 'in' in written ? written.in : 'text'
  const values: Readonly<Partial<Record<(typeof ruleKinds)[number], string | readonly string[]>>> = written
  return ruleKinds.flatMap((kind) =>
    [values[kind] ?? []].flat().map((text): FilterRule => ({ side, kind, text, reach })),
  )
}

/** A rule as its owner wrote it, in a line: `exclude words: Handball, in the headline`. */
export function describeRule({ side, kind, text, reach }: FilterRule): string {
  if (kind === 'unmatched') return `${side}: fits none of ${text}`
  return `${side} ${kind}: ${text}${reach === 'headline' ? ', in the headline' : ''}`
}

/** The rule that `describeRule` wrote, for saying it in another language; undefined for anything else. */
export function describedRule(line: string): FilterRule | undefined {
  const [, side, kind, text] = /^(include|exclude)(?: (\p{L}+)|: fits none of)(?:: | )(.+)$/u.exec(line) ?? []
  if (text === undefined || (side !== 'include' && side !== 'exclude')) return undefined
  if (kind === undefined) return { side, kind: 'unmatched', text, reach: 'text' }
  const known = ruleKinds.find((each) => each === kind)
  if (known === undefined) return undefined
  const bare = text.replace(/, in the headline$/, '')
  return { side, kind: known, text: bare, reach: bare === text ? 'text' : 'headline' }
}
