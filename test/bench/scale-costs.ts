/**
 * What one of each costs in processor time: a poll, an article, an edition, a delivery, an answer, a page; and memory, bytes and commits. They are the
 * unit costs of `scale-model.ts`: the last rows are what stands there as `costs`. Processor time is that of the bot's process with its threads; that of
 * a PostgreSQL on the same machine stands beside it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import { openDatabase } from '../../src/storage/database.ts'
import { rss } from '../support/feeds.ts'
import { type Bench, type BenchRow, goFirst } from './bench.ts'
import { inSchema, server } from './own-schema.ts'
import { guildBytes, measurePeople } from './scale-costs-people.ts'
import type { CostTask, Measured } from './scale-costs-process.ts'
import { madeUpNews, madeUpPage } from './scale-costs-texts.ts'
import { type Costs, habits } from './scale-model.ts'
import { fillWorld, sizeOf } from './scale-world.ts'

/** As many as `mostHeld` in `src/jobs/stories.ts`. */
const inView = 60_000
const held = 4000

export const scaleCostsBench: Bench = {
  name: 'costs',
  about:
    'what one poll, article, edition, delivery, answer and page costs in processor time, on SQLite and on PostgreSQL (TEST_DATABASE_URL)',
  run: async ({ progress }) => {
    goFirst()
    const rows: BenchRow[] = [
      { metric: 'processors', value: cpus().length },
      { metric: 'load of the machine before', value: loadavg()[0] ?? 0 },
    ]
    progress(`costs: ${inView} articles in view`)
    const view = await measureIn({ kind: 'view', articles: inView })
    rows.push(...viewRows(view))
    progress('costs: servers of a gateway')
    const guild = await guildBytes()
    rows.push({ metric: 'a server known to a gateway', value: guild, unit: 'bytes' })
    const onFile = await measureOnFile(progress)
    rows.push(...rowsOf('SQLite', onFile))
    if (server === '') return { kind: 'measured', rows }
    const onServer = await measureOnServer(progress)
    rows.push(...rowsOf('PostgreSQL', onServer))
    progress('costs: commits')
    const commits = await commitRows()
    rows.push(...commits, { metric: 'load of the machine after', value: loadavg()[0] ?? 0 })
    for (const [name, value] of Object.entries(constantsOf(view, guild, onServer, commits)))
      rows.push({ metric: `model: ${name}`, value })
    return { kind: 'measured', rows }
  },
}

type Progress = (line: string) => void

async function measureOnFile(progress: Progress): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-costs-'))
  const url = (name: string) => `sqlite:${join(folder, name)}`
  try {
    progress('costs: pieces on SQLite')
    const pieces = await measurePieces(url('pieces.sqlite'))
    progress('costs: people on SQLite')
    const people = await measurePeople(undefined, progress)
    progress('costs: bytes on SQLite')
    return merged([pieces, people, await bytesOn(url('bytes.sqlite'))])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureOnServer(progress: Progress): Promise<Measured> {
  const parts: Measured[] = []
  progress('costs: pieces on PostgreSQL')
  parts.push(await inSchema('costs', measurePieces))
  progress('costs: people on PostgreSQL')
  parts.push(await inSchema('costs', (url) => measurePeople(url, progress)))
  progress('costs: bytes on PostgreSQL')
  parts.push(await inSchema('costs', bytesOn))
  return merged(parts)
}

function merged(parts: readonly Measured[]): Measured {
  return {
    costs: Object.assign({}, ...parts.map(({ costs }) => costs)),
    serverMs: Object.assign({}, ...parts.map(({ serverMs }) => serverMs)),
    bytes: Object.assign({}, ...parts.map(({ bytes }) => bytes)),
  }
}

async function measurePieces(url: string): Promise<Measured> {
  const site = await openSite(4)
  try {
    return await measureIn({ kind: 'pieces', url, hosts: [...site.hosts] })
  } finally {
    await site.close()
  }
}

const cost = z.object({ count: z.number(), processorMs: z.number(), wallMs: z.number() })
const measured = z.object({
  costs: z.record(z.string(), cost),
  serverMs: z.record(z.string(), z.number()),
  bytes: z.record(z.string(), z.number()),
})

/** In a process of its own. */
async function measureIn(task: CostTask): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'scale-costs-process.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
  })
  await messageOf(child)
  const answer = messageOf(child)
  child.send(task)
  return measured.parse(await answer)
}

/** The next message; errors where it ends before. */
function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })
}

/** Hosts with feeds and pages: feeds that say when they have not changed, feeds with whole texts, and feeds with teasers. */
async function openSite(
  count: number,
): Promise<{ readonly hosts: readonly string[]; readonly close: () => Promise<void> }> {
  let version = '0'
  const items = (from: number, many: number, isWhole: boolean) =>
    Array.from({ length: many }, (_, at) => {
      const { title, body } = madeUpNews(from + at)
      return { title, guid: String(from + at), ...(isWhole ? { body } : {}) }
    })
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const [, kind = '', rest = ''] = (request.url ?? '').split('/')
    const number = Number.parseInt(rest, 10)
    if (kind === 'version') {
      version = rest
      response.end()
    } else if (kind === 'f') {
      const etag = `"${version}"`
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
      const feed = rss(`Feed ${number}`, items(number * 30, 30, true))
      response
        .writeHead(200, { etag, 'content-type': 'application/rss+xml' })
        .end(`${feed}<!-- ${version} -->`)
    } else if (kind === 'whole' || kind === 'teaser') {
      const from = (kind === 'whole' ? 100_000 : 200_000) + number * 30
      const feed = rss(`Feed ${number}`, items(from, 30, kind === 'whole'))
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed)
    } else if (kind === 'news') {
      const page = madeUpPage(madeUpNews(number), number)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    } else response.writeHead(404).end()
  }
  const servers = Array.from({ length: count }, () => createServer(answer))
  const hosts: string[] = []
  for (const each of servers) {
    await new Promise<void>((listening) => each.listen(0, '127.0.0.1', listening))
    const address = each.address()
    hosts.push(`127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`)
  }
  return {
    hosts,
    close: async () => {
      for (const each of servers) {
        each.closeAllConnections()
        await new Promise((closed) => each.close(closed))
      }
    },
  }
}

/** Of articles and of deliveries that are over, with what belongs to them and its indexes. */
async function bytesOn(url: string): Promise<Measured> {
  const deliveries = 50
  const size = { ...sizeOf(held), deliveries }
  await (await openDatabase(url)).destroy()
  const isFile = url.startsWith('sqlite:')
  await fillWorld(url, size, () => undefined)
  const db = await openDatabase(url)
  try {
    const { rows } = isFile
      ? await sql<{ name: string; bytes: number }>`
          select m.tbl_name as name, sum(s.pgsize) as bytes from dbstat s join sqlite_schema m on m.name = s.name group by 1`.execute(
          db,
        )
      : await sql<{ name: string; bytes: number }>`
          select relname as name, pg_total_relation_size(oid) as bytes from pg_class
          where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(db)
    const isOfDelivery = (name: string) => name === 'delivery' || name === 'delivery_part'
    const sum = (some: readonly { readonly bytes: number }[]) =>
      some.reduce((all, { bytes }) => all + Number(bytes), 0)
    const ofDelivery = sum(rows.filter(({ name }) => isOfDelivery(name)))
    const whole = isFile ? (await stat(url.slice('sqlite:'.length))).size : sum(rows)
    return {
      costs: {},
      serverMs: {},
      bytes: {
        'an article with what belongs to it': (whole - ofDelivery) / held,
        'a delivery': ofDelivery / (size.subscriptions * deliveries),
      },
    }
  } finally {
    await db.destroy()
  }
}

const commitSeconds = 3

/** Of rows as small as those of the ledger, one in a commit. */
async function commitRows(): Promise<BenchRow[]> {
  return inSchema('costs', async (url) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(
        'create table one (id bigint generated always as identity primary key, owner text, at bigint)',
      )
      const { rows: settings } = await client.query<{ lasting: boolean }>(
        "select current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as lasting",
      )
      const rows: BenchRow[] = [
        {
          metric: 'PostgreSQL: a commit reaches the disk (1: yes)',
          value: settings[0]?.lasting === true ? 1 : 0,
        },
      ]
      for (const connections of [1, 4, 16])
        rows.push({
          metric: `PostgreSQL: commits a second, ${connections} connection${connections === 1 ? '' : 's'}`,
          value: await commitsBy(url, connections),
        })
      return rows
    } finally {
      await client.end()
    }
  })
}

async function commitsBy(url: string, connections: number): Promise<number> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  try {
    await Promise.all(clients.map((each) => each.connect()))
    const until = performance.now() + commitSeconds * 1000
    const counts = await Promise.all(
      clients.map(async (each) => {
        let count = 0
        for (; performance.now() < until; count += 1)
          await each.query('insert into one (owner, at) values ($1, $2)', ['worker', count])
        return count
      }),
    )
    return counts.reduce((sum, count) => sum + count, 0) / commitSeconds
  } finally {
    await Promise.all(clients.map((each) => each.end()))
  }
}

function viewRows({ costs, bytes }: Measured): readonly BenchRow[] {
  return [
    { metric: `an article in view, of ${inView}`, value: bytes.article ?? 0, unit: 'bytes' },
    { metric: `an article placed with ${inView} in view`, value: each(costs.many), unit: 'ms' },
    { metric: 'an article placed with 1000 in view', value: each(costs.few), unit: 'ms' },
  ]
}

const names: Readonly<Record<string, string>> = {
  pollUnchanged: 'a poll that answers 304',
  pollChanged: 'a poll with another feed of 30 entries, all known',
  whole: 'an article analysed, whole in its feed',
  teaser: 'an article analysed, its page fetched (70 kB)',
  held: 'an article written down, search index and all',
  placed: 'an article put into a story, three at once, hundreds in view',
  summarised: 'a story summarised',
  edition: 'an edition of 200 new articles, composed and frozen',
  delivery: 'a delivery claimed, posted and written down',
  idle: 'four seconds in which nobody asks',
}

function rowsOf(engine: string, { costs, serverMs, bytes }: Measured): readonly BenchRow[] {
  const rows = Object.entries(costs).flatMap(([name, of]) => {
    const metric = `${engine}: ${names[name] ?? name}`
    const ofServer = serverMs[name]
    return [
      { metric, value: each(of), unit: 'ms' },
      { metric: `  on the clock (${of.count} of them)`, value: of.wallMs / of.count, unit: 'ms' },
      ...(ofServer === undefined
        ? []
        : [{ metric: '  of the server', value: ofServer / of.count, unit: 'ms' }]),
    ]
  })
  const article = serverMs.article
  const count = costs.held?.count ?? 1
  return [
    ...rows,
    ...(article === undefined
      ? []
      : [
          {
            metric: `${engine}: of the server, for an article written down and placed`,
            value: article / count,
            unit: 'ms',
          },
        ]),
    ...Object.entries(bytes).map(([name, value]) => ({ metric: `${engine}: ${name}`, value, unit: 'bytes' })),
  ]
}

/** What stands in `scale-model.ts`: on PostgreSQL, for what is large runs there. */
function constantsOf(
  view: Measured,
  guild: number,
  { costs, serverMs, bytes }: Measured,
  commits: readonly BenchRow[],
): Partial<Costs> {
  const mean = (...some: readonly string[]) =>
    some.reduce((sum, name) => sum + each(costs[name]), 0) / some.length
  const ofServer = (...some: readonly string[]) =>
    some.reduce((sum, name) => sum + (serverMs[name] ?? 0) / (costs[name]?.count ?? 1), 0) / some.length
  const answers = ['/headlines', '/summary', '/search', 'list that opens as one types', 'button']
  const pages = Object.keys(costs).filter((name) => name.startsWith('page of') || name.startsWith('feed of'))
  return {
    pollUnchangedMs: each(costs.pollUnchanged),
    pollChangedMs: each(costs.pollChanged),
    articleAnalysedMs: mean('whole', 'teaser'),
    articleHeldMs: each(costs.held),
    articlePlacedMs: each(costs.placed) + Math.max(0, each(view.costs.many) - each(view.costs.few)),
    storySummarisedMs: each(costs.summarised),
    editionMs: each(costs.edition),
    deliveryMs: each(costs.delivery),
    interactionMs: mean(...answers),
    pageMs: mean(...pages),
    serverPollMs:
      habits.unchangedShare * ofServer('pollUnchanged') +
      (1 - habits.unchangedShare) * ofServer('pollChanged'),
    serverArticleMs: (serverMs.article ?? 0) / (costs.held?.count ?? 1),
    serverEditionMs: ofServer('edition'),
    serverDeliveryMs: ofServer('delivery'),
    serverInteractionMs: ofServer(...answers),
    serverPageMs: ofServer(...pages),
    commitsPerSecond: commits.at(-1)?.value ?? 0,
    viewArticleBytes: view.bytes.article ?? 0,
    deliveryBytes: bytes['a delivery'] ?? 0,
    shardGuildBytes: guild,
  }
}

function each(of: Measured['costs'][string] | undefined): number {
  return of === undefined ? 0 : of.processorMs / Math.max(1, of.count)
}
