/** The way out, running: a tick a minute, editions and their deliveries, followers told, what is no longer needed removed. */
import type { Sending } from '../discord/sending.ts'
import { digestView } from '../discord/views/digest-view.ts'
import { tellingView } from '../discord/views/follow-view.ts'
import { noticeView } from '../discord/views/notice-view.ts'
import { clean } from '../jobs/clean.ts'
import { startCorrecting } from '../jobs/correct-posted.ts'
import { startCrossposting } from '../jobs/crosspost.ts'
import { type Publisher, startPublishing } from '../jobs/publish.ts'
import { startRepeating } from '../jobs/repeat.ts'
import { startRole } from '../jobs/role.ts'
import { startTelling } from '../jobs/tell-followers.ts'
import { startTellingOwners } from '../jobs/tell-owners.ts'
import { startTicking } from '../jobs/tick.ts'
import { createSummaryWriting } from '../jobs/write.ts'
import { userAgent } from '../sources/network.ts'
import type { Storage } from '../storage/storage.ts'
import type { MovementTask } from '../story/movement.ts'
import type { ModelWriter } from '../summary/written/writer.ts'
import type { Ground } from './ground.ts'
import { type BotOptions, retentionDays } from './options.ts'
import { newWorkerId } from './roles.ts'

const cleanEveryMs = 60 * 60 * 1000
/** Between two looks for messages to be crossposted. */
const crosspostEveryMs = 1000

type PostingSide = Pick<Sending, 'poster' | 'teller' | 'editor' | 'servers'>

export async function startPosting(ground: Ground, discord: PostingSide): Promise<Publisher> {
  const { options, now, log, storage, pool, limits, closing } = ground
  // A change of the rules of time zones comes with a new runtime: every slot ahead is worked out anew.
  await storage.ledger.searchAnew(process.versions.tz ?? '')
  const findNews = (task: MovementTask) => pool.run('findNews', task)
  const stopping = new AbortController()
  const writeSummaries = createSummaryWriting({
    writer: await openWriter(options, storage),
    written: storage.written,
    judge: (answer) => pool.run('judgeAnswer', answer),
    limits,
    now,
    log,
    stopping: stopping.signal,
  })
  const publisher = startPublishing({
    ...storage,
    now,
    worker: newWorkerId(),
    render: digestView,
    poster: discord.poster,
    roleOf: async (guildId) => (await storage.guilds.settings(guildId)).roleId,
    findNews,
    writeSummaries,
    log,
    catchUpMs: options.catchUpHours * 60 * 60 * 1000,
    ...(options.deliveryLeaseMs === undefined ? {} : { leaseMs: options.deliveryLeaseMs }),
  })
  closing(publisher.stop)
  closing(storage.wake.hear(() => void publisher.tick()))
  closing(async () => stopping.abort())
  const telling = startTelling(
    { ...storage, now, worker: newWorkerId(), findNews, render: tellingView, teller: discord.teller, log },
    options.tellEveryMs ?? 10_000,
  )
  closing(telling.stop)
  startMending(ground, discord)
  const crossposting = { ...storage, now, poster: discord.poster, log, stopping: stopping.signal }
  const crossposter = startCrossposting(crossposting, crosspostEveryMs)
  closing(crossposter.stop)
  await startUpkeep(ground, stopping.signal)
  // All end at the same time, whoever is waited for first.
  closing(async () => {
    stopping.abort()
    void publisher.stop()
  })
  const onTick = (): void => {
    const at = now()
    options.onTick?.(at)
    void publisher
      .tick()
      .then(crossposter.look)
      .then(() => options.onTicked?.(at))
  }
  closing(startTicking(options.tick ?? '* * * * *', onTick, log).stop)
  return publisher
}

/** What is old goes, by one process at a time. */
async function startUpkeep(
  { options, now, log, storage, closing }: Ground,
  stopping: AbortSignal,
): Promise<void> {
  let lost = new AbortController()
  const role = await startRole({
    leases: storage.roles,
    name: 'upkeep',
    worker: newWorkerId(),
    ...(options.roleLeaseMs === undefined ? {} : { leaseMs: options.roleLeaseMs }),
    onTaken: () => {
      lost = new AbortController()
    },
    onLost: () => lost.abort(),
    log,
  })
  closing(role.stop)
  const cleaning = { ...storage, now, log, days: retentionDays(options) }
  const cleanOurs = async (): Promise<void> => {
    if (role.isOurs()) await clean({ ...cleaning, stopping: AbortSignal.any([stopping, lost.signal]) })
  }
  closing(startRepeating(cleanEveryMs, cleanOurs, log).stop)
}

/** What follows when all is not well: people are told of what only they can mend, and what was posted is corrected. */
function startMending({ options, now, log, storage, closing }: Ground, discord: PostingSide): void {
  const everyMs = options.tellEveryMs ?? 10_000
  const common = { ...storage, now, worker: newWorkerId(), log }
  const { servers, teller, editor } = discord
  closing(startTellingOwners({ ...common, servers, teller, render: noticeView }, everyMs).stop)
  closing(startCorrecting({ ...common, editor, render: digestView }, everyMs).stop)
}

/** The endpoint of the model, where there is one. Its library is loaded only then. */
async function openWriter(options: BotOptions, { modelBudget }: Storage): Promise<ModelWriter | undefined> {
  const { modelUrl, modelName, modelKey, modelDailyTokens = 200_000, modelTimeoutSeconds = 20 } = options
  if (modelUrl === undefined || modelName === undefined) return undefined
  const { createModelWriter } = await import('../models/model-writer.ts')
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
