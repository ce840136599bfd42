/** Articles that were asked for by their address, each with its summary and the way to the full text. */
import type { Article } from '../../article/article.ts'
import type { LinkOutcome } from '../../digest/link.ts'
import type { Say } from '../text/say.ts'
import { foreign, foreignLink, linkable } from './foreign.ts'
import { button, container, linkButton, row, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

/** At most so many articles in one answer, so that it stays within a message. */
export const mostLinks = 3

export function linkView(outcomes: readonly LinkOutcome[], say: Say): View {
  return {
    components: outcomes.slice(0, mostLinks).map((outcome) => {
      if (outcome.kind === 'article') return articleBlock(outcome.article, say)
      const { problem, host } = outcome
      return text(say(`link.${problem}`, { host: foreign(host, 80) }))
    }),
  }
}

function articleBlock(article: Article, say: Say) {
  const summary = article.summary.length > 0 ? article.summary.join(' ') : article.brief
  const facts = [
    foreign(article.outlet, 60),
    ...(article.publishedAt === undefined ? [] : [timestamp(article.publishedAt, 'f')]),
    say('label.reading', { minutes: article.minutes }),
  ]
  const address = article.url === undefined ? undefined : linkable(article.url)
  const source = address === undefined || address.length > limits.buttonUrl ? [] : [address]
  return container([
    text(
      [
        `### ${foreignLink(article.headline, article.url, 400)}`,
        ...(summary === '' ? [] : [foreign(summary, 700)]),
        `-# ${facts.join(' · ')}`,
      ].join('\n'),
    ),
    row(
      button(say('button.fulltext'), { do: 'text', articleId: article.id, page: 0 }),
      ...source.map((each) => linkButton(say('button.source'), each)),
    ),
  ])
}
