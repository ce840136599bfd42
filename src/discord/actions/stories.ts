/** A story deeper and deeper: its summary, its sources, its full text. */
import type { ArticleId, StoryId } from '../../article/article.ts'
import type { EditionId } from '../../digest/edition.ts'
import { UserError } from '../../errors.ts'
import type { Story } from '../../story/story.ts'
import type { Context } from '../context.ts'
import { fulltextView } from '../views/fulltext-view.ts'
import type { View } from '../views/layout.ts'
import { articleView, sourcesView } from '../views/sources-view.ts'
import { summaryView } from '../views/story-view.ts'

/** Errors: `UserError` where the story is no longer held, or is not for this server. */
export async function getStory(id: StoryId, context: Context): Promise<Story> {
  const story = await context.library.findStory(id)
  if (story === undefined) throw await notHere(id, context)
  return story
}

/** With the way to follow it, or to stop; `note` says what has just been done. */
export async function showSummary(story: Story, context: Context, note?: string): Promise<View> {
  const { follows, say, userId } = context
  const followed = await follows.ofMember(userId)
  const isFollowed = followed.some(({ storyId }) => storyId === story.id)
  return summaryView(story, say, { isFollowed, ...(note === undefined ? {} : { note }) })
}

export async function showSources(id: StoryId, page: number, context: Context): Promise<View> {
  return sourcesView(await getStory(id, context), page, context.say)
}

/** One article of a story in a few sentences. */
export async function showArticle(id: ArticleId, context: Context): Promise<View> {
  const article = await context.library.findArticle(id)
  if (article === undefined) throw await notHere(id, context)
  return articleView(article, context.say)
}

/** Full text of the article that speaks for the story. */
export async function showStoryText(story: Story, { say }: Context): Promise<View> {
  return fulltextView(story.articles[0], 0, say, story)
}

/** A page of an article; pages from 0. */
export async function showText(id: ArticleId, page: number, context: Context): Promise<View> {
  const { library, say } = context
  const article = await library.findArticle(id)
  if (article === undefined) throw await notHere(id, context)
  return fulltextView(article, page, say, await library.findStory(article.storyId))
}

/** Why there is no such story, article or edition: it is another server's, or it is no longer held. */
export async function notHere(
  id: StoryId | ArticleId | EditionId,
  { library, mention }: Context,
): Promise<UserError> {
  const facts = { headlines: mention('headlines') }
  return (await library.standsElsewhere(id))
    ? new UserError('not-here', 'That is from a source that another server added for itself.', facts)
    : new UserError('story-gone', 'That story is no longer held.', facts)
}
