/** Everything the bot keeps, behind one set of repositories. */

import type { Archive } from '../digest/archive.ts'
import type { CorrectionDesk } from '../digest/correcting.ts'
import type { DigestId } from '../digest/definition.ts'
import type { DeliveryReports } from '../digest/delivery-report.ts'
import type { EditionDesk } from '../digest/desk.ts'
import type { FindFigures } from '../digest/figures.ts'
import type { FindHeldArticles } from '../digest/filter-preview.ts'
import type { Follows } from '../digest/follow.ts'
import type { Drafts, GuildDigests, Guilds } from '../digest/guild.ts'
import type { GuildStatus } from '../digest/guild-status.ts'
import type { IdentifyTurns } from '../digest/identify.ts'
import type { Crossposts, Ledger, Subscriptions } from '../digest/ledger.ts'
import type { Intake, Library, Polling, Reader, ReadersLibrary } from '../digest/library.ts'
import type { Links } from '../digest/link.ts'
import type { Members } from '../digest/member.ts'
import type { Notices } from '../digest/notice.ts'
import type { Summarising } from '../digest/placing.ts'
import type { Renewing } from '../digest/renewing.ts'
import type { RestBudget } from '../digest/rest-budget.ts'
import type { Retention } from '../digest/retention.ts'
import type { RoleLeases } from '../digest/role.ts'
import type { ReadersSearch, Search } from '../digest/search.ts'
import type { SourceHealths } from '../digest/source-health.ts'
import type { Wake } from '../digest/wake.ts'
import type { Explaining, ReadersExplaining } from '../digest/why.ts'
import type { ModelBudget, WrittenSummaries } from '../digest/written.ts'
import { createArchive } from './archive.ts'
import { createCorrections } from './corrections.ts'
import { createCrossposts } from './crossposts.ts'
import { openDatabase } from './database.ts'
import { createDeliveryReports } from './delivery-reports.ts'
import { createEditionDesk } from './desk.ts'
import { createFigures } from './figures.ts'
import { createFilterable } from './filterable.ts'
import { createFollows } from './follow.ts'
import { createGuildStatus } from './guild-status.ts'
import { createDrafts, createGuildDigests, createGuilds } from './guilds.ts'
import { createIntake } from './intake.ts'
import { createLedger } from './ledger.ts'
import { createLibrary, createReadersLibrary } from './library.ts'
import { createLinks } from './links.ts'
import { createMembers } from './members.ts'
import { createNotices } from './notices.ts'
import { createPolling } from './polling.ts'
import { createRenewing } from './renewing.ts'
import { createIdentifyTurns, createRestBudget } from './rest-budget.ts'
import { createRetention } from './retention.ts'
import { createRoleLeases } from './roles.ts'
import { digestOf } from './rows.ts'
import { createReadersSearch, createSearch } from './search.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'
import { createSourceHealths } from './source-health.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createSummarising } from './summarising.ts'
import type { Steps } from './versions.ts'
import { createWake } from './wake.ts'
import { createExplaining, createReadersExplaining } from './why.ts'
import { createModelBudget, createWrittenSummaries } from './written.ts'

export interface Storage {
  /** Everything, for jobs. */
  readonly library: Library
  readonly libraryFor: (reader: Reader) => ReadersLibrary
  /** What everybody may read. */
  readonly archive: Archive
  readonly figures: FindFigures
  readonly intake: Intake
  readonly summarising: Summarising
  readonly renewing: Renewing
  readonly polling: Polling
  readonly retention: Retention
  readonly roles: RoleLeases
  readonly wake: Wake
  /** What processes share; undefined where this one is alone. */
  readonly restBudget: RestBudget | undefined
  readonly identifyTurns: IdentifyTurns | undefined
  readonly desk: EditionDesk
  readonly filterable: FindHeldArticles
  readonly search: Search
  readonly searchFor: (reader: Reader) => ReadersSearch
  readonly searchIndex: SearchIndex
  readonly explaining: Explaining
  readonly explainingFor: (reader: Reader) => ReadersExplaining
  readonly follows: Follows
  readonly sourceHealths: SourceHealths
  readonly status: GuildStatus
  readonly subscriptions: Subscriptions
  readonly ledger: Ledger
  readonly notices: Notices
  readonly corrections: CorrectionDesk
  readonly crossposts: Crossposts
  readonly reports: DeliveryReports
  readonly guilds: Guilds
  readonly guildDigests: GuildDigests
  readonly drafts: Drafts
  readonly members: Members
  readonly links: Links
  readonly written: WrittenSummaries
  readonly modelBudget: ModelBudget
  /** Digests whose definition cannot be read: they rest. */
  readonly unreadableDigests: () => Promise<readonly DigestId[]>
  /** A small note that outlives a restart, such as the hash of the registered commands. */
  readonly findNote: (key: string) => Promise<string | undefined>
  readonly setNote: (key: string, value: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the storage and brings it to the newest schema, which is that of this version unless told. Errors: `UserError` where the address is wrong. */
export async function openStorage(
  url: string,
  steps?: Steps,
  onRoom?: (hasRoom: boolean) => void,
): Promise<Storage> {
  const db = await openDatabase(url, {
    ...(steps === undefined ? {} : { steps }),
    ...(onRoom === undefined ? {} : { onRoom }),
  })
  const roles = createRoleLeases(db)
  return {
    library: createLibrary(db),
    libraryFor: (reader) => createReadersLibrary(db, reader),
    archive: createArchive(db),
    figures: createFigures(db),
    intake: createIntake(db, roles.assertKept),
    summarising: createSummarising(db),
    renewing: createRenewing(db),
    polling: createPolling(db),
    retention: createRetention(db),
    roles,
    wake: createWake(db, url),
    restBudget: createRestBudget(db),
    identifyTurns: createIdentifyTurns(db),
    desk: createEditionDesk(db),
    filterable: createFilterable(db),
    search: createSearch(db),
    searchFor: (reader) => createReadersSearch(db, reader),
    searchIndex: createSearchIndex(db),
    explaining: createExplaining(db, createSearch(db)),
    explainingFor: (reader) => createReadersExplaining(db, reader),
    follows: createFollows(db),
    sourceHealths: createSourceHealths(db),
    status: createGuildStatus(db),
    subscriptions: createSubscriptions(db),
    ledger: createLedger(db),
    notices: createNotices(db),
    corrections: createCorrections(db),
    crossposts: createCrossposts(db),
    reports: createDeliveryReports(db),
    guilds: createGuilds(db),
    guildDigests: createGuildDigests(db),
    drafts: createDrafts(db),
    members: createMembers(db),
    links: createLinks(db, createIntake(db)),
    written: createWrittenSummaries(db),
    modelBudget: createModelBudget(db),
    unreadableDigests: async () => {
      const rows = await db.selectFrom('digest').selectAll().where('withdrawn_at', 'is', null).execute()
      return rows.filter((row) => digestOf(row) === undefined).map(({ id }) => id as DigestId)
    },
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
