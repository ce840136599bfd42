/** What a digest has seen lately, as filters look at it: with stems and without texts. */
import type { ArticleId, SourceId } from '../article/article.ts'
import type { FindHeldArticles } from '../digest/filter-preview.ts'
import type { Database } from './database.ts'

export function createFilterable(db: Database): FindHeldArticles {
  return async (digestId, since, limit) => {
    const query = db
      .selectFrom('article')
      .innerJoin('article_source', 'article_source.article_id', 'article.id')
      .innerJoin('digest_source', 'digest_source.source_id', 'article_source.source_id')
      .select(['id', 'outlet', 'language', 'headline', 'standfirst', 'stems', 'article.seen_at'])
      // An article that came through several sources of the digest is one article.
      .select((e) => e.fn.min('article_source.source_id').as('source'))
      .where('digest_source.digest_id', '=', digestId)
      .where('article.retired_at', 'is', null)
      .where('article.seen_at', '>', since)
      .groupBy('article.id')
      .orderBy('article.seen_at', 'desc')
      .orderBy('id')
    const rows = await (limit === undefined ? query : query.limit(limit)).execute()
    return rows.map((row) => ({
      id: row.id as ArticleId,
      sourceId: row.source as SourceId,
      outlet: row.outlet,
      language: row.language,
      headline: row.headline,
      ...(row.standfirst === null ? {} : { standfirst: row.standfirst }),
      stems: row.stems,
    }))
  }
}
