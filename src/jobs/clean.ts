/** What is not needed any more goes: once an hour, a little at a time. */
import type { CorrectionDesk } from '../digest/correcting.ts'
import type { EditionDesk } from '../digest/desk.ts'
import type { Guilds } from '../digest/guild.ts'
import type { Members } from '../digest/member.ts'
import { type Retaining, retain } from './retain.ts'

export interface Cleaning extends Retaining {
  readonly guilds: Pick<Guilds, 'forgetLeft'>
  readonly members: Pick<Members, 'dropOld'>
  readonly corrections: Pick<CorrectionDesk, 'dropOld'>
  readonly desk: Pick<EditionDesk, 'dropMaking'>
}

/** What a server left behind is kept for so long, in case it comes back. */
const leftGuildMs = 30 * 24 * 60 * 60 * 1000

/** Nobody asks any more whether an edition was under way so long ago. */
const makingMs = 24 * 60 * 60 * 1000

export async function clean(cleaning: Cleaning): Promise<void> {
  const { now, guilds, members, corrections, desk, log } = cleaning
  const forgotten = await guilds.forgetLeft(now() - leftGuildMs)
  if (forgotten.length > 0) log.info({ guilds: forgotten }, 'guilds.forgotten')
  await members.dropOld(now())
  await corrections.dropOld(now())
  await desk.dropMaking(now() - makingMs)
  await retain(cleaning)
}
