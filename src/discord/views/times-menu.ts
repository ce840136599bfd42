/** A menu of the times that most people choose; others that stand are offered first. */
import type { APIActionRowComponent, APIStringSelectComponent } from 'discord-api-types/v10'
import type { Schedule } from '../../digest/schedule.ts'
import { sayHours } from '../../digest/schedule-words.ts'
import { usualCodeOf, usualTimes } from '../../digest/usual-times.ts'
import type { Action } from '../custom-id.ts'
import type { Say } from '../text/say.ts'
import { label } from './foreign.ts'
import { menu } from './layout.ts'
import { limits } from './limits.ts'

/** Stands for times that are not among the usual ones; choosing it changes nothing. */
export const standingCode = 'standing'

export function timesMenu(
  action: Action,
  standing: Schedule,
  say: Say,
): APIActionRowComponent<APIStringSelectComponent> {
  const chosen = usualCodeOf(standing)
  const others = usualTimes.map(({ code, times, weekdays }) => ({
    label: label(sayHours({ times, weekdays, zone: standing.zone }, say.locale), limits.optionLabel),
    value: code,
    default: code === chosen,
  }))
  const own = {
    label: label(sayHours(standing, say.locale), limits.optionLabel),
    value: standingCode,
    default: true,
  }
  return menu(action, say('setup.pickTimes'), chosen === undefined ? [own, ...others] : others)
}
