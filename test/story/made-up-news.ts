/** Made-up news for tests: events with words of their own, told by articles that use most of them and some others. */
import fc from 'fast-check'
import { type StoryFeatures, storyFeatures } from '../../src/story/features.ts'
import { seededRandom } from '../bench/random.ts'

const EVENTS = [
  'Harbour ferry collides with quay wall in Kelsport, captain blames steering failure',
  'Central bank of Norland cuts interest rates after inflation slows sharply',
  'Wildfire near Ashgrove forces evacuation of three villages and a campsite',
  'Striker Tobin Hale breaks scoring record as Redmoor win championship',
  'Parliament rejects pension reform after marathon debate over retirement age',
  'Archaeologists uncover Bronze Age burial ship beneath Lindholm motorway',
] as const

const FILLER = [
  'reaction',
  'analysis',
  'residents',
  'experts',
  'footage',
  'timeline',
  'questions',
  'update',
] as const

const START = Date.UTC(2026, 2, 1, 8)

/** A headline about one of the events, made of most of its words. */
export function headlineOf(event: number, drop: number, filler: number): string {
  const words = (EVENTS[event] ?? '').split(' ')
  const kept = words.filter((_, at) => at !== drop % words.length)
  return `${kept.join(' ')} ${FILLER[filler % FILLER.length] ?? ''}`
}

export function article(
  id: string,
  headline: string,
  more: Partial<Parameters<typeof storyFeatures>[0]> = {},
): StoryFeatures {
  return storyFeatures({ id, headline, language: 'en', at: START, ...more })
}

/** Up to 24 articles with distinct ids, all of one minute. */
export const newsOfOneMinute: fc.Arbitrary<StoryFeatures[]> = fc
  .array(
    fc.record({
      event: fc.nat(EVENTS.length - 1),
      drop: fc.nat(20),
      filler: fc.nat(7),
      second: fc.nat(59),
    }),
    { maxLength: 24 },
  )
  .map((items) =>
    items.map(({ event, drop, filler, second }, at) =>
      article(`a${at}`, headlineOf(event, drop, filler), { at: START + second * 1000 }),
    ),
  )

/** The same items in two orders. */
export const shuffledNews: fc.Arbitrary<readonly [StoryFeatures[], StoryFeatures[]]> = newsOfOneMinute.chain(
  (news) => fc.tuple(fc.constant(news), fc.shuffledSubarray(news, { minLength: news.length })),
)

/** Who is together, whatever the stories are called. */
export function groupsOf(stories: ReadonlyMap<string, string>): string[] {
  const groups = new Map<string, string[]>()
  for (const [id, story] of stories) groups.set(story, [...(groups.get(story) ?? []), id])
  return [...groups.values()].map((ids) => ids.sort().join(' ')).sort()
}

/** Words as of a text that nobody else wrote. */
export function words(seed: number, count: number): string[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => `w${Math.floor(random() * 5000)}`)
}

/** One of the events as an agency tells it; `from` and `to` cut an excerpt out of its words. */
export function agencyText(id: string, event: number, from = 0, to = 160): StoryFeatures {
  const body = words(event + 1, 160).slice(from, to)
  return article(id, headlineOf(event, from, to), { body: [body.join(' ')] })
}
