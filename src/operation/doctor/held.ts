/** How far back what is held reaches, and how much it is. */
import type { Held } from '../../storage/held.ts'
import { type Finding, ok } from './finding.ts'

const dayMs = 24 * 60 * 60 * 1000

export function sayHeld({ rows, oldest }: Held, now: number): readonly Finding[] {
  if (rows.article === undefined) return []
  const days = (at: number | undefined): string =>
    at === undefined ? 'none' : `${Math.max(0, Math.floor((now - at) / dayMs))} days back`
  const counts = Object.entries(rows).map(([table, count]) => `${table} ${count}`)
  return [
    ok(
      'retention',
      `articles ${days(oldest.article)}, full texts ${days(oldest.body)}, editions ${days(oldest.edition)}.`,
    ),
    ok('rows', `${counts.join(', ')}.`),
  ]
}
