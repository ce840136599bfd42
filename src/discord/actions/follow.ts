/** Following stories: beginning, ending, and the list of what a member follows. */
import type { StoryId } from '../../article/article.ts'
import type { Story } from '../../story/story.ts'
import type { Context } from '../context.ts'
import { type Followed, followingView, followsOnPage, stoppedView } from '../views/follow-view.ts'
import type { View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { ownDigests, showMine } from './mine.ts'
import { getStory, showSummary } from './stories.ts'

/** Errors: `UserError` `too-many-follows`, and `story-gone` where the story is no longer held. */
export async function follow(story: Story, context: Context): Promise<View> {
  const { follows, guildId, locale, mention, now, say, userId } = context
  await follows.add(
    {
      userId,
      storyId: story.id,
      place: { kind: 'dm' },
      locale,
      ...(guildId === undefined ? {} : { guildId }),
    },
    now,
  )
  return showSummary(story, context, say('follow.state', { following: mention('following') }))
}

export async function unfollow(id: StoryId, context: Context): Promise<View> {
  await context.follows.remove(context.userId, id)
  return showSummary(await getStory(id, context), context, context.say('follow.ended'))
}

/** In a message that told of the story: the message stays as it is. */
export async function stopTelling(id: StoryId, { follows, library, say, userId }: Context): Promise<View> {
  await follows.remove(userId, id)
  return stoppedView(await library.findStory(id), say)
}

export async function stopListed(id: StoryId, page: number, context: Context): Promise<View> {
  await context.follows.remove(context.userId, id)
  return followingPage(page, context)
}

/** A page beyond the last is the last. */
export async function followingPage(page: number, context: Context): Promise<View> {
  const { follows, library, mention, say, userId } = context
  const all = await follows.ofMember(userId)
  const own = (await ownDigests(context)).length
  if (all.length === 0 && own > 0) return showMine(context)
  if (all.length === 0) return noteView(say('following.none', { follow: mention('follow') }))
  const at = Math.min(page, Math.ceil(all.length / followsOnPage) - 1)
  const shown = await Promise.all(
    all.slice(at * followsOnPage, (at + 1) * followsOnPage).map(async (each): Promise<Followed> => {
      const story = await library.findStory(each.storyId)
      return story === undefined ? { follow: each } : { follow: each, headline: story.articles[0].headline }
    }),
  )
  return followingView(shown, { page: at, total: all.length, own }, say)
}
