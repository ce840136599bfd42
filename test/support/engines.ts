/**
 * One test on every engine: SQLite always, PostgreSQL where `TEST_DATABASE_URL` names a server that answers. A test asks for a database of its
 * own; on PostgreSQL that is a schema, which is emptied for the next test of the file and dropped at its end.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test as plainTest, type TestContext, type TestOptions } from 'node:test'
import pg from 'pg'
import { openDatabase } from '../../src/storage/database.ts'

export type EngineName = 'SQLite' | 'PostgreSQL'

const server = process.env.TEST_DATABASE_URL
const reasonToSkip = await reasonOf(server)

async function reasonOf(url: string | undefined): Promise<string | undefined> {
  if (url === undefined || url === '') return 'TEST_DATABASE_URL is not set'
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    return undefined
  } catch {
    return 'the server of TEST_DATABASE_URL does not answer'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Those that can be tested here. */
export const engines: readonly EngineName[] =
  reasonToSkip === undefined ? ['SQLite', 'PostgreSQL'] : ['SQLite']

if (reasonToSkip !== undefined) plainTest('the same on PostgreSQL', { skip: reasonToSkip })

const engineOf = new WeakMap<TestContext, EngineName>()

type Body = (t: TestContext) => Promise<void> | void

/** Like `test` of node:test, once for each engine. */
export function test(name: string, ...rest: readonly [Body] | readonly [TestOptions, Body]): void {
  for (const engine of engines) testOn(engine, name, ...rest)
}

/** On one engine alone. */
export function testOn(
  engine: EngineName,
  name: string,
  ...rest: readonly [Body] | readonly [TestOptions, Body]
): void {
  if (!engines.includes(engine)) return
  const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest
  plainTest(`${name} (${engine})`, options, (t) => {
    engineOf.set(t, engine)
    return body(t)
  })
}

/** The engine that a test runs on. */
export function isOn(t: TestContext, engine: EngineName): boolean {
  return (engineOf.get(t) ?? 'SQLite') === engine
}

/** The address of a database for this test alone. One in memory is opened once, and is quicker. */
export async function newDatabase(
  t: TestContext,
  where: 'on disk' | 'in memory' = 'on disk',
): Promise<string> {
  if (isOn(t, 'PostgreSQL')) return newSchema(t)
  return where === 'in memory' ? 'sqlite::memory:' : newFile()
}

const folders: string[] = []

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-database-'))
  folders.push(folder)
  return `sqlite:${join(folder, 'a.sqlite')}`
}

/** The address of a database for a whole file. */
export async function newDatabaseOn(engine: EngineName): Promise<string> {
  if (engine === 'SQLite') return newFile()
  const url = await newEmptySchema()
  await (await openDatabase(url)).destroy()
  return url
}

/** The address of a schema without any table. */
export async function newEmptySchema(): Promise<string> {
  if (made.length === 0) await dropLeftOver()
  const name = `depesche_${process.pid}_${made.length}`
  made.push(name)
  await ask(`create schema ${name}`)
  return urlOf(name)
}

/** Schemas of this process that no test uses. */
const free: string[] = []
const made: string[] = []

async function newSchema(t: TestContext): Promise<string> {
  const known = free.pop()
  if (known !== undefined) await ask(emptied(known))
  const url = known === undefined ? await newDatabaseOn('PostgreSQL') : urlOf(known)
  t.after(() => void free.push(schemaOf(url)))
  return url
}

function schemaOf(url: string): string {
  return /search_path=(\w+)/.exec(new URL(url).searchParams.get('options') ?? '')?.[1] ?? ''
}

/** Ends every connection to the database of an address, but for that of whoever asks here: as when the server is started anew. */
export async function endConnections(url: string): Promise<number> {
  const rows = await ask(`
    select pid::text as pid, pg_terminate_backend(pid) from pg_stat_activity
    where application_name = '${new URL(url).searchParams.get('application_name') ?? 'depesche'}' and pid <> pg_backend_pid()`)
  // To end one is to ask it to end: that takes a moment.
  const pids = rows.map(({ pid }) => pid).join(',')
  while (pids !== '' && (await ask(`select 1 from pg_stat_activity where pid in (${pids})`)).length > 0);
  return rows.length
}

/** The commits of tests need not reach the disk. */
function urlOf(schema: string): string {
  const url = new URL(server ?? '')
  url.searchParams.set('options', `-c search_path=${schema} -c synchronous_commit=off`)
  // Many databases are open at once, and the server takes only so many connections.
  url.searchParams.set('connection_limit', '5')
  // By it the connections of a test are told from those of others.
  url.searchParams.set('application_name', schema)
  return url.href.replaceAll('+', '%20')
}

/** Every row goes, whatever refers to it. */
function emptied(schema: string): string {
  return `
    begin;
    set local session_replication_role = replica;
    do $$ declare each record; begin
      for each in
        select format('delete from %I.%I', schemaname, tablename) as statement from pg_tables
        where schemaname = '${schema}' and tablename not like 'kysely%'
      loop execute each.statement; end loop;
    end $$;
    commit`
}

/** Schemas of processes that were killed. */
async function dropLeftOver(): Promise<void> {
  const rows = await ask(
    "select nspname as name from pg_namespace where nspname ~ '^depesche_[0-9]+_[0-9]+$'",
  )
  for (const { name = '' } of rows) {
    if (!isAlive(Number(name.split('_')[1]))) await ask(`drop schema if exists ${name} cascade`)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

let connected: Promise<pg.Client> | undefined

/** As whoever runs the server. */
export async function ask(statement: string): Promise<readonly Readonly<Record<string, string>>[]> {
  connected ??= connect()
  return (await (await connected).query(statement)).rows ?? []
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server, options: '-c synchronous_commit=off' })
  await client.connect()
  return client
}

after(async () => {
  for (const name of made) await ask(`drop schema ${name} cascade`)
  await (await connected)?.end()
  for (const folder of folders) await rm(folder, { recursive: true })
})
