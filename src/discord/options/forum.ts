/** What posting in a forum asks for beyond permissions: its tags, and whether every post must have one. */
import { type Channel, ChannelFlags, ForumChannel, MediaChannel, PermissionFlagsBits } from 'discord.js'
import type { TagId } from '../../digest/ledger.ts'
import { mostTags } from '../../digest/place.ts'

export interface ForumTag {
  readonly id: TagId
  /** Foreign. */
  readonly name: string
}

export interface ForumFacts {
  readonly requiresTag: boolean
  /** Those that the bot may apply. */
  readonly tags: readonly ForumTag[]
}

/** Undefined for what is no forum, or is not known. A media channel is a forum too. */
export function forumFactsOf(channel: Channel | undefined): ForumFacts | undefined {
  if (!(channel instanceof ForumChannel || channel instanceof MediaChannel)) return undefined
  const own = channel.guild.members.me
  const mayModerate = own !== null && channel.permissionsFor(own).has(PermissionFlagsBits.ManageThreads)
  return {
    requiresTag: channel.flags.has(ChannelFlags.RequireTag),
    tags: channel.availableTags
      .filter(({ moderated }) => !moderated || mayModerate)
      .map(({ id, name }) => ({ id: id as TagId, name })),
  }
}

/** Of the tags chosen once those that can still be applied. */
export function tagsThere({ tags }: ForumFacts, chosen: readonly TagId[]): readonly TagId[] {
  return chosen.filter((id) => tags.some((tag) => tag.id === id)).slice(0, mostTags)
}
