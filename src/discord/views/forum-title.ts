/** What a forum post is called: the digest's title, and the day of its edition in the language and zone of the digest. */
import type { PostHeading } from '../../digest/post.ts'
import { cut, visible } from './foreign.ts'
import { limits } from './limits.ts'

/** Within Discord's limit; a long title is cut, the day never. */
export function forumTitle({ title, language, slot, zone, hasTime }: PostHeading): string {
  if (slot === undefined) return cut(visible(title), limits.threadName) || '…'
  const day = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    ...(hasTime ? { timeStyle: 'short' as const } : {}),
    timeZone: zone,
  }).format(slot)
  const ending = ` · ${day}`
  return `${cut(visible(title), limits.threadName - ending.length) || '…'}${ending}`
}
