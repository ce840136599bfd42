/**
 * What is measured by the piece, in a process that does nothing else: its feeds and pages come from another one. Told what to measure, it says
 * what that took. With `view` only memory and time of the articles in view are measured, without a database.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import type { StoryId } from '../../src/article/article.ts'
import { movableClock } from '../../src/clock.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { WorkerId } from '../../src/digest/ledger.ts'
import type { AnalysedArticle, PolledSource } from '../../src/digest/library.ts'
import { sourcesOf } from '../../src/digest/source-list.ts'
import { pollDue } from '../../src/jobs/poll.ts'
import { catchUpSearch } from '../../src/jobs/search-index.ts'
import { openStories } from '../../src/jobs/stories.ts'
import { summariseChanged } from '../../src/jobs/story-summaries.ts'
import { createLog } from '../../src/log.ts'
import { createNetwork } from '../../src/sources/network.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { createPlacements } from '../../src/story/placements.ts'
import { parseFeatures } from '../../src/story/stored-features.ts'
import { openPool } from '../../src/work/pool.ts'
import { readingTasks } from '../../src/work/reading-tasks.ts'
import { openStoryThread } from '../../src/work/story-thread.ts'
import { editionMaker } from './edition-cost.ts'
import { type Cost, openMeter, serverTime } from './processor.ts'
import { below, pick, seededRandom } from './random.ts'
import { featuresOf, vocabulary } from './scale-world.ts'
import { makeUp } from './story-cost.ts'

export const costTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pieces'), url: z.string(), hosts: z.array(z.string()) }),
  z.object({ kind: z.literal('view'), articles: z.number() }),
])
export type CostTask = z.infer<typeof costTask>

/** By what was measured; `serverMs` is that of the database server for all of them. */
export interface Measured {
  readonly costs: Readonly<Record<string, Cost>>
  readonly serverMs: Readonly<Record<string, number>>
  readonly bytes: Readonly<Record<string, number>>
}

const sources = 40
const articles = 240
const warmUp = 30
const dayMs = 86_400_000
const start = Date.UTC(2026, 5, 1, 9)

async function measurePieces({ url, hosts }: Extract<CostTask, { kind: 'pieces' }>): Promise<Measured> {
  const costs: Record<string, Cost> = {}
  const serverMs: Record<string, number> = {}
  const spent = await serverTime(url)
  const note = async (name: string): Promise<void> => {
    const ms = await spent()
    if (ms !== undefined) serverMs[name] = ms
  }
  const measure = async (
    name: string,
    rounds: number,
    work: (at: number) => Promise<number>,
  ): Promise<void> => {
    const meter = openMeter()
    await spent()
    for (let at = 0; at < rounds; at += 1) await meter.add(() => work(at))
    costs[name] = meter.cost()
    await note(name)
  }
  const clock = movableClock(start)
  const { now } = clock
  const log = createLog({ level: 'silent' })
  const storage = await openStorage(url)
  const pool = openPool()
  const network = createNetwork({
    contact: 'https://operator.example',
    allowedHosts: hosts,
    now,
    random: Math.random,
    ...readingTasks(pool, {}),
  })
  const stories = openStories({ now, intake: storage.intake, openThread: () => openStoryThread(), log })
  try {
    const definition = definitionSchema.parse({
      title: 'Wire',
      language: 'en',
      sources: Array.from({ length: sources }, (_, at) => ({
        feed: `http://${hosts[at % hosts.length]}/f/${at}.xml`,
      })),
      schedule: { times: ['07:30'], zone: 'UTC' },
    })
    const id = 'wire' as DigestId
    await storage.intake.setHouseDigests(
      [{ digest: { id, ...definition }, sources: sourcesOf(id, definition) }],
      now(),
    )
    let read = 0
    let unchanged = 0
    const polls = {
      ...storage,
      ...network,
      poll: async (source: PolledSource) => {
        const polled = await network.poll(source)
        if (polled.entries.length > 0) read += 1
        else unchanged += 1
        return polled
      },
      worker: 'worker' as WorkerId,
      now,
      stories,
      log,
    }
    const pollAll = async (): Promise<void> => {
      clock.moveTo(now() + 2 * dayMs)
      await pollDue(polls)
    }
    await pollAll()
    await pollAll()
    unchanged = 0
    await measure('pollUnchanged', 4, async () => {
      const before = unchanged
      await pollAll()
      return unchanged - before
    })
    read = 0
    await measure('pollChanged', 4, async (at) => {
      await fetch(`http://${hosts[0]}/version/${at + 1}`)
      const before = read
      await pollAll()
      return read - before
    })

    const context = { outlet: 'Wire', language: 'en', fulltext: 'always' } as const
    const analysed: AnalysedArticle[] = []
    for (const kind of ['whole', 'teaser'] as const) {
      const entries = []
      for (let at = 0; entries.length < articles / 2 + warmUp; at += 1) {
        const feed = {
          kind: 'feed',
          address: `http://${hosts[at % hosts.length]}/${kind}/${at}.xml`,
        } as const
        const { entries: some } = await network.poll({
          ...feed,
          id: feed.address,
          fulltext: 'always',
          language: 'en',
        } as PolledSource)
        entries.push(...some)
      }
      for (const entry of entries.slice(0, warmUp)) await network.complete(entry, context)
      const wanted = entries.slice(warmUp, warmUp + articles / 2)
      await measure(kind, wanted.length, async (at) => {
        const entry = wanted[at]
        if (entry === undefined) return 0
        analysed.push(await network.complete(entry, context))
        return 1
      })
    }

    const holding = openMeter()
    const placing = openMeter()
    await spent()
    for (let at = 0; at < analysed.length; at += 3) {
      const some = analysed.slice(at, at + 3)
      await holding.add(async () => {
        for (const [k, article] of some.entries()) {
          const sourceId = sourcesOf(id, definition)[(at + k) % sources]?.id
          if (sourceId === undefined) throw new Error('there are sources')
          const incoming = { sourceId, keys: [`guid:${at + k}`, `url:${at + k}`, `title:${at + k}`] }
          if ((await storage.intake.find(incoming)) === undefined)
            await storage.intake.hold(incoming, `hash ${at + k}`, article, now())
        }
        return some.length
      })
      await placing.add(async () => {
        await stories.place()
        return some.length
      })
    }
    await holding.add(async () => {
      await catchUpSearch(storage.searchIndex.catchUp)
      return 0
    })
    costs.held = holding.cost()
    costs.placed = placing.cost()
    await note('article')

    const db = await openDatabase(url)
    try {
      const changed = sql<{ count: number }>`
        select count(*) as count from story where summarised_revision < revision and merged_into is null`
      clock.moveTo(now() + 60_000)
      await measure('summarised', 1, async () => {
        const { rows } = await changed.execute(db)
        const job = {
          now,
          summarising: storage.summarising,
          library: storage.library,
          tell: (tellers: Parameters<Parameters<typeof summariseChanged>[0]['tell']>[0]) =>
            pool.run('tellStory', { tellers, limits: {} }),
          log,
        }
        while ((await summariseChanged(job)) > 0);
        return Number(rows[0]?.count ?? 0)
      })
      const make = await editionMaker(db, pool, { candidates: 200, editions: 30 })
      for (let at = 0; at < 3; at += 1) await make()
      await measure('edition', 15, async () => {
        await make()
        return 1
      })
    } finally {
      await db.destroy()
    }
    return { costs, serverMs, bytes: {} }
  } finally {
    await stories.close()
    await network.close()
    await pool.close()
    await storage.close()
  }
}

/** As the thread of stories holds them. */
async function measureView({ articles: count }: Extract<CostTask, { kind: 'view' }>): Promise<Measured> {
  const random = seededRandom(13)
  const words = vocabulary(random)
  const pool = Array.from({ length: 2000 }, () => parseFeatures(featuresOf(random, words)))
  const placed = 400
  const made = makeUp(pool, count + placed).map(({ features, story }) => {
    // What is copied and what is named is an article's, or a story's, own.
    const anchors = Array.from({ length: 8 }, (_, at) => (at < 4 ? `${story}-${at}` : pick(random, words)))
    const copy = { ...features.copy, hashes: features.copy.hashes.map(() => below(random, 2 ** 32)) }
    const text = JSON.stringify({ ...features, id: '', anchors, copy })
    return { id: features.id, story, at: features.at ?? start, text }
  })
  const read = ({ id, at, text }: { id: string; at: number; text: string }) => ({
    features: { ...parseFeatures(text), id, at },
    seenAt: at,
  })
  const held = (): number => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const time = async (from: number, inView: number): Promise<{ cost: Cost; bytes: number }> => {
    const placements = createPlacements()
    const before = held()
    placements.restore(
      made.slice(from, from + inView).map((each) => ({ ...read(each), story: each.story as StoryId })),
    )
    placements.settle([])
    const bytes = held() - before
    const meter = openMeter()
    for (let at = count; at < count + placed; at += 4) {
      const some = made.slice(at, at + 4).map(read)
      await meter.add(() => {
        placements.place(some)
        return some.length
      })
    }
    return { cost: meter.cost(), bytes }
  }
  const few = await time(count - 1000, 1000)
  const many = await time(0, count)
  return {
    costs: { few: few.cost, many: many.cost },
    serverMs: {},
    bytes: { article: many.bytes / count },
  }
}

process.on('message', (message: unknown) => {
  const task = costTask.parse(message)
  const measured = task.kind === 'pieces' ? measurePieces(task) : measureView(task)
  measured.then(
    (result) => {
      process.send?.(result)
      process.disconnect()
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit())
process.send?.('loaded')
