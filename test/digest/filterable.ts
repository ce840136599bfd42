/** Articles as filters and topics see them, from a few words of text. */
import type { SourceId } from '../../src/article/article.ts'
import { type CompiledRules, compileRules, type FilterableArticle } from '../../src/digest/filter.ts'
import { filtersShape } from '../../src/digest/filter-rule.ts'
import { searchStems } from '../../src/language/search-text.ts'

export function filterable(
  given: Partial<Omit<FilterableArticle, 'stems'>> & { readonly body?: string },
): FilterableArticle {
  const { body = '', headline = 'A headline', language = 'en', standfirst, ...origin } = given
  return {
    outlet: 'Harbour Wire',
    sourceId: 'folder:wire/articles' as SourceId,
    ...origin,
    language,
    headline,
    standfirst,
    stems: searchStems([headline, standfirst ?? '', body], language),
  }
}

/** Rules as somebody writes them in `digest.yaml`. Throws where one has a problem. */
export function rulesFrom(filters: unknown): CompiledRules {
  return compileRules(filtersShape.parse(filters))
}
