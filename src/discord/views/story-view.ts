/** A story at the depths `summary` and `fulltext`, as an answer for one reader. */
import type { Article } from '../../article/article.ts'
import { outletsOf, type Story } from '../../story/story.ts'
import type { Say } from '../text/say.ts'
import { cut, cutIndex, escapeMarkdown, foreign, foreignLink, linkable, visible } from './foreign.ts'
import { button, container, linkButton, row, separator, text, type View } from './layout.ts'
import { bytesOf, limits } from './limits.ts'
import { timestamp } from './time.ts'

/** Characters of body on a page: room is left for the headline, the lines under it and Discord's own rendering. */
const pageCharacters = 2800
const pageBytes = 8000

export function summaryView(story: Story, say: Say): View {
  const [leader] = story.articles
  const summary = leader.summary.length > 0 ? leader.summary.join(' ') : leader.brief
  const others = outletsOf(story).filter((outlet) => outlet !== leader.outlet)
  const told = others.slice(0, 6).map((outlet) => foreign(outlet, 40))
  return {
    components: [
      container([
        text(
          [
            `### ${foreignLink(leader.headline, leader.url, 400)}`,
            foreign(summary, 2000),
            `-# ${byline(leader)}`,
            ...(told.length > 0 ? [`-# ${say('label.alsoTold', { outlets: told.join(', ') })}`] : []),
          ].join('\n'),
        ),
        row(
          button(say('button.fulltext'), { do: 'story-text', storyId: story.id }),
          ...sourceButton(leader, say),
        ),
      ]),
    ],
  }
}

/** An excerpt: the first paragraphs up to so many characters. */
const excerptCharacters = 500

/** What of an article's body its source allows to be shown. */
function allowedBody(article: Article): readonly string[] {
  if (article.fulltext === 'always') return article.body
  if (article.fulltext === 'never') return []
  const text = article.body.join(' ')
  return text === '' ? [] : [cut(text, excerptCharacters)]
}

/** One page of an article's full text, as far as its source allows; `page` counts from 0 and is moved into range. */
export function fulltextView(article: Article, page: number, say: Say): View {
  const allowed = allowedBody(article)
  const pages = paginate({ ...article, body: allowed })
  const at = Math.min(Math.max(page, 0), pages.length - 1)
  const shown = pages[at] ?? ''
  const minutes = Math.max(1, Math.round(allowed.join(' ').split(/\s+/).length / 220))
  const turn = [
    button(
      say('button.previous'),
      { do: 'text', articleId: article.id, page: Math.max(at - 1, 0) },
      { disabled: at === 0 },
    ),
    button(
      say('button.next'),
      { do: 'text', articleId: article.id, page: at + 1 },
      { disabled: at === pages.length - 1 },
    ),
  ]
  const source = sourceButton(article, say)
  const buttons = [...(pages.length > 1 ? turn : []), ...source]
  const foot =
    article.fulltext !== 'always'
      ? say('label.excerpt')
      : pages.length > 1
        ? say('label.page', { page: at + 1, pages: pages.length })
        : say('label.reading', { minutes })
  return {
    components: [
      container([
        text(`### ${foreignLink(article.headline, article.url, 400)}\n-# ${byline(article)}`),
        separator,
        text(shown === '' ? foreign(article.brief === '' ? article.headline : article.brief, 1000) : shown),
        text(`-# ${foot}`),
        ...(buttons.length > 0 ? [row(...buttons)] : []),
      ]),
    ],
  }
}

/** The escaped text of an article in pages; paragraphs stay whole unless one alone is longer than a page. */
export function paginate(article: Pick<Article, 'standfirst' | 'body'>): readonly string[] {
  const standfirst = article.standfirst === undefined ? [] : [`**${foreign(article.standfirst, 1000)}**`]
  const blocks = [...standfirst, ...article.body.flatMap(splitParagraph)]
  const pages: string[] = []
  let page = ''
  for (const block of blocks) {
    const next = page === '' ? block : `${page}\n\n${block}`
    if (next.length > pageCharacters || bytesOf(next) > pageBytes) {
      if (page !== '') pages.push(page)
      page = block
    } else {
      page = next
    }
  }
  if (page !== '') pages.push(page)
  return pages.length === 0 ? [''] : pages
}

/** A paragraph, escaped, in pieces that each fit a page; cut between words. */
function splitParagraph(paragraph: string): readonly string[] {
  const pieces: string[] = []
  let rest = visible(paragraph)
  while (rest !== '') {
    const escaped = escapeMarkdown(rest)
    const whole = escaped.length <= pageCharacters && bytesOf(escaped) <= pageBytes
    // Escaping at most doubles a text, so half a page always fits.
    const end = whole ? rest.length : cutIndex(rest, pageCharacters / 2, pageBytes / 2)
    if (end === 0) return pieces
    pieces.push(escapeMarkdown(rest.slice(0, end)))
    rest = rest.slice(end).trimStart()
  }
  return pieces
}

function byline(article: Article): string {
  const authors = article.authors.slice(0, 3).map((author) => foreign(author, 60))
  return [
    foreign(article.outlet, 60),
    ...(authors.length > 0 ? [authors.join(', ')] : []),
    timestamp(article.publishedAt ?? article.seenAt, 'f'),
  ].join(' · ')
}

function sourceButton(article: Article, say: Say) {
  const address = article.url === undefined ? undefined : linkable(article.url)
  return address === undefined || address.length > limits.buttonUrl
    ? []
    : [linkButton(say('button.source'), address)]
}
