/**
 * How often one member may ask: a bucket that holds a few commands and fills again with time (the token bucket of J. Turner,
 * "New directions in communications", IEEE Communications 24, 1986). Presses cost little, what is fetched from outside costs
 * much. Held in memory, for those who asked of late: a restart forgives.
 */
import type { Instant } from '../article/article.ts'

export interface Cooldown {
  /** Takes what an interaction costs. Returns 0 where it may go on, else the milliseconds until it may. */
  readonly take: (member: string, cost: number, now: Instant) => number
}

export const costs = { press: 1, command: 2, costly: 6 } as const

const bucketSize = 24
const perSecond = 1
/** Beyond so many members, those whose buckets are full again are forgotten. */
const mostMembers = 20_000

export function createCooldown(): Cooldown {
  const buckets = new Map<string, { level: number; at: Instant }>()
  const levelOf = (bucket: { level: number; at: Instant }, now: Instant): number =>
    Math.min(bucketSize, bucket.level + (Math.max(0, now - bucket.at) / 1000) * perSecond)
  return {
    take: (member, cost, now) => {
      const bucket = buckets.get(member)
      const level = bucket === undefined ? bucketSize : levelOf(bucket, now)
      if (level < cost) return Math.ceil(((cost - level) / perSecond) * 1000)
      buckets.delete(member)
      buckets.set(member, { level: level - cost, at: now })
      if (buckets.size > mostMembers) {
        for (const [id, each] of buckets) if (levelOf(each, now) >= bucketSize) buckets.delete(id)
        const [oldest] = buckets.keys()
        if (oldest !== undefined && buckets.size > mostMembers) buckets.delete(oldest)
      }
      return 0
    },
  }
}
