/**
 * Stories per day: what the chart shows, and the same in facts for those who do not see it. The facts are found here, the words
 * are the caller's, in the reader's language.
 */

/** A civil date, `2025-10-14`. */
export type Day = string

export interface StoriesPerDay {
  /** Every day once, oldest first, days without stories included; made for 14 or 30 of them. */
  readonly days: readonly DayCount[]
  readonly today: Day
  /** BCP 47, for dates and numbers. */
  readonly locale: string
  readonly words: ChartWords
}

export interface DayCount {
  readonly day: Day
  readonly stories: number
  /** The articles that told them. Absent on all days where the chart shows none. */
  readonly articles?: number
}

/** Words on the picture, in the reader's language. */
export interface ChartWords {
  readonly title: string
  readonly stories: string
  readonly today: string
  readonly articles?: string
  /** Stands in the middle where no day has a story. */
  readonly none: string
}

/** A sentence of the alternative text, and what it is filled with. Dates are written out in the chart's language. */
export type ChartSentence =
  | 'chart.none'
  | 'chart.total'
  | 'chart.today'
  | 'chart.busiest'
  | 'chart.empty'
  | 'chart.articles'

export type SayChart = (key: ChartSentence, values: Readonly<Record<string, string | number>>) => string

/**
 * What the chart says, as text. `say` is asked for, in this order:
 * `chart.total` {count, days, first, last}, `chart.today` {count}, `chart.busiest` {count, day},
 * `chart.empty` {days} where some days had no story, `chart.articles` {count} where the chart shows them;
 * for `chart.none` {days} alone where no day had a story.
 */
export function chartAlt(chart: StoriesPerDay, say: SayChart): string {
  const { days, locale } = chart
  const total = days.reduce((sum, { stories }) => sum + stories, 0)
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined || total === 0)
    return say('chart.none', { days: days.length })
  const written = (day: Day) => dayFormat(locale, { day: 'numeric', month: 'long' })(day)
  const busiest = days.reduce((most, day) => (day.stories > most.stories ? day : most))
  const today = days.find(({ day }) => day === chart.today)
  const empty = days.filter(({ stories }) => stories === 0).length
  const articles = days.flatMap((day) => day.articles ?? [])
  return [
    say('chart.total', {
      count: total,
      days: days.length,
      first: written(first.day),
      last: written(last.day),
    }),
    today === undefined ? '' : say('chart.today', { count: today.stories }),
    say('chart.busiest', { count: busiest.stories, day: written(busiest.day) }),
    empty === 0 ? '' : say('chart.empty', { days: empty }),
    articles.length === 0
      ? ''
      : say('chart.articles', { count: articles.reduce((sum, count) => sum + count, 0) }),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

/** Writes civil dates as `Intl` does: they have no zone, so none can shift them. */
export function dayFormat(locale: string, parts: Intl.DateTimeFormatOptions): (day: Day) => string {
  const format = new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' })
  return (day) => format.format(instantOf(day))
}

/** The first and the last of the chart's days, `Oct 1 – 14`; empty where it has no days. */
export function dayRange({ days, locale }: StoriesPerDay): string {
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return ''
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return format.formatRange(instantOf(first.day), instantOf(last.day))
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: Day): number {
  return new Date(instantOf(day)).getUTCDay() || 7
}

function instantOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}
