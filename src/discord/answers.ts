/** Buttons and menus: an action from a custom id → the view that answers it. */

import type { StoryId } from '../article/article.ts'
import type { Library } from '../digest/library.ts'
import { UserError } from '../errors.ts'
import type { Action } from './custom-id.ts'
import type { Say } from './text/say.ts'
import type { View } from './views/layout.ts'
import { fulltextView, summaryView } from './views/story-view.ts'

/** `value` is what was chosen in a menu. Errors: `UserError` where the story is no longer held. */
export async function answer(
  action: Action,
  value: string | undefined,
  { library, say, headlines }: { library: Library; say: Say; headlines: string },
): Promise<View> {
  const gone = () => new UserError('story-gone', 'That story is no longer held.', { headlines })
  const storyOf = async (id: string) => {
    const story = await library.findStory(id as StoryId)
    if (story === undefined) throw gone()
    return story
  }
  switch (action.do) {
    case 'summary':
      return summaryView(await storyOf(action.storyId), say)
    case 'story-text':
      return fulltextView((await storyOf(action.storyId)).articles[0], 0, say)
    case 'text': {
      const article = await library.findArticle(action.articleId)
      if (article === undefined) throw gone()
      return fulltextView(article, action.page, say)
    }
    case 'list':
    case 'edition':
      return summaryView(await storyOf(value ?? ''), say)
  }
}
