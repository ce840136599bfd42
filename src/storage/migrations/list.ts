/** Every migration, oldest first. The list only grows: a released migration never changes. */
import type { Steps } from '../versions.ts'
import { first } from './0001-first.ts'
import { writtenSummaries } from './0002-written-summaries.ts'
import { stories } from './0003-stories.ts'
import { editions } from './0004-editions.ts'
import { search } from './0005-search.ts'
import { follow } from './0006-follow.ts'
import { delivery } from './0007-delivery.ts'
import { guilds } from './0008-guilds.ts'
import { owners } from './0009-owners.ts'
import { members } from './0010-members.ts'
import { feeds } from './0011-feeds.ts'
import { places } from './0012-places.ts'
import { notices } from './0013-notices.ts'
import { corrections } from './0014-corrections.ts'
import { seenThrough } from './0016-seen-through.ts'
import { headlineOnce } from './0017-headline-once.ts'
import { archive } from './0018-archive.ts'
import { retention } from './0019-retention.ts'
import { roles } from './0020-roles.ts'
import { smallSteps } from './0021-small-steps.ts'
import { editionMaking } from './0022-edition-making.ts'
import { restBudget } from './0023-rest-budget.ts'
import { largeSets } from './0024-large-sets.ts'
import { sideBySide } from './0025-side-by-side.ts'
import { polledHosts } from './0026-polled-hosts.ts'
import { stirredFollows } from './0027-stirred-follows.ts'

export const migrations: Steps = {
  '0001-first': first,
  '0002-written-summaries': writtenSummaries,
  '0003-stories': stories,
  '0004-editions': editions,
  '0005-search': search,
  '0006-follow': follow,
  '0007-delivery': delivery,
  '0008-guilds': guilds,
  '0009-owners': owners,
  '0010-members': members,
  '0011-feeds': feeds,
  '0012-places': places,
  '0013-notices': notices,
  '0014-corrections': corrections,
  '0016-seen-through': seenThrough,
  '0017-headline-once': headlineOnce,
  '0018-archive': archive,
  '0019-retention': retention,
  '0020-roles': roles,
  '0021-small-steps': smallSteps,
  '0022-edition-making': editionMaking,
  '0023-rest-budget': restBudget,
  '0024-large-sets': largeSets,
  '0025-side-by-side': sideBySide,
  '0026-polled-hosts': polledHosts,
  '0027-stirred-follows': stirredFollows,
}
