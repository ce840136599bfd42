/** Which digests are meant where a member names none. */
import type { Digest } from '../digest/definition.ts'
import type { Context } from './context.ts'

type Place = Pick<Context, 'guildId' | 'library' | 'subscriptions'>

/** Those posted on this server; where none is, and in direct messages, all that may be read there: those of the house first of all. */
export async function digestsHere({ guildId, library, subscriptions }: Place): Promise<readonly Digest[]> {
  const readable = await library.digests(guildId)
  const posted = guildId === undefined ? [] : await subscriptions.ofGuild(guildId)
  const ids = new Set(posted.map(({ digestId }) => digestId))
  const here = readable.filter(({ id }) => ids.has(id))
  return here.length > 0 ? here : readable
}
