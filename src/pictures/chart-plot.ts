/** Where things lie on the chart: the plane of days and counts, in units of the picture. */

import type { StoriesPerDay } from '../digest/stories-per-day.ts'
import type { Fonts } from './fonts.ts'

/** About as wide as a message shows a picture, so that letters keep their size; twice as many pixels keep them sharp. */
export const size = { width: 560, height: 330, scale: 2 }
export const margin = 24
/** The counts' highest line, and the ground that bars stand on. */
export const top = 116
export const base = 266
export const right = size.width - margin
/** The size of all letters but the title's: legible where a telephone shows the chart at two thirds. */
export const small = 15

export interface Plot {
  readonly chart: StoriesPerDay
  readonly fonts: Fonts
  readonly left: number
  /** The width of a day. */
  readonly pitch: number
  readonly bar: { readonly width: number; readonly thin: number; readonly gap: number }
  readonly scale: Scale
  /** The middle of a day. */
  readonly dayX: (index: number) => number
  /** The left edge of a day's bar. */
  readonly barX: (index: number) => number
  readonly yOf: (count: number) => number
  readonly number: (count: number) => string
  readonly isEmpty: boolean
}

export function plotOf(chart: StoriesPerDay, fonts: Fonts): Plot {
  const scale = scaleFor(
    Math.max(0, ...chart.days.flatMap(({ stories, articles }) => [stories, articles ?? 0])),
  )
  const format = new Intl.NumberFormat(chart.locale)
  const number = (count: number) => format.format(count)
  const left = margin + fonts.sans.widthOf(number(scale.top), small) + 10
  const pitch = (right - left) / Math.max(1, chart.days.length)
  const bar = barWidths(pitch, showsArticles(chart))
  const dayX = (index: number) => left + (index + 0.5) * pitch
  return {
    chart,
    fonts,
    left,
    pitch,
    bar,
    scale,
    dayX,
    barX: (index) => dayX(index) - (bar.width + bar.gap + bar.thin) / 2,
    yOf: (count) => base - (count / scale.top) * (base - top),
    number,
    isEmpty: chart.days.every(({ stories }) => stories === 0),
  }
}

export function showsArticles({ days }: StoriesPerDay): boolean {
  return days.some(({ articles }) => articles !== undefined)
}

function barWidths(pitch: number, hasThin: boolean): Plot['bar'] {
  const whole = Math.min(42, pitch * 0.68)
  if (!hasThin) return { width: whole, thin: 0, gap: 0 }
  const thin = Math.max(2, whole * 0.14)
  const gap = Math.max(1, whole * 0.06)
  return { width: whole - thin - gap, thin, gap }
}

export interface Scale {
  readonly top: number
  readonly step: number
}

/** Whole steps of 1, 2 or 5 times a power of ten, at most four of them, up to the count or just above. */
export function scaleFor(highest: number): Scale {
  const rough = Math.max(1, highest / 4)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((whole) => whole >= rough) ?? rough
  return { step, top: Math.max(1, Math.ceil(highest / step)) * step }
}
