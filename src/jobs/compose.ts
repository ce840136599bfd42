/**
 * The making of an edition: candidates → filter → told stories that might have moved are read → choice → content → frozen. Everything that
 * decides is pure and lies in `digest/`; here it is fed from storage and from the workers.
 *
 * Nothing here reads a clock: what was held at the instant given makes the edition, and makes the same one again.
 */
import { setImmediate } from 'node:timers/promises'
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import { type CompiledDigest, compiled } from '../digest/compiled.ts'
import { composeEdition, type ToldStory, tellStories, type WrittenSummary } from '../digest/compose.ts'
import type { Digest } from '../digest/definition.ts'
import type { Candidate, Candidates, EditionDesk } from '../digest/desk.ts'
import type { Edition, EditionContent, EditionId } from '../digest/edition.ts'
import type { Passed } from '../digest/passed.ts'
import {
  isChanged,
  type Prospect,
  prospectsOf,
  type Selection,
  select,
  shortlist,
  spokenLanguage,
  toRead,
  type Verdicts,
} from '../digest/selection.ts'
import { createJudge, type Judge, joinVerdicts, judgedArticles, noVerdicts } from '../digest/verdicts.ts'
import type { Log } from '../log.ts'
import type { StoryFeatures } from '../story/features.ts'
import { mayHaveMoved } from '../story/likely-movement.ts'
import type { Movement, MovementTask } from '../story/movement.ts'
import type { RankOptions } from '../story/rank.ts'
import type { NewsText } from '../story/statements.ts'
import { parseFeatures } from '../story/stored-features.ts'

/** Writes summaries with a language model; a story that it cannot or may not write about is not in the answer. */
export type WriteSummaries = (
  stories: readonly ToldStory[],
  digest: Digest,
) => Promise<ReadonlyMap<StoryId, WrittenSummary>>

export interface EditionMaking {
  readonly desk: EditionDesk
  /** Runs in a worker with a time limit. */
  readonly findNews: (task: MovementTask) => Promise<Movement>
  /** For digests that ask for a model's summaries. */
  readonly writeSummaries?: WriteSummaries
  readonly log?: Log
}

export interface EditionRequest {
  readonly digest: Digest
  readonly previous: EditionId | undefined
  readonly now: Instant
}

export interface ComposedEdition {
  readonly content: EditionContent
  readonly quiet: Selection['quiet']
  /** Every article that the digest has seen, and the edition does not carry. */
  readonly passed: readonly Passed[]
  readonly candidates: Candidates
}

export type MadeEdition =
  | { readonly kind: 'edition'; readonly edition: Edition }
  /** Nothing new, or too little for a digest that waits; `passed` says it of every article. */
  | { readonly kind: 'nothing'; readonly passed: readonly Passed[] }

/** Stories judged at once: their texts are held for so long. */
const judgedAtOnce = 400
/** More texts of a story that was told, or of what came since, are not read. */
const mostTexts = 16

/** The edition of a slot after `previous`: the one that stands, or a new one. */
export async function makeEdition(
  making: EditionMaking,
  request: EditionRequest & { readonly slot: Instant },
): Promise<MadeEdition> {
  const { desk } = making
  const { digest, previous, now, slot } = request
  const standing = await desk.findNext(digest.id, slot, previous)
  if (standing !== undefined) return { kind: 'edition', edition: standing }
  const { content, quiet, passed, candidates } = await composeAt(making, request)
  if (quiet === 'nothing' || (content.items.length === 0 && content.quiet === undefined)) {
    await desk.skip({ digestId: digest.id, slot, previous, passed })
    return { kind: 'nothing', passed }
  }
  await answersFirst()
  const edition = await desk.freeze({
    digestId: digest.id,
    slot,
    previous,
    composedAt: now,
    content,
    seenFrom: candidates.seenFrom,
    passed: passed.filter(({ articleId, why }) => candidates.standing.get(articleId) !== why.reason),
  })
  return { kind: 'edition', edition }
}

/** What the edition would say; leaves nothing behind. */
export async function composeAt(
  making: EditionMaking,
  { digest, previous, now }: EditionRequest,
): Promise<ComposedEdition> {
  const { desk } = making
  const rules = compiled(digest)
  const candidates = await desk.candidates(digest.id, previous, now)
  await answersFirst()
  const verdicts = await judgeAll(desk, candidates.stories, createJudge(digest, rules))
  const likely = await likelihoods(desk, candidates.stories)
  await answersFirst()
  const prospects = prospectsOf(digest, candidates.stories, verdicts, likely)
  const options = rankOptions(digest, rules, candidates.stories, now)
  const shortlisted = shortlist(prospects, options)
  await answersFirst()
  const movements = await readAgain(making, shortlisted, { digest, now, options })
  const selection = select(digest, prospects, movements, options)
  await answersFirst()
  const told = tellStories(
    digest,
    selection.chosen,
    await desk.stories(
      digest.id,
      selection.chosen.map(({ prospect }) => prospect.storyId),
    ),
  )
  const written =
    digest.summaries === 'model' && told.length > 0 ? await making.writeSummaries?.(told, digest) : undefined
  return {
    content: composeEdition(digest, told, selection.quiet, written),
    quiet: selection.quiet,
    passed: [...selection.passed, ...overdue(candidates)],
    candidates,
  }
}

/** Making an edition takes a while: whoever waits for an answer gets it in between. */
async function answersFirst(): Promise<void> {
  await setImmediate()
}

function overdue(candidates: Candidates): readonly Passed[] {
  return candidates.overdue.map(({ articleId, storyId, standing }) => ({
    articleId,
    storyId,
    why: { reason: 'too-late', ...(standing === undefined ? {} : { standing }) },
  }))
}

async function judgeAll(
  desk: EditionDesk,
  stories: readonly Candidate[],
  { looksAtTexts, judge }: Judge,
): Promise<Verdicts> {
  if (!looksAtTexts) return noVerdicts
  const all: Verdicts[] = []
  for (let start = 0; start < stories.length; start += judgedAtOnce) {
    const part = stories.slice(start, start + judgedAtOnce)
    const texts = await desk.filterable(part.flatMap(judgedArticles))
    all.push(judge(part, new Map(texts.map((text) => [text.id, text]))))
    await answersFirst()
  }
  return joinVerdicts(all)
}

/** How likely it is that told stories have moved, by their stored features. */
async function likelihoods(
  desk: EditionDesk,
  stories: readonly Candidate[],
): Promise<ReadonlyMap<StoryId, number>> {
  const told = stories.filter((story) => story.told !== undefined)
  const stored = await desk.features(told.flatMap(({ articles }) => articles.map(({ id }) => id)))
  const featuresOf = (ids: readonly ArticleId[]) =>
    ids.flatMap((id) => {
      const features = readFeatures(stored.get(id))
      return features === undefined ? [] : [features]
    })
  return new Map(
    told.map(({ storyId, articles }) => {
      const carried = articles.filter((article) => article.told !== undefined)
      const fresh = articles.filter((article) => article.told === undefined)
      // What a changed article said before has no features any more: it is read in any case.
      const isRead = carried.some(isChanged)
      const likelihood = mayHaveMoved(
        featuresOf(carried.map(({ id }) => id)),
        featuresOf(fresh.map(({ id }) => id)),
      )
      return [storyId, isRead ? Math.max(likelihood, changedLikelihood) : likelihood]
    }),
  )
}

/** Undefined where there are none, or none that this version understands. */
function readFeatures(json: string | undefined): StoryFeatures | undefined {
  try {
    return json === undefined ? undefined : parseFeatures(json)
  } catch {
    return undefined
  }
}

/** Outlets change articles all day, mostly to correct a word. */
const changedLikelihood = 0.3

function rankOptions(
  digest: Digest,
  { sourceWeights, topics }: CompiledDigest,
  stories: readonly Candidate[],
  now: Instant,
): RankOptions {
  const outletWeights = new Map<string, number>()
  for (const { articles } of stories) {
    for (const { outlet, sourceId } of articles) {
      const weight = sourceWeights.get(sourceId) ?? 1
      outletWeights.set(outlet, Math.max(outletWeights.get(outlet) ?? 0, weight))
    }
  }
  return {
    now,
    size: digest.size,
    outletWeights,
    topicWeights: new Map(topics.map(({ name, weight }) => [name, weight])),
    ...(digest.sectionSize === undefined ? {} : { sectionSize: digest.sectionSize }),
  }
}

/** What is new in told stories, of those that would be shown. */
async function readAgain(
  making: EditionMaking,
  shortlisted: readonly Prospect[],
  { digest, now, options }: { readonly digest: Digest; readonly now: Instant; readonly options: RankOptions },
): Promise<ReadonlyMap<StoryId, Movement | undefined>> {
  const movements = new Map<StoryId, Movement | undefined>()
  for (;;) {
    const stories = toRead(shortlisted, movements, options)
    if (stories.length === 0) return movements
    const tasks = await movementTasks(making.desk, stories, digest, now)
    const read = await Promise.all(stories.map((story, at) => readOne(making, story, tasks[at])))
    for (const [at, { storyId }] of stories.entries()) movements.set(storyId, read[at])
  }
}

/** The texts of some stories as they were told, and as they stand now: all at once, for a look into storage has its price. */
async function movementTasks(
  desk: EditionDesk,
  stories: readonly Prospect[],
  digest: Digest,
  now: Instant,
): Promise<readonly MovementTask[]> {
  const told = stories.map(({ carried }) => newest(carried))
  const since = stories.map(({ fresh, changed }) => newest([...fresh, ...changed]))
  const toldTexts = await desk.texts(
    told.flat().map(({ id, told: telling }) => ({ id, at: telling?.at ?? now })),
  )
  const sinceTexts = await desk.texts(since.flat().map(({ id }) => ({ id, at: now })))
  const toldOf = textsOf(toldTexts)
  const sinceOf = textsOf(sinceTexts)
  const language = spokenLanguage(digest)
  return stories.map((_, at) => ({ told: toldOf(told[at]), since: sinceOf(since[at]), language }))
}

/** Articles that are gone have no text. */
function textsOf(
  texts: readonly NewsText[],
): (articles?: readonly { readonly id: ArticleId }[]) => readonly NewsText[] {
  const byId = new Map(texts.map((text) => [text.id, text]))
  return (articles = []) => articles.flatMap(({ id }) => byId.get(id) ?? [])
}

/** Undefined for a story that could not be read in time: it is not told, and may be read for the next edition. */
async function readOne(
  { findNews, log }: EditionMaking,
  { storyId }: Prospect,
  task: MovementTask | undefined,
): Promise<Movement | undefined> {
  if (task === undefined) return undefined
  return findNews(task).catch((error: unknown) => {
    log?.warn({ err: error, story: storyId }, 'story.unread')
    return undefined
  })
}

function newest<A extends { readonly id: ArticleId; readonly seenAt: Instant }>(
  articles: readonly A[],
): readonly A[] {
  return [...articles].sort((a, b) => b.seenAt - a.seenAt || (a.id < b.id ? -1 : 1)).slice(0, mostTexts)
}
