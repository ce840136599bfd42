/** Sources that are due → held articles. Each source is leased while it is polled; what is remembered of it moves last. */
import { createHash } from 'node:crypto'
import type { ArticleDraft, Fulltext, Instant } from '../article/article.ts'
import { type ArticleMarks, articleKeys } from '../article/identity.ts'
import type { WorkerId } from '../digest/ledger.ts'
import type { AnalysedArticle, Incoming, Intake, PolledSource, Polling } from '../digest/library.ts'
import type { SourceTrouble } from '../digest/source-health.ts'
import type { Log } from '../log.ts'
import type { Stories } from './stories.ts'

export interface PolledEntry extends Pick<ArticleDraft, 'headline' | 'url' | 'publishedAt'> {
  readonly guid?: string
}

/** What one poll of one source brought; how it is done is the sources' own. */
export interface Polled<Entry extends PolledEntry> {
  readonly entries: readonly Entry[]
  readonly title?: string
  readonly language?: string
  readonly state: string
  readonly nextPollAt: Instant | undefined
  readonly address?: string
  readonly problem?: string
  /** What stood in the way. */
  readonly trouble?: SourceTrouble
  readonly isFirst: boolean
}

export interface PollJob<Entry extends PolledEntry> {
  readonly worker: WorkerId
  readonly now: () => Instant
  readonly polling: Polling
  readonly intake: Intake
  readonly stories: Stories
  readonly poll: (source: PolledSource) => Promise<Polled<Entry>>
  /** Fetches what is lacking and works everything out, in a worker; undefined where nothing can be told. */
  readonly complete: (entry: Entry, context: EntryContext) => Promise<AnalysedArticle | undefined>
  /** Begins no further source. */
  readonly stopping?: AbortSignal
  readonly log: Log
}

export interface EntryContext {
  readonly outlet: string
  readonly language: string
  readonly fulltext: Fulltext
}

/** A poll that has not come back by then is taken up by whoever asks next. */
const leaseMs = 10 * 60_000
const sourcesAtOnce = 8
/** Of a source that was never read before, only the newest entries are news. */
const firstEntries = 10

/** Polls every source that is due, and what comes due meanwhile. Returns how many articles came or changed. */
export async function pollDue<Entry extends PolledEntry>(job: PollJob<Entry>): Promise<number> {
  const { polling, worker, now, stopping } = job
  const waiting: PolledSource[] = []
  /** Of each host, how many sources are claimed. */
  const claimed = new Map<string, number>()
  let changes = 0
  let isDry = false
  let claiming: Promise<void> | undefined

  const claimMore = async (): Promise<void> => {
    const at = now()
    const claim = { owner: worker, now: at, leaseUntil: at + leaseMs, limit: sourcesAtOnce }
    const due = await polling.claimDue(claim)
    isDry = due.length === 0
    for (const { host } of due) if (host !== undefined) claimed.set(host, (claimed.get(host) ?? 0) + 1)
    waiting.push(...due)
  }
  const next = async (): Promise<PolledSource | undefined> => {
    while (waiting.length === 0 && !isDry && stopping?.aborted !== true) {
      claiming ??= claimMore().finally(() => {
        claiming = undefined
      })
      await claiming
    }
    return stopping?.aborted === true ? undefined : waiting.shift()
  }
  const leave = async ({ host }: PolledSource): Promise<void> => {
    if (host === undefined) return
    const left = (claimed.get(host) ?? 1) - 1
    if (left > 0) claimed.set(host, left)
    else {
      claimed.delete(host)
      await polling.leaveHost(host, worker)
    }
  }
  const work = async (): Promise<void> => {
    for (let source = await next(); source !== undefined; source = await next()) {
      changes += await pollOne(job, source).catch((error: unknown) => {
        job.log.error({ err: error, source: source.id }, 'source.failed')
        return 0
      })
      await leave(source)
    }
  }
  await Promise.all(Array.from({ length: sourcesAtOnce }, work))
  await polling.release(
    waiting.map(({ id }) => id),
    now(),
  )
  for (const source of waiting) await leave(source)
  return changes
}

async function pollOne<Entry extends PolledEntry>(
  job: PollJob<Entry>,
  source: PolledSource,
): Promise<number> {
  const { polling, log } = job
  const polled = await job.poll(source)
  const held = await takeInEntries(job, source, polled)
  const { state, nextPollAt, address, problem, trouble } = polled
  await polling.record(source.id, {
    at: job.now(),
    state,
    nextPollAt,
    ...(address === undefined ? {} : { address }),
    ...(trouble === undefined ? {} : { trouble }),
  })
  if (problem !== undefined) log.warn({ source: source.id, problem }, 'source.noticed')
  log.info({ source: source.id, entries: polled.entries.length, articles: held, nextPollAt }, 'source.polled')
  return held
}

async function takeInEntries<Entry extends PolledEntry>(
  job: PollJob<Entry>,
  source: PolledSource,
  polled: Polled<Entry>,
): Promise<number> {
  const news = polled.isFirst ? await firstSight(job, source, polled.entries) : polled.entries
  const context: EntryContext = {
    outlet: source.outlet ?? polled.title ?? new URL(source.address).hostname,
    language: polled.language ?? source.language,
    fulltext: source.fulltext,
  }
  let changes = 0
  for (const entry of news) if (await takeInEntry(job, source, entry, context)) changes += 1
  if (polled.entries.length > 0) {
    const listed = polled.entries.flatMap((entry) => incomingOf(source, entry).keys)
    await job.polling.noteListed(source.id, listed, job.now())
  }
  if (changes > 0) await job.stories.place()
  return changes
}

/** The newest few are news; the rest was there before us and never comes. */
async function firstSight<Entry extends PolledEntry>(
  job: PollJob<Entry>,
  source: PolledSource,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const byAge = entries
    .map((entry, at) => ({ entry, at, time: entry.publishedAt ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => b.time - a.time || a.at - b.at)
    .map(({ entry }) => entry)
  await job.polling.passBy(
    source.id,
    byAge.slice(firstEntries).flatMap((entry) => incomingOf(source, entry).keys),
  )
  return byAge.slice(0, firstEntries)
}

/** Whether the entry's article is new or has changed. */
async function takeInEntry<Entry extends PolledEntry>(
  job: PollJob<Entry>,
  source: PolledSource,
  entry: Entry,
  context: EntryContext,
): Promise<boolean> {
  const { intake, polling, log, now } = job
  const incoming = incomingOf(source, entry)
  if (incoming.keys.length === 0) return false
  const contentHash = createHash('sha256').update(JSON.stringify(entry)).digest('hex')
  const held = await intake.find(incoming)
  if (held?.isNewToSource === true) {
    await intake.addSource(held.id, source.id, now())
    return false
  }
  if (held?.contentHash === contentHash) return false
  if (held === undefined && (await polling.wasPassedBy(source.id, incoming.keys))) return false
  const article = await job.complete(entry, context).catch((error: unknown) => {
    log.warn({ err: error, source: source.id, url: entry.url }, 'article.refused')
    return undefined
  })
  if (article === undefined) return false
  const { change } = await intake.hold(incoming, contentHash, article, now())
  return change !== 'none'
}

function incomingOf(source: PolledSource, entry: PolledEntry): Incoming & { readonly marks: ArticleMarks } {
  const marks: ArticleMarks = {
    sourceId: source.id,
    headline: entry.headline,
    ...(entry.guid === undefined ? {} : { guid: entry.guid }),
    ...(entry.url === undefined ? {} : { url: entry.url }),
    ...(entry.publishedAt === undefined ? {} : { publishedAt: entry.publishedAt }),
  }
  return { sourceId: source.id, keys: articleKeys(marks), marks }
}
