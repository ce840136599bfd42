/**
 * The pace of processes that post together: sending sides, each a process with its own connections to one PostgreSQL (`TEST_DATABASE_URL`), and the
 * stand-in with Discord's own limit of 50 requests a second. All begin at the same time, so the figures hold what sharing out costs.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startStandIn } from '../../src/rehearsal/standin/standin.ts'
import { type Bench, type BenchRow, goFirst } from './bench.ts'
import { inSchema, server } from './own-schema.ts'
import type { PostMessage } from './pace-process.ts'

const posts = Number(process.env.PACE_POSTS ?? 3000)
const limitPerSecond = 50

export const paceBench: Bench = {
  name: 'pace',
  about: `${posts} posts by one process and by three, ${limitPerSecond} requests/s together, on one PostgreSQL`,
  run: async ({ progress }) => {
    if (server === '') return { kind: 'skipped', reason: 'TEST_DATABASE_URL names no PostgreSQL' }
    goFirst()
    const rows: BenchRow[] = []
    for (const processes of [1, 3]) {
      progress(`${processes} processes`)
      rows.push(...(await inSchema('pace', (url) => measure(url, processes))))
    }
    return { kind: 'measured', rows }
  },
}

async function measure(databaseUrl: string, processes: number): Promise<BenchRow[]> {
  const channels = Array.from({ length: posts }, (_, at) => ({ name: `news-${at}` }))
  const standIn = await startStandIn({ guilds: [{ name: 'Town', channels }] })
  const postedAt: number[] = []
  standIn.world.subscribe((change) => {
    if (change.kind === 'message.created') postedAt.push(performance.now())
  })
  const ids = standIn.world.guilds().flatMap((guild) => standIn.world.channels(guild.id).map(({ id }) => id))
  const children = Array.from({ length: processes }, () =>
    fork(join(import.meta.dirname, 'pace-process.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  const ended = children.map((child) => once(child, 'exit'))
  for (const [at, child] of children.entries()) {
    const own: PostMessage = {
      api: standIn.api,
      databaseUrl,
      channels: ids.filter((_, index) => index % processes === at),
    }
    child.send(own)
  }
  await Promise.all(ended)
  const limited = standIn.requests.filter((each) => each.limited !== undefined).length
  await standIn.close()
  const name = processes === 1 ? 'one process' : `${processes} processes`
  return [
    { metric: `${name}: posted`, value: postedAt.length, min: posts, max: posts },
    { metric: `${name}: share of the limit held`, value: shareOf(postedAt), min: 0.95, max: 1 },
    {
      metric: `${name}: posts in the fullest second`,
      value: mostInASecond(postedAt),
      max: limitPerSecond,
    },
    { metric: `${name}: answers 429`, value: limited, max: 0 },
  ]
}

function shareOf(postedAt: readonly number[]): number {
  const seconds = ((postedAt.at(-1) ?? 0) - (postedAt[0] ?? 0)) / 1000
  return (postedAt.length - 1) / seconds / limitPerSecond
}

function mostInASecond(instants: readonly number[]): number {
  let most = 0
  let from = 0
  for (const [index, at] of instants.entries()) {
    while ((instants[from] ?? at) <= at - 1000) from += 1
    most = Math.max(most, index - from + 1)
  }
  return most
}
