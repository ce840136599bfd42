/**
 * Who keeps a story's id when groups of articles are drawn anew: the group that holds most of its articles. Of two
 * stories that become one, the larger keeps its id, among equals the older. A group that inherits nothing is new.
 */

/** A group as it was: its key orders by age, older first. */
export interface Former {
  readonly key: number
  readonly members: Iterable<number>
}

/** For each new group (lists of members) the key of the former group whose id it keeps, or undefined for a new one. */
export function inheritKeys(
  former: readonly Former[],
  groups: readonly (readonly number[])[],
): (number | undefined)[] {
  const formerOf = new Map<number, number>()
  for (const { key, members } of former) for (const member of members) formerOf.set(member, key)
  const overlaps: { readonly group: number; readonly key: number; readonly size: number }[] = []
  for (const [group, members] of groups.entries()) {
    const sizes = new Map<number, number>()
    for (const member of members) {
      const key = formerOf.get(member)
      if (key !== undefined) sizes.set(key, (sizes.get(key) ?? 0) + 1)
    }
    for (const [key, size] of sizes) overlaps.push({ group, key, size })
  }
  overlaps.sort((a, b) => b.size - a.size || a.key - b.key || a.group - b.group)
  const keys = groups.map((): number | undefined => undefined)
  const given = new Set<number>()
  for (const { group, key } of overlaps) {
    if (keys[group] !== undefined || given.has(key)) continue
    keys[group] = key
    given.add(key)
  }
  return keys
}
