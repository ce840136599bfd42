/** What each rule of a filter does to the articles at hand, for owners who want to know before readers do. Pure. */
import type { ArticleId, Instant } from '../article/article.ts'
import type { DigestId } from './definition.ts'
import { type CompiledRules, type FilterableArticle, type RuleGroup, unmatched } from './filter.ts'
import type { FilterRule } from './filter-rule.ts'

/** An article as it is held, with what rules look at. */
export interface HeldArticle extends FilterableArticle {
  readonly id: ArticleId
}

/** The articles that a digest has seen since an instant and that are not retired, newest first; at most `limit`. */
export type FindHeldArticles = (
  digestId: DigestId,
  since: Instant,
  limit?: number,
) => Promise<readonly HeldArticle[]>

export interface RuleEffect<A extends FilterableArticle> {
  readonly rule: FilterRule
  /** For an exclude rule what it removes by itself; for an include rule what it lets in by itself. */
  readonly articles: readonly A[]
  /** Those of `articles` that no other rule removes, or lets in. */
  readonly only: readonly A[]
}

export interface FilterPreview<A extends FilterableArticle> {
  readonly kept: readonly A[]
  /** Each exclude rule and, where there are include rules, at last the one of kind `unmatched`. */
  readonly removals: readonly RuleEffect<A>[]
  /** Each include rule. Of its articles an exclude rule may still remove some. */
  readonly admissions: readonly RuleEffect<A>[]
}

export function previewFilters<A extends FilterableArticle>(
  articles: readonly A[],
  rules: CompiledRules,
): FilterPreview<A> {
  const admissions = effectsOf(articles, rules.include)
  const admitted = new Set(admissions.flatMap((effect) => effect.articles))
  const exclusions = effectsOf(articles, rules.exclude)
  const excluded = new Set(exclusions.flatMap((effect) => effect.articles))
  const missed = rules.include.rules.length === 0 ? [] : articles.filter((article) => !admitted.has(article))
  const isMissed = new Set(missed)
  return {
    kept: articles.filter((article) => !excluded.has(article) && !isMissed.has(article)),
    removals: [
      ...exclusions.map((effect) => ({
        ...effect,
        only: effect.only.filter((article) => !isMissed.has(article)),
      })),
      ...(rules.include.rules.length === 0
        ? []
        : [
            {
              rule: unmatched(rules.include),
              articles: missed,
              only: missed.filter((article) => !excluded.has(article)),
            },
          ]),
    ],
    admissions,
  }
}

function effectsOf<A extends FilterableArticle>(
  articles: readonly A[],
  { rules, fitting }: RuleGroup,
): readonly RuleEffect<A>[] {
  const fits = new Map(articles.map((article) => [article, fitting(article)]))
  return rules.map((rule) => {
    const touched = articles.filter((article) => fits.get(article)?.includes(rule))
    return { rule, articles: touched, only: touched.filter((article) => fits.get(article)?.length === 1) }
  })
}
