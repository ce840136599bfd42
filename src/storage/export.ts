/**
 * Everything that is held as lines of JSON, as it is at one instant: a line with the version, a line a record, and a line with their count and the
 * SHA-256 of all before it. The same holdings give the same bytes.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { UserError } from '../errors.ts'
import { openDatabase } from './database.ts'
import { migrations } from './migrations/list.ts'
import { exportVersion, type RecordKind, recordKinds, shapeOf } from './records.ts'
import { rowsOnServer, tableShapeOf } from './server-rows.ts'
import { openToRead, type SqliteFile, schemaSteps, sqlitePath } from './sqlite.ts'
import { missingSteps, refuseUnknown } from './versions.ts'

/** Characters that are handed over at once. */
const chunkCharacters = 64 * 1024

/** Gives whole lines, many at a time. Errors: `UserError` where there is no database of this version. */
export function* exportLines(databaseUrl: string): Generator<string> {
  const file = openHeld(databaseUrl, 'export')
  try {
    file.exec('begin')
    const writer = createWriter()
    for (const kind of recordKinds) {
      const { columns, key } = shapeOf(file, kind)
      const select = `select ${columns.map(quoted).join(', ')} from ${quoted(kind)} order by ${key.map(quoted).join(', ')}`
      for (const row of file.prepare(select).iterate()) yield* writer.add(kind, row)
    }
    yield writer.end()
  } finally {
    file.close()
  }
}

/** The same of a PostgreSQL database, as it is at one instant. Errors: `UserError` where it cannot be opened. */
export async function* exportServerLines(databaseUrl: string): AsyncGenerator<string> {
  const db = await openDatabase(databaseUrl, { isWhole: true })
  try {
    const trx = await db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute()
    try {
      const writer = createWriter()
      for (const kind of recordKinds) {
        for await (const rows of rowsOnServer(trx, await tableShapeOf(trx, kind)))
          for (const row of rows) yield* writer.add(kind, row)
      }
      yield writer.end()
    } finally {
      await trx.rollback().execute()
    }
  } finally {
    await db.destroy()
  }
}

interface LineWriter {
  /** Gives the lines that are waiting, where they are many. */
  readonly add: (kind: RecordKind, row: unknown) => readonly string[]
  /** The rest. */
  readonly end: () => string
}

function createWriter(): LineWriter {
  const hash = createHash('sha256')
  const schema = Object.keys(migrations).at(-1)
  let records = 0
  let chunk = `${JSON.stringify({ kind: 'depesche', version: exportVersion, schema })}\n`
  return {
    add: (kind, row) => {
      chunk += `${JSON.stringify({ kind, row })}\n`
      records += 1
      if (chunk.length < chunkCharacters) return []
      const full = chunk
      hash.update(full)
      chunk = ''
      return [full]
    },
    end: () => {
      hash.update(chunk)
      return `${chunk}${JSON.stringify({ kind: 'end', records, sha256: hash.digest('hex') })}\n`
    },
  }
}

/** A file of this version, to be read. Errors: `UserError` where there is none, or it is of another version. */
export function openHeld(databaseUrl: string, verb: 'export' | 'move'): SqliteFile {
  const path = sqlitePath(databaseUrl)
  if (!existsSync(path))
    throw new UserError('database-missing', `There is no database ${path} yet: nothing to ${verb}.`)
  const file = openToRead(path)
  try {
    const taken = schemaSteps(file) ?? []
    refuseUnknown(`The database ${path}`, taken, migrations)
    if (missingSteps(migrations, taken).length === 0) return file
    throw new UserError(
      'older-schema',
      `${path} is of an older version. Start Depesche once, which upgrades it, then ${verb}.`,
    )
  } catch (error) {
    file.close()
    throw error
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
