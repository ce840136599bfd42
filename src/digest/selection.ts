/**
 * Which stories an edition tells, and the reason of every article it does not carry. Pure: candidates, verdicts of the filter and the
 * movement of told stories come in; neither their order nor how often they are asked matters.
 *
 * A story that was told returns only when it has really moved. Whether it has is decided in two steps, for reading is dear: all told
 * stories compete by how likely it is from their stored features (`prospectsOf`), and those that would be shown are read (`toRead`).
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { Movement } from '../story/movement.ts'
import {
  type RankCandidate,
  type RankedCandidate,
  type RankOptions,
  rankAll,
  type Score,
} from '../story/rank.ts'
import type { Digest } from './definition.ts'
import type { Candidate, CandidateArticle, Telling } from './desk.ts'
import type { Passed, PassedReason } from './passed.ts'
import { quietChoice } from './quiet.ts'

/** What filter and topics of the digest say of the candidates. */
export interface Verdicts {
  /** The rule, in words, that leaves an article out. */
  readonly filtered: ReadonlyMap<ArticleId, string>
  /** The topics of a story, the most fitting first; stories that are on none are not named. */
  readonly topics: ReadonlyMap<StoryId, readonly string[]>
}

/** A story that may be told, as far as the digest's filter leaves it. */
export interface Prospect extends RankCandidate {
  readonly storyId: StoryId
  /** Not carried yet. */
  readonly fresh: readonly CandidateArticle[]
  /** Carried, and changed since. */
  readonly changed: readonly CandidateArticle[]
  /** Carried before, changed or not. */
  readonly carried: readonly CandidateArticle[]
  readonly told?: Telling
}

export interface Prospects {
  readonly stories: readonly Prospect[]
  readonly filtered: readonly Passed[]
}

/** How many times the size of an edition is looked at closely. */
const CLOSER = 2

/**
 * The stories that the filter leaves. `likelihood` says of told stories how likely it is that they have moved, 0 to 1
 * (`mayHaveMoved`); one that is not named has not.
 */
export function prospectsOf(
  digest: Digest,
  candidates: readonly Candidate[],
  verdicts: Verdicts,
  likelihood: ReadonlyMap<StoryId, number>,
): Prospects {
  const filtered: Passed[] = []
  const stories = candidates.flatMap((candidate): Prospect[] => {
    const { storyId } = candidate
    for (const { id, told } of candidate.articles) {
      const rule = verdicts.filtered.get(id)
      if (rule !== undefined && told === undefined)
        filtered.push({ articleId: id, storyId, why: { reason: 'filtered', rule } })
    }
    const kept = candidate.articles.filter(({ id, told }) => told !== undefined || !verdicts.filtered.has(id))
    const prospect = prospectOf(digest, candidate, kept, verdicts, likelihood)
    return prospect === undefined ? [] : [prospect]
  })
  return { stories, filtered }
}

function prospectOf(
  digest: Digest,
  { storyId, told }: Candidate,
  kept: readonly CandidateArticle[],
  verdicts: Verdicts,
  likelihood: ReadonlyMap<StoryId, number>,
): Prospect | undefined {
  const fresh = kept.filter((article) => article.told === undefined)
  const carried = kept.filter((article) => article.told !== undefined)
  const changed = carried.filter(isChanged)
  const [leader, ...others] = bySpeech(kept, spokenLanguage(digest))
  if (leader === undefined || fresh.length + changed.length === 0) return undefined
  const topics = verdicts.topics.get(storyId) ?? []
  const section =
    digest.sections === 'topics' ? topics[0] : digest.sections === 'language' ? leader.language : undefined
  return {
    storyId,
    fresh,
    changed,
    carried,
    story: {
      id: storyId,
      articles: [leader, ...others],
      movedAt: Math.max(...fresh.map(newsAt), ...changed.map(({ updatedAt }) => updatedAt)),
    },
    topics,
    novelty: told === undefined ? 1 : Math.min(MOST_NOVELTY, likelihood.get(storyId) ?? 0),
    ...(section === undefined ? {} : { section }),
    ...(told === undefined ? {} : { told }),
  }
}

/** What was told once is never as new as what was not. */
const MOST_NOVELTY = 0.99

export function isChanged({ told, updatedAt }: CandidateArticle): boolean {
  return told !== undefined && updatedAt > told.at
}

/** When an article was news: a late one was so before it was seen, and no date lies in the future. */
function newsAt({ publishedAt, seenAt }: CandidateArticle): Instant {
  return Math.min(publishedAt ?? seenAt, seenAt)
}

/** The language of a digest as articles name theirs: `de` for `de-AT`. */
export function spokenLanguage({ language }: Pick<Digest, 'language'>): string {
  const [primary = language] = language.toLowerCase().split('-')
  return primary === 'nb' || primary === 'nn' ? 'no' : primary
}

/** The language of the digest first, then texts before their copies, then the newest; the rest is by id. */
function bySpeech(articles: readonly CandidateArticle[], language: string): CandidateArticle[] {
  const rank = (article: CandidateArticle): number =>
    (article.language === language ? 0 : 2) + (article.copyOf === undefined ? 0 : 1)
  return [...articles].sort(
    (a, b) => rank(a) - rank(b) || newsAt(b) - newsAt(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

/** The stories that might be shown, told ones by how likely they have moved. */
export function shortlist({ stories }: Prospects, options: RankOptions): readonly Prospect[] {
  const { chosen } = rankAll(stories.filter(mayBeTold), { ...options, size: options.size * CLOSER })
  return chosen.map(({ candidate }) => candidate)
}

/**
 * The told stories of a shortlist that are to be read next: those that would be shown, by all that is known of the others. Reading one
 * that has not moved makes room for the next, so this is asked until there is none. `movements` names every story that was read.
 */
export function toRead(
  shortlisted: readonly Prospect[],
  movements: ReadonlyMap<StoryId, Movement | undefined>,
  options: RankOptions,
): readonly Prospect[] {
  const open = shortlisted.flatMap((prospect): Prospect[] => {
    if (prospect.told === undefined || !movements.has(prospect.storyId)) return [prospect]
    const movement = movements.get(prospect.storyId)
    return movement?.moved === true ? [moved(prospect, movement)] : []
  })
  const { chosen } = rankAll(open, options)
  return chosen.flatMap(({ candidate }) =>
    candidate.told === undefined || movements.has(candidate.storyId) ? [] : [candidate],
  )
}

function moved(prospect: Prospect, { novelty }: Movement): Prospect {
  return { ...prospect, novelty: Math.min(MOST_NOVELTY, novelty) }
}

function mayBeTold({ told, novelty = 0 }: Prospect): boolean {
  return told === undefined || novelty > 0
}

/** A story of the edition. */
export interface Chosen {
  readonly prospect: Prospect
  readonly score: Score
  /** What is new; of stories that were told before. */
  readonly movement?: Movement
}

export interface Selection {
  /** The most important first; empty where `quiet` is `nothing`. */
  readonly chosen: readonly Chosen[]
  /** Every fresh article that is not carried. */
  readonly passed: readonly Passed[]
  /** `say`: the edition says that it was a quiet day. `nothing`: there is no edition, and everything waits. */
  readonly quiet: 'post' | 'say' | 'nothing'
}

/** Chooses the stories. `movements` are those that were read; a told story that was not is not chosen. */
export function select(
  digest: Digest,
  { stories, filtered }: Prospects,
  movements: ReadonlyMap<StoryId, Movement | undefined>,
  options: RankOptions,
): Selection {
  const tellable: Prospect[] = []
  const unread: Prospect[] = []
  const passed: Passed[] = [...filtered]
  for (const prospect of stories) {
    const movement = movements.get(prospect.storyId)
    if (prospect.told === undefined) tellable.push(prospect)
    else if (movement?.moved === true) tellable.push(moved(prospect, movement))
    else if (movement === undefined && mayBeTold(prospect)) unread.push(prospect)
    else passed.push(...passedOf(prospect, unmoved(prospect, prospect.told)))
  }
  const { chosen, others } = rankAll(tellable, options)
  const quiet = quietChoice(digest, chosen.length)
  const back = quiet === 'nothing' ? [...chosen, ...others] : others
  passed.push(
    ...belowCut([...back, ...rankAll(unread, { ...options, size: 0 }).others], {
      from: quiet === 'nothing' ? 1 : chosen.length + 1,
      of: tellable.length + unread.length,
      waiting: quiet === 'nothing' ? chosen.length : 0,
    }),
  )
  return {
    chosen: (quiet === 'nothing' ? [] : chosen).map(({ candidate, score }) => {
      const movement = movements.get(candidate.storyId)
      return {
        prospect: candidate,
        score,
        ...(candidate.told === undefined || movement === undefined ? {} : { movement }),
      }
    }),
    passed: passed.sort((a, b) => (a.articleId < b.articleId ? -1 : a.articleId > b.articleId ? 1 : 0)),
    quiet,
  }
}

function passedOf(
  { storyId, fresh }: Prospect,
  why: (article: CandidateArticle) => PassedReason,
): readonly Passed[] {
  return fresh.map((article) => ({ articleId: article.id, storyId, why: why(article) }))
}

/** A copy of what was carried is named as one. */
function unmoved({ carried }: Prospect, told: Telling): (article: CandidateArticle) => PassedReason {
  const numbers = new Map(carried.map(({ id, told: telling }) => [id, telling?.number ?? told.number]))
  return ({ copyOf }) => {
    const number = copyOf === undefined ? undefined : numbers.get(copyOf)
    return copyOf === undefined || number === undefined
      ? { reason: 'not-moved', ofNumber: told.number }
      : { reason: 'copy', of: copyOf, ofNumber: number }
  }
}

/** The first `waiting` of the stories had their place, and wait for a day with more. */
function belowCut(
  stories: readonly RankedCandidate<Prospect>[],
  { from, of, waiting }: { readonly from: number; readonly of: number; readonly waiting: number },
): readonly Passed[] {
  return stories.flatMap(({ candidate, score }, at) => {
    const points = Math.round(score.points * 10) / 10
    return passedOf(candidate, () =>
      at < waiting
        ? { reason: 'quiet', stories: waiting }
        : { reason: 'below-cut', place: from + at, of, points },
    )
  })
}
