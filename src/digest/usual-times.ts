/** The times that most people choose, offered so that they need not be typed. */
import { type Schedule, type Weekday, weekdays } from './schedule.ts'

interface UsualTimes {
  /** Stands for it in a menu; never changes its meaning. */
  readonly code: string
  readonly times: readonly string[]
  readonly weekdays: readonly Weekday[]
}

const workdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']
const usual = (days: readonly Weekday[], ...times: readonly string[]): UsualTimes => ({
  code: `${times.join('+')}${days === workdays ? '/workdays' : ''}`,
  times,
  weekdays: days,
})

export const usualTimes: readonly UsualTimes[] = [
  usual(weekdays, '07:00'),
  usual(weekdays, '07:30'),
  usual(weekdays, '08:00'),
  usual(weekdays, '12:00'),
  usual(weekdays, '18:00'),
  usual(weekdays, '20:00'),
  usual(workdays, '07:30'),
  usual(workdays, '12:00'),
  usual(weekdays, '07:30', '18:00'),
  usual(weekdays, '08:00', '20:00'),
  usual(workdays, '07:30', '17:00'),
  usual(weekdays, '08:00', '13:00', '19:00'),
]

/** The code of these times, where they are usual. */
export function usualCodeOf(schedule: Schedule): string | undefined {
  if ('cron' in schedule) return undefined
  const key = keyOf(schedule)
  return usualTimes.find((each) => keyOf(each) === key)?.code
}

/** Undefined for a code that stands for nothing. */
export function usualSchedule(code: string, zone: string): Schedule | undefined {
  const found = usualTimes.find((each) => each.code === code)
  return found && { times: found.times, weekdays: found.weekdays, zone }
}

function keyOf({ times, weekdays: days }: Pick<UsualTimes, 'times' | 'weekdays'>): string {
  return `${[...times].sort().join()} ${weekdays.filter((day) => days.includes(day)).join()}`
}
