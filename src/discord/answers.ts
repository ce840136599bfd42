/** What a press, a choice or a form does: from the action in its custom id to the view that answers it. */
import type { ArticleId, StoryId } from '../article/article.ts'
import type { EditionId } from '../digest/edition.ts'
import { follow, followingPage, stopListed, stopTelling, unfollow } from './actions/follow.ts'
import { askToForget, forget } from './actions/member.ts'
import { resumeMine, showMine, stopMine } from './actions/mine.ts'
import {
  answerOwner,
  costlyOwnerVerbs,
  isOwnerAction,
  openOwnerForm,
  ownerFormOpeners,
  ownerMenus,
} from './actions/owner.ts'
import {
  getStory,
  notHere,
  showArticle,
  showSources,
  showStoryText,
  showSummary,
  showText,
} from './actions/stories.ts'
import { editionPage, searchPage, storiesPage } from './actions/story-lists.ts'
import type { Context, Given } from './context.ts'
import type { Action, Verb } from './custom-id.ts'
import type { FormView } from './views/form.ts'
import type { View } from './views/layout.ts'
import { listLength, noteView, storyListView } from './views/list-view.ts'

/** Errors: `UserError` where the story is no longer held, or is not for this server. */
export async function answer(action: Action, context: Context & Given): Promise<View> {
  if (isOwnerAction(action)) return answerOwner(action, context)
  const [chosen = ''] = context.values
  switch (action.do) {
    case 'summary':
      return showSummary(await getStory(action.storyId, context), context)
    case 'list':
      return showSummary(await getStory(chosen as StoryId, context), context)
    case 'edition':
      return chosen === ''
        ? newestOf(action.editionId, context)
        : showSummary(await getStory(chosen as StoryId, context), context)
    case 'story-text':
      return showStoryText(await getStory(action.storyId, context), context)
    case 'text':
      return showText(action.articleId, action.page, context)
    case 'pages':
      return showText(action.articleId, Number(chosen), context)
    case 'texts':
      return showText(chosen as ArticleId, 0, context)
    case 'sources':
      return showSources(action.storyId, action.page, context)
    case 'source':
      return showArticle(chosen as ArticleId, context)
    case 'headlines':
      return editionPage(action, context)
    case 'stories':
      return storiesPage(action, context)
    case 'search':
      return searchPage(action, context)
    case 'follow':
      return follow(await getStory(action.storyId, context), context)
    case 'unfollow':
      return unfollow(action.storyId, context)
    case 'told':
      return stopTelling(action.storyId, context)
    case 'following':
      return followingPage(action.page, context)
    case 'following-stop':
      return stopListed(action.storyId, action.page, context)
    case 'mine':
      return showMine(context)
    case 'mine-stop':
      return stopMine(context)
    case 'mine-resume':
      return resumeMine(action.subscriptionId, context)
    case 'forget':
      return askToForget(context)
    case 'forget-sure':
      return forget(context)
  }
}

/** Verbs whose menu changes the answer it hangs under; other menus make a new answer, and buttons always change theirs. */
export const menusInPlace: ReadonlySet<Verb> = new Set<Verb>([
  ...ownerMenus,
  'pages',
  'texts',
  'source',
  'mine-stop',
])

/** Verbs that open a form; a form must be the first answer, so it is made before anything else is done. */
export const formOpeners: ReadonlySet<Verb> = new Set<Verb>([...ownerFormOpeners])

/** Verbs that fetch from outside, and so may be pressed less often. */
export const costlyVerbs: ReadonlySet<Verb> = new Set<Verb>([...costlyOwnerVerbs])

export async function openForm(action: Action, context: Context): Promise<FormView> {
  if (isOwnerAction(action)) return openOwnerForm(action, context)
  throw new Error(`"${action.do}" opens no form.`)
}

/** Behind the button of an edition without stories. */
async function newestOf(id: EditionId, context: Context): Promise<View> {
  const { library, say } = context
  const edition = await library.findEdition(id)
  if (edition === undefined && (await library.standsElsewhere(id))) throw await notHere(id, context)
  const digestIds = edition === undefined ? {} : { digestIds: [edition.digestId] }
  const stories = await library.newestStories({ ...digestIds, limit: listLength })
  return stories.length === 0 ? noteView(say('headlines.none')) : storyListView(stories, say)
}
