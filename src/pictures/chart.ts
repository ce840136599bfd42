/**
 * The chart of stories per day, today in the accent colour. It has a ground of its own, so that it reads on Discord's dark and
 * light alike. Words and dates that the fonts cannot draw are left out; the numbers stay.
 */

import { dayRange, type StoriesPerDay } from '../digest/stories-per-day.ts'
import { bars, counts, ground } from './chart-bars.ts'
import { dates } from './chart-dates.ts'
import { base, margin, type Plot, plotOf, right, showsArticles, size, small, top } from './chart-plot.ts'
import type { Fonts } from './fonts.ts'
import { label } from './label.ts'
import { lettering } from './lettering.ts'
import { accent, articleMark, bar, ink, line, paper, quiet } from './palette.ts'
import { picture, rectangle, textLine } from './svg.ts'
import { fit } from './wrap.ts'

/** The chart as SVG, 1120 × 660 pixels. */
export function storiesChart(chart: StoriesPerDay, fonts: Fonts): string {
  const plot = plotOf(chart, fonts)
  return picture(
    size,
    rectangle(0.5, 0.5, size.width - 1, size.height - 1, { rx: 14, fill: paper, stroke: line }),
    heading(plot),
    legend(plot),
    ground(plot),
    bars(plot),
    rectangle(plot.left, base, right - plot.left, 1.5, { fill: quiet }),
    counts(plot),
    dates(plot),
    emptyNotice(plot),
  )
}

function heading({ chart, fonts }: Plot): string {
  const place = { x: right, y: 43, anchor: 'end', size: 16, fill: quiet } as const
  const span = label(dayRange(chart), [fonts.sans], 200, place)
  const title = lettering(chart.words.title, [fonts.serif, fonts.sansBold])
  if (title === undefined) return span.svg
  const fitted = fit(title, [24, 21, 18], right - margin - span.width - 24, () => 1)
  const [line = ''] = fitted.lines
  return textLine(title, line, { x: margin, y: 44, anchor: 'start', size: fitted.size, fill: ink }) + span.svg
}

/** What each mark stands for, in one row, and today's count. */
function legend({ chart, fonts, number }: Plot): string {
  const { words, days } = chart
  const today = days.find(({ day }) => day === chart.today)
  const entries: readonly (readonly [word: string, fill: string, width: number])[] = [
    [words.stories, bar, 12],
    ...(today === undefined ? [] : [[`${words.today}: ${number(today.stories)}`, accent, 12] as const]),
    ...(showsArticles(chart) ? [[words.articles ?? '', articleMark, 4] as const] : []),
  ]
  let x = margin
  const drawn: string[] = []
  for (const [word, fill, width] of entries) {
    const place = { x: x + width + 6, y: 73.5, anchor: 'start', size: small, fill: ink } as const
    const { svg, width: taken } = label(word, [fonts.sans], 150, place)
    if (taken === 0) continue
    drawn.push(rectangle(x, 62, width, 12, { rx: 2, fill }), svg)
    x += width + 6 + taken + 22
  }
  return drawn.join('')
}

function emptyNotice({ chart, fonts, isEmpty }: Plot): string {
  if (!isEmpty) return ''
  return label(chart.words.none, [fonts.sans], size.width - 4 * margin, {
    x: size.width / 2,
    y: (top + base) / 2 + 6,
    anchor: 'middle',
    size: 18,
    fill: quiet,
    halo: paper,
  }).svg
}
