/**
 * The composition root: storage, the way in, the schedule and Discord, wired by hand. `npm start`, the rehearsal and the
 * tests run this same bot. Which of its parts run in a process is a matter of its roles.
 */
import type { Instant } from './article/article.ts'
import {
  createPorts,
  openRequestLimits,
  registeringInTurn,
  startAnswering,
  startSending,
} from './bot/answering.ts'
import { openGround } from './bot/ground.ts'
import { startInteractions, takesInteractions } from './bot/interactions.ts'
import type { BotOptions } from './bot/options.ts'
import { startPosting } from './bot/posting.ts'
import { startReading } from './bot/reading.ts'
import { type ProcessRole, processRoles, tokenOf } from './bot/roles.ts'
import { startWatching } from './bot/watching.ts'
import { nextSlots } from './digest/schedule.ts'
import type { Storage } from './storage/storage.ts'

export type { BotOptions } from './bot/options.ts'

export interface Bot {
  /** When the next edition is due, over all subscriptions; undefined without any. */
  readonly nextSlot: () => Promise<Instant | undefined>
  /** Ends whatever is under way and closes everything. */
  readonly close: () => Promise<void>
}

/**
 * Resolves when the bot is connected and holds the articles of the digests folder, as far as its roles ask for that.
 * Errors: `UserError` for what one can mend.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { roles = processRoles } = options
  const has = (role: ProcessRole): boolean => roles.includes(role)
  const sends = has('publish') || takesInteractions(options)
  if (sends || has('gateway')) tokenOf(options)
  const opened: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const { ground, connected, interactions } = await startWatching(
      await openGround(options, (end) => void opened.push(end)),
    )
    const { storage, now } = ground
    await storage.ledger.endLeases(now())
    await storage.notices.endLeases(now())
    await storage.corrections.endLeases(now())
    if (has('poll')) await startReading(ground)
    let publish = async (): Promise<void> => undefined
    const ports = createPorts(ground, has('publish') ? () => publish() : undefined)
    const limits = openRequestLimits(ground)
    const gateway = has('gateway') ? await startAnswering(ground, ports, limits) : undefined
    if (gateway !== undefined) connected(gateway.isConnected)
    const sending = sends ? await startSending(ground, limits, gateway) : undefined
    if (sending !== undefined) {
      const parts = { ports, limits, sending, inTurn: registeringInTurn(ground) }
      const answer = await startInteractions(ground, parts)
      if (answer !== undefined) interactions(answer)
      if (has('publish')) publish = (await startPosting(ground, sending)).tick
    }
    return { nextSlot: () => nextSlotOf(storage, now()), close }
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
