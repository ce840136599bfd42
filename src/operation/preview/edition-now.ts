/**
 * The edition of a digest as it would be now, with nothing written: from what the bot holds where it has a database that knows the digest, and
 * otherwise from the folder and from its feeds, which are read for it and forgotten.
 */
import { existsSync } from 'node:fs'
import type { Config } from '../../config.ts'
import type { DigestId } from '../../digest/definition.ts'
import type { Edition } from '../../digest/edition.ts'
import type { WorkerId } from '../../digest/ledger.ts'
import type { HouseDigest } from '../../digest/library.ts'
import { UserError } from '../../errors.ts'
import { takeIn } from '../../jobs/intake.ts'
import { pollDue } from '../../jobs/poll.ts'
import { createPreview } from '../../jobs/preview-edition.ts'
import { openStories } from '../../jobs/stories.ts'
import { summariseChanged } from '../../jobs/story-summaries.ts'
import { createLog } from '../../log.ts'
import { createDigestsFolder, type Scan } from '../../sources/digests-folder.ts'
import { createNetwork } from '../../sources/network.ts'
import { inspectStorage, isServer } from '../../storage/inspection.ts'
import { sqlitePath } from '../../storage/sqlite.ts'
import { openStorage, type Storage } from '../../storage/storage.ts'
import { openPool } from '../../work/pool.ts'
import { readingTasks } from '../../work/reading-tasks.ts'
import { openStoryThread } from '../../work/story-thread.ts'

type Pool = ReturnType<typeof openPool>

export interface PreviewRequest {
  readonly digest: string
  /** When it would be posted; now unless told. */
  readonly at: number
  readonly config: Config
  readonly progress: (line: string) => void
}

export interface Preview {
  /** Undefined where there is nothing to post. */
  readonly edition: Edition | undefined
  readonly zone: string
  /** Where its articles came from. */
  readonly from: 'database' | 'sources'
}

/** Errors: `UserError` where there is no such digest, or the database is of another version. */
export async function editionNow(request: PreviewRequest): Promise<Preview> {
  const scan = await createDigestsFolder(request.config.digestsDir, { settleMs: 0 }).scan()
  const house = scan.digests?.find(({ digest }) => digest.id === request.digest)
  const pool = openPool()
  try {
    const held = await fromDatabase(request, house, pool)
    if (held !== undefined) return held
    if (house === undefined) throw unknownDigest(request.digest, scan)
    return await fromSources(request, house, scan, pool)
  } finally {
    await pool.close()
  }
}

function unknownDigest(name: string, { digests = [], problems }: Scan): UserError {
  const names = digests.map(({ digest }) => digest.id)
  const there = names.length === 0 ? '' : ` There are: ${names.join(', ')}.`
  const broken = problems.length === 0 ? '' : ' "depesche check" names what cannot be used.'
  return new UserError('digest-unknown', `There is no digest called "${name}".${there}${broken}`, {
    typed: name,
  })
}

async function fromDatabase(
  { digest: name, at, config }: PreviewRequest,
  house: HouseDigest | undefined,
  pool: Pool,
): Promise<Preview | undefined> {
  const { databaseUrl } = config
  const isFile = !isServer(databaseUrl)
  if (isFile && !existsSync(sqlitePath(databaseUrl))) return undefined
  // An upgrade is written by a start of the bot, and by nothing that only looks.
  if (isFile && (inspectStorage(databaseUrl)?.missingSteps ?? 0) > 0) {
    throw new UserError(
      'older-schema',
      'The database is of an older version. Start Depesche once, which upgrades it, then preview.',
    )
  }
  const storage = await openStorage(databaseUrl)
  try {
    const digest = (await storage.library.findDigest(name as DigestId)) ?? undefined
    if (digest === undefined) return undefined
    const subscriptions = await storage.subscriptions.all()
    const memory =
      subscriptions.find(
        ({ digestId, lastEditionId }) => digestId === digest.id && lastEditionId !== undefined,
      )?.lastEditionId ?? (await storage.library.newestEdition([digest.id]))?.id
    // As the folder says it now, also where the bot has not read it yet.
    const asWritten = house?.digest ?? digest
    return {
      edition: await compose(storage, pool, at, asWritten, memory),
      zone: zoneOf(asWritten),
      from: 'database',
    }
  } finally {
    await storage.close()
  }
}

function compose(
  storage: Storage,
  pool: Pool,
  at: number,
  digest: HouseDigest['digest'],
  previous: Edition['id'] | undefined,
): Promise<Edition | undefined> {
  const preview = createPreview({
    desk: storage.desk,
    findNews: (task) => pool.run('findNews', task),
    library: { findDigest: async () => digest, findEdition: storage.library.findEdition },
    now: () => at,
  })
  return preview(digest.id, previous)
}

const zoneOf = ({ schedule }: HouseDigest['digest']): string =>
  schedule !== undefined && 'zone' in schedule ? schedule.zone : 'UTC'

async function fromSources(
  { at, config, progress }: PreviewRequest,
  house: HouseDigest,
  scan: Scan,
  pool: Pool,
): Promise<Preview> {
  const storage = await openStorage('sqlite::memory:')
  // What is read now was there at that instant.
  const now = () => at - 60_000
  const log = createLog({ level: 'error', secrets: [] })
  const stories = openStories({ now, intake: storage.intake, openThread: () => openStoryThread(), log })
  const network = networkOf(config, pool, now)
  try {
    progress('Reading the folder …')
    const limits = {
      maxBriefCharacters: config.briefCharacters,
      maxCharacters: config.summaryCharacters,
      maxSentences: config.summarySentences,
    }
    await takeIn({
      now,
      intake: storage.intake,
      scan: async () => onlyOf(house, scan),
      forget: () => undefined,
      analyse: ({ path, ...file }) => pool.run('analyseFile', { ...file, name: path, limits }),
      stories,
      log,
    })
    const polled = house.sources.filter(({ kind }) => kind !== 'folder').length
    let asked = 0
    const poll: typeof network.poll = (source) => {
      asked += 1
      progress(`Reading source ${asked} of ${polled} …`)
      return network.poll(source)
    }
    await pollDue({ ...storage, ...network, poll, worker: 'preview' as WorkerId, now, stories, log })
    const summarising = { ...storage, now: () => at, log, tell: tellBy(pool, limits) }
    while ((await summariseChanged(summarising)) > 0);
    return {
      edition: await compose(storage, pool, at, house.digest, undefined),
      zone: zoneOf(house.digest),
      from: 'sources',
    }
  } finally {
    await stories.close()
    await network.close()
    await storage.close()
  }
}

type Limits = { maxBriefCharacters: number; maxCharacters: number; maxSentences: number }

const tellBy =
  (pool: Pool, limits: Limits) => (tellers: Parameters<Parameters<typeof summariseChanged>[0]['tell']>[0]) =>
    pool.run('tellStory', { tellers, limits })

function networkOf(config: Config, pool: Pool, now: () => number) {
  const limits = {
    maxBriefCharacters: config.briefCharacters,
    maxCharacters: config.summaryCharacters,
    maxSentences: config.summarySentences,
  }
  return createNetwork({
    contact: config.contact,
    allowedHosts: config.allowedHosts,
    now,
    random: Math.random,
    ...readingTasks(pool, limits),
  })
}

/** The scan as if the folder held this digest alone. */
function onlyOf(house: HouseDigest, scan: Scan): Scan {
  const ids = new Set(house.sources.map(({ id }) => id))
  return {
    ...scan,
    digests: [house],
    problems: [],
    present: new Map([...scan.present].filter(([id]) => ids.has(id))),
    files: filesOf(scan, ids),
  }
}

async function* filesOf({ files }: Scan, ids: ReadonlySet<string>): Scan['files'] {
  for await (const file of files) if (ids.has(file.sourceId)) yield file
}
