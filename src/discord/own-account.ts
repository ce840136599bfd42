/** Who the bot is, asked over REST. */
import type { REST } from 'discord.js'
import { z } from 'zod'
import { messageOf, OutsideError, UserError } from '../errors.ts'

export interface OwnAccount {
  readonly id: string
  /** Its name on Discord. */
  readonly name: string
  readonly applicationId: string
}

const user = z.object({ id: z.string(), username: z.string() })
const application = z.object({ id: z.string() })

/** Errors: `UserError` where Discord refuses the token. */
export async function readAccount(rest: REST): Promise<OwnAccount> {
  try {
    const { id, username } = user.parse(await rest.get('/users/@me'))
    const { id: applicationId } = application.parse(await rest.get('/applications/@me'))
    return { id, name: username, applicationId }
  } catch (error) {
    throw loginError(error)
  }
}

/** What it means that the bot could not log in. */
export function loginError(error: unknown): UserError | OutsideError {
  return isTokenRefused(error)
    ? new UserError(
        'token',
        'Discord did not accept DISCORD_TOKEN. Copy the bot token anew from the Discord developer portal (Bot → Reset Token) into .env.',
      )
    : new OutsideError(`Discord cannot be reached: ${messageOf(error)}`, { retry: true, cause: error })
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === 'TokenInvalid') || ('status' in error && error.status === 401)
}
