/**
 * The composition root: storage, the way in, the schedule and Discord, wired by hand. `npm start`, the rehearsal and the
 * tests run this same bot.
 */
import { randomBytes } from 'node:crypto'
import type { Instant } from './article/article.ts'
import type { Clock } from './clock.ts'
import type { WorkerId } from './digest/ledger.ts'
import { nextSlots } from './digest/schedule.ts'
import { connectDiscord } from './discord/client.ts'
import { digestView } from './discord/views/digest-view.ts'
import { takeIn } from './jobs/intake.ts'
import { pollDue } from './jobs/poll.ts'
import { publishDue } from './jobs/publish.ts'
import { startRepeating } from './jobs/repeat.ts'
import { openStories } from './jobs/stories.ts'
import { startTicking } from './jobs/tick.ts'
import type { Log } from './log.ts'
import { createDigestsFolder } from './sources/digests-folder.ts'
import { createNetwork } from './sources/network.ts'
import { openStorage } from './storage/storage.ts'
import { openPool } from './work/pool.ts'

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
  /** When node-cron asks what is due; every minute unless a rehearsal is in a hurry. */
  readonly tick?: string
  /** Between two looks at the folder of digests. */
  readonly scanEveryMs?: number
  /** Between two looks for sources that are due. */
  readonly pollEveryMs?: number
  /** Told after every tick, with the instant at which it began. */
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

/** Resolves when the bot is connected and holds the articles of the digests folder. Errors: `UserError` for what one can mend. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { clock, log } = options
  const opened: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const storage = await openStorage(options.databaseUrl)
    opened.push(storage.close)
    const pool = openPool()
    opened.push(pool.close)
    const stories = await openStories(storage.intake)
    const folder = createDigestsFolder(options.digestsDir)
    const takeInNow = () =>
      takeIn({
        now: clock.now,
        intake: storage.intake,
        scan: folder.scan,
        analyse: ({ path, ...file }) => pool.run('analyseFile', { ...file, name: path }),
        stories,
        log,
      })
    await takeInNow()
    opened.push(startRepeating(options.scanEveryMs ?? 2000, takeInNow, log).stop)
    const network = createNetwork({
      contact: options.contact,
      allowedHosts: options.allowedHosts,
      now: clock.now,
      random: Math.random,
      readFeed: (feed) => pool.run('readFeed', feed),
      readLinks: (page) => pool.run('readPageLinks', page),
      hasOnlyTeaser: (entry) => pool.run('hasOnlyTeaser', entry),
      analyse: (task) => pool.run('analyseEntry', task),
    })
    opened.push(network.close)
    const pollNow = () => pollDue({ ...storage, ...network, now: clock.now, stories, log })
    opened.push(startRepeating(options.pollEveryMs ?? 15_000, pollNow, log).stop)
    const discord = await connectDiscord({
      token: options.token,
      apiUrl: options.discordApiUrl,
      library: storage.library,
      subscriptions: storage.subscriptions,
      notes: { find: storage.findNote, set: storage.setNote },
      now: clock.now,
      log,
    })
    opened.push(discord.close)
    const stopping = new AbortController()
    const worker = randomBytes(6).toString('hex') as WorkerId
    const ticking = startTicking(
      options.tick ?? '* * * * *',
      async () => {
        const now = clock.now()
        await publishDue(
          {
            ...storage,
            now: clock.now,
            worker,
            render: digestView,
            poster: discord.poster,
            log,
            catchUpMs: options.catchUpHours * 60 * 60 * 1000,
          },
          stopping.signal,
        )
        options.onTicked?.(now)
      },
      log,
    )
    opened.push(async () => {
      stopping.abort()
      await ticking.stop()
    })
    return {
      name: discord.name,
      nextSlot: async () => {
        const now = clock.now()
        const all = await storage.subscriptions.all()
        const slots = all.flatMap((each) => nextSlots(each.schedule, now, 1))
        return slots.length === 0 ? undefined : Math.min(...slots)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
