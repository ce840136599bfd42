/**
 * What a digest's filter and topics say of candidates. Pure; texts come in as storage keeps them, a part of the stories at a time.
 *
 * Most articles hold no word of most topics. Which do is told by one pass over the text for all topics together; only those are then
 * weighed one by one.
 */
import type { ArticleId, StoryId } from '../article/article.ts'
import type { CompiledDigest } from './compiled.ts'
import type { Digest } from './definition.ts'
import type { Candidate } from './desk.ts'
import { type FilterableArticle, judgeArticle } from './filter.ts'
import { describeRule } from './filter-rule.ts'
import { readWords, type WordFinder, wordFinder } from './filter-words.ts'
import type { Verdicts } from './selection.ts'
import { type CompiledTopic, storyTopics } from './topics.ts'

export const noVerdicts: Verdicts = { filtered: new Map(), topics: new Map() }

export interface Judge {
  /** False where the digest has neither filters nor topics. */
  readonly looksAtTexts: boolean
  /** The verdicts on some stories. An article whose text is not among `texts` is left in, and is on no topic. */
  readonly judge: (
    stories: readonly Candidate[],
    texts: ReadonlyMap<ArticleId, FilterableArticle>,
  ) => Verdicts
}

export function createJudge(digest: Digest, { rules, topics }: CompiledDigest): Judge {
  const mayBeOn = topicGuess(digest, topics)
  const judgeStory = (
    { storyId, articles }: Candidate,
    texts: ReadonlyMap<ArticleId, FilterableArticle>,
    filtered: Map<ArticleId, string>,
  ): readonly (readonly [StoryId, readonly string[]])[] => {
    const kept: FilterableArticle[] = []
    for (const { id, sourceId } of articles) {
      const text = texts.get(id)
      if (text === undefined) continue
      const article = { ...text, sourceId }
      const verdict = judgeArticle(article, rules)
      if (verdict.kept) kept.push(article)
      else filtered.set(id, describeRule(verdict.rule))
    }
    const names = storyTopics(kept, topics, mayBeOn)
    return names.length === 0 ? [] : [[storyId, names]]
  }
  return {
    looksAtTexts: rules.exclude.rules.length + rules.include.rules.length + topics.length > 0,
    judge: (stories, texts) => {
      const filtered = new Map<ArticleId, string>()
      return { topics: new Map(stories.flatMap((story) => judgeStory(story, texts, filtered))), filtered }
    },
  }
}

/** The topics of which an article has a word, in the order in which they are defined. */
function topicGuess(
  digest: Digest,
  topics: readonly CompiledTopic[],
): (article: FilterableArticle) => readonly CompiledTopic[] {
  if (topics.length === 0) return () => []
  const topicOf: string[] = []
  const typed = digest.topics.flatMap(({ name, words }) =>
    words.flatMap((text) => {
      const result = readWords(text)
      if (result.kind === 'problem') return []
      topicOf.push(name)
      return [result.typed]
    }),
  )
  const finder: WordFinder = wordFinder(typed)
  return (article) => {
    const found = finder.wordsIn(article, 'text')
    if (found.size === 0) return NONE
    const names = new Set([...found].map((at) => topicOf[at]))
    return topics.filter(({ name }) => names.has(name))
  }
}

const NONE: readonly CompiledTopic[] = []

/** The articles whose texts are looked at: those not carried yet. */
export function judgedArticles({ articles }: Candidate): readonly ArticleId[] {
  return articles.flatMap(({ id, told }) => (told === undefined ? [id] : []))
}

export function joinVerdicts(all: readonly Verdicts[]): Verdicts {
  return {
    filtered: new Map(all.flatMap(({ filtered }) => [...filtered])),
    topics: new Map(all.flatMap(({ topics }) => [...topics])),
  }
}
