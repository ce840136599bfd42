/** A story in a few sentences, as an answer for one reader, with the ways deeper. */
import type { Article, ArticleId } from '../../article/article.ts'
import type { AttributedSentence, Story } from '../../story/story.ts'
import type { Say } from '../text/say.ts'
import { byline, sourceButton } from './byline.ts'
import { foreign, foreignLink, linkable } from './foreign.ts'
import { button, container, row, separator, text, type View } from './layout.ts'

/** Sentences of a summary with marks, and the characters of all of them: they share one message with everything around them. */
const mostSentences = 6
const summaryCharacters = 1500
/** A longer address is not linked from a mark. */
const markedUrl = 120
const marks = ['¹', '²', '³', '⁴', '⁵', '⁶']

/** Who reads it: for everybody it can only be offered to follow. */
export interface Reader {
  readonly isFollowed?: boolean
  /** A sentence below, about what has just been done. */
  readonly note?: string
}

/**
 * The summary that the story's articles give together, in the language of the reader where there is one in it, else in that of the article
 * that speaks for the story; each sentence with a small mark that leads to its article. A story told once speaks for itself.
 */
export function summaryView(story: Story, say: Say, reader: Reader = {}): View {
  const { note } = reader
  const leader = leaderFor(story, say)
  const told = tellingOf(story, leader)
  return {
    components: [
      container([
        text(
          [
            `### ${foreignLink(leader.headline, leader.url, 400)}`,
            told.text,
            `-# ${byline(leader)}`,
            ...told.legend,
            ...otherOutlets(story, told.outlets, say),
          ].join('\n'),
        ),
        row(
          button(say('button.fulltext'), { do: 'story-text', storyId: story.id }),
          ...sourcesButton(story, say),
          followButton(story, reader, say),
          ...sourceButton(leader, say),
        ),
        ...(note === undefined ? [] : [separator, text(`-# ${note}`)]),
      ]),
    ],
  }
}

/** A story told once has its source in the button beside. */
function sourcesButton({ id, articles }: Story, say: Say) {
  const count = new Set(articles.map(({ outlet }) => outlet)).size
  if (articles.length < 2) return []
  return [button(say('button.sources', { count }), { do: 'sources', storyId: id, page: 0 })]
}

function followButton({ id }: Story, { isFollowed = false }: Reader, say: Say) {
  return isFollowed
    ? button(say('button.unfollow'), { do: 'unfollow', storyId: id })
    : button(say('button.follow'), { do: 'follow', storyId: id })
}

/** The best article in the language of the reader, where the story has a summary in it. */
function leaderFor({ articles, summaries }: Story, say: Say): Article {
  const [first] = articles
  const [spoken = ''] = say.locale.toLowerCase().split('-')
  if (!summaries.has(spoken)) return first
  return articles.find(({ language }) => language === spoken) ?? first
}

interface Telling {
  readonly text: string
  /** The line that says whose the marks are; none where all is from one article. */
  readonly legend: readonly string[]
  /** The outlets that are named already. */
  readonly outlets: ReadonlySet<string>
}

function tellingOf({ articles, summaries }: Story, leader: Article): Telling {
  const sentences = summaries.get(leader.language)?.sentences.slice(0, mostSentences) ?? []
  const byId = new Map(articles.map((article) => [article.id, article]))
  const sources = [...new Set(sentences.map(({ articleId }) => articleId))].flatMap(
    (id) => byId.get(id) ?? [],
  )
  if (
    sentences.length === 0 ||
    sources.length < 2 ||
    sentences.some(({ articleId }) => !byId.has(articleId))
  ) {
    const own = leader.summary.length > 0 ? leader.summary.join(' ') : leader.brief
    return { text: foreign(own, 2000), legend: [], outlets: new Set([leader.outlet]) }
  }
  const markOf = new Map(sources.map(({ id, url }, at) => [id, marked(marks[at] ?? '', url)]))
  const named = sources.map(({ outlet }, at) => `${marks[at] ?? ''} ${foreign(outlet, 40)}`)
  return {
    text: withMarks(sentences, markOf),
    legend: [`-# ${named.join(' · ')}`],
    outlets: new Set([leader, ...sources].map(({ outlet }) => outlet)),
  }
}

function withMarks(sentences: readonly AttributedSentence[], markOf: ReadonlyMap<ArticleId, string>): string {
  const shown: string[] = []
  let room = summaryCharacters
  for (const { text: said, articleId } of sentences) {
    if (room < 40) break
    const sentence = foreign(said, room)
    room -= sentence.length
    shown.push(`${sentence}${markOf.get(articleId) ?? ''}`)
  }
  return shown.join(' ')
}

function marked(mark: string, url: string | undefined): string {
  const address = url === undefined ? undefined : linkable(url)
  return address === undefined || address.length > markedUrl ? mark : `[${mark}](${address})`
}

/** Who else tells the story: in words of their own, and by printing a text that others wrote. */
function otherOutlets({ articles }: Story, named: ReadonlySet<string>, say: Say): readonly string[] {
  const others = articles.filter(({ outlet }) => !named.has(outlet))
  const own = new Set(others.filter(({ copyOf }) => copyOf === undefined).map(({ outlet }) => outlet))
  const copied = new Set(others.map(({ outlet }) => outlet).filter((outlet) => !own.has(outlet)))
  const line = (
    key: 'label.alsoTold' | 'label.sameText',
    outlets: ReadonlySet<string>,
  ): readonly string[] => {
    const list = [...outlets].slice(0, 6).map((outlet) => foreign(outlet, 40))
    return list.length === 0 ? [] : [`-# ${say(key, { outlets: list.join(', ') })}`]
  }
  return [...line('label.alsoTold', own), ...line('label.sameText', copied)]
}
