/** What the buttons and menus of `/feed` do. */
import type { DigestId } from '../../digest/definition.ts'
import type { Context, Given } from '../context.ts'
import type { Action } from '../custom-id.ts'
import type { View } from '../views/layout.ts'
import { pickFeed, takeFeed } from './feed-adding.ts'
import { removeFeed, turnFeeds } from './feed-list.ts'

export type FeedAction = Extract<
  Action,
  { do: 'feed-pick' | 'feed-into' | 'feed-take' | 'feed-list' | 'feed-drop' }
>

export function answerFeed(action: FeedAction, context: Context & Given): Promise<View> {
  const [value] = context.values
  switch (action.do) {
    case 'feed-pick':
      return pickFeed(action.draft, value, context)
    case 'feed-into':
      return takeFeed(action.draft, (value ?? '') as DigestId, context)
    case 'feed-take':
      return takeFeed(action.draft, undefined, context)
    case 'feed-list':
      return turnFeeds(action.digest, action.page, context)
    case 'feed-drop':
      return removeFeed(action.digestId, action.source, context)
  }
}
