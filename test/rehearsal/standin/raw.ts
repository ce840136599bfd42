/** Requests as they go over the wire, without a client that would correct them first. */
import { z } from 'zod'
import type { StandIn } from '../../../src/rehearsal/standin/types.ts'

const answer = z.looseObject({ code: z.number().optional(), errors: z.unknown().optional() })

export interface RawAnswer {
  readonly status: number
  /** Discord's code, where it refused. */
  readonly code: number | undefined
  readonly body: Readonly<Record<string, unknown>>
  /** `content:BASE_TYPE_MAX_LENGTH`: every leaf of the tree of errors. */
  readonly errors: readonly string[]
  readonly headers: Headers
}

export async function send(
  discord: StandIn,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: 'Bot test-token' },
): Promise<RawAnswer> {
  const isForm = body instanceof FormData
  const response = await fetch(`${discord.api}/v10${path}`, {
    method,
    headers: { ...headers, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json: unknown = text === '' ? {} : JSON.parse(text)
  const parsed = answer.safeParse(json)
  return {
    status: response.status,
    code: response.status >= 400 && parsed.success ? parsed.data.code : undefined,
    body: parsed.success ? parsed.data : { list: json },
    errors: parsed.success ? leaves(parsed.data.errors, '') : [],
    headers: response.headers,
  }
}

const leaf = z.object({ _errors: z.array(z.object({ code: z.string() })) })

function leaves(tree: unknown, path: string): string[] {
  if (typeof tree !== 'object' || tree === null) return []
  const own = leaf.safeParse(tree)
  const here = own.success ? own.data._errors.map((error) => `${path}:${error.code}`) : []
  const below = Object.entries(tree)
    .filter(([key]) => key !== '_errors')
    .flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`))
  return [...here, ...below]
}
