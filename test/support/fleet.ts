/**
 * Many processes of the bot at once, each with its roles, on one database: whoever ends is started again after a moment, until the fleet is
 * closed. All of them have one clock, and each has a name by which the database knows its connections.
 */
import { z } from 'zod'
import type { MovableClock } from '../../src/clock.ts'
import { below } from '../bench/random.ts'
import type { StartMessage } from './bot-process.ts'
import type { Random } from './discord-faults.ts'
import { type Life, openLives } from './lives.ts'

/** What is kept alive: one process at a time. */
export type Station = Pick<StartMessage, 'roles' | 'shards'> & { readonly name: string }

/** `failed`: it could not start. `fell`: it ended by itself. `stuck`: it was asked to end and did not. */
export type End = 'killed' | 'terminated' | 'failed' | 'fell' | 'stuck' | 'closed'

/** One process from its start to its end. */
export interface Crew {
  /** As the database knows it. */
  readonly name: string
  readonly station: Station
  readonly isReady: () => boolean
  readonly kill: () => void
  readonly terminate: () => void
  /** Stands still for so long, as on a machine that was suspended. */
  readonly halt: (ms: number) => void
  readonly isHalted: () => boolean
  /** When it stood still, by the clock of the machine. */
  readonly halts: () => readonly { readonly from: number; readonly to: number }[]
  /** Ends its connections to the database; gives how many. */
  readonly cut: () => Promise<number>
  readonly wasCut: () => boolean
  /** When its connections were ended, by the clock of the machine. */
  readonly cuts: () => readonly number[]
  /** When it was ready, by the clock of the machine. */
  readonly readyAt: () => number | undefined
  /** When it was asked to end, by the clock of the machine. */
  readonly askedToEndAt: () => number | undefined
  readonly ended: Promise<unknown>
  /** By the clock of the fleet and by that of the machine. */
  readonly end: () => { readonly how: End; readonly at: number; readonly machineAt: number } | undefined
  /** Why it could not start. */
  readonly reason: () => string | undefined
}

export interface Fleet {
  /** All there ever were, the oldest first. */
  readonly crews: () => readonly Crew[]
  readonly alive: () => readonly Crew[]
  /** Resolves when every process shows that instant. */
  readonly moveTo: (at: number) => Promise<void>
  /** What the clock showed at an instant of the machine's clock, and when it first showed that or more. */
  readonly clockAt: (machineAt: number) => number
  readonly machineAtOf: (at: number) => number
  /** What the processes logged as warnings and errors: how often each. */
  readonly logged: () => ReadonlyMap<string, number>
  readonly close: () => Promise<void>
}

export interface FleetOptions {
  readonly stations: readonly Station[]
  readonly clock: MovableClock
  readonly random: Random
  /** Ends the connections of a process of that name to the database. */
  readonly cut: (name: string) => Promise<number>
  /** The start of a process of that name, but for its roles. */
  readonly startOf: (name: string) => Omit<StartMessage, 'kind' | 'at' | 'roles' | 'shards'>
}

/** A process that was asked to end has ended by then, on a machine that has other things to do. */
const longestStopMs = 30_000
/** At most so long a station stays empty. */
const longestPauseMs = 800
/** After it stood still a process ends what it was in the midst of. */
const settlingMs = 2000

export function openFleet({ stations, clock, random, cut, startOf }: FleetOptions): Fleet {
  const lives = openLives(1)
  const crews: Crew[] = []
  const logged = new Map<string, number>()
  /** What the clock is ahead of the machine's, since when. */
  const moves = [{ machineAt: Number.NEGATIVE_INFINITY, aheadMs: clock.now() - Date.now() }]
  const tellers = new Map<Crew, (at: number) => Promise<void>>()
  let isClosed = false
  let beginning: Promise<unknown> = Promise.resolve()

  const begin = (station: Station): Promise<Crew | undefined> => {
    const begun = beginning.then(async () => {
      if (isClosed) return undefined
      const name = `${station.name}.${crews.length + 1}`
      const { roles, shards } = station
      const where = { ...(roles === undefined ? {} : { roles }), ...(shards === undefined ? {} : { shards }) }
      const showing = { at: clock.now(), machineAt: Date.now() }
      const life = await lives.begin({ ...startOf(name), ...where, ...showing })
      return enlist(name, station, life)
    })
    beginning = begun
    return begun
  }

  const enlist = (name: string, station: Station, life: Life): Crew => {
    let asked: End | undefined
    let askedAt: number | undefined
    let end: ReturnType<Crew['end']>
    let isReady = false
    let isHalted = false
    const cuts: number[] = []
    const halts: { readonly from: number; to: number }[] = []
    let readyAt: number | undefined
    let reason: string | undefined
    let moved: () => void = () => undefined
    const crew: Crew = {
      name,
      station,
      isReady: () => isReady,
      kill: () => {
        asked ??= isClosed ? 'closed' : 'killed'
        askedAt ??= Date.now()
        life.kill()
      },
      terminate: () => {
        if (asked !== undefined) return
        asked = 'terminated'
        askedAt = Date.now()
        isReady = false
        life.terminate()
        const patience = setTimeout(() => {
          asked = 'stuck'
          life.kill()
        }, longestStopMs)
        void life.ended.then(() => clearTimeout(patience))
      },
      halt: (ms) => {
        isHalted = true
        const halt = { from: Date.now(), to: Number.POSITIVE_INFINITY }
        halts.push(halt)
        life.halt()
        const timer = setTimeout(() => {
          isHalted = false
          life.goOn()
          halt.to = Date.now() + settlingMs
        }, ms)
        void life.ended.then(() => clearTimeout(timer))
      },
      isHalted: () => isHalted && end === undefined,
      cut: () => {
        cuts.push(Date.now())
        return cut(name)
      },
      wasCut: () => cuts.length > 0,
      cuts: () => cuts,
      halts: () => halts,
      readyAt: () => readyAt,
      askedToEndAt: () => askedAt,
      ended: life.ended.then(() => {
        end = {
          how: asked ?? (reason === undefined ? 'fell' : 'failed'),
          at: clock.now(),
          machineAt: Date.now(),
        }
        for (const halt of halts) halt.to = Math.min(halt.to, Date.now() + settlingMs)
        isReady = false
        tellers.delete(crew)
        moved()
      }),
      end: () => end,
      reason: () => reason,
    }
    life.onMessage((message) => {
      if (message.kind === 'started') {
        isReady = asked === undefined
        readyAt = Date.now()
      }
      if (message.kind === 'moved') moved()
      if (message.kind === 'failed') reason = message.reason
      if (message.kind === 'logged') {
        const what = eventOf(message.line)
        logged.set(what, (logged.get(what) ?? 0) + 1)
      }
    })
    const tell = (at: number): Promise<void> =>
      new Promise((resolve) => {
        moved = resolve
        life.tell({ kind: 'clock', at, machineAt: Date.now() })
        if (end !== undefined) resolve()
      })
    crews.push(crew)
    tellers.set(crew, tell)
    // The clock may have moved while the process was loaded.
    void tell(clock.now())
    return crew
  }

  const keep = async (station: Station): Promise<void> => {
    for (;;) {
      const crew = await begin(station)
      if (crew === undefined) return
      await crew.ended
      if (isClosed) return
      await new Promise((resolve) => setTimeout(resolve, below(random, longestPauseMs)))
    }
  }
  const keeping = stations.map(keep)

  return {
    crews: () => crews,
    alive: () => crews.filter((crew) => crew.end() === undefined),
    moveTo: async (at) => {
      clock.moveTo(at)
      moves.push({ machineAt: Date.now(), aheadMs: at - Date.now() })
      await Promise.all([...tellers.values()].map((tell) => tell(clock.now())))
    },
    clockAt: (machineAt) => machineAt + (moves.findLast((move) => move.machineAt <= machineAt)?.aheadMs ?? 0),
    machineAtOf: (at) => {
      const index = moves.findLastIndex(({ machineAt, aheadMs }) => machineAt + aheadMs <= at)
      return Math.min(at - (moves[index]?.aheadMs ?? 0), moves[index + 1]?.machineAt ?? at)
    },
    logged: () => logged,
    close: async () => {
      isClosed = true
      await beginning.catch(() => undefined)
      for (const crew of crews) crew.kill()
      await Promise.all(keeping)
      await lives.close()
    },
  }
}

const logLine = z.object({
  level: z.number(),
  msg: z.string(),
  err: z.object({ message: z.string() }).optional(),
})

function eventOf(line: string): string {
  const { msg, level, err } = logLine.parse(JSON.parse(line))
  return `${level} ${msg}${err === undefined ? '' : `: ${err.message.slice(0, 100)}`}`
}
