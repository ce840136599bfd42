/** What a process does of the bot's work. Any number of processes share a database, each with the roles it is given. */
import { randomBytes } from 'node:crypto'
import type { WorkerId } from '../digest/ledger.ts'
import { UserError } from '../errors.ts'

/**
 * `gateway`: interactions are answered, servers come and go, commands are registered. `poll`: sources and the folder of digests are read, articles
 * put into stories and into search. `publish`: editions are made and posted, people told, what is old removed. `web`: pages and feeds.
 */
export const processRoles = ['gateway', 'poll', 'publish', 'web'] as const
export type ProcessRole = (typeof processRoles)[number]

/** Which shards of the gateway a process has, of how many in all. */
export interface Shards {
  readonly ids: readonly number[]
  readonly count: number
}

export const newWorkerId = (): WorkerId => randomBytes(6).toString('hex') as WorkerId

/** Errors: `UserError` where there is none. */
export function tokenOf({ token }: { readonly token?: string | undefined }): string {
  if (token !== undefined) return token
  throw new UserError(
    'token-missing',
    'DISCORD_TOKEN is missing: put the bot token into .env (see .env.example), or try everything without an account with "npm run rehearse".',
  )
}
