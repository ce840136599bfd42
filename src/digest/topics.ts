/**
 * The topics of a digest: names that its owner gave to lists of words and phrases. An article is about a topic if one of
 * its words stands in the headline, or if two do further down; a single mention in the body is in passing.
 */
import { z } from 'zod'
import { wordsShape } from './filter-rule.ts'
import { readWords, type SearchableArticle, type WordFinder, wordFinder } from './filter-words.ts'

const topic = z.strictObject({
  name: z.string().trim().min(1).max(60).describe('What its section is called.'),
  words: z
    .array(wordsShape)
    .min(1)
    .max(100)
    .describe('Words by their stems, phrases, and parts of words with a star: "*streik".'),
  weight: z
    .number({ error: 'expected a number from 0 to 3' })
    .min(0, { error: 'expected a number from 0 to 3' })
    .max(3, { error: 'expected a number from 0 to 3' })
    .default(1)
    .describe('How much its stories count when they are ranked, 0 to 3; 1 is as much as any.'),
})

export const topicsShape = z.array(topic).max(20)

export type DigestTopic = z.output<typeof topic>

export interface CompiledTopic {
  readonly name: string
  readonly weight: number
  readonly words: WordFinder
}

export function compileTopics(topics: readonly DigestTopic[]): readonly CompiledTopic[] {
  return topics.map(({ name, weight, words }) => ({
    name,
    weight,
    words: wordFinder(
      words.flatMap((text) => {
        const result = readWords(text)
        return result.kind === 'words' ? [result.typed] : []
      }),
    ),
  }))
}

/** Against chance mentions: one hit in the headline tells as much as three further down. */
const HEADLINE_HIT = 3
const LEAST_BODY_HITS = 2
/** A long article does not fit better because it says a word more often. */
const MOST_BODY_HITS = 8

/** The names of the topics that an article is about, the best fitting first; as they are defined where they fit alike. */
export function topicsOf(article: SearchableArticle, topics: readonly CompiledTopic[]): readonly string[] {
  if (topics.length === 0) return []
  const fits = topics.flatMap(({ name, words }) => {
    const inHeadline = words.placesIn(article, 'headline')
    const further = words.placesIn(article, 'text') - inHeadline
    if (inHeadline === 0 && further < LEAST_BODY_HITS) return []
    return [{ name, score: inHeadline * HEADLINE_HIT + Math.min(further, MOST_BODY_HITS) }]
  })
  return fits.sort((a, b) => b.score - a.score).map(({ name }) => name)
}

/**
 * The topics of a story: those that at least half of its articles are about, not counting articles that are about none
 * (their language may have no word in any). The one that most articles are about first. `mayBeOn` leaves out topics of which an article
 * has no word, where that is known already.
 */
export function storyTopics<A extends SearchableArticle>(
  articles: readonly A[],
  topics: readonly CompiledTopic[],
  mayBeOn: (article: A) => readonly CompiledTopic[] = () => topics,
): readonly string[] {
  const votes = articles
    .map((article) => topicsOf(article, mayBeOn(article)))
    .filter((names) => names.length > 0)
  if (votes.length === 0) return []
  return topics
    .map(({ name }) => ({
      name,
      articles: votes.filter((names) => names.includes(name)).length,
      firsts: votes.filter(([first]) => first === name).length,
    }))
    .filter((each) => each.articles > 0 && each.articles * 2 >= votes.length)
    .sort((a, b) => b.firsts - a.firsts || b.articles - a.articles)
    .map(({ name }) => name)
}
