/**
 * One post per subscription and slot, whatever kills the bot and whatever Discord does: the real bot in a process of its own is killed
 * (SIGKILL) again and again, at random and at the worst moments, while the stand-in limits, fails, drops, hangs and closes the
 * gateway. In the end every promised message stands in its channel exactly once.
 *
 *   CHAOS_SEED    what the test leaves to chance follows from it, 1 by default; the machine adds its own
 *   CHAOS_KILLS   how often at least the bot is killed; 5 by default, 200 by `npm run chaos`, thousands for a night
 *
 * A kill is counted where the bot had work to do.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StandIn } from '../src/rehearsal/standin/types.ts'
import { below, pick, seededRandom } from './bench/random.ts'
import { audit, type ChaosWorld, openChaosWorld, unsettledAt } from './support/chaos-world.ts'
import { injectFaults, type Random } from './support/discord-faults.ts'
import { type Life, openLives } from './support/lives.ts'

const seed = Number(process.env.CHAOS_SEED ?? 1)
const kills = Number(process.env.CHAOS_KILLS ?? 5)
/** A slot bears more kills than this. */
const killsASlot = 5
/** What one life takes on a machine that has other things to do. */
const longestLifeMs = 15_000

const name = `killed ${kills} times (seed ${seed}), the bot loses nothing and doubles nothing`

test(name, { timeout: 120_000 + kills * longestLifeMs }, async (t) => {
  const random = seededRandom(seed)
  const world = await openChaosWorld(t, Math.ceil(kills / killsASlot), seed)
  const lives = openLives(1)
  t.after(lives.close)
  const counts = { lives: 0, killed: 0, terminated: 0, stuck: 0, idle: 0 }
  const past: number[] = []
  for (const slot of world.slots) {
    if (counts.killed >= kills) break
    past.push(slot)
    world.clock.moveTo(slot + 100)
    while ((await unsettledAt(world, slot)) > 0) {
      const end = await live(await lives.begin(startOf(world)), world, random)
      counts.lives += 1
      counts[end] += 1
      world.discord.faults.clear()
      world.clock.moveTo(world.clock.now() + pick(random, jumps))
    }
  }
  const found = await audit(world, past)
  const { lost, doubled, otherEnds, ...figures } = found
  t.diagnostic(JSON.stringify({ seed, slots: past.length, ...counts, ...figures }))
  assert.deepEqual([lost, doubled, otherEnds], [[], [], []])
  assert.equal(found.kept, found.promised)
  assert.ok(found.ofSeveralParts > found.promised / 2)
  assert.equal(found.uncrossposted, 0)
  assert.equal(counts.stuck, 0)
  assert.ok(counts.killed >= kills)
})

/** Between two lives: hardly any time, beyond the pause of a delivery that was put off, or beyond what Discord remembers a nonce for. */
const jumps = [0, 0, 0, 25_000, 25_000, 100_000, 200_000]

function startOf({ discord, databaseUrl, digestsDir, clock }: ChaosWorld) {
  return {
    discordApiUrl: discord.api,
    databaseUrl,
    digestsDir,
    at: clock.now(),
    requestTimeoutMs: 400,
    logLevel: 'silent' as const,
  }
}

type End = 'killed' | 'terminated' | 'stuck' | 'idle'

/** A bot that is asked to end has ended by then. */
const longestStopMs = 10_000

/** One run of the bot: until it is killed, or until it has done what it could. */
async function live(life: Life, { discord }: ChaosWorld, random: Random): Promise<End> {
  let end: End | undefined
  const kill = (): void => {
    end ??= 'killed'
    life.kill()
  }
  const stops = [injectFaults(discord, random), ambush(discord, random, kill)]
  const timers: NodeJS.Timeout[] = []
  life.onMessage((message) => {
    if (message.kind === 'failed') throw new Error(message.reason)
    if (message.kind !== 'ticked') return
    end ??= 'idle'
    life.kill()
  })
  if (random() < 0.05) {
    const stop = (): void => {
      if (end !== undefined) return
      end = 'terminated'
      life.terminate()
      timers.push(
        setTimeout(() => {
          end = 'stuck'
          life.kill()
        }, longestStopMs),
      )
    }
    timers.push(setTimeout(stop, below(random, 500)))
  }
  await life.ended
  for (const timer of timers) clearTimeout(timer)
  for (const stop of stops) stop()
  return end ?? 'idle'
}

/** When the bot is to die: as Discord takes a message, as it answers, or at any time. */
function ambush({ world }: StandIn, random: Random, kill: () => void): () => void {
  const kind = random()
  let left = 1 + below(random, 6)
  if (kind < 0.4) {
    // Discord has the message, the bot has no answer.
    return world.subscribe((change) => {
      if (change.kind === 'message.created' && --left === 0) kill()
    })
  }
  if (kind < 0.8) {
    // The bot has the answer, or is about to; nothing, or something, or everything of it is recorded.
    const afterMs = below(random, 12)
    let timer: NodeJS.Timeout | undefined
    const stop = world.subscribe((change) => {
      const isPost = change.kind === 'request.answered' && change.request.method === 'POST'
      if (isPost && --left === 0) timer = setTimeout(kill, afterMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }
  const timer = setTimeout(kill, below(random, 700))
  return () => clearTimeout(timer)
}
