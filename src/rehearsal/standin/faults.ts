/** Faults on purpose: which request meets which. The server carries them out. */
import type { EndpointFaults, FaultEffect, FaultRule, FaultSwitch, GatewayFaults } from './types.ts'

export interface FaultBook {
  readonly switch: FaultSwitch
  /** The effect for this request, if any; counts it. */
  strike(method: string, path: string): FaultEffect | undefined
}

interface Entry {
  readonly rule: FaultRule
  skipped: number
  struck: number
}

/** `random` decides faults with a probability; `letGo` ends what hangs. */
export function createFaults(
  random: () => number,
  { gateway, endpoint }: { readonly gateway: GatewayFaults; readonly endpoint: EndpointFaults },
  letGo: () => void,
): FaultBook {
  const entries = new Set<Entry>()
  return {
    switch: {
      gateway,
      endpoint,
      inject(rule) {
        const entry: Entry = { rule, skipped: 0, struck: 0 }
        entries.add(entry)
        return () => entries.delete(entry)
      },
      clear() {
        entries.clear()
        letGo()
      },
    },
    strike(method, path) {
      for (const entry of entries) {
        if (isHit(entry, method, path, random)) return entry.rule.effect
      }
      return undefined
    },
  }
}

function isHit(entry: Entry, method: string, path: string, random: () => number): boolean {
  const { rule } = entry
  if (rule.method !== undefined && rule.method !== method) return false
  if (
    rule.path !== undefined &&
    !new RegExp(rule.path.source, rule.path.flags.replaceAll(/[gy]/g, '')).test(path)
  )
    return false
  if (entry.skipped < (rule.skip ?? 0)) {
    entry.skipped += 1
    return false
  }
  if (entry.struck >= (rule.times ?? 1)) return false
  if (rule.probability !== undefined && random() >= rule.probability) return false
  entry.struck += 1
  return true
}

/** Numbers in [0, 1) that are the same on every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
