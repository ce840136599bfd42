/** What posting in a forum asks for beyond permissions: its tags, and whether every post must have one. A media channel is a forum too. */
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

/** Of the tags chosen once those that can still be applied. */
export function tagsThere({ tags }: ForumFacts, chosen: readonly TagId[]): readonly TagId[] {
  return chosen.filter((id) => tags.some((tag) => tag.id === id)).slice(0, mostTags)
}
