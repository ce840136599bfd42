/** Every command, by hand: one that is not listed here does not exist, and a test says so. */
import type { Command } from './command.ts'
import {
  digestEdit,
  digestList,
  digestNow,
  digestPause,
  digestPreview,
  digestRemove,
  digestResume,
  digestShow,
  digestWhy,
} from './digest.ts'
import { digestSetup } from './digest-setup.ts'
import { feedAdd, feedExport, feedImport, feedList, feedRemove, feedTest } from './feed.ts'
import { filterAdd, filterList, filterPreview, filterRemove } from './filter.ts'
import { follow } from './follow.ts'
import { following } from './following.ts'
import { forgetMe } from './forget.ts'
import { fulltext } from './fulltext.ts'
import { headlines } from './headlines.ts'
import { help } from './help.ts'
import { privacy } from './privacy.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { status } from './status.ts'
import { subscribe } from './subscribe.ts'
import { summarise, summariseMessage } from './summarise.ts'
import { summary } from './summary.ts'

export const commands: readonly Command[] = [
  headlines,
  search,
  summary,
  fulltext,
  summarise,
  summariseMessage,
  follow,
  subscribe,
  following,
  help,
  privacy,
  forgetMe,
  digestSetup,
  digestList,
  digestShow,
  digestEdit,
  digestPreview,
  digestNow,
  digestPause,
  digestResume,
  digestRemove,
  digestWhy,
  feedAdd,
  feedTest,
  feedList,
  feedRemove,
  feedImport,
  feedExport,
  filterAdd,
  filterList,
  filterRemove,
  filterPreview,
  status,
  settings,
]
