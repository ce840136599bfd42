/** The limits that all requests of a process keep: alone, or together with the other processes on its database. */
import type { RestBudget } from '../digest/rest-budget.ts'
import type { Log } from '../log.ts'
import { createPace, usualPace } from './pace.ts'
import { createRefusalBudget, usualBudget } from './refusal-budget.ts'
import type { RequestLimits } from './requests.ts'

export interface LimitOptions {
  /** What the processes share; undefined where this one is alone. */
  readonly restBudget?: RestBudget | undefined
  /** Refusals within ten minutes at which posting pauses. */
  readonly mostRefusals?: number | undefined
  readonly log: Log
}

export function openLimits({ restBudget, mostRefusals = usualBudget, log }: LimitOptions): RequestLimits {
  const budget = createRefusalBudget({ most: mostRefusals })
  const shared = restBudget === undefined ? undefined : { restBudget, refusals: budget, log }
  return { budget, pace: createPace(usualPace, undefined, shared) }
}
