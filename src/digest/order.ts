/** Which stories an edition holds, and in which order: told by more outlets first, then the newer. */
import type { Story } from '../story/story.ts'
import { outletsOf } from '../story/story.ts'
import type { Rank } from './compose.ts'

const hourMs = 3_600_000

/** An outlet more is worth half a day of age. */
const hoursPerOutlet = 12

export const rankStories: Rank = (stories, { now, size }) =>
  stories
    .map((story) => ({ story, outlets: outletsOf(story).length, hours: ageHours(story, now) }))
    .sort(
      (a, b) =>
        b.outlets * hoursPerOutlet - b.hours - (a.outlets * hoursPerOutlet - a.hours) ||
        (a.story.id < b.story.id ? -1 : 1),
    )
    .slice(0, size)
    .map(({ story, outlets, hours }) => ({
      story,
      because: `${outlets} ${outlets === 1 ? 'outlet' : 'outlets'}, ${Math.round(hours)} h old`,
    }))

function ageHours(story: Story, now: number): number {
  const newest = Math.max(...story.articles.map((article) => article.publishedAt ?? article.seenAt))
  return Math.max(0, now - newest) / hourMs
}
