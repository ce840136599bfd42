/** What a schema asks of those that write to it, and what a change of it takes from them. */
import { type Kysely, sql } from 'kysely'
import { engineOf } from '../../src/storage/engine.ts'
import type { Tables } from '../../src/storage/schema.ts'

export interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly is_required: boolean
  readonly has_default: boolean
}

export interface SchemaShape {
  readonly columns: readonly Column[]
  /** What must hold of rows beside that: uniqueness, references, checks; by their table, in a few words. */
  readonly rules: readonly { readonly table: string; readonly rule: string }[]
}

export async function schemaShape(db: Kysely<Tables>): Promise<SchemaShape> {
  return engineOf(db).name === 'sqlite' ? shapeOfFile(db) : shapeOfServer(db)
}

async function shapeOfFile(db: Kysely<Tables>): Promise<SchemaShape> {
  const tables = sql`(
    select name from sqlite_schema where type = 'table' and sql not like 'create virtual%'
      and name not like 'sqlite%' and name not like '%\\_search\\_%' escape '\\')`
  const columns = await sql<
    Omit<Column, 'is_required' | 'has_default'> & Record<'required' | 'defaulted', number>
  >`
    select t.name as "table", c.name, c.type, c."notnull" as required, c.dflt_value is not null as defaulted
    from ${tables} as t join pragma_table_info(t.name) as c`.execute(db)
  const rules = await sql<{ table: string; rule: string }>`
    select t.name as "table", 'unique ' || (select group_concat(name) from pragma_index_info(i.name)) as rule
      from ${tables} as t join pragma_index_list(t.name) as i where i."unique" = 1
    union all
    select t.name, 'refers by ' || f."from" || ' to ' || f."table" from ${tables} as t join pragma_foreign_key_list(t.name) as f`.execute(
    db,
  )
  return {
    columns: columns.rows.map(({ required, defaulted, ...column }) => ({
      ...column,
      is_required: required === 1,
      has_default: defaulted === 1,
    })),
    rules: rules.rows,
  }
}

async function shapeOfServer(db: Kysely<Tables>): Promise<SchemaShape> {
  const here = sql`relnamespace = current_schema()::regnamespace`
  const columns = await sql<Column>`
    select relname as "table", attname as name, format_type(atttypid, atttypmod) as type,
      attnotnull as is_required, atthasdef as has_default
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where ${here} and relkind = 'r' and attnum > 0 and not attisdropped`.execute(db)
  const rules = await sql<{ table: string; rule: string }>`
    select relname as "table", 'index ' || replace(pg_get_indexdef(indexrelid), current_schema() || '.', '') as rule
      from pg_index join pg_class on pg_class.oid = indrelid where ${here} and indisunique
    union all
    select relname, 'constraint ' || pg_get_constraintdef(pg_constraint.oid)
      from pg_constraint join pg_class on pg_class.oid = conrelid where ${here} and contype in ('c', 'f')`.execute(
    db,
  )
  return { columns: columns.rows, rules: rules.rows }
}

/** What those would stumble over that know only what was before, each in a few words. */
export function takenAway(before: SchemaShape, after: SchemaShape): readonly string[] {
  const tables = new Set(before.columns.map(({ table }) => table))
  const known = new Map(before.columns.map((column) => [`${column.table}.${column.name}`, column]))
  const now = new Map(after.columns.map((column) => [`${column.table}.${column.name}`, column]))
  const rules = new Set(before.rules.map(({ table, rule }) => `${table}: ${rule}`))
  const found: string[] = []
  for (const [name, old] of known) {
    const column = now.get(name)
    if (column === undefined) found.push(`${name} is gone`)
    else if (column.type !== old.type) found.push(`${name} is of another type`)
    else if (column.is_required && !old.is_required) found.push(`${name} must be given`)
    else if (old.has_default && !column.has_default) found.push(`${name} has no default any more`)
  }
  for (const [name, { table, is_required, has_default }] of now)
    if (tables.has(table) && !known.has(name) && is_required && !has_default)
      found.push(`${name} is new and must be given`)
  for (const { table, rule } of after.rules)
    if (tables.has(table) && !rules.has(`${table}: ${rule}`)) found.push(`${table}: new ${rule}`)
  return found
}
