/** Instants in the words of the visitor's locale, as Discord writes them. Instants are milliseconds unless named otherwise. */
import type { TimestampStyle } from './markdown.ts'

/** `<t:seconds:style>` as a member would read it; `now` decides the relative style. */
export function discordTime(seconds: number, style: TimestampStyle, locale: string, now: number): string {
  const instant = seconds * 1000
  if (style === 'R') return relativeTime(instant - now, locale)
  return new Intl.DateTimeFormat(locale, formats[style]).format(instant)
}

const formats: Readonly<Record<Exclude<TimestampStyle, 'R'>, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { day: '2-digit', month: '2-digit', year: 'numeric' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { day: '2-digit', month: '2-digit', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  S: {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  },
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

function relativeTime(distanceMs: number, locale: string): string {
  const [unit, size] = units.find(([, ms]) => Math.abs(distanceMs) >= ms) ?? ['second', 1000]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(distanceMs / size), unit)
}

/** The full date and time, for titles. */
export function fullTime(instant: number, locale: string): string {
  return discordTime(instant / 1000, 'F', locale, instant)
}

/** Beside an author's name: the hour today, otherwise date and hour. */
export function messageTime(instant: number, locale: string, now: number): string {
  const isToday = new Date(instant).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(
    locale,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' },
  ).format(instant)
}

export function dayName(instant: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(instant)
}
