/** The lines that `exportLines` gave, read as records: each checked by the schema, all of them counted and compared with the SHA-256 at their end. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { messageOf, UserError } from '../errors.ts'
import { migrations } from './migrations/list.ts'
import {
  type Cell,
  exportVersion,
  type RecordKind,
  type RecordShape,
  type Row,
  recordKinds,
  shapeOf,
} from './records.ts'
import type { SqliteFile } from './sqlite.ts'

export interface LineRecord {
  readonly line: number
  readonly kind: RecordKind
  /** Lacks columns that came after it was written. */
  readonly row: Row
}

export type FindShape = (kind: RecordKind) => RecordShape

const firstLine = z.object({ kind: z.literal('depesche'), version: z.number(), schema: z.string() })
const lastLine = z.object({ kind: z.literal('end'), records: z.number(), sha256: z.string() })
const recordLine = z.strictObject({ kind: z.enum(recordKinds), row: z.unknown() })

/** Of the tables of a file. */
export function shapesOf(file: SqliteFile): FindShape {
  const shapes = new Map<RecordKind, RecordShape>()
  return (kind) => {
    const shape = shapes.get(kind) ?? shapeOf(file, kind)
    shapes.set(kind, shape)
    return shape
  }
}

/** Nothing may be kept of them before the last one was given. Errors: `UserError` that names the line of a fault. */
export async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  shapeOfKind: FindShape,
): AsyncGenerator<LineRecord> {
  const reader = createReader(shapeOfKind)
  let line = 0
  for await (const text of linesOf(chunks)) {
    line += 1
    const record = atLine(line, () => reader.take(text))
    if (record !== undefined) yield { line, ...record }
  }
  if (!reader.isEnded())
    throw new UserError(
      'import-short',
      `Line ${line} is the last one, and the end is missing: the file was cut off.`,
    )
}

/** Says in which line it failed. */
export function atLine<Result>(line: number, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw lineFault(line, error)
  }
}

export function lineFault(line: number, error: unknown): UserError {
  return new UserError('import-line', `Line ${line}: ${faultOf(error)} Nothing was imported.`, { line })
}

function faultOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return `${messageOf(error).replace(/\.$/, '')}.`
  const [issue] = error.issues
  const where = issue?.path.join('.') ?? ''
  return `${where === '' ? '' : `${where}: `}${issue?.message ?? 'it cannot be read'}.`
}

interface LineReader {
  /** Undefined for the first line and the last one. */
  readonly take: (line: string) => Omit<LineRecord, 'line'> | undefined
  readonly isEnded: () => boolean
}

function createReader(shapeOfKind: FindShape): LineReader {
  const hash = createHash('sha256')
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
  const record = (value: unknown): Omit<LineRecord, 'line'> => {
    const { kind, row } = recordLine.parse(value)
    records += 1
    return { kind, row: withoutGaps(shapeOfKind(kind).row.parse(row)) }
  }
  return {
    isEnded: () => isEnded,
    take: (line) => {
      if (isEnded) throw new Error('there is more behind the end')
      const value: unknown = JSON.parse(line)
      let found: Omit<LineRecord, 'line'> | undefined
      if (!hasBegun) begin(value)
      else if (isEnd(value)) end(value)
      else found = record(value)
      hash.update(line).update('\n')
      return found
    },
  }
}

function withoutGaps(row: Readonly<Record<string, Cell | undefined>>): Row {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, cell]) => (cell === undefined ? [] : [[name, cell]])),
  )
}

function isEnd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'end'
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
