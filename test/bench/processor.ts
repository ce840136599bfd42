/** Processor time of this process with its threads, and of the PostgreSQL that serves it: what other load on a machine does not lengthen. */
import { readFile } from 'node:fs/promises'
import pg from 'pg'

export interface Cost {
  readonly count: number
  readonly processorMs: number
  readonly wallMs: number
}

export interface Meter {
  /** Adds what the work takes; its result is how many of what is counted were done. */
  readonly add: (work: () => Promise<number> | number) => Promise<void>
  readonly cost: () => Cost
}

export function openMeter(): Meter {
  let [count, processorMs, wallMs] = [0, 0, 0]
  return {
    add: async (work) => {
      const before = process.cpuUsage()
      const began = performance.now()
      count += await work()
      const { user, system } = process.cpuUsage(before)
      processorMs += (user + system) / 1000
      wallMs += performance.now() - began
    },
    cost: () => ({ count, processorMs, wallMs }),
  }
}

/** Of one tick of the kernel's accounts. */
const tickMs = 10

/**
 * Processor time that the server has spent on the connections of `url` (told by their `application_name`) between two calls; undefined where the
 * server is not on this machine. Connections that have ended meanwhile are not counted.
 */
export async function serverTime(url: string): Promise<() => Promise<number | undefined>> {
  if (!url.startsWith('postgres')) return async () => undefined
  const name = new URL(url).searchParams.get('application_name')
  const read = async (): Promise<ReadonlyMap<number, number>> => {
    const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL })
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where application_name = $1',
      [name],
    )
    await client.end()
    const times = new Map<number, number>()
    for (const { pid } of rows) {
      const fields = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
      // After the name of the command, which may hold anything but a closing bracket at the end.
      const [user, system] =
        fields
          ?.slice(fields.lastIndexOf(')') + 2)
          .split(' ')
          .slice(11, 13) ?? []
      if (user !== undefined) times.set(pid, (Number(user) + Number(system)) * tickMs)
    }
    return times
  }
  let before = await read()
  return async () => {
    const now = await read()
    const spent = [...now].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0)
    before = now
    return now.size === 0 ? undefined : spent
  }
}
