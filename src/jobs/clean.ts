/** What is not needed any more goes: once an hour, a little at a time. */
import type { Instant } from '../article/article.ts'
import type { Guilds } from '../digest/guild.ts'
import type { Members } from '../digest/member.ts'
import type { Log } from '../log.ts'

export interface Cleaning {
  readonly now: () => Instant
  readonly guilds: Pick<Guilds, 'forgetLeft'>
  readonly members: Pick<Members, 'dropOld'>
  readonly log: Log
}

/** What a server left behind is kept for so long, in case it comes back. */
const leftGuildMs = 30 * 24 * 60 * 60 * 1000

export async function clean({ now, guilds, members, log }: Cleaning): Promise<void> {
  const forgotten = await guilds.forgetLeft(now() - leftGuildMs)
  if (forgotten.length > 0) log.info({ guilds: forgotten }, 'guilds.forgotten')
  await members.dropOld(now())
}
