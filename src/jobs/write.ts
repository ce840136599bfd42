/**
 * Summaries by a language model for the stories of one edition, within one deadline: whatever is not written, judged and
 * found faithful by then stays as the articles say it. Nothing here ever fails; the log says what became of every story.
 *
 * A verdict is kept under everything that led to it (texts, instructions, limits, model, rules of judging), refusals
 * too: the same story in another edition costs nothing.
 */
import { createHash } from 'node:crypto'
import type { Article, ArticleId, Instant, StoryId } from '../article/article.ts'
import type { Digest } from '../digest/definition.ts'
import type { WrittenSummaries } from '../digest/written.ts'
import type { Log } from '../log.ts'
import type { SummaryOptions } from '../summary/extractive.ts'
import { type Prompt, promptFor } from '../summary/written/prompt.ts'
import { type WritingTask, writingTask } from '../summary/written/task.ts'
import { type AnswerToJudge, JUDGING_VERSION, type Verdict } from '../summary/written/verdict.ts'
import type { ModelWriter, Unwritten } from '../summary/written/writer.ts'

export interface SummaryWriting {
  /** Undefined where the bot is set up without a model: then every story stays as it is, and the log says so once a digest. */
  readonly writer: ModelWriter | undefined
  readonly written: WrittenSummaries
  /** Runs in a worker with a time limit. */
  readonly judge: (answer: AnswerToJudge) => Promise<Verdict>
  /** The same as those of extracted summaries. */
  readonly limits?: SummaryOptions
  readonly now: () => Instant
  readonly log: Log
  /** For one edition; half a minute unless told. */
  readonly deadlineMs?: number
  /** Ends everything at once. */
  readonly stopping?: AbortSignal
}

/** A chosen story with the articles that may be shown, the one that speaks for it first. */
export interface StoryToWrite {
  readonly story: { readonly id: StoryId }
  readonly articles: readonly [Article, ...Article[]]
}

/** What a model wrote about a story, found faithful to its articles. */
export interface WrittenStory {
  /** The first sentence, or where that is too long, the leading article's own. */
  readonly brief: string
  readonly sentences: readonly string[]
  /** For each sentence the article that bears it out best. */
  readonly articleIds: readonly ArticleId[]
  readonly model: string
}

export type WriteStories = (
  stories: readonly StoryToWrite[],
  digest: Pick<Digest, 'id' | 'title'>,
) => Promise<ReadonlyMap<StoryId, WrittenStory>>

const EDITION_MS = 30_000

/** One story on its way. */
interface Order {
  readonly storyId: StoryId
  readonly articles: readonly Article[]
  readonly task: WritingTask
  readonly prompt: Prompt
  readonly key: string
}

/** What became of an order: a verdict, from now or from before, or the reason why there is none. */
type Outcome = { readonly verdict: Verdict; readonly wasKept: boolean } | { readonly unwritten: Unwritten }

export function createSummaryWriting(writing: SummaryWriting): WriteStories {
  const { writer, limits = {}, log, stopping } = writing
  const warned = new Set<string>()
  /** Editions of one instant often tell the same story. */
  const underWay = new Map<string, Promise<Outcome>>()
  const share = (asked: ModelWriter, order: Order, signal: AbortSignal): Promise<Outcome> => {
    const known = underWay.get(order.key)
    if (known !== undefined) return known
    const started = carryOut(writing, asked, order, signal).finally(() => underWay.delete(order.key))
    underWay.set(order.key, started)
    return started
  }

  return async (stories, digest) => {
    if (writer === undefined) {
      if (!warned.has(digest.id)) {
        const sentence = `The digest "${digest.title}" asks for summaries by a model, and none is set up (MODEL_URL); its summaries are taken from the articles.`
        log.warn({ digest: digest.id, sentence }, 'model.missing')
      }
      warned.add(digest.id)
      return new Map()
    }
    const orders = stories.flatMap((story) => orderOf(story, writer.model, limits) ?? [])
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), writing.deadlineMs ?? EDITION_MS)
    const signal = stopping === undefined ? deadline.signal : AbortSignal.any([deadline.signal, stopping])
    try {
      const outcomes = await Promise.all(orders.map((order) => share(writer, order, signal)))
      const shown = orders.flatMap((order, at) => shownOf(order, outcomes[at], writer.model))
      log.info(
        { digest: digest.id, ...countsOf(outcomes), left: stories.length - orders.length },
        'summaries.written',
      )
      return new Map(shown)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Undefined for a story that a model is not asked about: its language cannot be checked, or there is little to shorten. */
function orderOf(
  { story, articles }: StoryToWrite,
  model: string,
  limits: SummaryOptions,
): Order | undefined {
  const [leader] = articles
  const sources = sourcesOf(articles)
  const task = writingTask(sources, leader.language, limits)
  if (task === undefined) return undefined
  const prompt = promptFor(task)
  const key = createHash('sha256')
    .update(JSON.stringify([JUDGING_VERSION, model, prompt, task]))
    .digest('hex')
  return { storyId: story.id, articles: sources, task, prompt, key }
}

/** The leading article and those in its language that are no copies, the longest first. */
function sourcesOf([leader, ...others]: StoryToWrite['articles']): readonly Article[] {
  const own = others.filter(({ language, copyOf }) => language === leader.language && copyOf === undefined)
  return [leader, ...own.toSorted((a, b) => lengthOf(b) - lengthOf(a))]
}

const lengthOf = ({ body }: Article): number => body.reduce((sum, paragraph) => sum + paragraph.length, 0)

/** Never rejects. */
async function carryOut(
  { written, judge, now, log }: SummaryWriting,
  writer: ModelWriter,
  { storyId, task, prompt, key }: Order,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const kept = await written.find(key)
    if (kept !== undefined) return { verdict: kept, wasKept: true }
    const answer = await writer.write(prompt, signal)
    if (answer.kind === 'unwritten') return { unwritten: answer.reason }
    const verdict = await judge({ task, answer: answer.text, isWhole: answer.isWhole })
    if (verdict.kind === 'refused') log.info({ story: storyId, ...verdict.refusal }, 'summary.refused')
    await written.keep(key, { language: task.language, model: writer.model, verdict }, now())
    return { verdict, wasKept: false }
  } catch (error) {
    log.error({ err: error, story: storyId }, 'summary.failed')
    return { unwritten: 'failed' }
  }
}

function shownOf(
  { storyId, articles }: Order,
  outcome: Outcome | undefined,
  model: string,
): readonly (readonly [StoryId, WrittenStory])[] {
  if (outcome === undefined || 'unwritten' in outcome || outcome.verdict.kind === 'refused') return []
  const [leader] = articles
  const { sentences, brief = leader?.brief ?? '' } = outcome.verdict
  const articleIds = sentences.flatMap(({ from }) => (articles[from] ?? leader)?.id ?? [])
  return [[storyId, { brief, sentences: sentences.map(({ text }) => text), articleIds, model }]]
}

/** How many stories went which way, for the log. */
function countsOf(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { shown: 0, refused: 0, kept: 0 }
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1
  }
  for (const outcome of outcomes) {
    if ('unwritten' in outcome) count(outcome.unwritten)
    else {
      count(outcome.verdict.kind)
      if (outcome.wasKept) count('kept')
    }
  }
  return counts
}
