/**
 * Keeps a role for this process, or waits for it: while another has it, this one does nothing of that work, and takes over within a lease
 * after the other has ended or was cut off. Whoever could not renew in time counts as having lost it, whatever the database would say.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { WorkerId } from '../digest/ledger.ts'
import type { RoleLeases, RoleName } from '../digest/role.ts'
import type { Log } from '../log.ts'
import { startRepeating } from './repeat.ts'

export interface RoleJob {
  readonly leases: RoleLeases
  readonly name: RoleName
  readonly worker: WorkerId
  readonly leaseMs?: number
  readonly onTaken: () => void
  readonly onLost: () => void
  readonly log: Log
}

export interface Role {
  readonly isOurs: () => boolean
  /** Leaves the role to others. */
  readonly stop: () => Promise<void>
}

const usualLeaseMs = 15_000
/** So often within its time a lease is renewed. */
const renewalsALease = 4

/** Between two looks for a role that another has for a moment. */
const turnEveryMs = 250

/** Does what is done in a moment when no other process does it. One that dies over it is waited for as long as its lease. */
export async function inTurn<Result>(
  { leases, name, worker, leaseMs = usualLeaseMs }: Pick<RoleJob, 'leases' | 'name' | 'worker' | 'leaseMs'>,
  work: () => Promise<Result>,
): Promise<Result> {
  while (!(await leases.take(name, worker, leaseMs))) await pause(turnEveryMs)
  try {
    return await work()
  } finally {
    await leases.giveUp(name, worker)
  }
}

/** Resolves when it is known whether the role is this process's for now. */
export async function startRole(job: RoleJob): Promise<Role> {
  const { leases, name, worker, leaseMs = usualLeaseMs, log } = job
  let heldUntil = 0
  let wasOurs = false
  const isOurs = (): boolean => performance.now() < heldUntil

  const look = async (): Promise<void> => {
    const asked = performance.now()
    const isTaken = await leases.take(name, worker, leaseMs).catch((error: unknown) => {
      log.error({ err: error, role: name }, 'role.unrenewed')
      return undefined
    })
    // Without an answer the lease stands for as long as it was given.
    if (isTaken !== undefined) heldUntil = isTaken ? asked + leaseMs : 0
    if (isOurs() === wasOurs) return
    wasOurs = isOurs()
    log.info({ role: name }, wasOurs ? 'role.taken' : 'role.lost')
    if (wasOurs) job.onTaken()
    else job.onLost()
  }
  await look()
  const looking = startRepeating(leaseMs / renewalsALease, look, log)
  return {
    isOurs,
    stop: async () => {
      await looking.stop()
      heldUntil = 0
      await leases
        .giveUp(name, worker)
        .catch((error: unknown) => log.error({ err: error, role: name }, 'role.kept'))
    },
  }
}
