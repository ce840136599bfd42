/** What owners' presses, choices and forms do, by the action in their custom id. */
import type { Context, Given } from '../context.ts'
import type { Action, Verb } from '../custom-id.ts'
import type { FormView } from '../views/form.ts'
import type { View } from '../views/layout.ts'
import {
  askToRemove,
  askToRemoveOwn,
  listDigests,
  pauseDigest,
  pickDigest,
  postDigestNow,
  previewDigest,
  removeDigest,
  removeOwn,
  showDigest,
  showOwn,
} from './digest.ts'
import {
  chooseInEdit,
  editDigest,
  openContents,
  openEditTimes,
  takeContents,
  takeEditTimes,
} from './digest-edit.ts'
import { answerFeed } from './feed.ts'
import { answerFilter, openRuleForm } from './filter.ts'
import { chooseLanguage, chooseRole, openZoneForm, showSettings, takeZone } from './settings.ts'
import {
  beginSetup,
  cancelSetup,
  chooseInSetup,
  finishSetup,
  openTimesForm,
  previewSetup,
  showSetup,
  takeTimes,
} from './setup.ts'
import { openOwnForm, takeOwnSources } from './setup-own.ts'

/** The first word of a verb tells the command it belongs to: whoever may use that may press what it answered with. */
const commandOf = {
  setup: 'digest',
  digest: 'digest',
  own: 'digest',
  feed: 'feed',
  filter: 'filter',
  settings: 'settings',
} as const

type First = keyof typeof commandOf
export type OwnerVerb = Extract<Verb, First | `${First}-${string}`>
export type OwnerAction = Extract<Action, { do: OwnerVerb }>

/** The command whose answers bear this action; undefined for what any member may do. */
export function ownerCommandOf({ do: verb }: Action): string | undefined {
  const [first = ''] = verb.split('-')
  return Object.hasOwn(commandOf, first) ? commandOf[first as First] : undefined
}

export function isOwnerAction(action: Action): action is OwnerAction {
  return ownerCommandOf(action) !== undefined
}

/** Menus that change the card they are on: all of them. */
export const ownerMenus: readonly OwnerVerb[] = [
  'setup-digest',
  'setup-channel',
  'setup-times',
  'setup-posts',
  'setup-tags',
  'setup-crosspost',
  'digest-pick',
  'digest-channel',
  'digest-times',
  'digest-notice',
  'digest-posts',
  'digest-tags',
  'digest-crosspost',
  'feed-pick',
  'feed-into',
  'filter-drop',
  'filter-digest',
  'settings-language',
  'settings-role',
]

export const ownerFormOpeners: readonly OwnerVerb[] = [
  'setup-times-form',
  'setup-own-form',
  'digest-times-form',
  'digest-contents-form',
  'filter-form',
  'filter-mend',
  'settings-zone-form',
]

/** What fetches from outside. */
export const costlyOwnerVerbs: readonly OwnerVerb[] = ['setup-own-sent', 'feed-pick', 'filter-effects']

export async function openOwnerForm(action: OwnerAction, context: Context): Promise<FormView> {
  switch (action.do) {
    case 'setup-times-form':
      return openTimesForm(action.draft, context)
    case 'setup-own-form':
      return openOwnForm(action.draft, context)
    case 'digest-times-form':
      return openEditTimes(action.subscriptionId, context)
    case 'digest-contents-form':
      return openContents(action.subscriptionId, context)
    case 'filter-form':
    case 'filter-mend':
      return openRuleForm(action, context)
    case 'settings-zone-form':
      return openZoneForm(context)
    default:
      throw new Error(`"${action.do}" opens no form.`)
  }
}

export async function answerOwner(action: OwnerAction, context: Context & Given): Promise<View> {
  switch (action.do) {
    case 'feed-pick':
    case 'feed-into':
    case 'feed-take':
    case 'feed-list':
    case 'feed-drop':
      return answerFeed(action, context)
    case 'filter-list':
    case 'filter-drop':
    case 'filter-add':
    case 'filter-effects':
    case 'filter-digest':
      return answerFilter(action, context)
    case 'setup':
      return showSetup(action.draft, context)
    case 'setup-begin':
      return beginSetup({ digestId: action.digestId }, context)
    case 'setup-digest':
      return chooseInSetup('digest', action.draft, context)
    case 'setup-channel':
      return chooseInSetup('channel', action.draft, context)
    case 'setup-times':
      return chooseInSetup('times', action.draft, context)
    case 'setup-posts':
      return chooseInSetup('posts', action.draft, context)
    case 'setup-tags':
      return chooseInSetup('tags', action.draft, context)
    case 'setup-crosspost':
      return chooseInSetup('crosspost', action.draft, context)
    case 'setup-times-sent':
      return takeTimes(action.draft, context)
    case 'setup-own-sent':
      return takeOwnSources(action.draft, context)
    case 'setup-preview':
      return previewSetup(action.draft, context)
    case 'setup-post':
      return finishSetup(action.draft, context)
    case 'setup-cancel':
      return cancelSetup(action.draft, context)
    case 'digest-list':
      return listDigests(action.page, context)
    case 'digest-pick':
      return pickDigest(context)
    case 'digest-show':
      return showDigest(action.subscriptionId, context)
    case 'digest-preview':
      return previewDigest(action.subscriptionId, context)
    case 'digest-now':
      return postDigestNow(action.subscriptionId, context)
    case 'digest-pause':
      return pauseDigest(action.subscriptionId, true, context)
    case 'digest-resume':
      return pauseDigest(action.subscriptionId, false, context)
    case 'digest-edit':
      return editDigest(action.subscriptionId, context)
    case 'digest-channel':
      return chooseInEdit('channel', action.subscriptionId, context)
    case 'digest-times':
      return chooseInEdit('times', action.subscriptionId, context)
    case 'digest-notice':
      return chooseInEdit('notice', action.subscriptionId, context)
    case 'digest-posts':
      return chooseInEdit('posts', action.subscriptionId, context)
    case 'digest-tags':
      return chooseInEdit('tags', action.subscriptionId, context)
    case 'digest-crosspost':
      return chooseInEdit('crosspost', action.subscriptionId, context)
    case 'digest-times-sent':
      return takeEditTimes(action.subscriptionId, context)
    case 'digest-contents-sent':
      return takeContents(action.subscriptionId, context)
    case 'digest-remove':
      return askToRemove(action.subscriptionId, context)
    case 'digest-remove-sure':
      return removeDigest(action.subscriptionId, context)
    case 'own-show':
      return showOwn(action.digestId, context)
    case 'own-remove':
      return askToRemoveOwn(action.digestId, context)
    case 'own-remove-sure':
      return removeOwn(action.digestId, context)
    case 'settings':
      return showSettings(context)
    case 'settings-language':
      return chooseLanguage(context)
    case 'settings-role':
      return chooseRole(context)
    case 'settings-zone-sent':
      return takeZone(context)
    case 'setup-times-form':
    case 'setup-own-form':
    case 'digest-times-form':
    case 'digest-contents-form':
    case 'filter-form':
    case 'filter-mend':
    case 'settings-zone-form':
      throw new Error(`"${action.do}" opens a form.`)
  }
}
