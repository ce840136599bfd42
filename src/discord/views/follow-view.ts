/** What a member follows, and the messages that tell of it. */
import type { Follow } from '../../digest/follow.ts'
import type { RenderedMessage } from '../../digest/post.ts'
import type { Telling } from '../../digest/tell.ts'
import type { Story } from '../../story/story.ts'
import { type Say, sayIn } from '../text/say.ts'
import { byline, sourceButton } from './byline.ts'
import { foreign, foreignLink, label } from './foreign.ts'
import { button, container, menu, row, section, separator, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { turnRow } from './list-view.ts'
import { timestamp } from './time.ts'

/** Follows on a page: each has a button of its own. */
export const followsOnPage = 8

/** A followed story; its headline is absent where the story is no longer held. */
export interface Followed {
  readonly follow: Follow
  readonly headline?: string
}

export function followingView(
  shown: readonly Followed[],
  list: {
    readonly page: number
    readonly total: number /** Digests sent to the member. */
    readonly own: number
  },
  say: Say,
): View {
  const { page, total, own } = list
  const hasNext = (page + 1) * followsOnPage < total
  return {
    components: [
      container([
        text(`## ${say('following.title', { count: total })}`),
        ...shown.map((each) => followedSection(each, page, say)),
        text(`-# ${say('following.how')}`),
        storyMenu(shown, say),
        ...turnRow({ page, hasNext, to: (next) => ({ do: 'following', page: next }) }, say),
        ...(own > 0 ? [row(button(say('mine.title'), { do: 'mine' }))] : []),
      ]),
    ],
  }
}

function followedSection({ follow, headline }: Followed, page: number, say: Say) {
  const facts = [
    say('following.since', { since: timestamp(follow.since, 'D') }),
    ...(follow.toldAt === undefined ? [] : [say('following.told', { told: timestamp(follow.toldAt, 'R') })]),
  ]
  const shown = headline === undefined ? say('following.gone') : `**${foreign(headline, 200)}**`
  return section(
    `${shown}\n-# ${facts.join(' · ')}`,
    button(say('button.stop'), { do: 'following-stop', storyId: follow.storyId, page }),
  )
}

function storyMenu(shown: readonly Followed[], say: Say) {
  return menu(
    { do: 'list', what: 'following' },
    say('label.pickStory'),
    shown.map(({ follow, headline }) => ({
      label: label(headline ?? say('following.gone'), limits.optionLabel),
      value: follow.storyId,
    })),
  )
}

/** No longer followed, and the way back. `headline` is absent where the story is no longer held. */
export function stoppedView(story: Story | undefined, say: Say): View {
  if (story === undefined) return { components: [text(say('follow.ended'))] }
  const headline = foreign(story.articles[0].headline, 300)
  return {
    components: [
      text(say('follow.stopped', { headline })),
      row(button(say('button.followAgain'), { do: 'follow', storyId: story.id })),
    ],
  }
}

/** What is new in a followed story, in the language in which its follower is told. */
export function tellingView(telling: Telling): RenderedMessage {
  const { follow, article, news, more } = telling
  const say = sayIn(follow.locale ?? 'en')
  const said = news.length > 0 ? news : [article.brief]
  return {
    components: [
      container([
        text(
          [
            `-# ${say('tell.heading')}`,
            `### ${foreignLink(article.headline, article.url, 500)}`,
            ...said.filter((each) => each !== '').map((each) => foreign(each, 500)),
            `-# ${[byline(article), ...(more > 0 ? [say('tell.more', { count: more })] : [])].join(' · ')}`,
          ].join('\n'),
        ),
        row(
          button(say('button.summary'), { do: 'summary', storyId: follow.storyId }),
          button(say('button.unfollow'), {
            do: 'told',
            storyId: follow.storyId,
            articleId: telling.marker,
          }),
          ...sourceButton(article, say),
        ),
      ]),
    ],
  }
}

/** Headlines in this list; what else has moved is in the list of what the member follows. */
const mostUntold = 10

/** What could not be told by direct message. `following` is the command's mention. */
export function untoldView(stories: readonly Story[], following: string, say: Say): View {
  const shown = stories.slice(0, mostUntold)
  const lines = shown.map(
    ({ articles: [leader] }) => `- **${foreignLink(leader.headline, leader.url, 300)}**`,
  )
  return {
    components: [
      container([
        text([say('untold.heading'), ...lines].join('\n')),
        menu(
          { do: 'list', what: 'untold' },
          say('label.pickStory'),
          shown.map(({ id, articles: [leader] }) => ({
            label: label(leader.headline, limits.optionLabel),
            value: id,
          })),
        ),
        separator,
        text(`-# ${say('untold.remedy')} ${following}`),
      ]),
    ],
  }
}
