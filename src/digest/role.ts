/** Work that only one process does at a time: it keeps in memory what it decides by, or once is enough. */
import type { WorkerId } from './ledger.ts'

/**
 * `editorial`: articles are put into stories, stories summarised, the folder of digests taken in. `upkeep`: what is old goes.
 * `registration`: commands are registered with Discord, for a moment.
 */
export type RoleName = 'editorial' | 'upkeep' | 'registration'

/** Who has which role. A lease is measured by the clock of the database: those of the processes may differ. */
export interface RoleLeases {
  /** Takes or keeps a role for so long; false where another process has it. */
  readonly take: (name: RoleName, owner: WorkerId, leaseMs: number) => Promise<boolean>
  /** Leaves it to whoever comes next. */
  readonly giveUp: (name: RoleName, owner: WorkerId) => Promise<void>
}
