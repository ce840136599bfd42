/** Why a slot passed without a post, as the ledger keeps it. Put into words where people read it. */
export const skipReasons = {
  /** No story that the subscription had not carried. */
  nothing: 'nothing new',
  /** The bot was away for longer than it catches up. */
  missed: 'missed for longer than the catch-up window',
  /** Its stories come in a later slot. */
  folded: 'folded into a later slot',
  paused: 'paused',
} as const

export type SkipKind = keyof typeof skipReasons

/** Undefined for a reason that this version does not know. */
export function skipKindOf(reason: string | null): SkipKind | undefined {
  const kinds: readonly SkipKind[] = ['nothing', 'missed', 'folded', 'paused']
  return kinds.find((kind) => skipReasons[kind] === reason)
}
