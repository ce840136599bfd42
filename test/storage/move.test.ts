/** From SQLite to PostgreSQL: nothing lost, nothing changed, whenever it is killed; and no bot on half of it. */
import assert from 'node:assert/strict'
import { execFile, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { inspect, promisify } from 'node:util'
import SqliteDriver from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { z } from 'zod'
import type { SourceId } from '../../src/article/article.ts'
import { OutsideError, UserError } from '../../src/errors.ts'
import { lockDatabase, openDatabase } from '../../src/storage/database.ts'
import { exportLines, exportServerLines } from '../../src/storage/export.ts'
import { importLines } from '../../src/storage/import.ts'
import { type MoveOptions, move, sayMoved } from '../../src/storage/move.ts'
import { recordKinds } from '../../src/storage/records.ts'
import { closeWhole, openFile } from '../../src/storage/sqlite.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'
import { ask, newEmptySchema, testOn } from '../support/engines.ts'
import { fill } from '../support/old-schema.ts'

const now = Date.UTC(2026, 10, 20)
const worker = resolve(import.meta.dirname, '../support/move-process.ts')
/** Entries that a feed has passed: enough of them for many transactions. */
const many = 3000

let folder: string
let path: string
let from: string

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'depesche-move-'))
  path = join(folder, 'full.sqlite')
  from = `sqlite:${path}`
  await (await openDatabase(from)).destroy()
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDriver(path) }) })
  await fill(db)
  await sql`
    with recursive counted (n) as (select 1 union all select n + 1 from counted where n < ${many})
    insert into passed_entry (source_id, key, missing_since)
    select (select id from source limit 1), 'key ' || n || char(0, 233, 128478), n from counted`.execute(db)
  await db.destroy()
  const storage = await openStorage(from)
  const article = analysedArticle({ headline: 'Line\u2028separators "quotes" \\ 🗞' })
  await storage.intake.hold({ sourceId: 'source id' as SourceId, keys: ['k'] }, 'h', article, 7)
  await storage.close()
  closeWhole(path)
})
after(() => rmSync(folder, { recursive: true }))

const moveTo = (to: string, others: Partial<MoveOptions> = {}) =>
  move({ from, to, isAnew: false, now: () => now, told: () => undefined, ...others })
const schemaOf = (url: string): string => new URL(url).searchParams.get('application_name') ?? ''
const run = promisify(execFile)
const commandLine = (to: string, ...others: readonly string[]) =>
  run(
    process.execPath,
    [resolve(import.meta.dirname, '../../src/main.ts'), 'migrate', '--to', to, ...others],
    {
      env: { ...process.env, DATABASE_URL: from },
    },
  )
const sumShape = z.object({ rows: z.number(), hash: z.string() })
const movedShape = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.number(),
  rowsBefore: z.number(),
  tables: z.record(z.string(), sumShape),
  differing: z.array(z.object({ table: z.enum(recordKinds), promised: sumShape, found: sumShape })),
})
const hashOfFile = (): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A move that is killed so many milliseconds after rows have come so often. */
async function killedMove(to: string, times: number, afterMs: number): Promise<void> {
  const child = fork(worker, [from, to, String(times), String(afterMs)])
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL')
}

testOn('PostgreSQL', 'every row of every table moves, and the bot reads the same from it', async () => {
  const to = await newEmptySchema()
  const before = hashOfFile()
  const { stdout } = await commandLine(to, '--json')
  const moved = movedShape.parse(JSON.parse(stdout))
  assert.deepEqual([moved.differing, moved.from, moved.rowsBefore], [[], path, 0])
  assert.equal(
    moved.rows,
    Object.values(moved.tables).reduce((sum, { rows }) => sum + rows, 0),
  )
  for (const kind of recordKinds) {
    const [row] = await ask(`select count(*)::text as n from ${schemaOf(to)}.${kind}`)
    assert.equal(Number(row?.n), moved.tables[kind]?.rows, kind)
    assert.ok(Number(row?.n) > 0, kind)
  }
  assert.equal(hashOfFile(), before)
  assert.match(
    sayMoved(moved),
    /^Moved \d+ rows of \d+ tables to 127\.0\.0\.1:5432\/\w+; .*\nSet DATABASE_URL/,
  )

  const [one, other] = await Promise.all([openStorage(from), openStorage(to)])
  try {
    assert.deepEqual(await other.library.digests(), await one.library.digests())
    assert.deepEqual(await other.subscriptions.all(), await one.subscriptions.all())
    const search = { words: 'separators', limit: 5 }
    for (const storage of [one, other]) while ((await storage.searchIndex.catchUp(100)) > 0);
    const [found, alsoFound] = await Promise.all([one.search.find(search), other.search.find(search)])
    assert.equal(found.hits.length, 1)
    assert.deepEqual(
      alsoFound.hits.map(({ headline }) => headline),
      found.hits.map(({ headline }) => headline),
    )
  } finally {
    await Promise.all([one.close(), other.close()])
  }
  await assert.rejects(moveTo(to), { code: 'moved-already', message: /completed on 20/ })
  await assert.rejects(moveTo(to, { isAnew: true }), { code: 'moved-already' })
})

testOn(
  'PostgreSQL',
  'what was moved is exported as the same records, and imported into a file again',
  async () => {
    const to = await newEmptySchema()
    const { rows } = await moveTo(to)
    const chunks: string[] = []
    for await (const chunk of exportServerLines(to)) chunks.push(chunk)
    // But for the one character that PostgreSQL does not hold.
    const wanted = new Set([...exportLines(from)].join('').replaceAll('\\u0000', '').split('\n'))
    const exported = chunks.join('').split('\n')
    assert.deepEqual(
      exported.filter((line) => !wanted.has(line) && !line.startsWith('{"kind":"end"')),
      [],
    )
    assert.equal(exported.length, wanted.size)
    const back = `sqlite:${join(folder, 'back.sqlite')}`
    const imported = await importLines(back, asBytes(chunks), () => undefined)
    assert.equal(imported.records, rows)
    assert.equal([...exportLines(back)].join(''), chunks.join(''))
  },
)

testOn('PostgreSQL', 'lines are imported into it as they were exported, by the command', async () => {
  const to = await newEmptySchema()
  const lines = join(folder, 'all.jsonl')
  await moveTo(to)
  const chunks: string[] = []
  for await (const chunk of exportServerLines(to)) chunks.push(chunk)
  writeFileSync(lines, chunks.join(''))
  const into = await newEmptySchema()
  const command = [resolve(import.meta.dirname, '../../src/main.ts'), 'import', lines, '--json']
  const { stdout } = await run(process.execPath, command, { env: { ...process.env, DATABASE_URL: into } })
  const records = chunks.join('').trim().split('\n').length - 2
  assert.deepEqual(JSON.parse(stdout), { records })
  const again: string[] = []
  for await (const chunk of exportServerLines(into)) again.push(chunk)
  assert.equal(again.join(''), chunks.join(''))
  const storage = await openStorage(into)
  while ((await storage.searchIndex.catchUp(100)) > 0);
  const { hits } = await storage.search.find({ words: 'separators', limit: 5 })
  await storage.close()
  assert.equal(hits.length, 1)

  const full = importLines(into, asBytes(chunks), () => undefined)
  await assert.rejects(full, { code: 'database-full', message: /Import into an empty one/ })
})

testOn('PostgreSQL', 'of lines with a fault nothing is imported into it, and the line is named', async () => {
  const to = await newEmptySchema()
  const all = [...exportLines(from)].join('')
  const imported = (text: string) => importLines(to, asBytes([text]), () => undefined)
  const dangling = all.replace(/("kind":"digest_source","row":\{"digest_id":)"[^"]*"/, '$1"none"')
  const line = all.split('\n').findIndex((each) => each.includes('"kind":"digest_source"')) + 1
  await assert.rejects(imported(dangling), {
    code: 'import-line',
    message: new RegExp(`^Line ${line}: .*foreign key.*Nothing was imported\\.$`),
  })
  await assert.rejects(imported(all.slice(0, all.lastIndexOf('{"kind":"end"'))), { code: 'import-short' })
  for (const kind of recordKinds) {
    const [row] = await ask(`select count(*)::text as n from ${schemaOf(to)}.${kind}`)
    assert.equal(row?.n, '0', kind)
  }
  // What an older version has written lacks columns that came later.
  const older = all.replaceAll(/,"missing_since":null/g, '')
  const hash = createHash('sha256')
    .update(older.slice(0, older.lastIndexOf('{"kind":"end"')))
    .digest('hex')
  const { records } = await imported(older.replace(/"sha256":"\w+"/, `"sha256":"${hash}"`))
  assert.ok(records > many)
})

async function* asBytes(chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

testOn('PostgreSQL', 'killed again and again it goes on, and no bot starts before its end', async () => {
  const to = await newEmptySchema()
  const held: number[] = []
  for (const [at, times] of [1, 3, 3, 2].entries()) {
    await killedMove(to, times, at)
    const [row] = await ask(`select count(*)::text as n from ${schemaOf(to)}.passed_entry`)
    held.push(Number(row?.n))
    await assert.rejects(openStorage(to), {
      code: 'half-moved',
      message: /Run the same "depesche migrate" again/,
    })
  }
  assert.deepEqual(
    held,
    held.toSorted((a, b) => a - b),
  )
  assert.ok((held[2] ?? 0) > 0 && (held[2] ?? 0) < many, String(held))
  const moved = await moveTo(to)
  assert.ok(moved.rowsBefore >= (held.at(-1) ?? 0))
  assert.deepEqual(moved.differing, [])
  await (await openStorage(to)).close()
})

const spoilt = `
  update move set completed_at = null;
  update edition set content = replace(content, 'Wire', 'Wine');
  delete from passed_entry where key like 'key 17%';
  insert into meta (key, value) values ('x', '')`

testOn(
  'PostgreSQL',
  'what somebody else has changed there is named by its table, and no bot starts on it',
  async () => {
    const to = await newEmptySchema()
    await moveTo(to)
    // As it is when all has come and nothing was compared yet.
    await ask(`set search_path = ${schemaOf(to)}; ${spoilt}; reset search_path`)
    const moved = await moveTo(to)
    assert.deepEqual(moved.differing.map(({ table }) => table).toSorted(), [
      'edition',
      'meta',
      'passed_entry',
    ])
    for (const said of [
      /edition: 1 rows, of which some are other ones/,
      /passed_entry: 2\d{3} rows instead of 3001/,
      /meta: \d+ rows instead of \d+/,
    ])
      assert.match(sayMoved(moved), said)
    await assert.rejects(openStorage(to), { code: 'half-moved' })
    assert.deepEqual((await moveTo(to, { isAnew: true })).differing, [])
    await (await openStorage(to)).close()
  },
)

testOn(
  'PostgreSQL',
  'a target that holds anything else, or is of another version, is refused and left as it is',
  async () => {
    const to = await newEmptySchema()
    await (await openDatabase(to)).destroy()
    const inSchema = (statement: string) =>
      ask(`set search_path = ${schemaOf(to)}; ${statement}; reset search_path`)
    await inSchema("insert into meta (key, value) values ('commands', '')")
    for (const isAnew of [false, true])
      await assert.rejects(moveTo(to, { isAnew }), {
        code: 'database-full',
        message: /\(meta\).*Give an empty one/,
      })
    const [held] = await ask(`select count(*)::text as n from ${schemaOf(to)}.meta`)
    assert.equal(held?.n, '1')
    await inSchema("delete from kysely_migration where name >= '0020'")
    await assert.rejects(moveTo(to), { code: 'older-schema' })
    await inSchema("insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')")
    await assert.rejects(moveTo(to), { code: 'newer-schema' })
  },
)

testOn(
  'PostgreSQL',
  'another file, or one that has changed since, does not go on with a move that has begun',
  async () => {
    const to = await newEmptySchema()
    const own = join(folder, 'changed.sqlite')
    copyFileSync(path, own)
    const lost = new Error('the machine is gone')
    const stopped = moveTo(to, {
      from: `sqlite:${own}`,
      told: (line) => {
        if (/^Moved [1-9]\d{3}/.test(line)) throw lost
      },
    })
    await assert.rejects(stopped, lost)
    const file = openFile(own, () => undefined)
    file.exec("update guild set id = 'another'")
    file.close()
    const changed = { code: 'move-changed', message: /\(guild\).*--anew/ }
    await assert.rejects(moveTo(to, { from: `sqlite:${own}` }), changed)
    assert.deepEqual((await moveTo(to, { from: `sqlite:${own}`, isAnew: true })).differing, [])
  },
)

testOn(
  'PostgreSQL',
  'of two that move the same into one database one gives way, and all is there once',
  async () => {
    const to = await newEmptySchema()
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(path, copy)
    const both = await Promise.allSettled([moveTo(to), moveTo(to, { from: `sqlite:${copy}` })])
    const reasons = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    assert.equal(reasons.length, 1, reasons.map(String).join('\n'))
    assert.ok(
      reasons[0] instanceof UserError && /^moved-(?:elsewhere|already)$/.test(reasons[0].code),
      String(reasons[0]),
    )
    assert.deepEqual(
      both.flatMap((each) => (each.status === 'fulfilled' ? each.value.differing : [])),
      [],
    )
  },
)

test('a file in use, one that is missing and addresses of the wrong kind are refused in a sentence', async () => {
  const server = 'postgres://bot:Tr0ub4dor%263@127.0.0.1:1/depesche'
  const unlock = lockDatabase(from)
  await assert.rejects(moveTo(server), { code: 'already-running' })
  unlock()
  await assert.rejects(moveTo(server, { from: `sqlite:${join(folder, 'none.sqlite')}` }), {
    code: 'database-missing',
  })
  await assert.rejects(moveTo(server, { from: server }), { code: 'move-source' })
  await assert.rejects(moveTo(from), { code: 'move-target', message: /^--to must be/ })
  await assert.rejects(moveTo('postgres://bot:Tr0ub4dor%263@/'), {
    code: 'database-url',
    message: /^--to cannot be read/,
  })
})

test('a server that does not answer is named, and the password is not in what is said', async () => {
  const error = await moveTo('postgres://bot:Tr0ub4dor%263@127.0.0.1:1/depesche').catch(
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof OutsideError, String(error))
  assert.match(
    error.message,
    /127\.0\.0\.1:1\/depesche does not answer: is --to right\?.*run the same command again/,
  )
  for (const text of [error.message, error.stack ?? '', inspect(error)])
    assert.ok(!text.includes('Tr0ub4dor'), text)
})
