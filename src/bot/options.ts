/** What the bot is started with: the settings of `config.ts`, and the clocks and hurries of a rehearsal. */
import type { Instant } from '../article/article.ts'
import type { Clock } from '../clock.ts'
import type { RetentionDays } from '../digest/retention.ts'
import type { Log } from '../log.ts'
import type { Counting } from '../metrics.ts'
import type { Steps } from '../storage/versions.ts'
import type { SummaryOptions } from '../summary/extractive.ts'
import type { WorkPool } from '../work/pool.ts'
import type { ProcessRole, Shards } from './roles.ts'

export interface BotOptions {
  /** Not needed where neither the gateway nor publishing is this process's work. */
  readonly token?: string | undefined
  /** All of them unless told; some only on PostgreSQL. */
  readonly roles?: readonly ProcessRole[]
  /** All that Discord recommends unless told. */
  readonly shards?: Shards | undefined
  /** How long the work that only one process does stays with one that has died. */
  readonly roleLeaseMs?: number
  /** How long a delivery stays with a process that has died. */
  readonly deliveryLeaseMs?: number
  readonly discordApiUrl: string
  readonly databaseUrl: string
  /** The schema of another version, for showing that versions work side by side; that of this one unless told. */
  readonly schemaSteps?: Steps
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
  /** How long things are held; as in `config.ts` unless told. */
  readonly articleDays?: number | undefined
  readonly bodyDays?: number | undefined
  readonly editionDays?: number | undefined
  /** Where a language model answers; without it all summaries are extractive. */
  readonly modelUrl?: string | undefined
  readonly modelName?: string | undefined
  readonly modelKey?: string | undefined
  readonly modelDailyTokens?: number
  readonly modelTimeoutSeconds?: number
  /** Where the web side listens; without a port there is none, and 0 takes any free one. */
  readonly webPort?: number | undefined
  readonly webHost?: string
  /** What `/metrics` asks for; without it only this machine may read them. */
  readonly metricsToken?: string | undefined
  readonly publicUrl?: string | undefined
  /** The key by which interactions are checked that Discord delivers to the web side; without it they come over the gateway. */
  readonly publicKey?: string | undefined
  /** Worker threads that outlive the bot; without them it opens its own and closes them. */
  readonly pool?: WorkPool
  /** When node-cron asks what is due; every minute unless a rehearsal is in a hurry. */
  readonly tick?: string
  /** Between two looks at the folder of digests. */
  readonly scanEveryMs?: number
  /** Between two looks for sources that are due. */
  readonly pollEveryMs?: number
  /** Between two looks for followed stories that have moved, for problems that people are to be told of, and for what to correct. */
  readonly tellEveryMs?: number
  /** A request to Discord without an answer is given up after this. */
  readonly requestTimeoutMs?: number
  /** Told at every tick. */
  readonly onTick?: (now: Instant) => void
  /** Told of every interaction, when its answer stands. */
  readonly onAnswered?: Counting['answered']
  /** Told when what had come due by a tick is dealt with, with the instant of the tick. */
  readonly onTicked?: (now: Instant) => void
}

export function retentionDays({
  articleDays = 90,
  bodyDays = 30,
  editionDays = 730,
}: BotOptions): RetentionDays {
  return { articleDays, bodyDays, editionDays }
}

export function summaryLimits({
  briefCharacters,
  summaryCharacters,
  summarySentences,
}: BotOptions): SummaryOptions {
  return {
    ...(briefCharacters === undefined ? {} : { maxBriefCharacters: briefCharacters }),
    ...(summaryCharacters === undefined ? {} : { maxCharacters: summaryCharacters }),
    ...(summarySentences === undefined ? {} : { maxSentences: summarySentences }),
  }
}
