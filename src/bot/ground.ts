/** What every part of the bot stands on: storage, the worker pool, the network; and the list of what must be closed, last first. */
import type { Instant } from '../article/article.ts'
import type { Log } from '../log.ts'
import { createNetwork } from '../sources/network.ts'
import { lockDatabase } from '../storage/database.ts'
import { openStorage, type Storage } from '../storage/storage.ts'
import type { SummaryOptions } from '../summary/extractive.ts'
import { openPool } from '../work/pool.ts'
import { readingTasks } from '../work/reading-tasks.ts'
import { type BotOptions, summaryLimits } from './options.ts'

export type Pool = ReturnType<typeof openPool>
export type Network = ReturnType<typeof createNetwork>
/** Hands over what ends a part; it runs when the bot closes, after all that were handed over later. */
export type Closing = (end: () => Promise<void>) => void

export interface Ground {
  readonly options: BotOptions
  readonly now: () => Instant
  readonly startedAt: Instant
  readonly log: Log
  readonly storage: Storage
  /** Whether what is to be kept finds room on the disk, as far as anything has tried. */
  readonly hasRoom: () => boolean
  readonly pool: Pool
  readonly network: Network
  readonly limits: SummaryOptions
  readonly closing: Closing
}

export async function openGround(options: BotOptions, closing: Closing): Promise<Ground> {
  const { clock, log } = options
  const startedAt = clock.now()
  const unlock = lockDatabase(options.databaseUrl)
  closing(async () => unlock())
  let hasRoom = true
  const storage = await openStorage(options.databaseUrl, options.schemaSteps, (has) => {
    hasRoom = has
    sayRoom(log, has)
  })
  closing(storage.close)
  for (const digest of await storage.unreadableDigests()) {
    const sentence =
      'Its definition cannot be read: it was written by hand or by another version. It rests until it is written anew.'
    log.error({ digest, sentence }, 'digest.unreadable')
  }
  const pool = options.pool ?? openPool()
  if (options.pool === undefined) closing(pool.close)
  const limits = summaryLimits(options)
  const network = createNetwork({
    contact: options.contact,
    allowedHosts: options.allowedHosts,
    now: clock.now,
    random: Math.random,
    ...readingTasks(pool, limits),
  })
  closing(network.close)
  return {
    options,
    now: clock.now,
    startedAt,
    log,
    storage,
    hasRoom: () => hasRoom,
    pool,
    network,
    limits,
    closing,
  }
}

function sayRoom(log: Log, hasRoom: boolean): void {
  if (hasRoom) log.warn({ sentence: 'The disk has room again: everything goes on.' }, 'storage.roomy')
  else {
    const sentence =
      'The disk is full: nothing new is kept or posted. Free some space; the bot then goes on by itself.'
    log.error({ sentence }, 'storage.full')
  }
}
