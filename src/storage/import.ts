/**
 * What `exportLines` gave, as a database again: whole or not at all. It is built beside the place of the database and takes that place when every
 * line was read, checked and counted; a database that holds anything is not replaced.
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { messageOf, UserError } from '../errors.ts'
import { syncFolder } from './backup.ts'
import { lockDatabase, openDatabase } from './database.ts'
import { quoted } from './export.ts'
import { migrations } from './migrations/list.ts'
import { exportVersion, type RecordKind, type RecordShape, recordKinds, shapeOf } from './records.ts'
import { closeWhole, countRows, openFile, openToRead, type SqliteFile, sqlitePath } from './sqlite.ts'

export interface Imported {
  readonly records: number
}

const firstLine = z.object({ kind: z.literal('depesche'), version: z.number(), schema: z.string() })
const lastLine = z.object({ kind: z.literal('end'), records: z.number(), sha256: z.string() })
const recordLine = z.strictObject({ kind: z.enum(recordKinds), row: z.unknown() })

/** Errors: `UserError` that names the line of a fault; nothing was changed then. */
export async function importLines(
  databaseUrl: string,
  chunks: AsyncIterable<Uint8Array>,
  told: (records: number) => void,
): Promise<Imported> {
  const path = sqlitePath(databaseUrl)
  const unlock = lockDatabase(databaseUrl)
  const coming = `${path}.importing`
  const clear = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${coming}${end}`, { force: true })
  }
  try {
    refuseFull(path)
    clear()
    await (await openDatabase(`sqlite:${coming}`)).destroy()
    const records = await load(coming, chunks, told)
    closeWhole(coming)
    syncFile(coming)
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    renameSync(coming, path)
    syncFolder(dirname(path))
    return { records }
  } finally {
    clear()
    unlock()
  }
}

function refuseFull(path: string): void {
  if (!existsSync(path)) return
  closeWhole(path)
  const file = openToRead(path)
  try {
    const counts = countRows(file)
    const held = recordKinds.filter((kind) => kind !== 'meta' && (counts[kind] ?? 0) > 0)
    if (held.length === 0) return
    throw new UserError(
      'database-full',
      `${path} holds something already (${held.slice(0, 3).join(', ')}). Import into a new one: give another DATABASE_URL, or move that file away.`,
    )
  } finally {
    file.close()
  }
}

async function load(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  told: (records: number) => void,
): Promise<number> {
  const file = openFile(path, (each) => {
    // Nobody else knows the file, and it is brought to the disk when it is whole.
    each.pragma('synchronous = OFF')
    each.pragma('foreign_keys = ON')
  })
  try {
    file.exec('begin')
    const reader = createReader(file)
    let line = 0
    for await (const text of linesOf(chunks)) {
      line += 1
      take(line, () => reader.take(text))
      if (reader.records() % 1000 === 0) told(reader.records())
    }
    if (!reader.isEnded())
      throw new UserError(
        'import-short',
        `Line ${line} is the last one, and the end is missing: the file was cut off.`,
      )
    file.exec('commit')
    return reader.records()
  } finally {
    file.close()
  }
}

function take(line: number, read: () => void): void {
  try {
    read()
  } catch (error) {
    throw new UserError('import-line', `Line ${line}: ${faultOf(error)} Nothing was imported.`, { line })
  }
}

function faultOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return `${messageOf(error).replace(/\.$/, '')}.`
  const [issue] = error.issues
  const where = issue?.path.join('.') ?? ''
  return `${where === '' ? '' : `${where}: `}${issue?.message ?? 'it cannot be read'}.`
}

interface LineReader {
  readonly take: (line: string) => void
  readonly records: () => number
  readonly isEnded: () => boolean
}

type Insert = (row: unknown) => void

function createReader(file: SqliteFile): LineReader {
  const hash = createHash('sha256')
  const inserts = new Map<RecordKind, Insert>()
  let records = 0
  let hasBegun = false
  let isEnded = false
  const begin = (value: unknown): void => {
    const { version, schema } = firstLine.parse(value)
    if (version > exportVersion || !Object.hasOwn(migrations, schema))
      throw new Error('it was written by a newer version of Depesche; import it with that one')
    hasBegun = true
  }
  const end = (value: unknown): void => {
    const said = lastLine.parse(value)
    if (said.records !== records)
      throw new Error(`${said.records} records are announced, and ${records} are there`)
    if (said.sha256 !== hash.copy().digest('hex'))
      throw new Error('the file was changed: its SHA-256 is another one')
    isEnded = true
  }
  return {
    records: () => records,
    isEnded: () => isEnded,
    take: (line) => {
      if (isEnded) throw new Error('there is more behind the end')
      const value: unknown = JSON.parse(line)
      if (!hasBegun) begin(value)
      else if (isEnd(value)) end(value)
      else {
        const { kind, row } = recordLine.parse(value)
        const insert = inserts.get(kind) ?? createInsert(file, shapeOf(file, kind))
        inserts.set(kind, insert)
        insert(row)
        records += 1
      }
      hash.update(line).update('\n')
    },
  }
}

function isEnd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'end'
}

/** Of a row that lacks columns they get their defaults. */
function createInsert(file: SqliteFile, { kind, row: shape }: RecordShape): Insert {
  const prepared = new Map<string, ReturnType<SqliteFile['prepare']>>()
  return (value) => {
    const row = shape.parse(value)
    const names = Object.keys(row)
    const id = names.join()
    const statement =
      prepared.get(id) ??
      file.prepare(
        `insert ${kind === 'meta' ? 'or replace ' : ''}into ${quoted(kind)} (${names.map(quoted).join(', ')}) values (${names.map(() => '?').join(', ')})`,
      )
    prepared.set(id, statement)
    statement.run(names.map((name) => row[name]))
  }
}

/** Lines end with a line feed alone; all other characters belong to them. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
