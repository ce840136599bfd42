/** One REST request on its way through the stand-in, and what a route answers. */
import type { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import type { Gateway } from './gateway.ts'
import type { Interactions } from './interactions.ts'
import type { UploadedFile } from './messages.ts'
import type { Realm } from './realm.ts'
import type { Windows } from './windows.ts'

/** What routes work with. */
export interface Discord {
  readonly realm: Realm
  readonly gateway: Gateway
  readonly interactions: Interactions
  readonly endpoint: Endpoint
  readonly windows: Windows
  readonly nonceWindowMs: number
  readonly approximateGuildCount: number | undefined
  readonly gatewayAddress: () => string
}

export interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly files: readonly UploadedFile[]
  /** Parses the body, or refuses it with 50035. */
  form<T>(schema: z.ZodType<T>): T
}

/** No body: 204. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As in Discord's OpenAPI document: `/channels/{channel_id}`. */
  readonly path: string
  /** Its operationId there. */
  readonly operation: string
  /** Interaction and webhook routes carry their token in the path. */
  readonly needsToken: boolean
  readonly run: (call: Call, discord: Discord) => Reply | Promise<Reply>
}

type Run = Route['run']

/** A route that needs the bot's token. */
export function route(method: Route['method'], path: string, operation: string, run: Run): Route {
  return { method, path, operation, needsToken: true, run }
}

/** A route that whoever knows its address may call. */
export function openRoute(method: Route['method'], path: string, operation: string, run: Run): Route {
  return { method, path, operation, needsToken: false, run }
}

export function ok(body: unknown): Reply {
  return { status: 200, body }
}

export function created(body: unknown): Reply {
  return { status: 201, body }
}

export const done: Reply = { status: 204 }
