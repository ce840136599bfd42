/** An article that comes in, for the bench of scale: about as long as those that are held, and with words that no other has. */
import type { AnalysedArticle } from '../../src/digest/library.ts'
import { storyFeatures } from '../../src/story/features.ts'

const sentence =
  'the council of the town agrees after long talks on a new bridge across the river near the old mill'
const features = JSON.stringify(
  storyFeatures({ id: '', headline: sentence, body: [sentence], language: 'en', at: 0 }),
)

export function newArticle(key: string): AnalysedArticle {
  const words = key.toLowerCase().replace(/[^a-z0-9]+/g, '')
  const body = Array.from({ length: 6 }, (_, at) => `${sentence} ${words}${at}`)
  return {
    headline: `Council agrees on new bridge ${words}`,
    body,
    authors: [],
    outlet: 'Wire',
    language: 'en',
    brief: sentence,
    summary: [sentence],
    analysis: 'bench',
    stems: `council agre on new bridg ${words} ${body.join(' ')}`,
    minutes: 1,
    terms: [],
    features,
  }
}
