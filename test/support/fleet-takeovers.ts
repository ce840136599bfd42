/**
 * What dead processes left, and who took it up: every claim, by kind. A lease ends by the clock of the fleet, which jumps; from then on no
 * time is measured but looks are counted: how often one living process looked for work, found nothing to do and passed the claim by. So a slow
 * machine is no failure, and a claim that nobody can see is one.
 */
import type { RoleName } from '../../src/digest/role.ts'
import type { Database } from '../../src/storage/database.ts'
import type { Crew, Fleet } from './fleet.ts'
import { type ClaimChange, type Claimed, claimChanges, type Look, looksInVain } from './watched-claims.ts'

/** How long a claim of each kind holds that is not renewed; the two that a process is started with are handed in. */
export const leasesMs = {
  follow: 60_000,
  notice: 60_000,
  correction_edit: 60_000,
  crosspost: 20_000,
  source: 10 * 60_000,
} as const

export type LeasesMs = Readonly<Record<Claimed, number>>

/** Where looks for work cannot be seen, others of the same processes show that they are at work: who polls asks for a role, who tells looks at follows. */
const seenBy: Readonly<Record<Claimed, { readonly table: Claimed; readonly key?: RoleName }>> = {
  delivery: { table: 'delivery' },
  follow: { table: 'follow' },
  notice: { table: 'follow' },
  correction_edit: { table: 'correction_edit' },
  crosspost: { table: 'crosspost' },
  role_lease: { table: 'role_lease' },
  source: { table: 'role_lease', key: 'editorial' },
}
/** A look may be on its way as a lease ends, and another process in the midst of taking the claim. Where others stand for looks, there are more. */
const mostLooks: Readonly<Record<Claimed, number>> = {
  delivery: 10,
  follow: 10,
  notice: 60,
  correction_edit: 10,
  crosspost: 10,
  role_lease: 4,
  source: 60,
}
/** No time of the fleet is lost while nobody has them: a feed that is due waits for the next news, and a role for the database's clock. */
const mayWait: ReadonlySet<Claimed> = new Set(['source', 'role_lease'])
/** Nobody need take these up: all is well again before there is anything to tell, or the last news are there already. */
const mayStay: ReadonlySet<Claimed> = new Set(['notice', ...mayWait])
/** Clocks of several processes show the same but for this. */
const skewMs = 10

export interface TakeoversOfKind {
  /** Claims that processes died with. */
  left: number
  /** Of these, taken up by another process. */
  taken: number
  /** From the end of the lease to the next claim, as the machine's clock went: a jump is none of it. Nothing is asserted of it. */
  longestAfterLeaseMs: number
  /** Looks in vain of one process after the lease. */
  mostLooks: number
}

export interface Takeovers {
  readonly kinds: Readonly<Partial<Record<Claimed, TakeoversOfKind>>>
  /** Claims that were given for longer than a lease, taken before it was over, or passed by or left after it: each in a sentence. */
  readonly wrong: readonly string[]
}

/** What is asked of a fleet. */
export interface Watched extends Pick<Fleet, 'clockAt' | 'machineAtOf'> {
  readonly crews: () => readonly Pick<Crew, 'name' | 'end' | 'halts'>[]
}

/** To be asked when nothing is left to be posted, told or corrected. */
export async function takeoversOf(db: Database, fleet: Watched, leases: LeasesMs): Promise<Takeovers> {
  const changes = await claimChanges(db)
  const looks = await looksInVain(db)
  const crews = new Map(fleet.crews().map((crew) => [crew.name, crew]))
  const kinds: Partial<Record<Claimed, TakeoversOfKind>> = {}
  const wrong: string[] = []
  const lastPolls = lastLeaseOf(changes)
  for (const ofRow of Map.groupBy(changes, ({ table, key }) => `${table} ${key}`).values()) {
    for (const [index, change] of ofRow.entries()) {
      const next = ofRow[index + 1]
      const { table } = change
      if (change.owner === undefined || change.isSettled || isGivenBack(change, next)) continue
      // A role is leased by the clock of the database, which is the machine's.
      const shown = (machineAt: number) => (table === 'role_lease' ? machineAt : fleet.clockAt(machineAt))
      const what = `${table} ${change.key} of ${change.by}`
      const early = next === undefined ? 0 : change.until - shown(next.machineAt)
      if (next?.owner !== undefined && early > skewMs)
        wrong.push(`${what} was taken by ${next.by} ${early} ms too early`)
      const end = crews.get(change.by)?.end()
      if (end === undefined) continue
      const heldMs = change.until - shown(end.machineAt)
      if (heldMs > leases[table] + skewMs) wrong.push(`${what} was held for ${heldMs} ms after its end`)
      // Its host is whoever's last asked it.
      const until = table === 'source' ? (lastPolls.get(change.by) ?? change.until) : change.until
      const from = table === 'role_lease' ? until : fleet.machineAtOf(until)
      const passedBy = mostLooksOfOne(looks, change, { from, to: next?.machineAt }, fleet.crews())
      if (passedBy > mostLooks[table]) wrong.push(`${what} was passed by ${passedBy} times after its lease`)
      const kind = kinds[table] ?? { left: 0, taken: 0, longestAfterLeaseMs: 0, mostLooks: 0 }
      kinds[table] = kind
      kind.left += 1
      kind.mostLooks = Math.max(kind.mostLooks, passedBy)
      if (next === undefined) {
        if (!mayStay.has(table)) wrong.push(`${what} was never taken up`)
        continue
      }
      kind.taken += 1
      const afterMs = Math.max(0, next.machineAt - Math.max(from, end.machineAt))
      kind.longestAfterLeaseMs = Math.max(kind.longestAfterLeaseMs, afterMs)
      const jumpedMs = fleet.clockAt(next.machineAt) - fleet.clockAt(Math.max(from, end.machineAt)) - afterMs
      if (!mayWait.has(table) && jumpedMs > skewMs)
        wrong.push(`${what} was due as the clock went on by ${jumpedMs} ms`)
    }
  }
  return { kinds, wrong }
}

/** By its owner, or renewed, or settled. */
function isGivenBack(change: ClaimChange, next: ClaimChange | undefined): boolean {
  if (next === undefined) return false
  if (next.owner === change.owner) return true
  return next.owner === undefined && next.by === change.by
}

/** By process, until when it has its last source. */
function lastLeaseOf(changes: readonly ClaimChange[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>()
  for (const { table, by, owner, until } of changes)
    if (table === 'source' && owner !== undefined) last.set(by, Math.max(until, last.get(by) ?? 0))
  return last
}

/** Of the process that looked most often. While anybody stands still, whoever does may be in the midst of taking it. */
function mostLooksOfOne(
  looks: readonly Look[],
  { table, key }: ClaimChange,
  { from, to = Number.POSITIVE_INFINITY }: { readonly from: number; readonly to: number | undefined },
  crews: ReturnType<Watched['crews']>,
): number {
  const halts = crews.flatMap((crew) => crew.halts())
  const seen = seenBy[table]
  const wanted = table === 'role_lease' ? key : seen.key
  const passed = looks.filter(
    (look) =>
      look.table === seen.table &&
      (wanted === undefined || look.key === wanted) &&
      look.machineAt > from &&
      look.machineAt < to &&
      !halts.some((halt) => look.machineAt >= halt.from && look.machineAt <= halt.to),
  )
  const counts = [...Map.groupBy(passed, ({ by }) => by).values()].map((ofOne) => ofOne.length)
  return Math.max(0, ...counts)
}
