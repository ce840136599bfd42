/** One process of several that work on one database: told what to do and for how long, it says how much it did. */
import type { SourceId, StoryId } from '../../src/article/article.ts'
import type { DigestId } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { ChannelId, GuildId, MessageId, WorkerId } from '../../src/digest/ledger.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createIntake } from '../../src/storage/intake.ts'
import { createLedger } from '../../src/storage/ledger.ts'
import { createReadersLibrary } from '../../src/storage/library.ts'
import { newArticle } from './scale-article.ts'
import { editionId, guildId, sourceId, storyOf, wire, worldNow } from './scale-world.ts'

export const kinds = ['deliveries', 'articles', 'reads'] as const

export interface ScaleTask {
  readonly url: string
  readonly kind: (typeof kinds)[number]
  readonly seconds: number
  /** Tells the processes apart. */
  readonly name: string
  readonly articles: number
  readonly sources: number
}

export interface ScaleDone {
  readonly count: number
  readonly seconds: number
  /** Of this process alone, not of a database server. */
  readonly processorMs: number
}

const slot = worldNow + 2 * 86_400_000
const atOnce = 20

type Round = (at: number) => Promise<number>

function roundsOf(db: Database, { kind, name, articles, sources }: ScaleTask): Round {
  if (kind === 'deliveries') {
    const ledger = createLedger(db)
    return async () => {
      const claimed = await ledger.claim({
        owner: name as WorkerId,
        now: slot,
        leaseMs: 60_000,
        limit: atOnce,
      })
      await Promise.all(
        claimed.map(async (claim, at) => {
          const begin = { parts: 1, late: false, part: 0, anew: false, now: slot, leaseUntil: slot + 60_000 }
          await ledger.beginPart(claim, { ...begin, editionId: editionId(0, 60) as EditionId })
          const posted = {
            channelId: claim.subscription.channelId as ChannelId,
            messageId: String(at) as MessageId,
          }
          await ledger.recordPart(claim, 0, posted, slot)
          await ledger.markSent(claim, slot)
        }),
      )
      return claimed.length
    }
  }
  if (kind === 'articles') {
    const intake = createIntake(db)
    return async (at) => {
      await Promise.all(
        Array.from({ length: 4 }, async (_, k) => {
          const key = `${name} ${at} ${k}`
          const incoming = {
            sourceId: sourceId((at * 4 + k) % sources) as SourceId,
            keys: [`url:${key}`, `guid:${key}`],
          }
          if ((await intake.find(incoming)) === undefined)
            await intake.hold(incoming, key, newArticle(key), slot)
        }),
      )
      return 4
    }
  }
  const library = createReadersLibrary(db, { guildId: guildId(1) as GuildId })
  return async (at) => {
    const story = storyOf((at * 7919) % articles) as StoryId
    await Promise.all([
      library.findStory(story),
      library.findHeadlines({ words: ['bab', 'kile sa', 'remita'][at % 3] ?? '', limit: 25 }),
      library.newestStories({ digestIds: [wire as DigestId], limit: 10 }),
    ])
    return 3
  }
}

async function work(task: ScaleTask): Promise<ScaleDone> {
  const db = await openDatabase(task.url)
  const round = roundsOf(db, task)
  await round(0)
  const before = process.cpuUsage()
  const began = performance.now()
  let count = 0
  for (let at = 1; performance.now() - began < task.seconds * 1000; at += 1) count += await round(at)
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(before)
  await db.destroy()
  return { count, seconds, processorMs: (user + system) / 1000 }
}

process.on('message', (task: ScaleTask) => {
  void work(task).then((done) => {
    process.send?.(done)
    process.disconnect()
  })
})
process.send?.('loaded')
