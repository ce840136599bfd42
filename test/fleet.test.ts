/**
 * One bot in many processes, and any of them may die at any moment: three that publish, two that poll, two that hold the gateway's shards, on one
 * PostgreSQL. They are killed at random (SIGKILL, SIGTERM, the database's connections), while Discord limits, fails, drops and hangs. In the
 * end every promised message stands once and shows once what its source corrected, every article was taken in once, what the dead had begun was
 * taken up by the first who looked after its lease, and whoever had no answer had asked somebody whom one of these things befell.
 *
 *   FLEET_SEED    what the test leaves to chance follows from it, 1 by default; the machines and their order add their own
 *   FLEET_KILLS   how often at least a process is killed; 150 by `npm run chaos`. Without it the test says that it skipped: seven processes want
 *                 the machine for themselves
 */
import assert from 'node:assert/strict'
import { seededRandom } from './bench/random.ts'
import { audit, unsettledAt } from './support/chaos-world.ts'
import { endConnections, testOn } from './support/engines.ts'
import { openFleet, type Station } from './support/fleet.ts'
import { silencesOf, watchSessions } from './support/fleet-asked.ts'
import { watchCorrections } from './support/fleet-corrections.ts'
import { driveUntil, type NextDue, startKiller } from './support/fleet-drive.ts'
import { articlesAmiss, feedsHurried, heldByTheDead } from './support/fleet-judge.ts'
import { answeredTwice, openHappenings, startAsking } from './support/fleet-people.ts'
import { leasesMs, takeoversOf } from './support/fleet-takeovers.ts'
import {
  type FleetWorld,
  isCorrected,
  nextToPoll,
  nextToSend,
  openFleetWorld,
  slotAfter,
  slotNoticedMs,
  slotsOf,
  untakenOf,
} from './support/fleet-world.ts'
import { beforeClose } from './support/standin.ts'
import { watchClaims } from './support/watched-claims.ts'

const seed = Number(process.env.FLEET_SEED ?? 1)
const wanted = process.env.FLEET_KILLS
const kills = Number(wanted ?? 5)
const leastSlots = 2
const deliveryLeaseMs = 10_000
const roleLeaseMs = 3000
/** What a kill and what follows from it take on a machine that has other things to do. */
const longestPerKillMs = 30_000

const stations: readonly Station[] = [
  { name: 'gateway-0', roles: ['gateway'], shards: { ids: [0], count: 2 } },
  { name: 'gateway-1', roles: ['gateway'], shards: { ids: [1], count: 2 } },
  { name: 'poll-0', roles: ['poll'] },
  { name: 'poll-1', roles: ['poll'] },
  { name: 'publish-0', roles: ['publish'] },
  { name: 'publish-1', roles: ['publish'] },
  { name: 'publish-2', roles: ['publish'] },
]

const name = `killed ${kills} times (seed ${seed}), seven processes lose nothing and double nothing`

const options = {
  timeout: 180_000 + kills * longestPerKillMs,
  skip: wanted === undefined && 'npm run chaos runs it, or FLEET_KILLS=5',
}

testOn('PostgreSQL', name, options, async (t) => {
  const random = seededRandom(seed)
  const world = await openFleetWorld(t, random)
  const { db, discord, clock } = world
  await watchClaims(db)
  const sessions = watchSessions(discord)
  const corrections = watchCorrections(world)
  const urlOf = (process: string) => databaseUrlOf(world, process)
  const fleet = openFleet({
    stations,
    clock,
    random,
    cut: (process) => endConnections(urlOf(process)),
    startOf: (process) => startOf(world, process),
  })
  beforeClose(discord, fleet.close)
  const drive = (isSo: () => Promise<boolean>, due: NextDue = nextToSend) =>
    driveUntil(world, fleet, isSo, due, t.signal)
  await drive(async () => (await db.selectFrom('digest').select('id').execute()).length === 3)
  await world.subscribe()

  const killer = startKiller({
    discord,
    fleet,
    random,
    kills,
    leaseMs: deliveryLeaseMs,
    over: t.signal,
  })
  const askers = startAsking(world, random, t.signal)
  const happenings = await openHappenings(t, world)
  const isTakenIn = async (): Promise<boolean> => {
    const { unheld, unplaced } = await untakenOf(world)
    return unheld + unplaced === 0
  }
  const slots: number[] = []
  while (killer.harm.killed < kills || slots.length < leastSlots) {
    world.publishNews()
    await drive(isTakenIn, nextToPoll)
    await happenings.happen()
    const slot = slotAfter(clock.now())
    await drive(
      async () => clock.now() >= slot,
      async (at) => Math.min(slot + slotNoticedMs, (await nextToSend(at)) ?? slot + slotNoticedMs),
    )
    slots.push(slot)
    await drive(async () => {
      const isPosted = (await unsettledAt(world, slot)) === 0
      return isPosted && (await happenings.isTold()) && (await isCorrected(world))
    })
  }
  await killer.stop()
  await askers.stop()

  const found = await audit(world, await slotsOf(world), { isJudged: happenings.isJudged, maySkip: true })
  const leases = { ...leasesMs, delivery: deliveryLeaseMs, role_lease: roleLeaseMs }
  const takeovers = await takeoversOf(db, fleet, leases)
  const shown = await corrections.judge(happenings.isJudged)
  const tracing = { discord, fleet, sessions, troubledAt: killer.troubledAt, shards: 2 }
  const silences = silencesOf(askers.asked, tracing)
  const hurried = await feedsHurried(world, fleet)
  const amiss = await articlesAmiss(world, happenings.isJudged)
  const ends = Object.groupBy(fleet.crews(), (crew) => crew.end()?.how ?? 'alive')
  const endCounts = Object.fromEntries(Object.entries(ends).map(([how, crews]) => [how, crews.length]))
  const { lost, doubled, otherEnds, ...figures } = found
  const { amiss: miscorrected, ...correctedCounts } = shown
  const unanswered = askers.asked.filter(({ answer }) => answer.kind === 'failed').length
  const print = (what: object): void => t.diagnostic(JSON.stringify(what))
  print({ seed, slots: slots.length, ...killer.harm, ends: endCounts, ...figures })
  print({ takeovers: takeovers.kinds })
  print({ asked: askers.asked.length, unanswered, causes: silences.causes })
  print({ ...happenings.counts(), ...correctedCounts })
  print([...fleet.logged()].sort((a, b) => b[1] - a[1]).slice(0, 40))
  print(fleet.crews().flatMap((crew) => crew.reason() ?? []))
  assert.deepEqual([lost, doubled, otherEnds], [[], [], []])
  assert.equal(found.kept, found.promised)
  assert.equal(found.uncrossposted, 0)
  assert.ok(found.ofSeveralParts > found.promised / 2)
  assert.deepEqual(takeovers.wrong, [])
  assert.deepEqual(silences.unexplained, [])
  assert.deepEqual(miscorrected, [])
  assert.deepEqual(amiss, [])
  assert.deepEqual(hurried, [])
  assert.deepEqual(happenings.amiss(), [])
  assert.deepEqual(answeredTwice(discord), [])
  assert.equal(await heldByTheDead(db, clock.now() - deliveryLeaseMs), 0)
  assert.deepEqual(
    [ends.fell ?? [], ends.stuck ?? []].flat().map((crew) => crew.name),
    [],
  )
  assert.ok(killer.harm.killed >= kills)
})

function databaseUrlOf({ databaseUrl }: FleetWorld, process: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('application_name', `${url.searchParams.get('application_name')}.${process}`)
  return url.href.replaceAll('+', '%20')
}

function startOf(world: FleetWorld, process: string) {
  const { discord, digestsDir, host } = world
  return {
    discordApiUrl: discord.api,
    databaseUrl: databaseUrlOf(world, process),
    digestsDir,
    allowedHosts: [host],
    contact: `https://fleet.example/${process}`,
    pollEveryMs: 200,
    scanEveryMs: 300,
    tellEveryMs: 200,
    requestTimeoutMs: 3000,
    deliveryLeaseMs,
    roleLeaseMs,
    logLevel: 'warn' as const,
  }
}
