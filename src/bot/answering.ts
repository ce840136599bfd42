/** The bot's side of Discord, connected: its commands with everything they may ask for. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { connectDiscord, type Discord } from '../discord/client.ts'
import type { Ports } from '../discord/context.ts'
import { createChartDrawing } from '../jobs/chart.ts'
import { createFilterEffects } from '../jobs/filter-effects.ts'
import { createStoryFinder } from '../jobs/find-stories.ts'
import { createPostNow } from '../jobs/post-now.ts'
import { createPreview } from '../jobs/preview-edition.ts'
import { createLinkReader } from '../jobs/read-link.ts'
import type { Ground } from './ground.ts'

/** `publish` posts what is due, for `/digest now`. */
export async function startAnswering(ground: Ground, publish: () => Promise<void>): Promise<Discord> {
  const { options, now, log, storage, pool, network, closing } = ground
  const discord = await connectDiscord({
    token: options.token,
    apiUrl: options.discordApiUrl,
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
    postNow: createPostNow({ ...storage, now, publish, log }),
    follows: storage.follows,
    members: storage.members,
    notes: { find: storage.findNote, set: storage.setNote },
    now,
    log,
    ...(options.onAnswered === undefined ? {} : { onAnswered: options.onAnswered }),
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
  })
  closing(discord.close)
  return discord
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
