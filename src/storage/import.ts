/**
 * What `exportLines` gave, as a database again: whole or not at all. A file is built beside the place of the database and takes that place when every
 * line was read, checked and counted; PostgreSQL takes all of it in one transaction. A database that holds anything is not replaced.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError } from '../errors.ts'
import { syncFolder } from './backup.ts'
import { lockDatabase, openDatabase } from './database.ts'
import { quoted } from './export.ts'
import { atLine, recordsOf, shapesOf } from './import-lines.ts'
import { importIntoServer } from './import-server.ts'
import { isPostgres } from './postgres.ts'
import { type RecordKind, type Row, recordKinds } from './records.ts'
import { closeWhole, countRows, openFile, openToRead, type SqliteFile, sqlitePath } from './sqlite.ts'

export interface Imported {
  readonly records: number
}

/** Errors: `UserError` that names the line of a fault; nothing was changed then. */
export async function importLines(
  databaseUrl: string,
  chunks: AsyncIterable<Uint8Array>,
  told: (records: number) => void,
): Promise<Imported> {
  return {
    records: isPostgres(databaseUrl)
      ? await importIntoServer(databaseUrl, chunks, told)
      : await importIntoFile(databaseUrl, chunks, told),
  }
}

async function importIntoFile(
  databaseUrl: string,
  chunks: AsyncIterable<Uint8Array>,
  told: (records: number) => void,
): Promise<number> {
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
    return records
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
    const inserts = new Map<RecordKind, Insert>()
    let records = 0
    for await (const { line, kind, row } of recordsOf(chunks, shapesOf(file))) {
      const insert = inserts.get(kind) ?? createInsert(file, kind)
      inserts.set(kind, insert)
      atLine(line, () => insert(row))
      records += 1
      if (records % 1000 === 0) told(records)
    }
    file.exec('commit')
    return records
  } finally {
    file.close()
  }
}

type Insert = (row: Row) => void

/** Of a row that lacks columns they get their defaults. */
function createInsert(file: SqliteFile, kind: RecordKind): Insert {
  const prepared = new Map<string, ReturnType<SqliteFile['prepare']>>()
  return (row) => {
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

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
