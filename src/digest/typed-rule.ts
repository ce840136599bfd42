/**
 * Rules of a filter as people type them in Discord: `Fußball, Handball` is two rules, several words in a row are a phrase, a language may
 * be named. What cannot be a rule is a code with facts, to be put into words where it is read; the checks are those of `digest.yaml`.
 */
import { type DigestFilters, type FilterRule, filtersShape, rulesOf } from './filter-rule.ts'
import { readWords, type WordsProblem } from './filter-words.ts'
import { checkPattern, type PatternProblem } from './pattern.ts'

export const ruleKinds = ['words', 'phrase', 'source', 'language', 'pattern'] as const
export type RuleKind = (typeof ruleKinds)[number]
export type RuleSide = FilterRule['side']

export interface TypedRule {
  /** Told by the text where nobody said it: one word, or a phrase. */
  readonly kind?: RuleKind | undefined
  readonly text: string
  readonly side: RuleSide
  readonly reach: FilterRule['reach']
}

export interface RuleProblem {
  readonly kind: 'problem'
  readonly code:
    | WordsProblem['code']
    | PatternProblem['code']
    | 'empty'
    | 'long'
    | 'language'
    | 'many-rules'
    | 'large-patterns'
  /** What of the text it is about, as typed. */
  readonly text: string
  /** Where in a pattern. */
  readonly place?: string
}

export type TypedRules = { readonly kind: 'rules'; readonly rules: readonly FilterRule[] } | RuleProblem

const longestText = 100
const longestSource = 300

/** `locale`: the language in which languages may be named, beside their own and English. */
export function readRules(typed: TypedRule, locale: string): TypedRules {
  const texts = typed.kind === 'pattern' ? [typed.text.trim()] : partsOf(typed.text)
  if (texts.length === 0 || texts[0] === '') return { kind: 'problem', code: 'empty', text: typed.text }
  const rules: FilterRule[] = []
  for (const text of texts) {
    const kind = kindOf(typed.kind, text)
    const read = readText(kind, text, locale)
    if (read.kind === 'problem') return read
    rules.push({ side: typed.side, kind, text: read.text, reach: reachesFar(kind) ? 'text' : typed.reach })
  }
  return { kind: 'rules', rules }
}

/** What parts rules: commas, semicolons and line breaks. Quotation marks around one only say where it ends. */
function partsOf(text: string): readonly string[] {
  return text
    .split(/[,;\n]/u)
    .map((part) => part.trim().replace(/^["'“”„«»‘’‚]+|["'“”„«»‘’‚]+$/gu, ''))
    .filter((part) => part !== '')
}

/** A word is one word: several are a phrase, whatever was chosen. */
function kindOf(chosen: RuleKind | undefined, text: string): RuleKind {
  if (chosen !== undefined && chosen !== 'words') return chosen
  return /\s/u.test(text) ? 'phrase' : 'words'
}

/** Where an article comes from has no headline to look at. */
function reachesFar(kind: RuleKind): boolean {
  return kind === 'source' || kind === 'language'
}

type ReadText = { readonly kind: 'text'; readonly text: string } | RuleProblem

function readText(kind: RuleKind, text: string, locale: string): ReadText {
  const problem = (code: RuleProblem['code'], place?: string): RuleProblem => ({
    kind: 'problem',
    code,
    text,
    ...(place === undefined || place === '' ? {} : { place }),
  })
  if (text.length > (kind === 'source' ? longestSource : longestText) && kind !== 'pattern')
    return problem('long')
  if (kind === 'source') return { kind: 'text', text }
  if (kind === 'language') {
    const tag = languageNamed(text, locale)
    return tag === undefined ? problem('language') : { kind: 'text', text: tag }
  }
  if (kind === 'pattern') {
    const checked = checkPattern(text)
    return checked.kind === 'problem' ? problem(checked.code, checked.place) : { kind: 'text', text }
  }
  const read = readWords(text)
  return read.kind === 'problem' ? problem(read.code) : { kind: 'text', text }
}

/** `de`, `en-GB`, or the name of a language in that language, in English or in the reader's own. */
export function languageNamed(typed: string, locale: string): string | undefined {
  const wanted = typed.trim().toLowerCase()
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/u.test(wanted) && nameOf(wanted, 'en') !== undefined) return wanted
  return twoLetterTags().find((tag) =>
    [locale, 'en', tag].some((reader) => nameOf(tag, reader)?.toLowerCase() === wanted),
  )
}

function nameOf(tag: string, reader: string): string | undefined {
  return new Intl.DisplayNames(reader, { type: 'language', fallback: 'none' }).of(tag)
}

const letters = [...'abcdefghijklmnopqrstuvwxyz']
let tags: readonly string[] | undefined

/** Those that are the code of a language (ISO 639-1). */
function twoLetterTags(): readonly string[] {
  tags ??= letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((tag) => nameOf(tag, 'en') !== undefined)
  return tags
}

export type ChangedFilters =
  | {
      readonly kind: 'changed'
      readonly filters: DigestFilters
      readonly added: readonly FilterRule[]
      /** Those that stood before. */
      readonly known: readonly FilterRule[]
    }
  | RuleProblem

/** Adds rules to a filter, each once. */
export function addRules(filters: DigestFilters, rules: readonly FilterRule[]): ChangedFilters {
  const standing = rulesOf(filters)
  const seen = new Set(standing.map(ruleName))
  const wantedOnce = distinct(rules)
  const added = wantedOnce.filter((rule) => !seen.has(ruleName(rule)))
  const known = wantedOnce.filter((rule) => seen.has(ruleName(rule)))
  const wanted = filtersOf([...standing, ...added])
  const parsed = filtersShape.safeParse(wanted)
  if (parsed.success) return { kind: 'changed', filters: parsed.data, added, known }
  const isOfPatterns = added.some(({ kind }) => kind === 'pattern')
  return { kind: 'problem', code: isOfPatterns ? 'large-patterns' : 'many-rules', text: '' }
}

/** A filter without one rule; rules that were written as a list are parted. */
export function withoutRule(filters: DigestFilters, rule: FilterRule): DigestFilters {
  return filtersOf(rulesOf(filters).filter((each) => ruleName(each) !== ruleName(rule)))
}

/** The rules of a filter, each once, in their order. */
export function distinctRules(filters: DigestFilters): readonly FilterRule[] {
  return distinct(rulesOf(filters))
}

function distinct(rules: readonly FilterRule[]): readonly FilterRule[] {
  return [...new Map(rules.toReversed().map((rule) => [ruleName(rule), rule])).values()].reverse()
}

/** What tells a rule from every other of its filter. */
export function ruleName({ side, kind, text, reach }: FilterRule): string {
  return JSON.stringify([side, kind, reach, text.toLowerCase()])
}

function filtersOf(rules: readonly FilterRule[]): DigestFilters {
  const written = (side: RuleSide) => rules.filter((rule) => rule.side === side).flatMap(writtenOf)
  return { include: written('include'), exclude: written('exclude') }
}

function writtenOf({ kind, text, reach }: FilterRule): DigestFilters['include'] {
  switch (kind) {
    case 'words':
      return [{ words: text, in: reach }]
    case 'phrase':
      return [{ phrase: text, in: reach }]
    case 'pattern':
      return [{ pattern: text, in: reach }]
    case 'source':
      return [{ source: text }]
    case 'language':
      return [{ language: text }]
    case 'unmatched':
      return []
  }
}
