/** What each rule of a filter does to what a digest holds, in numbers and a few headlines: enough to judge a rule by. Pure. */
import type { Digest } from './definition.ts'
import { compileRules } from './filter.ts'
import { type HeldArticle, previewFilters, type RuleEffect } from './filter-preview.ts'
import type { DigestFilters, FilterRule } from './filter-rule.ts'

export interface TellingEffect {
  readonly rule: FilterRule
  /** How many articles it removes, or lets in. */
  readonly articles: number
  /** How many of them no other rule removes, or lets in. */
  readonly only: number
  /** The newest of them. */
  readonly examples: readonly { readonly headline: string; readonly outlet: string }[]
}

export interface FilterEffects {
  /** How many were looked at, and how many of them stay. */
  readonly articles: number
  readonly kept: number
  /** Each exclude rule and, where there are include rules, at last what fits none of them. */
  readonly removals: readonly TellingEffect[]
  /** Each include rule. */
  readonly admissions: readonly TellingEffect[]
}

/** `days`: of how many days the articles are. `isPart`: only the newest of them were looked at. */
export type FindFilterEffects = (
  digest: Digest,
) => Promise<FilterEffects & { readonly days: number; readonly isPart: boolean }>

const mostExamples = 3

export function filterEffects({
  articles,
  filters,
}: {
  readonly articles: readonly HeldArticle[]
  readonly filters: DigestFilters
}): FilterEffects {
  const { kept, removals, admissions } = previewFilters(articles, compileRules(filters))
  return {
    articles: articles.length,
    kept: kept.length,
    removals: removals.map(telling),
    admissions: admissions.map(telling),
  }
}

function telling({ rule, articles, only }: RuleEffect<HeldArticle>): TellingEffect {
  return {
    rule,
    articles: articles.length,
    only: only.length,
    examples: articles.slice(0, mostExamples).map(({ headline, outlet }) => ({ headline, outlet })),
  }
}
