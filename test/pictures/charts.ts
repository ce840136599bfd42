/** Charts for tests: counts in, days up to 14 October 2025 out. */
import type { StoriesPerDay } from '../../src/digest/stories-per-day.ts'

const lastDay = Date.UTC(2025, 9, 14)
const dayMs = 86_400_000

export function chartOf(given: {
  readonly stories: readonly number[]
  readonly articles?: readonly number[]
  readonly today?: string
  readonly locale?: string
  readonly words?: Partial<StoriesPerDay['words']>
}): StoriesPerDay {
  const { stories, articles, today = '2025-10-14', locale = 'en', words = {} } = given
  return {
    days: stories.map((count, index) => ({
      day: new Date(lastDay - (stories.length - 1 - index) * dayMs).toISOString().slice(0, 10),
      stories: count,
      ...(articles === undefined ? {} : { articles: articles[index] ?? 0 }),
    })),
    today,
    locale,
    words: {
      title: 'Stories per day',
      stories: 'Stories',
      today: 'Today',
      articles: 'Articles',
      none: 'No stories yet.',
      ...words,
    },
  }
}
