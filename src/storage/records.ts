/**
 * Everything that is held, as records: one kind a table, named as the table is. What is worked out from them again (the search index) is
 * none. Of each kind, what its columns may hold is read from the schema itself; what holds JSON of ours is checked as the bot checks it.
 */
import { z } from 'zod'
import { definitionSchema } from '../digest/definition.ts'
import { placeShape } from '../digest/place.ts'
import { scheduleShape } from '../digest/schedule.ts'
import { parseContent } from './edition-content.ts'
import type { SqliteFile } from './sqlite.ts'

/** Raised when lines are written otherwise. */
export const exportVersion = 1

/** In an order in which each refers only to those before it. */
export const recordKinds = [
  'meta',
  'guild',
  'draft',
  'source',
  'source_adder',
  'passed_entry',
  'digest',
  'digest_source',
  'story',
  'story_summary',
  'article',
  'article_key',
  'article_source',
  'article_revision',
  'written_summary',
  'model_use',
  'edition',
  'edition_article',
  'edition_passed',
  'edition_correction',
  'skipped_passed',
  'subscription',
  'subscription_health',
  'notice',
  'delivery',
  'delivery_part',
  'crosspost',
  'correction_edit',
  'follow',
  'follow_told',
  'untold_story',
] as const

/** Worked out again, or of the database's own. */
export const derivedTables =
  /^(?:sqlite_|kysely_|article_search|headline_search|searched_|search_pending|headline_word|role_lease|polled_host|edition_making|rest_budget|identify_turn)/

export type RecordKind = (typeof recordKinds)[number]

export type Cell = string | number | null

export type Row = Readonly<Record<string, Cell>>

export interface RecordShape {
  readonly kind: RecordKind
  readonly columns: readonly string[]
  /** The columns by which its rows are told apart, in which order they are written. */
  readonly key: readonly string[]
  readonly row: z.ZodType<Readonly<Record<string, Cell | undefined>>>
}

const tableColumn = z.object({
  name: z.string(),
  type: z.string(),
  notnull: z.number(),
  dflt_value: z.string().nullable(),
  pk: z.number(),
})

/** A column that is not there in a row has its default: what an older version has written lacks what came later. */
export function shapeOf(file: SqliteFile, kind: RecordKind): RecordShape {
  const columns = z.array(tableColumn).parse(file.prepare(`pragma table_info("${kind}")`).all())
  const shapes = columns.map(({ name, type, notnull, dflt_value, pk }) => {
    const value = type.toUpperCase() === 'TEXT' ? textOf(kind, name) : z.number()
    const isRequired = notnull === 1 || pk > 0
    if (!isRequired) return [name, value.nullable().optional()] as const
    return [name, dflt_value === null ? value : value.optional()] as const
  })
  const shape: Readonly<Record<string, z.ZodType<Cell | undefined>>> = Object.fromEntries(shapes)
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
  return {
    kind,
    columns: columns.map(({ name }) => name),
    key: key.map(({ name }) => name),
    row: z.strictObject(shape),
  }
}

/** How the bot reads what it has written as JSON. */
const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  'digest.definition': (value) => definitionSchema.parse(value),
  'subscription.schedule': (value) => scheduleShape.parse(value),
  'subscription.place': (value) => placeShape.parse(value),
  'edition.content': (value) => parseContent(JSON.stringify(value)),
  'article.body': (value) => z.array(z.string()).parse(value),
  'article.authors': (value) => z.array(z.string()).parse(value),
  'article.summary': (value) => z.array(z.string()).parse(value),
}

function textOf(kind: RecordKind, column: string): z.ZodType<string> {
  const read = readers[`${kind}.${column}`]
  if (read === undefined) return z.string()
  return z.string().refine((text) => isRead(read, text), { error: 'cannot be read by this version' })
}

function isRead(read: (value: unknown) => unknown, text: string): boolean {
  try {
    read(JSON.parse(text))
    return true
  } catch {
    return false
  }
}
