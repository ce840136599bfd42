/**
 * Commands for programs: JSON lines in, JSON lines out, in order, one result or `{id, error}` a line. A bad line never
 * hinders another, and output keeps pace with input, so that streams of any length take little memory.
 */
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import { messageOf, UserError } from './errors.ts'

/** The id of a line, as it was given; null where the line has none. */
export type LineId = string | number | null

const withId = z.looseObject({ id: z.union([z.string(), z.number()]) })

export type Line =
  | { readonly kind: 'object'; readonly id: LineId; readonly value: unknown }
  | { readonly kind: 'bad'; readonly id: LineId; readonly error: string }

/** Reads lines of any length; empty ones are passed over. */
export async function* readLines(input: Readable): AsyncGenerator<Line> {
  let number = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (text.trim() !== '') yield parseLine(text, number)
  }
}

function parseLine(text: string, number: number): Line {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { kind: 'bad', id: null, error: `Line ${number} is not JSON. Give one object on each line.` }
  }
  const parsed = withId.safeParse(value)
  if (parsed.success) return { kind: 'object', id: parsed.data.id, value }
  return {
    kind: 'bad',
    id: null,
    error: `Line ${number} has no "id". Give each object one, a string or a number.`,
  }
}

/** A wrong field, or whatever else went wrong, as a sentence for the line's `error`. */
export function lineError(id: LineId, error: unknown): { readonly id: LineId; readonly error: string } {
  if (error instanceof z.ZodError) {
    const problems = error.issues.map((issue) => `${issue.path.join('.') || 'the line'}: ${issue.message}`)
    return { id, error: problems.join('; ') }
  }
  return { id, error: error instanceof UserError ? error.message : `failed: ${messageOf(error)}` }
}

/**
 * Runs `work` on every line, up to `ahead` at once, and writes results in the order of the input.
 * Resolves with how many lines there were and how many gave an error.
 */
export async function eachLine(
  input: Readable,
  output: Writable,
  work: (value: unknown) => object | Promise<object>,
  ahead = 1,
): Promise<{ readonly lines: number; readonly errors: number }> {
  let lines = 0
  let errors = 0
  const pending: Promise<object>[] = []
  const writeFirst = async (): Promise<void> => {
    const result = await pending.shift()
    if (result === undefined) return
    if ('error' in result) errors += 1
    await write(output, result)
  }
  for await (const line of readLines(input)) {
    lines += 1
    pending.push(resultOf(line, work))
    if (pending.length >= ahead) await writeFirst()
  }
  while (pending.length > 0) await writeFirst()
  return { lines, errors }
}

async function resultOf(line: Line, work: (value: unknown) => object | Promise<object>): Promise<object> {
  return line.kind === 'bad' ? { id: line.id, error: line.error } : answerLine(line.value, work)
}

/** What `work` makes of a line, or the line's id with the reason why nothing could be made of it. */
export async function answerLine(
  value: unknown,
  work: (value: unknown) => object | Promise<object>,
): Promise<object> {
  try {
    return await work(value)
  } catch (error) {
    return lineError(withId.safeParse(value).data?.id ?? null, error)
  }
}

/** Writes one object as a line and waits while the reader is slower. */
export function write(output: Writable, value: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const isTaken = output.write(`${JSON.stringify(value)}\n`, (error) => {
      if (error) reject(error)
    })
    if (isTaken) resolve()
    else output.once('drain', resolve)
  })
}
