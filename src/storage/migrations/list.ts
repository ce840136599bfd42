/** Every migration, oldest first. The list only grows: a released migration never changes. */
import type { Migration } from 'kysely/migration'
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

export const migrations: Readonly<Record<string, Migration>> = {
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
}
