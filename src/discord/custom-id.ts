/**
 * What a button or menu does is written in its custom id, so that it works after a restart and for years.
 * `1:` is the version: what an older version wrote stays understood.
 *
 *   1:summary:<story>            the story's summary
 *   1:text:<article>:<page>      a page of an article's full text, pages from 0
 *   1:story-text:<story>         the full text of the article that speaks for the story
 *   1:list:stories               a menu whose values are story ids
 *   1:edition:<edition>:<part>   a menu over the stories of a message; also the marker of a delivery. Its values are story ids
 */
import type { ArticleId, StoryId } from '../article/article.ts'
import type { EditionId } from '../digest/edition.ts'

export type Action =
  | { readonly do: 'summary'; readonly storyId: StoryId }
  | { readonly do: 'text'; readonly articleId: ArticleId; readonly page: number }
  | { readonly do: 'story-text'; readonly storyId: StoryId }
  | { readonly do: 'list' }
  | { readonly do: 'edition'; readonly editionId: EditionId; readonly part: number }

export function customId(action: Action): string {
  switch (action.do) {
    case 'summary':
    case 'story-text':
      return `1:${action.do}:${action.storyId}`
    case 'text':
      return `1:text:${action.articleId}:${action.page}`
    case 'list':
      return '1:list:stories'
    case 'edition':
      return `1:edition:${action.editionId}:${action.part}`
  }
}

/** Undefined for an id that no version wrote. */
export function parseCustomId(id: string): Action | undefined {
  const [version, verb, target, rest, ...more] = id.split(':')
  if (version !== '1' || more.length > 0 || target === undefined || !/^[a-z0-9-]{1,40}$/i.test(target))
    return undefined
  const number = rest === undefined || !/^\d{1,5}$/.test(rest) ? undefined : Number(rest)
  if (verb === 'summary' && rest === undefined) return { do: 'summary', storyId: target as StoryId }
  if (verb === 'story-text' && rest === undefined) return { do: 'story-text', storyId: target as StoryId }
  if (verb === 'text' && number !== undefined)
    return { do: 'text', articleId: target as ArticleId, page: number }
  if (verb === 'list' && rest === undefined) return { do: 'list' }
  if (verb === 'edition' && number !== undefined)
    return { do: 'edition', editionId: target as EditionId, part: number }
  return undefined
}
