/**
 * What kind of place a subscription posts in, with the choices that its kind allows.
 *
 *   text, thread   messages as they are
 *   announcement   the same, and each message is crossposted once to the servers that follow the channel, unless that is not wanted
 *   forum          a post for every edition, or one post that all editions go into
 *   member         direct messages of somebody who asked for them
 *
 * What a member has asked for stands under a scope of their own, as if they were a server: nothing that a server's owners can
 * call reaches it.
 */
import { z } from 'zod'
import type { ChannelId, GuildId, TagId, UserId } from './discord-ids.ts'

/** The most tags that Discord lets a forum post have. */
export const mostTags = 5

/** The most digests that one member may have sent to them. */
export const mostOwnDigests = 10

const tagId = z.string().transform((text) => text as TagId)
const userId = z.string().transform((text) => text as UserId)

export const placeShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('thread') }),
  z.object({ kind: z.literal('announcement'), isCrossposted: z.boolean() }),
  z.object({
    kind: z.literal('forum'),
    posts: z.enum(['new', 'reused']),
    tagIds: z.array(tagId).max(mostTags).readonly(),
  }),
  z.object({ kind: z.literal('member'), userId }),
])

export type Place = z.output<typeof placeShape>

export const textPlace: Place = { kind: 'text' }

/** What a place of that kind is like where nothing else was chosen. */
export function usualPlace(kind: 'text' | 'thread' | 'announcement' | 'forum' | 'other'): Place {
  switch (kind) {
    case 'announcement':
      return { kind, isCrossposted: true }
    case 'forum':
      return { kind, posts: 'new', tagIds: [] }
    case 'thread':
      return { kind }
    case 'text':
    case 'other':
      return textPlace
  }
}

/** Under which a member's own subscriptions are kept. No server has such an id. */
export function scopeOf(member: UserId): GuildId {
  return `@${member}` as GuildId
}

/** The scope of any member, for patterns of SQL. */
export const anyMember = '@%'

/** Stands for the channel of direct messages, which Discord opens when it is first written to. */
export function directChannelOf(member: UserId): ChannelId {
  return member as string as ChannelId
}
