/**
 * The composition root: storage, the way in, the schedule and Discord, wired by hand. `npm start`, the rehearsal and the
 * tests run this same bot.
 */
import type { Instant } from './article/article.ts'
import { startAnswering } from './bot/answering.ts'
import { openGround } from './bot/ground.ts'
import type { BotOptions } from './bot/options.ts'
import { startPosting } from './bot/posting.ts'
import { startReading } from './bot/reading.ts'
import { startWatching } from './bot/watching.ts'
import { nextSlots } from './digest/schedule.ts'
import type { Storage } from './storage/storage.ts'

export type { BotOptions } from './bot/options.ts'

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
  const opened: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const { ground, connected } = await startWatching(
      await openGround(options, (end) => void opened.push(end)),
    )
    const { storage, now } = ground
    await storage.ledger.endLeases(now())
    await storage.notices.endLeases(now())
    await storage.corrections.endLeases(now())
    await startReading(ground)
    let publish = async (): Promise<void> => undefined
    const discord = await startAnswering(ground, () => publish())
    connected(discord.isConnected)
    const publisher = await startPosting(ground, discord)
    publish = publisher.tick
    return { name: discord.name, nextSlot: () => nextSlotOf(storage, now()), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function nextSlotOf({ subscriptions }: Storage, now: Instant): Promise<Instant | undefined> {
  const all = await subscriptions.all()
  const active = all.filter((each) => each.pausedAt === undefined)
  const slots = active.flatMap((each) => nextSlots(each.schedule, now, 1))
  return slots.length === 0 ? undefined : Math.min(...slots)
}
