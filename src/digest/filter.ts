/**
 * Which articles a digest takes in. Exclude always wins; where there are include rules an article must fit at least
 * one; a story stays while one of its articles does. Pure: the same article and rules give the same verdict.
 */
import type { SourceId } from '../article/article.ts'
import { type DigestFilters, type FilterRule, rulesOf } from './filter-rule.ts'
import { readWords, type SearchableArticle, wordFinder } from './filter-words.ts'
import { patternSet } from './pattern.ts'

/** What the rules look at. */
export interface FilterableArticle extends SearchableArticle {
  readonly outlet: string
  readonly sourceId: SourceId
}

export type Verdict =
  | { readonly kept: true }
  /** The first rule that fits, or that of kind `unmatched`. */
  | { readonly kept: false; readonly rule: FilterRule }

/** A story's verdict; `articles` are those of its articles that are kept, never empty. */
export type StoryVerdict<A extends FilterableArticle> =
  | { readonly kept: true; readonly articles: readonly [A, ...A[]] }
  | { readonly kept: false; readonly rule: FilterRule }

/** The rules of a digest, ready to judge by. */
export interface CompiledRules {
  readonly exclude: RuleGroup
  readonly include: RuleGroup
}

/** Rules of one side, in the order they were written. */
export interface RuleGroup {
  readonly rules: readonly FilterRule[]
  /** Those that fit an article, told in one pass over it however many there are. */
  readonly fitting: (article: FilterableArticle) => readonly FilterRule[]
}

/** Compiles the filters of a definition that was read; what could not be used was refused there. */
export function compileRules(filters: DigestFilters): CompiledRules {
  const rules = rulesOf(filters)
  return {
    exclude: ruleGroup(rules.filter(({ side }) => side === 'exclude')),
    include: ruleGroup(rules.filter(({ side }) => side === 'include')),
  }
}

export function judgeArticle(article: FilterableArticle, { exclude, include }: CompiledRules): Verdict {
  const [excluding] = exclude.fitting(article)
  if (excluding !== undefined) return { kept: false, rule: excluding }
  if (include.rules.length === 0 || include.fitting(article).length > 0) return { kept: true }
  return { kept: false, rule: unmatched(include) }
}

/** Judges a story by its articles, the one that speaks for it first: where none is kept, its rule is the story's. */
export function judgeStory<A extends FilterableArticle>(
  articles: readonly [A, ...A[]],
  rules: CompiledRules,
): StoryVerdict<A> {
  const [leader, ...others] = articles
  const verdict = judgeArticle(leader, rules)
  const kept = others.filter((article) => judgeArticle(article, rules).kept)
  if (verdict.kept) return { kept: true, articles: [leader, ...kept] }
  const [first, ...rest] = kept
  return first === undefined ? verdict : { kept: true, articles: [first, ...rest] }
}

/** Include rules that are named where an article fits none of them. */
const NAMED_RULES = 5

/** The rule that stands for all include rules, where an article fits none. */
export function unmatched({ rules }: RuleGroup): FilterRule {
  const named = rules.slice(0, NAMED_RULES).map(({ text }) => text)
  const more = rules.length - named.length
  const text = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return { side: 'include', kind: 'unmatched', text, reach: 'text' }
}

/** Which of some rules fit an article, by their place in the list. */
type Fitting = (article: FilterableArticle) => Iterable<number>

function ruleGroup(rules: readonly FilterRule[]): RuleGroup {
  const numbered = rules.map((rule, at) => ({ rule, at }))
  const kinds: readonly Fitting[] = [
    ...numbered.flatMap(({ rule, at }) => originFitting(rule, at) ?? []),
    wordsFitting(numbered),
    patternsFitting(numbered),
  ]
  return {
    rules,
    fitting: (article) => {
      const found: number[] = []
      for (const fitting of kinds) for (const at of fitting(article)) found.push(at)
      return found.length === 0 ? NONE : found.sort((a, b) => a - b).flatMap((at) => rules[at] ?? [])
    },
  }
}

const NONE: readonly FilterRule[] = []

type Numbered = readonly { readonly rule: FilterRule; readonly at: number }[]

/** What stands in the headline stands in the text too, so most articles are passed over without a look at it. */
function wordsFitting(numbered: Numbered): Fitting {
  const words = numbered.flatMap(({ rule, at }) => {
    const result = rule.kind === 'words' || rule.kind === 'phrase' ? readWords(rule.text) : undefined
    return result?.kind === 'words' ? [{ at, reach: rule.reach, typed: result.typed }] : []
  })
  if (words.length === 0) return () => []
  const finder = wordFinder(words.map(({ typed }) => typed))
  return (article) => {
    const inText = finder.wordsIn(article, 'text')
    const found = words.filter((_, id) => inText.has(id))
    if (found.every(({ reach }) => reach === 'text')) return found.map(({ at }) => at)
    const inHeadline = finder.wordsIn(article, 'headline')
    const standing = words.filter(({ reach }, id) => (reach === 'text' ? inText : inHeadline).has(id))
    return standing.map(({ at }) => at)
  }
}

function patternsFitting(numbered: Numbered): Fitting {
  const patterns = numbered.filter(({ rule }) => rule.kind === 'pattern')
  if (patterns.length === 0) return () => []
  const fitting = patternSet(patterns.map(({ rule }) => rule.text))
  return ({ headline, standfirst }) => {
    const inHeadline = fitting(headline)
    const below = standfirst === undefined ? [] : fitting(standfirst)
    return patterns.flatMap(({ rule, at }, id) =>
      inHeadline.includes(id) || (rule.reach === 'text' && below.includes(id)) ? [at] : [],
    )
  }
}

/** By where an article comes from: its language or its source. */
function originFitting({ kind, text }: FilterRule, at: number): Fitting | undefined {
  if (kind !== 'source' && kind !== 'language') return undefined
  const [primary] = text.split('-')
  const fits =
    kind === 'source' ? sourceFit(text) : ({ language }: FilterableArticle): boolean => language === primary
  const itself = [at]
  return (article) => (fits(article) ? itself : [])
}

/** An outlet by its name, a source by its address, or all sources of a host: `example.org` is `news.example.org` too. */
function sourceFit(text: string): (article: FilterableArticle) => boolean {
  const wanted = text.toLowerCase()
  const address = wanted.replace(/\/+$/, '')
  return ({ outlet, sourceId }) => {
    if (outlet.toLowerCase() === wanted) return true
    const id = sourceId.toLowerCase()
    if (!id.includes(address)) return false
    const held = id.slice(id.indexOf(':') + 1)
    if (held.replace(/\/+$/, '') === address) return true
    const host = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(held)?.[1]
    return host !== undefined && (host === wanted || host.endsWith(`.${wanted}`))
  }
}
