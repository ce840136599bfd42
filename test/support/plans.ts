/** Query plans as text that stays the same: which rows are read by which index, and what is sorted; no costs, no values. */
import { CompiledQuery, type KyselyPlugin } from 'kysely'
import type { Database } from '../../src/storage/database.ts'
import { engineOf } from '../../src/storage/engine.ts'

export interface Watched {
  /** The database, heard. */
  readonly db: Database
  /** What was asked since the last call, each statement once. */
  readonly asked: () => readonly CompiledQuery[]
}

export function watchStatements(plain: Database): Watched {
  let heard: CompiledQuery[] = []
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      heard.push(plain.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    db: plain.withPlugin(plugin),
    asked: () => {
      const all = new Map(heard.map((query) => [shortened(query.sql), query]))
      heard = []
      return [...all.values()]
    },
  }
}

/** A statement without the number of its values. */
export function shortened(statement: string): string {
  return statement
    .replace(/\s+/g, ' ')
    .replace(/\$\d+/g, '?')
    .replace(/\((?:\?|cast\(\? as \w+\))(?:, (?:\?|cast\(\? as \w+\)))*\)/g, '(?)')
    .replace(/\(\?\)(?:, \(\?\))+/g, '(?)')
    .replaceAll('"', '')
    .trim()
}

/** The steps of its plan, in the order in which the database tells them. */
export async function planOf(db: Database, { sql, parameters }: CompiledQuery): Promise<readonly string[]> {
  if (engineOf(db).name === 'sqlite') {
    const { rows } = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    )
    const details = rows.map(({ detail }) => detail)
    const within = details.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(detail)?.[1] ?? [])
    return details.filter(
      (detail) =>
        /^(?:SCAN|SEARCH|USE TEMP)/.test(detail) && !within.some((name) => detail === `SCAN ${name}`),
    )
  }
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>(
    CompiledQuery.raw(`explain (costs off) ${sql}`, [...parameters]),
  )
  return stepsOf(rows.map((row) => row['QUERY PLAN']))
}

function stepsOf(lines: readonly string[]): readonly string[] {
  const steps: string[] = []
  for (const line of lines) {
    const step =
      /^\s*(?:->\s+)?((?:Index Only|Index|Bitmap Index|Bitmap Heap|Seq) Scan\b.*|Sort|Incremental Sort)$/.exec(
        line,
      )?.[1]
    const condition = /^\s*(?:Index Cond): (.*)$/.exec(line)?.[1]
    if (step !== undefined) steps.push(step)
    else if (condition !== undefined && steps.length > 0)
      steps.push(`${steps.pop()} by ${columnsIn(condition)}`)
  }
  return steps
}

/** `((source_id = x.source_id) AND (ROW(seen_at, id) > ROW(1, 'a')))` → `source_id =, (seen_at, id) >` */
function columnsIn(condition: string): string {
  const found = condition.matchAll(
    /\((?:\((\w+)\)::\w+|ROW(\([\w, ]+\))|(\w+)) (=|<>|<=|>=|<|>|@@|IS NULL|IS NOT NULL)/g,
  )
  return [...found]
    .map(([, cast, row, plain, comparison]) => `${cast ?? row ?? plain} ${comparison}`)
    .join(', ')
}
