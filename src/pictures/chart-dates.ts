/** The days below the chart: weekday and day of the month under each bar, or a date where a week begins. */

import { dayFormat, weekdayOf } from '../digest/stories-per-day.ts'
import { base, type Plot, right, small } from './chart-plot.ts'
import { label } from './label.ts'
import { lettering } from './lettering.ts'
import { accent, line, quiet } from './palette.ts'
import { rectangle, textLine } from './svg.ts'

/** Room for two digits and some air. */
const roomForDay = 26

export function dates(plot: Plot): string {
  return plot.pitch >= roomForDay ? everyDay(plot) : weekBeginnings(plot) + todaysDate(plot)
}

function everyDay({ chart, fonts, pitch, dayX }: Plot): string {
  const weekday = dayFormat(chart.locale, { weekday: 'narrow' })
  return chart.days
    .map(({ day }, index) => {
      const isToday = day === chart.today
      const faces = [isToday ? fonts.sansBold : fonts.sans]
      const place = { x: dayX(index), anchor: 'middle', size: small, fill: isToday ? accent : quiet } as const
      return (
        label(weekday(day), faces, pitch, { ...place, y: base + 21 }).svg +
        label(String(Number(day.slice(8))), faces, pitch, { ...place, y: base + 41 }).svg
      )
    })
    .join('')
}

function weekBeginnings({ chart, fonts, left, pitch }: Plot): string {
  const written = dayFormat(chart.locale, { weekday: 'short', day: 'numeric', month: 'short' })
  return chart.days
    .map(({ day }, index) => {
      if (weekdayOf(day) !== 1) return ''
      const x = left + index * pitch
      const text = lettering(written(day), [fonts.sans])
      const room = Math.min(right - x, 7 * pitch) - 8
      const fits = text !== undefined && fonts.sans.widthOf(text.text, small) <= room
      const tick = rectangle(x, base, 1.5, 24, { fill: line })
      if (!fits) return tick
      return (
        tick +
        textLine(text, text.text, { x: x + 6, y: base + 21, anchor: 'start', size: small, fill: quiet })
      )
    })
    .join('')
}

function todaysDate({ chart, fonts, left, dayX }: Plot): string {
  const index = chart.days.findIndex(({ day }) => day === chart.today)
  const written = dayFormat(chart.locale, { weekday: 'short', day: 'numeric', month: 'short' })
  const text = index < 0 ? undefined : lettering(written(chart.today), [fonts.sansBold])
  if (text === undefined) return ''
  const half = fonts.sansBold.widthOf(text.text, small) / 2
  const x = Math.min(right - half, Math.max(left + half, dayX(index)))
  return textLine(text, text.text, { x, y: base + 43, anchor: 'middle', size: small, fill: accent })
}
