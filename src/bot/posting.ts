/** The way out, running: a tick a minute, editions and their deliveries, followers told, what is no longer needed removed. */
import { randomBytes } from 'node:crypto'
import type { WorkerId } from '../digest/ledger.ts'
import type { Discord } from '../discord/client.ts'
import { digestView } from '../discord/views/digest-view.ts'
import { tellingView } from '../discord/views/follow-view.ts'
import { noticeView } from '../discord/views/notice-view.ts'
import { clean } from '../jobs/clean.ts'
import { startCorrecting } from '../jobs/correct-posted.ts'
import { startCrossposting } from '../jobs/crosspost.ts'
import { type Publisher, startPublishing } from '../jobs/publish.ts'
import { startRepeating } from '../jobs/repeat.ts'
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

const cleanEveryMs = 60 * 60 * 1000
/** Between two looks for messages to be crossposted. */
const crosspostEveryMs = 1000

export async function startPosting(ground: Ground, discord: Discord): Promise<Publisher> {
  const { options, now, log, storage, pool, limits, closing } = ground
  await renewSlots(storage)
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
    worker: workerId(),
    render: digestView,
    poster: discord.poster,
    roleOf: async (guildId) => (await storage.guilds.settings(guildId)).roleId,
    findNews,
    writeSummaries,
    log,
    catchUpMs: options.catchUpHours * 60 * 60 * 1000,
  })
  closing(publisher.stop)
  closing(storage.wake.hear(() => void publisher.tick()))
  closing(async () => stopping.abort())
  const telling = startTelling(
    { ...storage, now, worker: workerId(), findNews, render: tellingView, teller: discord.teller, log },
    options.tellEveryMs ?? 10_000,
  )
  closing(telling.stop)
  startMending(ground, discord)
  const crossposting = { ...storage, now, poster: discord.poster, log, stopping: stopping.signal }
  const crossposter = startCrossposting(crossposting, crosspostEveryMs)
  closing(crossposter.stop)
  const cleaning = { ...storage, now, log, days: retentionDays(options), stopping: stopping.signal }
  closing(startRepeating(cleanEveryMs, () => clean(cleaning), log).stop)
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

/** What follows when all is not well: people are told of what only they can mend, and what was posted is corrected. */
function startMending({ options, now, log, storage, closing }: Ground, discord: Discord): void {
  const everyMs = options.tellEveryMs ?? 10_000
  const common = { ...storage, now, worker: workerId(), log }
  const { servers, teller, editor } = discord
  closing(startTellingOwners({ ...common, servers, teller, render: noticeView }, everyMs).stop)
  closing(startCorrecting({ ...common, editor, render: digestView }, everyMs).stop)
}

const workerId = (): WorkerId => randomBytes(6).toString('hex') as WorkerId

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

/** A change of the rules of time zones comes with a new runtime: every slot ahead is worked out anew. */
async function renewSlots({ findNote, setNote, ledger }: Storage): Promise<void> {
  const rules = process.versions.tz ?? ''
  if ((await findNote('zone-rules')) === rules) return
  await ledger.searchAnew()
  await setNote('zone-rules', rules)
}
