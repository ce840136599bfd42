/**
 * The way in, running: the folder of digests, the feeds and pages, stories and their summaries, search. Of many processes one puts articles
 * into stories, summarises them and reads the folder; all of them poll.
 */
import { analysisMark } from '../digest/renewing.ts'
import { takeIn } from '../jobs/intake.ts'
import { pollDue } from '../jobs/poll.ts'
import { startRenewing } from '../jobs/renew.ts'
import { startRepeating } from '../jobs/repeat.ts'
import { type Role, startRole } from '../jobs/role.ts'
import { catchUpSearch } from '../jobs/search-index.ts'
import { openStories, type Stories } from '../jobs/stories.ts'
import { summariseChanged } from '../jobs/story-summaries.ts'
import { createDigestsFolder } from '../sources/digests-folder.ts'
import { openStoryThread } from '../work/story-thread.ts'
import type { Ground } from './ground.ts'
import { newWorkerId } from './roles.ts'

/** Between two looks for stories that have changed. */
const summariseEveryMs = 1000
/** Between two looks for articles that search has not read. */
const catchUpEveryMs = 1000

/** Resolves when the articles of the digests folder are held, by this process or by the one that reads it now. */
export async function startReading(ground: Ground): Promise<void> {
  const { options, now, log, storage, network, closing } = ground
  const repeat = (everyMs: number, work: () => Promise<unknown>): void =>
    closing(startRepeating(everyMs, work, log).stop)
  const placed = openStories({ now, intake: storage.intake, openThread: () => openStoryThread(), log })
  const role = await startEditorial(ground, placed)
  closing(placed.close)
  const stories: Stories = {
    ...placed,
    // What another process does not hear of, it finds by itself.
    place: async () => (role.isOurs() ? placed.place() : undefined),
    remove: async (ids) => (role.isOurs() ? placed.remove(ids) : undefined),
  }
  const whenOurs = (work: () => Promise<unknown>) => async () => (role.isOurs() ? work() : undefined)

  const takeInNow = whenOurs(folderIntake(ground, stories))
  await takeInNow()
  repeat(options.scanEveryMs ?? 2000, takeInNow)
  repeat(summariseEveryMs, whenOurs(storySummaries(ground)))
  repeat(catchUpEveryMs, () => catchUpSearch(storage.searchIndex.catchUp))
  const stopping = new AbortController()
  const polled = {
    ...storage,
    ...network,
    worker: newWorkerId(),
    now,
    stories,
    stopping: stopping.signal,
    log,
  }
  repeat(options.pollEveryMs ?? 15_000, () => pollDue(polled))
  closing(async () => stopping.abort())
}

/** The role of the one that decides, and what it does as soon as it has it. */
function startEditorial(
  { options, now, log, storage, pool, limits, closing }: Ground,
  stories: Stories,
): Promise<Role> {
  let renewal: ReturnType<typeof startRenewing> = { stop: async () => undefined }
  const starting = startRole({
    leases: storage.roles,
    name: 'editorial',
    worker: newWorkerId(),
    ...(options.roleLeaseMs === undefined ? {} : { leaseMs: options.roleLeaseMs }),
    onTaken: () => {
      renewal = startRenewing({
        now,
        renewing: storage.renewing,
        mark: analysisMark(limits),
        analyse: (article) => pool.run('renewArticle', { ...article, limits }),
        log,
      })
    },
    onLost: () => {
      void renewal.stop()
      void stories.forget()
    },
    log,
  })
  closing(async () => (await starting).stop())
  closing(() => renewal.stop())
  return starting
}

function folderIntake({ options, now, log, storage, pool, limits }: Ground, stories: Stories) {
  const folder = createDigestsFolder(options.digestsDir)
  return () =>
    takeIn({
      now,
      intake: storage.intake,
      scan: folder.scan,
      forget: folder.forget,
      analyse: ({ path, ...file }) => pool.run('analyseFile', { ...file, name: path, limits }),
      stories,
      log,
    })
}

function storySummaries({ now, log, storage, pool, limits }: Ground) {
  return () =>
    summariseChanged({
      now,
      summarising: storage.summarising,
      library: storage.library,
      tell: (tellers) => pool.run('tellStory', { tellers, limits }),
      log,
    })
}
