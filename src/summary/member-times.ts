/**
 * Which articles of a story are later than others. A date of publication decides; where one is missing, the day of the
 * week that the article names near its top ("on Tuesday morning") is taken as the one nearest to the dated articles, for
 * the articles of a story lie within days of each other. When an article was first seen only says that it is not later.
 */
import type { Instant } from '../article/article.ts'
import type { Analysis } from '../language/analyse.ts'
import { weekdayIn } from '../language/weekdays.ts'

export interface Timed {
  readonly analysis: Analysis
  /** When it was published, if it says so. */
  readonly at?: Instant | undefined
  readonly seenAt?: Instant | undefined
}

/** It was published between the two. */
export interface MemberTime {
  readonly kind: 'dated' | 'weekday' | 'seen'
  readonly from: Instant
  readonly to: Instant
}

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** What happened on a day may be told until noon of the next. */
const TELLING_MS = 36 * HOUR_MS
/** Articles first seen closer together came at once. */
const TOGETHER_MS = HOUR_MS
/** Sentences of the body in which the day is looked for. */
const TOP_SENTENCES = 5

/** When each article was published, as far as can be told. */
export function memberTimes(members: readonly Timed[]): readonly (MemberTime | undefined)[] {
  const days = members.flatMap(({ at }) => (at === undefined ? [] : [dayOf(at)]))
  return members.map((member): MemberTime | undefined => {
    const { at, seenAt } = member
    if (at !== undefined) return { kind: 'dated', from: at, to: at }
    const weekday = namedWeekday(member)
    if (weekday !== undefined) {
      const day = nearestDay(weekday, days.length > 0 ? days : [dayOf(seenAt ?? 0)])
      days.push(day)
      return { kind: 'weekday', from: day * DAY_MS, to: day * DAY_MS + TELLING_MS }
    }
    return seenAt === undefined ? undefined : { kind: 'seen', from: Number.NEGATIVE_INFINITY, to: seenAt }
  })
}

/** Whether the first is surely the later one. */
export function isLater(a: MemberTime | undefined, b: MemberTime | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (a.kind === 'weekday' && b.kind === 'weekday') return a.from > b.from
  if (a.kind === 'seen' && b.kind === 'seen') return a.to - b.to >= TOGETHER_MS
  return a.from > b.to
}

function dayOf(instant: Instant): number {
  return Math.floor(instant / DAY_MS)
}

function namedWeekday({ analysis: { standfirst, sentences, language } }: Timed): number | undefined {
  const top = [...standfirst, ...sentences.slice(0, TOP_SENTENCES)]
  return weekdayIn(top.map(({ text }) => text).join('\n'), language)
}

/** The day with that weekday (days since 1970, which began on a Thursday) that is nearest to one of some days. */
function nearestDay(weekday: number, days: readonly number[]): number {
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (const day of days) {
    const offset = ((((weekday - (day + 4) + 3) % 7) + 7) % 7) - 3
    if (Math.abs(offset) >= least) continue
    least = Math.abs(offset)
    best = day + offset
  }
  return best ?? 0
}
