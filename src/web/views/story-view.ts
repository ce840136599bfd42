/** A story with its summary and its articles in time; an article by itself. */
import type { Article, ArticleId } from '../../article/article.ts'
import type { PublishedArticle, PublishedStory } from '../../digest/archive.ts'
import { ownDepths, type Story, type StoryDepths } from '../../story/story.ts'
import { articlePath, editionPath, storyPath } from '../addresses.ts'
import { type Dates, datesIn, isoTime } from '../dates.ts'
import { type Markup, markup, type Piece } from '../markup.ts'
import type { Site } from '../site.ts'
import { type Say, sayIn } from '../text/say.ts'
import { dotted, foreignLink, line } from './foreign.ts'
import { page } from './layout.ts'

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? ''
const timeOf = ({ publishedAt, seenAt }: Article): number => publishedAt ?? seenAt

export function storyPage(site: Site, { story, digest, open, toldIn }: PublishedStory): string {
  const say = sayIn(digest.language)
  const { texts } = say
  const dates = datesIn(say.language, digest.schedule.zone)
  const leader = leaderOf(story, primary(digest.language))
  const depths = story.summaries.get(leader.language) ?? ownDepths(leader)
  const byTime = [...story.articles].sort((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1))
  return page(
    site,
    say,
    {
      title: leader.headline,
      description: depths.brief.text,
      path: storyPath(story.id),
      digest,
      kind: 'article',
      publishedAt: isoTime(timeOf(leader)),
    },
    markup`<h1${languageOf(leader, say)}>${line(leader.headline)}</h1>
${standfirst(leader, depths, say)}
${summary(depths, story, leader, say)}
<h2 class="section">${texts.sources}</h2>
<ol class="timeline">
${byTime.map((article) => sourceLine(site, say, dates, { article, isOpen: open.has(article.id) }))}</ol>
${toldIn.length === 0 ? '' : tellings(site, say, toldIn)}`,
  )
}

function leaderOf({ articles, summaries }: Story, language: string): Article {
  const inLanguage = articles.find((article) => article.language === language)
  return summaries.has(language) && inLanguage !== undefined ? inLanguage : articles[0]
}

function languageOf({ language }: Article, say: Say): Piece {
  return language === 'und' || language === primary(say.language) ? '' : markup` lang="${language}"`
}

/** Left out where the summary begins with it. */
function standfirst(leader: Article, { sentences }: StoryDepths, say: Say): Piece {
  const text = leader.standfirst
  if (text === undefined || sentences.some((sentence) => text.includes(sentence.text))) return ''
  return markup`<p class="standfirst"${languageOf(leader, say)}>${line(text)}</p>`
}

/** Each sentence with the outlet that says it, where several do. */
function summary({ sentences }: StoryDepths, { articles }: Story, leader: Article, say: Say): Piece {
  if (sentences.length === 0) return ''
  const outletOf = (id: ArticleId) => articles.find((article) => article.id === id)?.outlet ?? ''
  const outlets = new Set(sentences.map(({ articleId }) => outletOf(articleId)))
  const said = sentences.map(({ text, articleId }, at) => [
    at === 0 ? '' : ' ',
    text,
    outlets.size < 2 ? '' : markup` <span class="from">(${line(outletOf(articleId))})</span>`,
  ])
  return markup`<h2 class="section">${say.texts.summary}</h2>
<p class="summary" dir="auto"${languageOf(leader, say)}>${said}</p>
`
}

interface SourceLine {
  readonly article: Article
  readonly isOpen: boolean
}

function sourceLine(site: Site, say: Say, dates: Dates, { article, isOpen }: SourceLine): Markup {
  const { headline, outlet, url, copyOf, minutes } = article
  const own = site.path(articlePath(article.id))
  const linked =
    url === undefined ? markup`<a href="${own}">${line(headline)}</a>` : foreignLink(line(headline), url)
  const facts = [
    markup`<span class="strong">${line(outlet)}</span>`,
    say.count(say.texts.minutes, minutes),
    copyOf === undefined ? '' : say.texts.copies,
    isOpen ? markup`<a href="${own}">${say.texts.fulltext}</a>` : '',
  ]
  return markup`<li>
<p class="when"><time datetime="${isoTime(timeOf(article))}">${dates.time(timeOf(article))}</time></p>
<p class="headline"${languageOf(article, say)}>${linked}</p>
<p class="facts">${dotted(facts)}</p>
</li>
`
}

function tellings(site: Site, say: Say, toldIn: PublishedStory['toldIn']): Markup {
  const editions = toldIn.map(
    ({ digestId, number, title }) =>
      markup`<li><a href="${site.path(editionPath(digestId, number))}">${line(title)} · ${say.texts.number(say.figure(number))}</a></li>\n`,
  )
  return markup`<h2 class="section">${say.texts.toldIn}</h2>
<ul class="plain">
${editions}</ul>`
}

/** The whole text where its source allows it, else its summary and the way to the source. */
export function articlePage(site: Site, { article, digest, showsFulltext }: PublishedArticle): string {
  const say = sayIn(digest.language)
  const { texts } = say
  const dates = datesIn(say.language, digest.schedule.zone)
  const { headline, standfirst, authors, outlet, body, storyId } = article
  const facts = [
    markup`<span class="strong">${line(outlet)}</span>`,
    authors.length === 0 ? '' : texts.by(authors.slice(0, 3).join(', ')),
    markup`<time datetime="${isoTime(timeOf(article))}">${dates.time(timeOf(article))}</time>`,
    say.count(texts.reading, article.minutes),
  ]
  // Full texts are not held for ever.
  const isWhole = showsFulltext && body.length > 0
  const shown = isWhole ? body : article.summary
  return page(
    site,
    say,
    {
      title: headline,
      description: article.brief,
      path: articlePath(article.id),
      digest,
      kind: 'article',
      publishedAt: isoTime(timeOf(article)),
    },
    markup`<p class="above"><a href="${site.path(storyPath(storyId))}">${texts.story}</a></p>
<article${languageOf(article, say)}>
<h1>${line(headline)}</h1>
${standfirst === undefined ? '' : markup`<p class="standfirst">${line(standfirst)}</p>`}
<p class="facts" lang="${say.language}">${dotted(facts)}</p>
<div class="text">
${shown.map((paragraph) => markup`<p dir="auto">${paragraph}</p>\n`)}</div>
</article>
${isWhole || article.url === undefined ? '' : markup`<p class="note">${texts.onlyAtSource}</p>`}
${article.url === undefined ? '' : markup`<p>${foreignLink(texts.atSource, article.url)}</p>`}`,
  )
}
