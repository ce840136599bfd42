/**
 * What is for a reader (see `Reader`), as conditions: of digests, and of articles. Every query of the library and of search that
 * answers a person goes through these; what jobs read for themselves is not narrowed.
 *
 * An article is for whoever may read a digest that names one of its sources, or an edition that carried it: a source that was taken
 * out of a digest leaves no dead buttons behind. What somebody asked for by its address is for whoever knows its id.
 */
import { type RawBuilder, sql } from 'kysely'
import type { SourceId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { Reader } from '../digest/library.ts'
import type { Database } from './database.ts'

/** The source of every article that was asked for by its address; no digest names it, so nothing of it is ever posted by itself. */
export const linkSource = 'link:asked' as SourceId

/** About a row of `digest`. */
export function isDigestFor({ guildId }: Reader): RawBuilder<boolean> {
  return sql<boolean>`(digest.guild_id is null or digest.guild_id = ${guildId ?? ''})`
}

/** About a row of `article`. */
export function isArticleFor(reader: Reader): RawBuilder<boolean> {
  return sql<boolean>`(${isInDigestsOf(isDigestFor(reader))} or ${wasTold(reader)})`
}

/** About rows of `article` and `follow`: whether a digest of the server where the story is followed brought the article. */
export const isArticleForFollow: RawBuilder<boolean> = isInDigestsOf(
  sql`(digest.guild_id is null or digest.guild_id = follow.guild_id)`,
)

function isInDigestsOf(isReadable: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (
      select 1 from article_source left join digest_source on digest_source.source_id = article_source.source_id
        left join digest on digest.id = digest_source.digest_id
      where article_source.article_id = article.id
        and (article_source.source_id = ${sql.lit(linkSource)} or (digest.id is not null and ${isReadable}))
    ) or exists (
      select 1 from edition_article join edition on edition.id = edition_article.edition_id
        join digest on digest.id = edition.digest_id
      where edition_article.article_id = article.id and ${isReadable}
    )
  )`
}

function wasTold({ userId }: Reader): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from follow_told join follow on follow.id = follow_told.follow_id
    where follow_told.article_id = article.id and follow.user_id = ${userId ?? ''}
  )`
}

/** Those of the digests that the reader may read; all that they may read where none are named. */
export async function digestsFor(
  db: Database,
  reader: Reader | undefined,
  named: readonly DigestId[] | undefined,
): Promise<readonly DigestId[] | undefined> {
  if (reader === undefined) return named
  const rows = await db.selectFrom('digest').select('id').where(isDigestFor(reader)).execute()
  const ids = rows.map(({ id }) => id as DigestId)
  return named === undefined ? ids : ids.filter((id) => named.includes(id))
}
