/**
 * Discord's ids (reference.mdx, Snowflakes): milliseconds since 2015 in the upper 42 bits, so that they sort by time.
 * They never repeat and never go back, even where the clock stands still or jumps back.
 */
import type { Snowflake } from './wire.ts'

const discordEpoch = 1_420_070_400_000

/** A source of ids that increase with `now` (milliseconds since 1970). */
export function createSnowflakes(now: () => number): () => Snowflake {
  let last = 0n
  return () => {
    const candidate = BigInt(Math.max(0, Math.trunc(now()) - discordEpoch)) << 22n
    last = candidate > last ? candidate : last + 1n
    return String(last)
  }
}

/** When an id was made, in milliseconds since 1970. */
export function timeOf(id: Snowflake): number {
  return Number(BigInt(id) >> 22n) + discordEpoch
}

/** Whether a text can be an id at all. */
export function isSnowflake(text: string): boolean {
  return /^\d{1,20}$/.test(text)
}

/** -1, 0 or 1: ids are compared as numbers, as they may differ in length. */
export function compareSnowflakes(a: Snowflake, b: Snowflake): number {
  const [x, y] = [BigInt(a), BigInt(b)]
  return x < y ? -1 : x > y ? 1 : 0
}
