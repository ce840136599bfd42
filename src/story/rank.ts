/**
 * Which stories matter most now, and why. A score is a sum of points, each for one thing a newsroom weighs: how many
 * outlets tell the story independently, how fresh it is, how much its sources are trusted, whether it is on a topic of
 * the digest, what is new in it, and what readers asked for. A sum can be explained, part by part, in a line.
 *
 * Carriers of one text count as one voice: ten papers that print the same agency text have not checked it ten times.
 *
 * Diversity (after J. Carbonell, J. Goldstein, "The Use of MMR, Diversity-Based Reranking", 1998): stories are chosen
 * one by one, and a story loses points for each chosen one on its topic or led by its outlet; no topic or outlet gets
 * more than its share of the places while others have something to tell.
 *
 * Pure: the instant and all weights are passed in. Of equals the one that moved last comes first, then the smaller story
 * id, which is made of what its first article is known by: neither the order of input nor chance matters.
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'

/** What ranking looks at in an article. */
export interface RankArticle {
  readonly id: ArticleId
  readonly outlet: string
  /** The original whose text it repeats; absent for one that speaks for itself. */
  readonly copyOf?: ArticleId
}

/** What ranking looks at in a story. */
export interface RankStory {
  readonly id: StoryId
  /** The one that speaks for the story first. */
  readonly articles: readonly [RankArticle, ...RankArticle[]]
  readonly movedAt: Instant
}

export interface RankCandidate {
  readonly story: RankStory
  /** The topics of the digest that the story is on, the most fitting first. */
  readonly topics?: readonly string[]
  /** 0 (nothing since it was last carried) to 1 (never carried); 1 where not given. */
  readonly novelty?: number
  /** 0 (none known) to 1: how much readers of this digest asked for such stories. */
  readonly interest?: number
  /** The section of the digest it would stand in. */
  readonly section?: string
}

export interface RankOptions {
  readonly now: Instant
  /** How many stories are chosen, at most. */
  readonly size: number
  /** Trust in an outlet: 1 is usual, 0 is none. 1 where not given. */
  readonly outletWeights?: ReadonlyMap<string, number>
  /** How much a topic of the digest counts: 1 is usual. 1 where not given. */
  readonly topicWeights?: ReadonlyMap<string, number>
  /** How many stories a section holds at most, even if places stay empty. */
  readonly sectionSize?: number
}

/** Points, each at least 0 but for the last. */
export interface ScoreParts {
  readonly voices: number
  readonly freshness: number
  readonly trust: number
  readonly topics: number
  readonly novelty: number
  readonly interest: number
  /** At most 0: lost to stories on the same topic or from the same outlet that stand before it. */
  readonly variety: number
}

export interface Score {
  readonly storyId: StoryId
  /** The sum of the parts. */
  readonly points: number
  readonly parts: ScoreParts
  /** What the points were given for. */
  readonly facts: {
    readonly voices: number
    readonly outlets: number
    /** Since the story last moved. */
    readonly ageHours: number
    readonly leadOutlet: string
    readonly topics: readonly string[]
    /** Told before, and something of it is new. */
    readonly isUpdate: boolean
  }
}

export interface RankedCandidate<C extends RankCandidate = RankCandidate> {
  readonly candidate: C
  readonly score: Score
}

export interface Ranking<C extends RankCandidate> {
  /** The most important first. */
  readonly chosen: readonly RankedCandidate<C>[]
  /** The others by their points, variety aside. */
  readonly others: readonly RankedCandidate<C>[]
}

/** What each thing can give at most, or for each doubling (`voices`) in points. */
const POINTS = { voices: 2, freshness: 3, trust: 1, topics: 1.5, novelty: 1.5, interest: 1 } as const
const MAX_VOICES_POINTS = 8
const MAX_OUTLET_WEIGHT = 3
/** A story loses half of its freshness in this time. */
const FRESH_HALF_LIFE_HOURS = 12
/** Points lost for each chosen story on the same topic, and for each led by the same outlet. */
const LOST_BY_TOPIC = 0.6
const LOST_BY_OUTLET = 0.5
/** The share of the places that one topic or one outlet may have while others have stories. */
const MAX_SHARE = 0.4
const HOUR_MS = 3_600_000

/** The stories of an edition, the most important first; at most `size`. */
export function rankStories<C extends RankCandidate>(
  candidates: readonly C[],
  options: RankOptions,
): readonly RankedCandidate<C>[] {
  return rankAll(candidates, options).chosen
}

/** The stories of an edition, and those that had to stand back. */
export function rankAll<C extends RankCandidate>(candidates: readonly C[], options: RankOptions): Ranking<C> {
  const open = candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate, options) }))
    .sort((a, b) => compareScores(a.score, b.score))
  const chosen: RankedCandidate<C>[] = []
  const share = Math.max(1, Math.ceil(options.size * MAX_SHARE))
  const section = options.sectionSize ?? Number.POSITIVE_INFINITY
  const used: Used = { topics: new Map(), outlets: new Map(), sections: new Map() }
  while (chosen.length < options.size) {
    const next =
      nextOf(open, used, { share, section }) ??
      nextOf(open, used, { share: Number.POSITIVE_INFINITY, section })
    if (next === undefined) break
    open.splice(next.at, 1)
    chosen.push({ candidate: next.candidate, score: next.score })
    countUse(next, used)
  }
  return { chosen, others: open }
}

/** How many chosen stories each topic, outlet and section has. */
interface Used {
  readonly topics: Map<string, number>
  readonly outlets: Map<string, number>
  readonly sections: Map<string, number>
}

/** How many each of them may have. */
interface Most {
  readonly share: number
  readonly section: number
}

/** The best of those still open, by points less what is lost for variety. */
function nextOf<C extends RankCandidate>(
  open: readonly RankedCandidate<C>[],
  used: Used,
  most: Most,
): (RankedCandidate<C> & { readonly at: number }) | undefined {
  let best: (RankedCandidate<C> & { readonly at: number }) | undefined
  for (const [at, { candidate, score }] of open.entries()) {
    // Sorted by points, and variety only takes away: nobody further down can be better.
    if (best !== undefined && score.points < best.score.points) break
    const byTopic = Math.max(0, ...score.facts.topics.map((topic) => used.topics.get(topic) ?? 0))
    const byOutlet = used.outlets.get(score.facts.leadOutlet) ?? 0
    const bySection = candidate.section === undefined ? 0 : (used.sections.get(candidate.section) ?? 0)
    if (byTopic >= most.share || byOutlet >= most.share || bySection >= most.section) continue
    const varied = withVariety(score, -(byTopic * LOST_BY_TOPIC + byOutlet * LOST_BY_OUTLET))
    if (best === undefined || compareScores(varied, best.score) < 0) best = { at, candidate, score: varied }
  }
  return best
}

function withVariety(score: Score, variety: number): Score {
  if (variety === 0) return score
  return { ...score, points: score.points + variety, parts: { ...score.parts, variety } }
}

function countUse({ candidate, score: { facts } }: RankedCandidate, used: Used): void {
  const count = (uses: Map<string, number>, name: string): void => {
    uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  for (const topic of facts.topics) count(used.topics, topic)
  count(used.outlets, facts.leadOutlet)
  if (candidate.section !== undefined) count(used.sections, candidate.section)
}

function compareScores(a: Score, b: Score): number {
  return (
    b.points - a.points ||
    a.facts.ageHours - b.facts.ageHours ||
    (a.storyId < b.storyId ? -1 : a.storyId > b.storyId ? 1 : 0)
  )
}

/** The points of a story by itself, before variety. */
export function scoreOf(candidate: RankCandidate, options: RankOptions): Score {
  const { story, topics = [], novelty = 1, interest = 0 } = candidate
  const weightOf = (outlet: string): number =>
    clamp(options.outletWeights?.get(outlet) ?? 1, 0, MAX_OUTLET_WEIGHT)
  const voices = voicesOf(candidate, weightOf)
  const ageHours = Math.max(0, options.now - story.movedAt) / HOUR_MS
  const outlets = new Set(story.articles.map((article) => article.outlet))
  const topicWeight = Math.max(0, ...topics.map((topic) => options.topicWeights?.get(topic) ?? 1))
  const parts = {
    voices: Math.min(
      MAX_VOICES_POINTS,
      POINTS.voices * Math.log2(1 + voices.reduce((sum, { weight }) => sum + weight, 0)),
    ),
    freshness: POINTS.freshness * 2 ** (-ageHours / FRESH_HALF_LIFE_HOURS),
    trust: POINTS.trust * Math.max(0, ...voices.map(({ weight }) => weight)),
    topics: POINTS.topics * topicWeight,
    novelty: POINTS.novelty * clamp(novelty, 0, 1),
    interest: POINTS.interest * clamp(interest, 0, 1),
    variety: 0,
  }
  return {
    storyId: story.id,
    points: Object.values(parts).reduce((sum, part) => sum + part, 0),
    parts,
    facts: {
      voices: voices.length,
      outlets: outlets.size,
      ageHours,
      leadOutlet: story.articles[0].outlet,
      topics,
      isUpdate: candidate.novelty !== undefined && candidate.novelty < 1,
    },
  }
}

/**
 * The outlets that tell the story in words of their own: each text speaks through its most trusted carrier that has
 * not spoken yet, and each outlet speaks once.
 */
function voicesOf(
  { story }: RankCandidate,
  weightOf: (outlet: string) => number,
): readonly { readonly outlet: string; readonly weight: number }[] {
  const voices = story.articles.some(({ copyOf }) => copyOf !== undefined)
    ? speakersOf(story, weightOf)
    : new Set(story.articles.map(({ outlet }) => outlet))
  return [...voices].map((outlet) => ({ outlet, weight: weightOf(outlet) }))
}

/** The outlets that speak, where some carry texts of others. */
function speakersOf(story: RankStory, weightOf: (outlet: string) => number): ReadonlySet<string> {
  const carriers = new Map<ArticleId, Set<string>>()
  for (const article of story.articles) {
    const original = article.copyOf ?? article.id
    carriers.set(original, (carriers.get(original) ?? new Set()).add(article.outlet))
  }
  const speakers = new Set<string>()
  // Texts with few carriers first, so that an outlet is not used up by a text that others carry too.
  const texts = [...carriers].sort(([a, x], [b, y]) => x.size - y.size || (a < b ? -1 : 1))
  for (const [, outlets] of texts) {
    const free = [...outlets].filter((outlet) => !speakers.has(outlet))
    const [speaker] = free.sort((a, b) => weightOf(b) - weightOf(a) || (a < b ? -1 : 1))
    if (speaker !== undefined) speakers.add(speaker)
  }
  return speakers
}

/** The score in a line, as facts for owners and logs, in English; parts that gave nothing are left out. */
export function explain({ points, parts, facts }: Score): string {
  const voices = `${counted(facts.voices, 'independent outlet')}${facts.outlets > facts.voices ? ` of ${facts.outlets}` : ''}`
  const lines: readonly (readonly [string, number])[] = [
    [voices, parts.voices],
    [`moved ${ageOf(facts.ageHours)} ago`, parts.freshness],
    ['trust in its sources', parts.trust],
    [`on ${facts.topics.join(', ')}`, parts.topics],
    [facts.isUpdate ? 'new facts' : 'new', parts.novelty],
    ['asked for', parts.interest],
    ['variety', parts.variety],
  ]
  const given = lines.filter(([, part]) => Math.abs(part) >= 0.05)
  return `${points.toFixed(1)} points: ${given.map(([fact, part]) => `${fact} ${signed(part)}`).join(', ')}`
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`
}

function ageOf(hours: number): string {
  return hours < 1
    ? `${Math.round(hours * 60)} min`
    : hours < 48
      ? `${Math.round(hours)} h`
      : `${Math.round(hours / 24)} days`
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
