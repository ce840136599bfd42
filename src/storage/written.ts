/** Model-written summaries and the daily budget of tokens. Every write is one statement, so that processes share both. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import type { ModelBudget, WrittenSummaries } from '../digest/written.ts'
import type { Verdict } from '../summary/written/verdict.ts'
import type { Database } from './database.ts'
import type { WrittenSummaryRow } from './schema.ts'

/** Longer ago nobody asks for the same texts again. */
const keptMs = 30 * 24 * 60 * 60 * 1000

const sentences = z.array(z.object({ text: z.string(), from: z.number() }))
const refusal = z.union([
  z.object({
    reason: z.literal('unfaithful'),
    doubts: z.array(
      z.object({
        kind: z.enum([
          'name',
          'number',
          'negation',
          'opposite',
          'quotation',
          'unsupported',
          'language',
          'empty',
        ]),
        text: z.string(),
      }),
    ),
  }),
  z.object({ reason: z.enum(['empty', 'too-long', 'unfinished', 'repeats', 'markup', 'talk']) }),
])

export function createWrittenSummaries(db: Database): WrittenSummaries {
  return {
    find: async (key) => {
      const row = await db.selectFrom('written_summary').selectAll().where('key', '=', key).executeTakeFirst()
      return row && verdictOf(row)
    },

    keep: async (key, { language, model, verdict }, now) => {
      await db
        .insertInto('written_summary')
        .values({ key, language, model, written_at: now, ...columnsOf(verdict) })
        .onConflict((c) => c.column('key').doNothing())
        .execute()
      await db
        .deleteFrom('written_summary')
        .where('written_at', '<', now - keptMs)
        .execute()
    },
  }
}

function columnsOf(verdict: Verdict): Pick<WrittenSummaryRow, 'brief' | 'sentences' | 'refusal'> {
  return verdict.kind === 'shown'
    ? { brief: verdict.brief ?? null, sentences: JSON.stringify(verdict.sentences), refusal: null }
    : { brief: null, sentences: null, refusal: JSON.stringify(verdict.refusal) }
}

/** Undefined for a row that this version does not understand: it is written anew. */
function verdictOf(row: WrittenSummaryRow): Verdict | undefined {
  if (row.refusal !== null) {
    const read = refusal.safeParse(parsed(row.refusal))
    return read.success ? { kind: 'refused', refusal: read.data } : undefined
  }
  const read = sentences.safeParse(parsed(row.sentences ?? ''))
  if (!read.success) return undefined
  return { kind: 'shown', sentences: read.data, ...(row.brief === null ? {} : { brief: row.brief }) }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

export function createModelBudget(db: Database): ModelBudget {
  return {
    reserve: async (now, tokens, most) => {
      if (tokens > most) return false
      const taken = await db
        .insertInto('model_use')
        .values({ day: dayOf(now), tokens })
        .onConflict((c) =>
          c
            .column('day')
            .doUpdateSet({ tokens: sql<number>`model_use.tokens + excluded.tokens` })
            .where(sql<boolean>`model_use.tokens + excluded.tokens <= ${most}`),
        )
        .returning('tokens')
        .executeTakeFirst()
      return taken !== undefined
    },

    settle: async (reservedAt, reserved, used) => {
      await db
        .updateTable('model_use')
        .set({ tokens: sql<number>`tokens + ${used - reserved}` })
        .where('day', '=', dayOf(reservedAt))
        .execute()
    },
  }
}

/** `2026-11-20`, in UTC. */
function dayOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10)
}
