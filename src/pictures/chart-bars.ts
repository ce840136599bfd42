/** The bars of the chart, and the counts above them. */

import { type DayCount, weekdayOf } from '../digest/stories-per-day.ts'
import { base, type Plot, right, small, top } from './chart-plot.ts'
import { label } from './label.ts'
import { accent, articleMark, bar, ink, line, paper, quiet, weekend } from './palette.ts'
import { element, rectangle } from './svg.ts'

/** The ground: bands for Saturdays and Sundays, and lines of whole counts. */
export function ground({ chart, fonts, left, pitch, scale, yOf, number, isEmpty }: Plot): string {
  const bands = chart.days.map(({ day }, index) =>
    weekdayOf(day) < 6
      ? ''
      : rectangle(left + index * pitch, top - 22, pitch, base - top + 22, {
          fill: weekend,
          'shape-rendering': 'crispEdges',
        }),
  )
  const steps = isEmpty ? 0 : Math.round(scale.top / scale.step)
  const lines = Array.from({ length: steps + 1 }, (_, index) => {
    const y = yOf(index * scale.step)
    const place = { x: left - 8, y: y + 5, anchor: 'end', size: small, fill: quiet } as const
    return (
      (index === 0 ? '' : rectangle(left, y - 0.5, right - left, 1, { fill: line })) +
      label(number(index * scale.step), [fonts.sans], left, place).svg
    )
  })
  return [...bands, ...lines].join('')
}

/** A bar a day, a thin one beside it for articles. A day without stories has a stub, so that it is seen to be there. */
export function bars({ chart, bar: widths, barX, yOf }: Plot): string {
  return chart.days
    .map(({ day, stories, articles }, index) => {
      const x = barX(index)
      const fill = day === chart.today ? accent : bar
      const thinX = x + widths.width + widths.gap
      return (
        (stories === 0
          ? rectangle(x, base - 3, widths.width, 3, { fill: line })
          : upright(x, base - yOf(stories), widths.width, fill)) +
        (articles === undefined || articles === 0
          ? ''
          : upright(thinX, base - yOf(articles), widths.thin, articleMark))
      )
    })
    .join('')
}

/** A bar whose upper corners are round. */
function upright(x: number, height: number, width: number, fill: string): string {
  const radius = Math.min(3, height, width / 2)
  const d = [
    `M${x.toFixed(2)} ${base}`,
    `v${(radius - height).toFixed(2)}`,
    `q0 ${-radius} ${radius} ${-radius}`,
    `h${(width - radius * 2).toFixed(2)}`,
    `q${radius} 0 ${radius} ${radius}`,
    `v${(height - radius).toFixed(2)}z`,
  ]
  return element('path', { d: d.join(''), fill })
}

/** Counts above the bars: above each where all have room, else above the highest and today's at most. */
export function counts(plot: Plot): string {
  if (plot.isEmpty) return ''
  const { chart, fonts, bar: widths, barX, yOf, number } = plot
  return counted(plot)
    .map(({ day, stories }) => {
      const isToday = day === chart.today
      return label(number(stories), [fonts.sansBold], 80, {
        x: barX(chart.days.findIndex((other) => other.day === day)) + widths.width / 2,
        y: Math.min(yOf(stories), base - 3) - 5,
        anchor: 'middle',
        size: small,
        fill: isToday ? accent : stories === 0 ? quiet : ink,
        halo: paper,
      }).svg
    })
    .join('')
}

/**
 * The days whose counts are written; where thin bars leave no room, none are. The highest yields to today where the two are too
 * near each other.
 */
function counted({ chart, fonts, pitch, bar: widths, number }: Plot): readonly DayCount[] {
  const { days, today } = chart
  const widthOf = ({ stories }: DayCount) => fonts.sansBold.widthOf(number(stories), small)
  const room = widths.thin === 0 ? pitch - 3 : widths.width
  if (days.every((day) => widthOf(day) <= room)) return days
  if (widths.thin > 0) return []
  const highest = days.reduce((most, day) => (day.stories > most.stories ? day : most))
  const todays = days.find(({ day }) => day === today)
  if (todays === undefined || todays === highest) return [highest]
  const apart = pitch * Math.abs(days.indexOf(highest) - days.indexOf(todays))
  return apart > (widthOf(highest) + widthOf(todays)) / 2 + 6 ? [highest, todays] : [todays]
}
