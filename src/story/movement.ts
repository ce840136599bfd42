/**
 * Whether a story that was told has really moved: new facts, not new wording.
 *
 * A fact is new when it is seen on the surface of a later text and of none that was told: a turning point (an arrest, a verdict, a
 * cancellation; `turns.ts`), a number of something whose number was told otherwise, a number of something new in the lead, or a denial of
 * what was affirmed. Turns and numbers count for most where the headline tells them too. Another word for the same turn, a rounded or
 * converted number, quotations, questions, demands, fears, reactions and looks back are no facts. News stands at the top of a text, so only
 * the top is searched for it; whatever stands anywhere in a text counts as told.
 *
 * An update that is none is worse than a small one that is missed: in doubt nothing has moved. A text older than the newest that was told
 * brings nothing new.
 */
import { readability } from '../summary/readable.ts'
import { commonplacesOf } from './commonplaces.ts'
import { measuresOf } from './manner-words.ts'
import { type Count, type NewsText, type Statement, statementsOf } from './statements.ts'
import { ACTS } from './turns.ts'

export interface MovementTask {
  /** The texts that were carried, as they stood then. */
  readonly told: readonly NewsText[]
  /** What came since: new texts, and carried ones as they stand now. */
  readonly since: readonly NewsText[]
  /** Of the digest: news in it is preferred. ISO 639-1. */
  readonly language?: string
}

export interface NewsSentence {
  /** Verbatim. */
  readonly text: string
  readonly articleId: string
}

export interface Movement {
  readonly moved: boolean
  /** 0: nothing new; 1: as good as another story. */
  readonly novelty: number
  /** What is new, the weightiest first; empty unless it moved. */
  readonly news: readonly NewsSentence[]
}

/** What the headline over a text says: where it tells the same fact, the fact is what the text is about. */
interface Heading {
  readonly counts: ReadonlySet<number>
  readonly turns: ReadonlySet<string>
}

/** Sentences of the body in which news is looked for, and which count as its lead. */
const TOP_SENTENCES = 8
const LEAD_SENTENCES = 2
const MAX_TOLD_SENTENCES = 60
/** More texts than these are not read: the newest count. */
const MAX_TOLD = 16
const MAX_SINCE = 12
const MAX_NEWS = 2
/** A sentence whose new facts weigh so much is news. */
const ENOUGH = 1
/** What the facts of a moved story weigh when as much is new as in another story. */
const ALL_NEW = 4
const WEIGHTS = {
  turn: 0.7,
  lateTurn: 0.4,
  denial: 1,
  changedCount: 0.7,
  newCount: 0.3,
  measure: 0.2,
  inLead: 0.3,
  inHeadline: 0.3,
  change: 0.4,
} as const
/** What a count is worth that is an estimate, or a small word that may be an ordinal ("the fifth defeat"). */
const ROUGH_FACTOR = 0.8
const WORD_FACTOR = 0.6
/** Two numbers this close are the same where one of them is rough. */
const ROUGH_TOLERANCE = 0.15
/** Below this no number is taken for a rounded form of another. */
const MIN_ROUNDED = 100
/** Of the shorter statement's words, those that both have when one denies the other. */
const SAME_MATTER = 0.75
const MIN_SHARED_WORDS = 3
const MAX_SENTENCE_CHARACTERS = 300

interface Told {
  readonly turns: ReadonlySet<string>
  readonly counts: readonly Count[]
  readonly units: ReadonlySet<string>
  readonly statements: readonly { readonly language: string; readonly statement: Statement }[]
  readonly newestAt: number | undefined
}

interface Finding {
  readonly text: NewsText
  readonly statement: Statement
  readonly weight: number
  /** The new facts by name, so that the same one told twice counts once. */
  readonly facts: readonly string[]
}

/** Compares texts with what was told. Pure; analyses every text, so it belongs in a worker. */
export function findNews(task: MovementTask): Movement {
  const told = toldBy(newestOf(task.told, MAX_TOLD))
  const later = task.since.filter(
    ({ at }) => at === undefined || told.newestAt === undefined || at >= told.newestAt,
  )
  const findings = newestOf(later, MAX_SINCE).flatMap((text) => findingsIn(text, told))
  const news = findings.filter(({ weight }) => weight >= ENOUGH)
  const weights = new Map<string, number>()
  for (const { facts, weight } of findings) {
    for (const fact of facts) weights.set(fact, Math.max(weights.get(fact) ?? 0, weight / facts.length))
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  const novelty = Math.min(1, total / ALL_NEW)
  if (news.length === 0) return { moved: false, novelty: Math.min(novelty, 0.25), news: [] }
  return { moved: true, novelty: Math.max(novelty, 0.25), news: choose(news, task.language) }
}

/** The newest texts, in an order that does not depend on the one given; undated ones count as newest. */
function newestOf(texts: readonly NewsText[], most: number): NewsText[] {
  const time = ({ at }: NewsText): number => at ?? Number.MAX_SAFE_INTEGER
  return [...texts].sort((a, b) => time(b) - time(a) || (a.id < b.id ? -1 : 1)).slice(0, most)
}

function toldBy(texts: readonly NewsText[]): Told {
  const statements = texts.flatMap((text) =>
    statementsOf(text, MAX_TOLD_SENTENCES).map((statement) => ({ language: text.language, statement })),
  )
  const counts = statements.flatMap(({ statement }) => statement.counts)
  const times = texts.flatMap(({ at }) => (at === undefined ? [] : [at]))
  return {
    turns: new Set(statements.flatMap(({ statement }) => statement.looseTurns)),
    counts,
    units: new Set(counts.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))),
    statements,
    newestAt: times.length === 0 ? undefined : Math.max(...times),
  }
}

function findingsIn(text: NewsText, told: Told): Finding[] {
  const all = statementsOf(text, TOP_SENTENCES)
  const [headline, ...rest] = all
  const statements = rest.length === 0 ? all : rest
  const heading = {
    counts: new Set(rest.length === 0 ? [] : headline?.counts.map(({ value }) => value)),
    turns: new Set(headline?.turns),
  }
  return statements.flatMap((statement): Finding[] => {
    const facts = newFacts(statement, text.language, told, heading)
    if (facts.length === 0) return []
    const weight = facts.reduce((sum, fact) => sum + fact.weight, 0)
    return [{ text, statement, weight, facts: facts.map(({ name }) => name) }]
  })
}

interface NewFact {
  readonly name: string
  readonly weight: number
}

function newFacts(statement: Statement, language: string, told: Told, heading: Heading): NewFact[] {
  const manner = statement.manner()
  if (manner === 'background' || manner === 'asked') return []
  const counts = statement.isReaction() ? [] : newCounts(statement, language, told, heading)
  if (manner === 'possible') return counts.map((fact) => ({ ...fact, weight: fact.weight / 2 }))
  const isTop = statement.place !== 'body' || statement.at <= LEAD_SENTENCES
  const isFirst = statement.place !== 'headline' && statement.at === 0
  const turns = statement.turns
    .filter((turn) => !told.turns.has(turn))
    .map((turn) => ({
      name: turn,
      weight:
        (isTop ? WEIGHTS.turn : WEIGHTS.lateTurn) +
        (heading.turns.has(turn) || (isFirst && ACTS.has(turn)) ? WEIGHTS.inHeadline : 0),
    }))
  return [...counts, ...turns, ...denials(statement, language, told)]
}

/** A number weighs most in the lead, in the headline too, and where a number of the same thing was told. */
function newCounts(
  { counts, place, at, isChange }: Statement,
  language: string,
  told: Told,
  heading: Heading,
): NewFact[] {
  const measures = measuresOf(language)
  const isLead = place !== 'body' || at < LEAD_SENTENCES
  const facts = counts.flatMap((count): NewFact[] => {
    if (isTold(count, told)) return []
    const name = `${count.value} ${count.unit ?? ''}`
    if (count.unit !== undefined && measures.has(count.unit)) return [{ name, weight: WEIGHTS.measure }]
    if (count.unit === undefined && !isChange()) return []
    const isChanged = count.unit !== undefined && told.units.has(count.unit)
    const weight =
      (isChanged ? WEIGHTS.changedCount : WEIGHTS.newCount) * (count.isWord ? WORD_FACTOR : 1) +
      (isLead ? WEIGHTS.inLead : 0) +
      (heading.counts.has(count.value) ? WEIGHTS.inHeadline : 0) +
      (isChange() ? WEIGHTS.change : 0)
    return [{ name, weight: count.isRough ? weight * ROUGH_FACTOR : weight }]
  })
  const best = facts.reduce<NewFact | undefined>(
    (most, fact) => (most === undefined || fact.weight > most.weight ? fact : most),
    undefined,
  )
  return best === undefined ? [] : [best]
}

function isTold(count: Count, told: Told): boolean {
  return told.counts.some((known) => {
    if (known.value === count.value) return true
    const apart = Math.abs(known.value - count.value)
    const larger = Math.max(known.value, count.value)
    if ((known.isRough || count.isRough) && apart <= larger * ROUGH_TOLERANCE) return true
    return roundsTo(known.value, count.value) || roundsTo(count.value, known.value)
  })
}

/** Whether `rounded` is `value` with fewer digits. */
function roundsTo(value: number, rounded: number): boolean {
  if (rounded < MIN_ROUNDED && Number.isInteger(value)) return false
  const digits = String(rounded)
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length
  return digits > 0 && digits <= 21 && Number(value.toPrecision(digits)) === rounded
}

/** A statement on the same matter in the same language that denies what was affirmed, or affirms what was denied. */
function denials(statement: Statement, language: string, told: Told): NewFact[] {
  const isCounterpart = (isNegated: boolean): boolean =>
    told.statements.some(
      (each) =>
        each.statement.isNegated === isNegated &&
        each.language === language &&
        isSameMatter(each.statement.stems(), statement.stems(), language),
    )
  const isTurned = isCounterpart(!statement.isNegated) && !isCounterpart(statement.isNegated)
  return isTurned ? [{ name: 'denial', weight: WEIGHTS.denial }] : []
}

function isSameMatter(a: ReadonlySet<string>, b: ReadonlySet<string>, language: string): boolean {
  const commonplaces = commonplacesOf(language)
  let shared = 0
  let telling = 0
  for (const word of a) {
    if (!b.has(word)) continue
    shared++
    if (!commonplaces.has(word)) telling++
  }
  return telling >= MIN_SHARED_WORDS && shared >= SAME_MATTER * Math.min(a.size, b.size)
}

/** The weightiest findings, none of whose facts another one tells; where a sentence cannot stand alone, the headline speaks for it. */
function choose(findings: readonly Finding[], language: string | undefined): NewsSentence[] {
  const prefers = (finding: Finding): number => (finding.text.language === language ? 1 : 0)
  const ordered = [...findings].sort(
    (a, b) =>
      prefers(b) - prefers(a) ||
      b.weight - a.weight ||
      (b.text.at ?? 0) - (a.text.at ?? 0) ||
      (a.text.id < b.text.id ? -1 : a.text.id > b.text.id ? 1 : a.statement.at - b.statement.at),
  )
  const news = new Map<string, NewsSentence>()
  const said = new Set<string>()
  for (const { text, statement, facts } of ordered) {
    if (news.size === MAX_NEWS || facts.every((fact) => said.has(fact))) continue
    for (const fact of facts) said.add(fact)
    const shown = standsAlone(statement, text.language) ? statement.text : text.headline
    news.set(shown, { text: shown, articleId: text.id })
  }
  return [...news.values()]
}

function standsAlone({ text }: Statement, language: string): boolean {
  const { isWhole, leans } = readability(text, language)
  return isWhole && !leans && text.length <= MAX_SENTENCE_CHARACTERS
}
