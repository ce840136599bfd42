/**
 * The composition root: storage, the way in, the schedule and Discord, wired by hand. `npm start`, the rehearsal and the
 * tests run this same bot.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Instant } from './article/article.ts'
import type { Clock } from './clock.ts'
import type { WorkerId } from './digest/ledger.ts'
import { analysisMark } from './digest/renewing.ts'
import { nextSlots } from './digest/schedule.ts'
import { connectDiscord } from './discord/client.ts'
import { digestView } from './discord/views/digest-view.ts'
import { tellingView } from './discord/views/follow-view.ts'
import { createChartDrawing } from './jobs/chart.ts'
import { clean } from './jobs/clean.ts'
import { createFilterEffects } from './jobs/filter-effects.ts'
import { createStoryFinder } from './jobs/find-stories.ts'
import { takeIn } from './jobs/intake.ts'
import { pollDue } from './jobs/poll.ts'
import { createPostNow } from './jobs/post-now.ts'
import { createPreview } from './jobs/preview-edition.ts'
import { startPublishing } from './jobs/publish.ts'
import { createLinkReader } from './jobs/read-link.ts'
import { startRenewing } from './jobs/renew.ts'
import { startRepeating } from './jobs/repeat.ts'
import { catchUpSearch } from './jobs/search-index.ts'
import { openStories } from './jobs/stories.ts'
import { summariseChanged } from './jobs/story-summaries.ts'
import { startTelling } from './jobs/tell-followers.ts'
import { startTicking } from './jobs/tick.ts'
import { createSummaryWriting } from './jobs/write.ts'
import type { Log } from './log.ts'
import { createDigestsFolder } from './sources/digests-folder.ts'
import { createNetwork, userAgent } from './sources/network.ts'
import { lockDatabase } from './storage/database.ts'
import { openStorage, type Storage } from './storage/storage.ts'
import type { MovementTask } from './story/movement.ts'
import type { SummaryOptions } from './summary/extractive.ts'
import type { ModelWriter } from './summary/written/writer.ts'
import { openPool } from './work/pool.ts'
import { openStoryThread } from './work/story-thread.ts'

export interface BotOptions {
  readonly token: string
  readonly discordApiUrl: string
  readonly databaseUrl: string
  readonly digestsDir: string
  readonly catchUpHours: number
  readonly contact: string
  readonly allowedHosts: readonly string[]
  readonly clock: Clock
  readonly log: Log
  /** The limits of summaries; those of `config.ts` unless told. */
  readonly briefCharacters?: number | undefined
  readonly summaryCharacters?: number | undefined
  readonly summarySentences?: number | undefined
  /** Where a language model answers; without it all summaries are extractive. */
  readonly modelUrl?: string | undefined
  readonly modelName?: string | undefined
  readonly modelKey?: string | undefined
  readonly modelDailyTokens?: number
  readonly modelTimeoutSeconds?: number
  /** When node-cron asks what is due; every minute unless a rehearsal is in a hurry. */
  readonly tick?: string
  /** Between two looks at the folder of digests. */
  readonly scanEveryMs?: number
  /** Between two looks for sources that are due. */
  readonly pollEveryMs?: number
  /** Between two looks for followed stories that have moved. */
  readonly tellEveryMs?: number
  /** A request to Discord without an answer is given up after this. */
  readonly requestTimeoutMs?: number
  /** Told when what had come due by a tick is dealt with, with the instant of the tick. */
  readonly onTicked?: (now: Instant) => void
}

export interface Bot {
  /** Its name on Discord. */
  readonly name: string
  /** When the next edition is due, over all subscriptions; undefined without any. */
  readonly nextSlot: () => Promise<Instant | undefined>
  /** Ends whatever is under way and closes everything. */
  readonly close: () => Promise<void>
}

/** Between two looks for stories that have changed. */
const summariseEveryMs = 1000
const cleanEveryMs = 60 * 60 * 1000
/** Between two looks for articles that search has not read. */
const catchUpEveryMs = 1000

function limitsOf({ briefCharacters, summaryCharacters, summarySentences }: BotOptions): SummaryOptions {
  return {
    ...(briefCharacters === undefined ? {} : { maxBriefCharacters: briefCharacters }),
    ...(summaryCharacters === undefined ? {} : { maxCharacters: summaryCharacters }),
    ...(summarySentences === undefined ? {} : { maxSentences: summarySentences }),
  }
}

/** Resolves when the bot is connected and holds the articles of the digests folder. Errors: `UserError` for what one can mend. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { clock, log } = options
  const startedAt = clock.now()
  const opened: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const unlock = lockDatabase(options.databaseUrl)
    opened.push(async () => unlock())
    const storage = await openStorage(options.databaseUrl)
    opened.push(storage.close)
    await storage.ledger.endLeases(clock.now())
    const pool = openPool()
    opened.push(pool.close)
    const stories = openStories({
      now: clock.now,
      intake: storage.intake,
      openThread: () => openStoryThread(),
      log,
    })
    opened.push(stories.close)
    const limits = limitsOf(options)
    const folder = createDigestsFolder(options.digestsDir)
    const takeInNow = () =>
      takeIn({
        now: clock.now,
        intake: storage.intake,
        scan: folder.scan,
        analyse: ({ path, ...file }) => pool.run('analyseFile', { ...file, name: path, limits }),
        stories,
        log,
      })
    await takeInNow()
    opened.push(startRepeating(options.scanEveryMs ?? 2000, takeInNow, log).stop)
    const summarise = () =>
      summariseChanged({
        now: clock.now,
        summarising: storage.summarising,
        library: storage.library,
        tell: (tellers) => pool.run('tellStory', { tellers, limits }),
        log,
      })
    opened.push(startRepeating(summariseEveryMs, summarise, log).stop)
    const renewal = startRenewing({
      now: clock.now,
      renewing: storage.renewing,
      mark: analysisMark(limits),
      analyse: (article) => pool.run('renewArticle', { ...article, limits }),
      log,
    })
    opened.push(renewal.stop)
    const catchUp = () => catchUpSearch(storage.searchIndex.catchUp)
    opened.push(startRepeating(catchUpEveryMs, catchUp, log).stop)
    const network = createNetwork({
      contact: options.contact,
      allowedHosts: options.allowedHosts,
      now: clock.now,
      random: Math.random,
      readFeed: (feed) => pool.run('readFeed', feed),
      readLinks: (page) => pool.run('readPageLinks', page),
      hasOnlyTeaser: (entry) => pool.run('hasOnlyTeaser', entry),
      readOpml: (bytes) => pool.run('readOpml', bytes),
      analyse: (task) => pool.run('analyseEntry', { ...task, limits }),
    })
    opened.push(network.close)
    const pollNow = () => pollDue({ ...storage, ...network, now: clock.now, stories, log })
    opened.push(startRepeating(options.pollEveryMs ?? 15_000, pollNow, log).stop)
    const findNews = (task: MovementTask) => pool.run('findNews', task)
    let publish = async (): Promise<void> => undefined
    const discord = await connectDiscord({
      token: options.token,
      apiUrl: options.discordApiUrl,
      library: storage.library,
      subscriptions: storage.subscriptions,
      guilds: storage.guilds,
      guildDigests: storage.guildDigests,
      drafts: storage.drafts,
      health: storage.ledger.health,
      reports: storage.reports,
      explaining: storage.explaining,
      testSource: network.testSource,
      feedLists: network.feedLists,
      sourceHealths: storage.sourceHealths,
      status: storage.status,
      drawChart: createChartDrawing({ draw: (chart) => pool.run('drawChart', chart), log }),
      about: { version: packageVersion(), startedAt },
      filterEffects: createFilterEffects({
        now: clock.now,
        filterable: storage.filterable,
        tell: (task) => pool.run('filterEffects', task),
      }),
      previewEdition: createPreview({ ...storage, now: clock.now, findNews, log }),
      postNow: createPostNow({
        ...storage,
        now: clock.now,
        publish: () => publish(),
      }),
      search: storage.search,
      findStories: createStoryFinder(storage),
      follows: storage.follows,
      members: storage.members,
      readLink: createLinkReader({
        now: clock.now,
        links: storage.links,
        library: storage.library,
        fetchPage: network.fetchPage,
        analyse: (page) => pool.run('analysePage', { ...page, limits }),
        log,
      }),
      notes: { find: storage.findNote, set: storage.setNote },
      now: clock.now,
      log,
      ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
    })
    opened.push(discord.close)
    await renewSlots(storage)
    const stopping = new AbortController()
    const writeSummaries = createSummaryWriting({
      writer: await openWriter(options, storage),
      written: storage.written,
      judge: (answer) => pool.run('judgeAnswer', answer),
      limits,
      now: clock.now,
      log,
      stopping: stopping.signal,
    })
    const publisher = startPublishing({
      ...storage,
      now: clock.now,
      worker: randomBytes(6).toString('hex') as WorkerId,
      render: digestView,
      poster: discord.poster,
      roleOf: async (guildId) => (await storage.guilds.settings(guildId)).roleId,
      findNews,
      writeSummaries,
      log,
      catchUpMs: options.catchUpHours * 60 * 60 * 1000,
    })
    opened.push(publisher.stop, async () => stopping.abort())
    publish = publisher.tick
    const telling = startTelling(
      {
        ...storage,
        now: clock.now,
        worker: randomBytes(6).toString('hex') as WorkerId,
        findNews,
        render: tellingView,
        teller: discord.teller,
        log,
      },
      options.tellEveryMs ?? 10_000,
    )
    opened.push(telling.stop)
    opened.push(startRepeating(cleanEveryMs, () => clean({ ...storage, now: clock.now, log }), log).stop)
    const onTick = (): void => {
      const now = clock.now()
      void publisher.tick().then(() => options.onTicked?.(now))
    }
    opened.push(startTicking(options.tick ?? '* * * * *', onTick, log).stop)
    return {
      name: discord.name,
      nextSlot: async () => {
        const now = clock.now()
        const all = await storage.subscriptions.all()
        const active = all.filter((each) => each.pausedAt === undefined)
        const slots = active.flatMap((each) => nextSlots(each.schedule, now, 1))
        return slots.length === 0 ? undefined : Math.min(...slots)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The endpoint of the model, where there is one. Its library is loaded only then. */
async function openWriter(options: BotOptions, { modelBudget }: Storage): Promise<ModelWriter | undefined> {
  const { modelUrl, modelName, modelKey, modelDailyTokens = 200_000, modelTimeoutSeconds = 20 } = options
  if (modelUrl === undefined || modelName === undefined) return undefined
  const { createModelWriter } = await import('./models/model-writer.ts')
  return createModelWriter({
    baseUrl: modelUrl,
    model: modelName,
    ...(modelKey === undefined ? {} : { apiKey: modelKey }),
    timeoutMs: modelTimeoutSeconds * 1000,
    dailyTokens: modelDailyTokens,
    budget: modelBudget,
    userAgent: userAgent(options.contact),
    now: options.clock.now,
    log: options.log,
  })
}

/** A change of the rules of time zones comes with a new runtime: every slot ahead is worked out anew. */
async function renewSlots({ findNote, setNote, ledger }: Storage): Promise<void> {
  const rules = process.versions.tz ?? ''
  if ((await findNote('zone-rules')) === rules) return
  await ledger.searchAnew()
  await setNote('zone-rules', rules)
}

/** As the package was published. */
function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
