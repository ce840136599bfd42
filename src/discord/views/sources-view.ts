/** Everybody who tells a story, by outlet, with links; and one of its articles with its own summary. */
import type { Article } from '../../article/article.ts'
import type { Story } from '../../story/story.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { byline, sourceButton } from './byline.ts'
import { foreign, foreignLink, label } from './foreign.ts'
import { button, container, menu, row, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { firstThatFits, type Turning } from './list-view.ts'
import { timestamp } from './time.ts'

/** Texts on a page; copies of them stand in the same line. */
const textsOnPage = 8

/** A text in words of its own, and who else prints it. */
interface Text {
  readonly article: Article
  readonly copies: readonly Article[]
}

export function sourcesView(story: Story, page: number, say: Say): View {
  const texts = textsOf(story)
  const pages = Math.max(1, Math.ceil(texts.length / textsOnPage))
  const at = Math.min(page, pages - 1)
  const shown = texts.slice(at * textsOnPage, (at + 1) * textsOnPage)
  const turning: Turning = {
    page: at,
    hasNext: at < pages - 1,
    to: (next) => ({ do: 'sources', storyId: story.id, page: next }),
  }
  return firstThatFits([500, 300, 160], (room) => ({
    components: [
      container([
        text(heading(story, at, pages, say)),
        ...byOutlet(shown, room, say).map(text),
        menu(
          { do: 'source', storyId: story.id },
          say('sources.pick'),
          shown.map(({ article }) => optionOf(article)),
        ),
        row(
          button(say('button.summary'), { do: 'summary', storyId: story.id }),
          ...turnButtons(turning, say),
        ),
      ]),
    ],
  }))
}

/** One article of a story with its own summary, and the way back to the others. */
export function articleView(article: Article, say: Say): View {
  const summary = article.summary.length > 0 ? article.summary.join(' ') : article.brief
  return {
    components: [
      container([
        text(
          [
            `### ${foreignLink(article.headline, article.url, 400)}`,
            ...(summary === '' ? [] : [foreign(summary, 2000)]),
            `-# ${byline(article)} · ${say('label.reading', { minutes: article.minutes })}`,
          ].join('\n'),
        ),
        row(
          button(say('button.fulltext'), { do: 'text', articleId: article.id, page: 0 }),
          button(say('button.allSources'), { do: 'sources', storyId: article.storyId, page: 0 }),
          ...sourceButton(article, say),
        ),
      ]),
    ],
  }
}

function turnButtons({ page, hasNext, to }: Turning, say: Say) {
  if (page === 0 && !hasNext) return []
  return [
    button(say('button.previous'), to(Math.max(page - 1, 0)), { disabled: page === 0 }),
    button(say('button.next'), to(page + 1), { disabled: !hasNext }),
  ]
}

/** Originals in the order of the story; a copy whose original is not of this story stands for itself. */
function textsOf({ articles }: Story): readonly Text[] {
  const ids = new Set(articles.map(({ id }) => id))
  const copies = Map.groupBy(articles, ({ copyOf }) =>
    copyOf !== undefined && ids.has(copyOf) ? copyOf : undefined,
  )
  return (copies.get(undefined) ?? []).map((article) => ({ article, copies: copies.get(article.id) ?? [] }))
}

function heading(story: Story, at: number, pages: number, say: Say): string {
  const facts = [
    say('digest.texts', {
      outlets: new Set(story.articles.map(({ outlet }) => outlet)).size,
      texts: textsOf(story).length,
    }),
    ...(pages > 1 ? [say('label.page', { page: at + 1, pages })] : []),
  ]
  return `### ${foreign(story.articles[0].headline, 300)}\n-# ${facts.join(' · ')}`
}

/** Outlets in the order in which they first come, each with its texts. */
function byOutlet(texts: readonly Text[], room: number, say: Say): readonly string[] {
  const outlets = Map.groupBy(texts, ({ article }) => article.outlet)
  return [...outlets].map(([outlet, told]) =>
    [`**${foreign(outlet, 60)}**`, ...told.map((each) => textLines(each, room, say))].join('\n'),
  )
}

function textLines({ article, copies }: Text, room: number, say: Say): string {
  const spoken = say.locale.toLowerCase().split('-')[0]
  const facts = [
    timestamp(article.publishedAt ?? article.seenAt, 'R'),
    ...(article.language === spoken || article.language === 'und'
      ? []
      : [languageName(article.language, say.locale)]),
  ]
  const alsoAt = copies.slice(0, 6).map(({ outlet, url }) => foreignLink(outlet, url, 160))
  const more = copies.length - alsoAt.length
  const outlets = [...alsoAt, ...(more > 0 ? [say('digest.more', { count: more })] : [])].join(', ')
  return [
    foreignLink(article.headline, article.url, room),
    `-# ${[...facts, ...(copies.length === 0 ? [] : [say('label.sameText', { outlets })])].join(' · ')}`,
  ].join('\n')
}

function optionOf(article: Article) {
  return {
    label: label(article.headline, limits.optionLabel),
    value: article.id,
    description: label(article.outlet, limits.optionDescription),
  }
}
