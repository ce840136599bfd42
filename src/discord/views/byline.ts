/** Who wrote an article, where and when; and the button that leads there. */
import type { Article } from '../../article/article.ts'
import type { Say } from '../text/say.ts'
import { foreign, linkable } from './foreign.ts'
import { linkButton } from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

export function byline(article: Article): string {
  const authors = article.authors.slice(0, 3).map((author) => foreign(author, 60))
  return [
    foreign(article.outlet, 60),
    ...(authors.length > 0 ? [authors.join(', ')] : []),
    timestamp(article.publishedAt ?? article.seenAt, 'f'),
  ].join(' · ')
}

/** None where the article has no address that a button can hold. */
export function sourceButton(article: Article, say: Say) {
  const address = article.url === undefined ? undefined : linkable(article.url)
  return address === undefined || address.length > limits.buttonUrl
    ? []
    : [linkButton(say('button.source'), address)]
}
