/** What an owner can mend, said where they are instead of in place of it. */
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { isTextKey } from '../text/say.ts'

/** The sentence for an error that a person can mend; whatever else was thrown is thrown on. */
export function sentenceOf(error: unknown, { say, mention }: Context): string {
  if (!(error instanceof UserError)) throw error
  const key = `error.${error.code}`
  if (!isTextKey(key)) throw error
  return say(key, { list: mention('digest list'), headlines: mention('headlines'), ...error.facts })
}

/** The server that is meant. Errors: `UserError` outside of servers that have installed the bot. */
export function guildOf({ guildId }: Context) {
  if (guildId === undefined) throw new UserError('guild-only', 'This command works on a server only.')
  return guildId
}
