/**
 * The full text of an article, page by page, as far as its source allows; with a menu that jumps to a page by its first words, and
 * one that leads to the other articles of the story that have a text of their own.
 */
import type { Article } from '../../article/article.ts'
import type { Story } from '../../story/story.ts'
import type { Say } from '../text/say.ts'
import { byline, sourceButton } from './byline.ts'
import { cut, cutIndex, escapeMarkdown, foreign, foreignLink, label, visible } from './foreign.ts'
import { button, container, menu, row, separator, text, type View } from './layout.ts'
import { bytesOf, limits } from './limits.ts'

/** Characters of body on a page: room is left for the headline, the lines under it and Discord's own rendering. */
const pageCharacters = 2800
const pageBytes = 8000

/** An excerpt: the first paragraphs up to so many characters. */
const excerptCharacters = 500

/** `page` counts from 0 and is moved into range. Without its story the article stands alone. */
export function fulltextView(article: Article, page: number, say: Say, story?: Story): View {
  const allowed = allowedBody(article)
  const pages = pagesOf({ ...article, body: allowed })
  const at = Math.min(Math.max(page, 0), pages.length - 1)
  const shown = pages[at]?.shown ?? ''
  return {
    components: [
      container([
        text(`### ${foreignLink(article.headline, article.url, 400)}\n-# ${byline(article)}`),
        separator,
        text(shown || foreign(article.brief, 1000) || foreign(article.headline, 1000) || '…'),
        text(`-# ${foot(article, at, pages.length, say)}`),
        ...buttons(article, at, pages.length, say, story),
        ...(pages.length > 1 ? [pageMenu(article, pages, at, say)] : []),
        ...(story === undefined ? [] : textMenu(story, article, say)),
      ]),
    ],
  }
}

function foot({ fulltext, minutes, isTextGone }: Article, at: number, pages: number, say: Say): string {
  if (isTextGone === true) return say('label.textGone')
  if (fulltext !== 'always') return say('label.excerpt')
  const reading = say('label.reading', { minutes })
  return pages > 1 ? `${say('label.page', { page: at + 1, pages })} · ${reading}` : reading
}

function buttons(article: Article, at: number, pages: number, say: Say, story: Story | undefined) {
  const turn = [
    button(
      say('button.previous'),
      { do: 'text', articleId: article.id, page: Math.max(at - 1, 0) },
      { disabled: at === 0 },
    ),
    button(
      say('button.next'),
      { do: 'text', articleId: article.id, page: at + 1 },
      { disabled: at === pages - 1 },
    ),
  ]
  const all = [
    ...(pages > 1 ? turn : []),
    ...(story === undefined ? [] : [button(say('button.summary'), { do: 'summary', storyId: story.id })]),
    ...sourceButton(article, say),
  ]
  return all.length === 0 ? [] : [row(...all)]
}

/** The pages by their first words; of a very long text those around the one shown. */
function pageMenu(article: Article, pages: readonly Page[], at: number, say: Say) {
  const most = limits.selectOptions
  const start = Math.max(0, Math.min(at - Math.floor(most / 2), pages.length - most))
  return menu(
    { do: 'pages', articleId: article.id },
    say('label.jump'),
    pages.slice(start, start + most).map(({ opening }, index) => ({
      label: label(`${start + index + 1} · ${opening}`, limits.optionLabel),
      value: String(start + index),
      default: start + index === at,
    })),
  )
}

/** The articles with a text of their own, where there are several. */
function textMenu(story: Story, shown: Article, say: Say) {
  const others = story.articles.filter(
    (each) => each.id === shown.id || (each.copyOf === undefined && allowedBody(each).length > 0),
  )
  if (others.length < 2) return []
  const at = others.findIndex(({ id }) => id === shown.id)
  const offered = at < limits.selectOptions ? others : [shown, ...others]
  return [
    menu(
      { do: 'texts', storyId: story.id },
      say('label.otherTexts'),
      offered.slice(0, limits.selectOptions).map((each) => ({
        label: label(each.outlet, limits.optionLabel),
        value: each.id,
        description: label(each.headline, limits.optionDescription),
        default: each.id === shown.id,
      })),
    ),
  ]
}

/** What of an article's body its source allows to be shown. */
function allowedBody(article: Article): readonly string[] {
  if (article.isTextGone === true) return [article.summary.join(' ')].filter((text) => text !== '')
  if (article.fulltext === 'always') return article.body
  if (article.fulltext === 'never') return []
  const body = article.body.join(' ')
  return body === '' ? [] : [cut(body, excerptCharacters)]
}

/** A piece of text as it is shown, and its first words as a menu shows them. */
interface Page {
  readonly shown: string
  readonly opening: string
}

/** The escaped text of an article in pages; paragraphs stay whole unless one alone is longer than a page. */
export function paginate(article: Pick<Article, 'standfirst' | 'body'>): readonly string[] {
  return pagesOf(article).map(({ shown }) => shown)
}

function pagesOf({ standfirst, body }: Pick<Article, 'standfirst' | 'body'>): readonly Page[] {
  const first =
    standfirst === undefined
      ? []
      : [{ shown: `**${foreign(standfirst, 1000)}**`, opening: openingOf(standfirst) }]
  const pages: Page[] = []
  let page: Page | undefined
  for (const block of [...first, ...body.flatMap(splitParagraph)]) {
    const next: Page = page === undefined ? block : { ...page, shown: `${page.shown}\n\n${block.shown}` }
    if (page !== undefined && (next.shown.length > pageCharacters || bytesOf(next.shown) > pageBytes)) {
      pages.push(page)
      page = block
    } else {
      page = next
    }
  }
  return page === undefined ? [{ shown: '', opening: '' }] : [...pages, page]
}

/** A paragraph, escaped, in pieces that each fit a page; cut between words. */
function splitParagraph(paragraph: string): readonly Page[] {
  const pieces: Page[] = []
  let rest = visible(paragraph)
  while (rest !== '') {
    const escaped = escapeMarkdown(rest)
    const isWhole = escaped.length <= pageCharacters && bytesOf(escaped) <= pageBytes
    // Escaping at most doubles a text, so half a page always fits.
    const end = isWhole ? rest.length : cutIndex(rest, pageCharacters / 2, pageBytes / 2)
    if (end === 0) return pieces
    pieces.push({ shown: escapeMarkdown(rest.slice(0, end)), opening: openingOf(rest) })
    rest = rest.slice(end).trimStart()
  }
  return pieces
}

/** More than a menu shows of it. */
function openingOf(plain: string): string {
  return plain.slice(0, 2 * limits.optionLabel)
}
