/**
 * Chosen stories → the content of an edition: who speaks for each, in which words, in which order they are read. Pure: the same stories
 * and choice give the same content.
 *
 * A story speaks in the language of the digest where one of its articles does. Its summary is made of the articles that this digest may
 * show, and of no others: a story may have more, from sources that are somebody else's.
 */
import type { Article, ArticleId, StoryId } from '../article/article.ts'
import { readingMinutes } from '../language/reading-time.ts'
import { countWords, tokenise } from '../language/tokens.ts'
import { explain } from '../story/rank.ts'
import { type AttributedSentence, orderArticles, type Story } from '../story/story.ts'
import type { Digest } from './definition.ts'
import type { EditionContent, EditionItem, SourcedSentence } from './edition.ts'
import { type Chosen, type Selection, spokenLanguage } from './selection.ts'

/** A chosen story with the articles that are shown; the one that speaks for it first. */
export interface ToldStory {
  readonly chosen: Chosen
  readonly story: Story
  readonly articles: readonly [Article, ...Article[]]
}

/** What a model wrote about a story, checked against its articles. */
export interface WrittenSummary {
  readonly brief: string
  readonly sentences: readonly string[]
  /** For each sentence the article that bears it out best. */
  readonly articleIds: readonly ArticleId[]
  /** The name of the model. */
  readonly model: string
}

/** The chosen stories with their articles. One whose articles are all gone by now is left out. */
export function tellStories(
  digest: Digest,
  chosen: readonly Chosen[],
  stories: readonly Story[],
): readonly ToldStory[] {
  const byId = new Map(stories.map((story) => [story.id, story]))
  return chosen.flatMap((each) => {
    const story = byId.get(each.prospect.storyId)
    const [first, ...rest] = story === undefined ? [] : speakers(each, story, spokenLanguage(digest))
    return story === undefined || first === undefined
      ? []
      : [{ chosen: each, story, articles: [first, ...rest] }]
  })
}

/** The articles that an item shows: of an update those that came since, otherwise all that the filter left. */
function speakers({ prospect, movement }: Chosen, story: Story, language: string): readonly Article[] {
  const { fresh, changed } = prospect
  const shown = new Set([...fresh, ...changed].map(({ id }) => id))
  const [firstNews] = movement?.news ?? []
  const rank = (article: Article): number =>
    (article.language === language ? 0 : 4) +
    (article.id === firstNews?.articleId ? 0 : 2) +
    (article.copyOf === undefined ? 0 : 1)
  return orderArticles(story.articles.filter(({ id }) => shown.has(id))).toSorted((a, b) => rank(a) - rank(b))
}

/** The content of the edition; `written` where a model was asked for summaries and wrote them. */
export function composeEdition(
  digest: Digest,
  told: readonly ToldStory[],
  quiet: Selection['quiet'],
  written: ReadonlyMap<StoryId, WrittenSummary> = new Map(),
): EditionContent {
  const items = inReadingOrder(
    told.map((each) => itemOf(digest, each, written.get(each.story.id))),
    digest.lead,
  )
  return {
    title: digest.title,
    language: digest.language,
    items,
    hasLead: digest.lead && items.length > 0,
    sections: digest.sections,
    minutes: minutesOf(items, spokenLanguage(digest)),
    ...(quiet === 'say' ? { quiet: 'said' as const } : {}),
  }
}

function itemOf(
  digest: Digest,
  { chosen: { prospect, score, movement }, story, articles }: ToldStory,
  written: WrittenSummary | undefined,
): EditionItem {
  const [leader] = articles
  const { fresh, changed, told } = prospect
  const section = digest.sections === 'language' ? leader.language : prospect.section
  const byId = new Map(articles.map((article) => [article.id, article]))
  const news = (movement?.news ?? []).flatMap(({ text, articleId }) =>
    sourced(text, byId.get(articleId as ArticleId)),
  )
  const original = leader.copyOf ?? leader.id
  return {
    storyId: story.id,
    articleId: leader.id,
    headline: leader.headline,
    ...depthsOf(story, leader, byId, told !== undefined, written),
    ...(leader.url === undefined ? {} : { url: leader.url }),
    ...(leader.image === undefined ? {} : { image: leader.image }),
    outlets: outletsOf(articles),
    texts: new Set(articles.map(({ id, copyOf }) => copyOf ?? id)).size,
    carriers: outletsOf(articles.filter(({ id, copyOf }) => (copyOf ?? id) === original)).length,
    at: leader.publishedAt ?? leader.seenAt,
    minutes: leader.minutes,
    ...(section === undefined ? {} : { section }),
    ...(told === undefined ? {} : { update: { ofNumber: told.number, news } }),
    carries: [...fresh, ...changed].map(({ id }) => id).sort(),
    because: explain(score),
  }
}

/**
 * Brief and summary: what a model wrote, or what the story's articles say together, or the leading article's own. What they say together
 * tells the old with the new, so an update has the leading article's own.
 */
function depthsOf(
  story: Story,
  leader: Article,
  shown: ReadonlyMap<ArticleId, Article>,
  isUpdate: boolean,
  written: WrittenSummary | undefined,
): Pick<EditionItem, 'brief' | 'summary' | 'by' | 'model'> {
  const own = (text: string): readonly SourcedSentence[] => sourced(text, leader)
  if (written !== undefined) {
    const { brief, sentences, articleIds, model } = written
    const summary = sentences.flatMap((text, at) =>
      sourced(text, shown.get(articleIds[at] ?? leader.id) ?? leader),
    )
    return { brief, summary, by: 'model', model }
  }
  const together = isUpdate ? undefined : story.summaries.get(leader.language)
  const isShown = ({ articleId }: AttributedSentence): boolean => shown.has(articleId)
  if (together !== undefined && isShown(together.brief) && together.sentences.every(isShown)) {
    const summary = together.sentences.flatMap(({ text, articleId }) => sourced(text, shown.get(articleId)))
    return { brief: together.brief.text, summary, by: 'extract' }
  }
  return { brief: leader.brief, summary: leader.summary.flatMap(own), by: 'extract' }
}

function sourced(text: string, article: Article | undefined): readonly SourcedSentence[] {
  if (article === undefined) return []
  const { outlet, url } = article
  return [{ text, outlet, ...(url === undefined ? {} : { url }) }]
}

function outletsOf(articles: readonly Article[]): readonly string[] {
  return [...new Set(articles.map(({ outlet }) => outlet))]
}

/** The lead story, then the sections in the order of their best story; what is in no section comes last. */
function inReadingOrder(items: readonly EditionItem[], hasLead: boolean): readonly EditionItem[] {
  const lead = hasLead ? items.slice(0, 1) : []
  const sections = Map.groupBy(items.slice(lead.length), ({ section }) => section)
  const rest = sections.get(undefined) ?? []
  sections.delete(undefined)
  return [...lead, ...[...sections.values()].flat(), ...rest]
}

/** Whole minutes for headlines and summaries, at least 1. */
function minutesOf(items: readonly EditionItem[], language: string): number {
  const texts = items.flatMap(({ headline, brief, summary }) => [
    headline,
    ...(summary.length > 0 ? summary.map(({ text }) => text) : [brief]),
  ])
  const words = texts.reduce((sum, text) => sum + countWords(text, tokenise(text, language).length), 0)
  return readingMinutes(words, language)
}
