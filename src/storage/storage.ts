/** Everything the bot keeps, behind one set of repositories. */

import type { DeliveryReports } from '../digest/delivery-report.ts'
import type { EditionDesk } from '../digest/desk.ts'
import type { FindHeldArticles } from '../digest/filter-preview.ts'
import type { Follows } from '../digest/follow.ts'
import type { Drafts, GuildDigests, Guilds } from '../digest/guild.ts'
import type { GuildStatus } from '../digest/guild-status.ts'
import type { Ledger, Subscriptions } from '../digest/ledger.ts'
import type { Intake, Library, Polling } from '../digest/library.ts'
import type { Links } from '../digest/link.ts'
import type { Members } from '../digest/member.ts'
import type { Summarising } from '../digest/placing.ts'
import type { Renewing } from '../digest/renewing.ts'
import type { Search } from '../digest/search.ts'
import type { SourceHealths } from '../digest/source-health.ts'
import type { Explaining } from '../digest/why.ts'
import type { ModelBudget, WrittenSummaries } from '../digest/written.ts'
import { openDatabase } from './database.ts'
import { createDeliveryReports } from './delivery-reports.ts'
import { createEditionDesk } from './desk.ts'
import { createFilterable } from './filterable.ts'
import { createFollows } from './follow.ts'
import { createGuildStatus } from './guild-status.ts'
import { createDrafts, createGuildDigests, createGuilds } from './guilds.ts'
import { createIntake } from './intake.ts'
import { createLedger } from './ledger.ts'
import { createLibrary } from './library.ts'
import { createLinks } from './links.ts'
import { createMembers } from './members.ts'
import { createPolling } from './polling.ts'
import { createRenewing } from './renewing.ts'
import { createSearch } from './search.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'
import { createSourceHealths } from './source-health.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createSummarising } from './summarising.ts'
import { createExplaining } from './why.ts'
import { createModelBudget, createWrittenSummaries } from './written.ts'

export interface Storage {
  readonly library: Library
  readonly intake: Intake
  readonly summarising: Summarising
  readonly renewing: Renewing
  readonly polling: Polling
  readonly desk: EditionDesk
  readonly filterable: FindHeldArticles
  readonly search: Search
  readonly searchIndex: SearchIndex
  readonly explaining: Explaining
  readonly follows: Follows
  readonly sourceHealths: SourceHealths
  readonly status: GuildStatus
  readonly subscriptions: Subscriptions
  readonly ledger: Ledger
  readonly reports: DeliveryReports
  readonly guilds: Guilds
  readonly guildDigests: GuildDigests
  readonly drafts: Drafts
  readonly members: Members
  readonly links: Links
  readonly written: WrittenSummaries
  readonly modelBudget: ModelBudget
  /** A small note that outlives a restart, such as the hash of the registered commands. */
  readonly findNote: (key: string) => Promise<string | undefined>
  readonly setNote: (key: string, value: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the storage and brings it to the newest schema. Errors: `UserError` where the address is wrong. */
export async function openStorage(url: string): Promise<Storage> {
  const db = await openDatabase(url)
  return {
    library: createLibrary(db),
    intake: createIntake(db),
    summarising: createSummarising(db),
    renewing: createRenewing(db),
    polling: createPolling(db),
    desk: createEditionDesk(db),
    filterable: createFilterable(db),
    search: createSearch(db),
    searchIndex: createSearchIndex(db),
    explaining: createExplaining(db, createSearch(db)),
    follows: createFollows(db),
    sourceHealths: createSourceHealths(db),
    status: createGuildStatus(db),
    subscriptions: createSubscriptions(db),
    ledger: createLedger(db),
    reports: createDeliveryReports(db),
    guilds: createGuilds(db),
    guildDigests: createGuildDigests(db),
    drafts: createDrafts(db),
    members: createMembers(db),
    links: createLinks(db, createIntake(db)),
    written: createWrittenSummaries(db),
    modelBudget: createModelBudget(db),
    findNote: async (key) =>
      (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value,
    setNote: async (key, value) => {
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((c) => c.column('key').doUpdateSet({ value }))
        .execute()
    },
    close: () => db.destroy(),
  }
}
