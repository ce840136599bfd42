/** Times and zone as an owner typed them → a schedule, or the sentence that says how to write it. */
import type { Schedule } from '../digest/schedule.ts'
import { readSchedule, readZone, type ScheduleProblem } from '../digest/typed-schedule.ts'
import { UserError } from '../errors.ts'
import { isTextKey, sayIn } from './text/say.ts'
import { foreign } from './views/foreign.ts'

/**
 * What is not typed stays as it stands; a zone may be typed with the times or alone, but only one.
 * Errors: `UserError` that says how to type it.
 */
export function readTypedTimes(
  typed: { readonly times?: string | undefined; readonly zone?: string | undefined },
  standing: Schedule,
  locale: string,
): Schedule {
  const zone = typed.zone === undefined ? undefined : readTypedZone(typed.zone, standing.zone, locale)
  const defaults = zone === undefined ? standing : { ...standing, zone }
  const read = readSchedule(typed.times ?? '', locale, defaults)
  if (read.kind === 'problem') throw problemError(read)
  if (zone !== undefined && read.schedule.zone !== zone) {
    const facts = { one: zone, other: read.schedule.zone }
    throw problemError({ kind: 'problem', code: 'zone-two', facts })
  }
  return read.schedule
}

/** `home`: the zone that is set already. Errors: as above. */
export function readTypedZone(typed: string, home: string, locale: string): string {
  const read = readZone(typed, locale, home)
  if (read.kind === 'problem') throw problemError(read)
  return read.zone
}

/** What was typed is foreign, and shown as such. */
function problemError({ code, facts }: ScheduleProblem): UserError {
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, fact]): [string, string | number] => [
      name,
      typeof fact === 'string' ? foreign(fact, 200) : fact,
    ]),
  )
  const key = `error.${code}`
  return new UserError(code, isTextKey(key) ? sayIn('en')(key, shown) : code, shown)
}
