/** Instants in the zone and the words of a digest. */
import type { Instant } from '../article/article.ts'

export interface Dates {
  /** `Friday, 20 November 2026` */
  readonly day: (at: Instant) => string
  /** `20 November 2026` */
  readonly shortDay: (at: Instant) => string
  /** `07:30` where it is the day of `on`, else with the day. */
  readonly time: (at: Instant, on?: Instant) => string
  /** `2026-11-20` */
  readonly digits: (at: Instant) => string
}

const known = new Map<string, Dates>()
const mostKnown = 200

export function datesIn(language: string, zone: string): Dates {
  const key = `${language} ${zone}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= mostKnown) known.clear()
  const dates = datesOf(language, zone)
  known.set(key, dates)
  return dates
}

function datesOf(language: string, zone: string): Dates {
  const inZone = (options: Intl.DateTimeFormatOptions, locale = language) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
  const day = inZone({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const shortDay = inZone({ day: 'numeric', month: 'long', year: 'numeric' })
  const clock = inZone({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const near = inZone({
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const whole = inZone({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const digits = inZone({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA')
  const year = (at: Instant) => digits.format(at).slice(0, 4)
  return {
    day: (at) => day.format(at),
    shortDay: (at) => shortDay.format(at),
    digits: (at) => digits.format(at),
    time: (at, on) => {
      if (on === undefined) return whole.format(at)
      if (digits.format(at) === digits.format(on)) return clock.format(at)
      return (year(at) === year(on) ? near : whole).format(at)
    },
  }
}

/** As HTML, Atom and JSON Feed write an instant. */
export function isoTime(at: Instant): string {
  return new Date(at).toISOString()
}
