/** Lists of headlines as an answer for one reader, with a menu that leads deeper, and plain notes. */
import type { Edition } from '../../digest/edition.ts'
import { outletsOf, type Story } from '../../story/story.ts'
import type { Say } from '../text/say.ts'
import { foreign, foreignLink, label } from './foreign.ts'
import { container, menu, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

interface Line {
  readonly storyId: string
  readonly headline: string
  readonly url?: string | undefined
  readonly outlets: readonly string[]
  readonly at: number
}

/** At most this many headlines in one list, so that it stays within a message. */
export const listLength = 10

export function editionListView(edition: Edition, say: Say): View {
  const title = say('headlines.edition', { title: foreign(edition.title, 120), number: edition.number })
  return listView(`## ${title}\n${timestamp(edition.slot, 'f')}`, edition.items, say)
}

export function storyListView(stories: readonly Story[], say: Say): View {
  return listView(
    `## ${say('headlines.newest')}`,
    stories.map((story) => {
      const [leader] = story.articles
      return {
        storyId: story.id,
        headline: leader.headline,
        url: leader.url,
        outlets: outletsOf(story),
        at: leader.publishedAt ?? leader.seenAt,
      }
    }),
    say,
  )
}

function listView(heading: string, all: readonly Line[], say: Say): View {
  const lines = all.slice(0, listLength)
  const body = lines.map(
    (line, index) =>
      `${index + 1}\\. **${foreignLink(line.headline, line.url, 200)}**\n-# ${foreign(line.outlets.slice(0, 3).join(', '), 60)} · ${timestamp(line.at, 'R')}`,
  )
  return {
    components: [
      container([
        text(heading),
        text(body.join('\n')),
        menu(
          { do: 'list' },
          say('label.pickStory'),
          lines.map((line) => ({ label: label(line.headline, limits.optionLabel), value: line.storyId })),
        ),
      ]),
    ],
  }
}

/** A sentence or a few, already escaped where foreign. */
export function noteView(sentences: string): View {
  return { components: [text(sentences)] }
}
