/**
 * Paired bootstrap (B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993; for summaries, C.-Y. Lin, 2004):
 * the interval in which the mean of `differences` lies in 95 of 100 resamplings. The seed is fixed, so that a run can be
 * repeated.
 */
import { seededRandom } from './random.ts'

const RESAMPLINGS = 2000

export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export function bootstrap(differences: readonly number[], seed = 1): Interval {
  const random = seededRandom(seed)
  const count = differences.length
  const means = Array.from({ length: RESAMPLINGS }, () => {
    let sum = 0
    for (let draw = 0; draw < count; draw++) sum += differences[Math.floor(random() * count)] ?? 0
    return sum / Math.max(1, count)
  }).sort((a, b) => a - b)
  const mean = differences.reduce((sum, value) => sum + value, 0) / Math.max(1, count)
  return {
    mean,
    low: means[Math.floor(RESAMPLINGS * 0.025)] ?? 0,
    high: means[Math.floor(RESAMPLINGS * 0.975)] ?? 0,
  }
}
