/** The bot's side of Discord: its commands with everything they may ask for, the gateway, and what is sent. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Ports } from '../discord/context.ts'
import { connectGateway, type Gateway } from '../discord/gateway.ts'
import { openLimits } from '../discord/limits.ts'
import type { RequestLimits } from '../discord/requests.ts'
import { openSending, type Sending } from '../discord/sending.ts'
import { createChartDrawing } from '../jobs/chart.ts'
import { createFilterEffects } from '../jobs/filter-effects.ts'
import { createStoryFinder } from '../jobs/find-stories.ts'
import { createPostNow } from '../jobs/post-now.ts'
import { createPreview } from '../jobs/preview-edition.ts'
import { createLinkReader } from '../jobs/read-link.ts'
import { inTurn } from '../jobs/role.ts'
import type { Storage } from '../storage/storage.ts'
import type { Ground } from './ground.ts'
import { newWorkerId, tokenOf } from './roles.ts'

/** Whether commands come through the gateway or over HTTP, they may ask for the same. `publish` posts what is due, for `/digest now`. */
export function createPorts(ground: Ground, publish?: () => Promise<void>): Ports {
  const { now, log, storage, pool, network } = ground
  return {
    readingFor: createReading(ground),
    subscriptions: storage.subscriptions,
    guilds: storage.guilds,
    guildDigests: storage.guildDigests,
    drafts: storage.drafts,
    health: storage.ledger.health,
    reports: storage.reports,
    testSource: network.testSource,
    feedLists: network.feedLists,
    sourceHealths: storage.sourceHealths,
    status: storage.status,
    drawChart: createChartDrawing({ draw: (chart) => pool.run('drawChart', chart), log }),
    about: { version: packageVersion(), startedAt: ground.startedAt },
    filterEffects: createFilterEffects({
      now,
      filterable: storage.filterable,
      tell: (task) => pool.run('filterEffects', task),
    }),
    previewEdition: createPreview({ ...storage, now, findNews: (task) => pool.run('findNews', task), log }),
    postNow: createPostNow({ ...storage, now, log, ...(publish === undefined ? {} : { publish }) }),
    follows: storage.follows,
    members: storage.members,
  }
}

/** One for the whole process: what it answers and what it posts count together. */
export function openRequestLimits({ log, storage, closing }: Ground): RequestLimits {
  const limits = openLimits({ restBudget: storage.restBudget, log })
  closing(async () => limits.pace.close())
  return limits
}

/** The gateway, connected. */
export async function startAnswering(ground: Ground, ports: Ports, limits: RequestLimits): Promise<Gateway> {
  const { options, now, log, storage, closing } = ground
  const gateway = await connectGateway({
    ...ports,
    token: tokenOf(options),
    apiUrl: options.discordApiUrl,
    limits,
    notes: notesOf(storage),
    inTurn: registeringInTurn(ground),
    shards: options.shards,
    identifyTurns: storage.identifyTurns,
    now,
    log,
    onAnswered: options.onAnswered,
    requestTimeoutMs: options.requestTimeoutMs,
  })
  closing(gateway.close)
  return gateway
}

/** What is sent over REST alone: posts, and messages to people. */
export async function startSending(
  { options, closing }: Ground,
  limits: RequestLimits,
  gateway: Gateway | undefined,
): Promise<Sending> {
  const sending = await openSending({
    token: tokenOf(options),
    apiUrl: options.discordApiUrl,
    limits,
    gateway,
    requestTimeoutMs: options.requestTimeoutMs,
  })
  closing(sending.close)
  return sending
}

export function notesOf({ findNote, setNote }: Storage) {
  return { find: findNote, set: setNote }
}

/** Of several processes that start at once one registers the commands, and the others find them registered. */
export function registeringInTurn({
  options,
  storage,
}: Ground): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const { roleLeaseMs: leaseMs } = options
  const role = { leases: storage.roles, name: 'registration', worker: newWorkerId() } as const
  return (work) => inTurn({ ...role, ...(leaseMs === undefined ? {} : { leaseMs }) }, work)
}

/** What is held, as each reader may see it. */
function createReading({ now, log, storage, pool, network, limits }: Ground): Ports['readingFor'] {
  return (reader) => {
    const library = storage.libraryFor(reader)
    return {
      library,
      search: storage.searchFor(reader),
      explaining: storage.explainingFor(reader),
      findStories: createStoryFinder({ library, desk: storage.desk }),
      readLink: createLinkReader({
        now,
        links: storage.links,
        library,
        fetchPage: network.fetchPage,
        analyse: (page) => pool.run('analysePage', { ...page, limits }),
        log,
      }),
    }
  }
}

/** As the package was published. */
function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
