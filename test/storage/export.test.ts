/** Everything as lines and back: nothing forgotten, nothing changed, nothing half. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SqliteDriver from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { SourceId } from '../../src/article/article.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { exportLines } from '../../src/storage/export.ts'
import { importLines } from '../../src/storage/import.ts'
import { derivedTables, recordKinds } from '../../src/storage/records.ts'
import { countRows, faultsOf, openToRead } from '../../src/storage/sqlite.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'
import { fill } from '../support/old-schema.ts'

let folder: string
let full: string
let lines: string
let next = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'depesche-export-'))
  const path = join(folder, 'full.sqlite')
  full = `sqlite:${path}`
  await (await openDatabase(full)).destroy()
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new SqliteDriver(path) }) })
  await fill(db)
  await db.destroy()
  const storage = await openStorage(full)
  const article = analysedArticle({ headline: 'Line\u2028separators "quotes" \\ 🗞' })
  await storage.intake.hold({ sourceId: 'source id' as SourceId, keys: ['k'] }, 'h', article, 7)
  await storage.close()
  lines = text(full)
})
after(() => rm(folder, { recursive: true }))

const text = (url: string): string => [...exportLines(url)].join('')
const anew = (): string => `sqlite:${join(folder, `new-${next++}.sqlite`)}`

/** In pieces that end anywhere, also within a character. */
async function* chunksOf(all: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(all)
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
}

const importText = (url: string, all: string) => importLines(url, chunksOf(all), () => undefined)

test('every table is a kind of record, or is worked out again', () => {
  const file = openToRead(full.slice('sqlite:'.length))
  const named = Object.keys(countRows(file)).filter((table) => !derivedTables.test(table))
  file.close()
  assert.deepEqual(named.sort(), [...recordKinds].sort())
})

test('what was exported, imported and exported again is the same, byte for byte', async () => {
  const url = anew()
  const { records } = await importText(url, lines)
  assert.equal(records, lines.trim().split('\n').length - 2)
  assert.equal(text(url), lines)
  const file = openToRead(url.slice('sqlite:'.length))
  assert.deepEqual(faultsOf(file, { quick: false }), [])
  file.close()
})

test('an imported article is found once search has read it', async () => {
  const url = anew()
  await importText(url, lines)
  const storage = await openStorage(url)
  while ((await storage.searchIndex.catchUp(100)) > 0);
  const { hits } = await storage.search.find({ words: 'separators', limit: 5 })
  await storage.close()
  assert.equal(hits.length, 1)
})

const spoilt: readonly (readonly [string, (all: string) => string, RegExp])[] = [
  ['a cut file', (all) => all.slice(0, all.lastIndexOf('{"kind":"end"')), /the end is missing/],
  [
    'a record that was changed',
    (all) => all.replace('Line\u2028', 'Lime\u2028'),
    /Line \d+: the file was changed/,
  ],
  [
    'a record that is missing',
    (all) => all.replace(/\{"kind":"draft".*\n/, ''),
    /Line \d+: \d+ records are announced/,
  ],
  ['a wrong column', (all) => all.replace(/("kind":"guild","row":\{"id":)"[^"]*"/, '$17'), /^Line \d+: id: /],
  ['an unknown kind', (all) => all.replace('"kind":"guild"', '"kind":"gild"'), /^Line \d+: kind: /],
  [
    'a definition that cannot be read',
    (all) => all.replace('\\"title\\":\\"Wire\\"', '\\"titel\\":1'),
    /^Line \d+: definition: /,
  ],
  ['no export at all', () => '{"a":1}\n', /^Line 1: kind: /],
  ['what is not JSON', () => 'hello\n', /^Line 1: /],
  [
    'a newer version',
    (all) => all.replace('"version":1', '"version":2'),
    /^Line 1: it was written by a newer/,
  ],
  [
    'a row that names one that is not there',
    (all) => all.replace(/("kind":"digest_source","row":\{"digest_id":)"[^"]*"/, '$1"none"'),
    /^Line \d+: FOREIGN KEY/,
  ],
]
for (const [what, spoil, sentence] of spoilt) {
  test(`${what} is refused with its line, and nothing is imported`, async () => {
    const url = anew()
    const bad = spoil(lines)
    assert.notEqual(bad, lines)
    await assert.rejects(importText(url, bad), { name: 'UserError', message: sentence })
    const path = url.slice('sqlite:'.length)
    assert.deepEqual([existsSync(path), existsSync(`${path}.importing`)], [false, false])
  })
}

test('a database that holds something is not replaced', async () => {
  await assert.rejects(importText(full, lines), { code: 'database-full' })
  assert.equal(text(full), lines)
})
