/** Where each message of a delivery goes, by the kind of its place and by what stands already. */
import type { Edition } from './edition.ts'
import type { ChannelId, DeliveryPart, Subscription } from './ledger.ts'
import type { PostHeading, Target } from './post.ts'

/** What is known of a message that is to be posted, or was begun. */
export interface PartPlace {
  readonly part: number
  /** Present where it was begun before. */
  readonly begun?: DeliveryPart | undefined
  /** Where the first message of the delivery stands. */
  readonly first?: ChannelId | undefined
}

/**
 * A forum's first message opens a post, or goes into the one that is reused; the others follow it there. What was begun before goes
 * where it was begun. Undefined where the others would have to follow a message of which nobody knows where it stands.
 */
export function targetOf(
  subscription: Subscription,
  edition: Pick<Edition, 'title' | 'language' | 'slot'>,
  { part, begun, first }: PartPlace,
): Target | undefined {
  const { guildId, channelId, place, threadId } = subscription
  if (place?.kind === 'member') return { kind: 'member', userId: place.userId }
  if (place?.kind !== 'forum') return { kind: 'channel', guildId, channelId }
  if (part > 0) return first === undefined ? undefined : { kind: 'channel', guildId, channelId: first }
  const reused = place.posts === 'reused' ? (threadId ?? channelId) : channelId
  const at = begun?.channelId ?? reused
  return at === channelId ? newPostOf(subscription, edition) : { kind: 'channel', guildId, channelId: at }
}

/** A new forum post for the edition; for a subscription that posts nowhere else it makes no sense. */
export function newPostOf(
  { guildId, channelId, place, schedule }: Subscription,
  { title, language, slot }: Pick<Edition, 'title' | 'language' | 'slot'>,
): Target {
  const isReused = place?.kind === 'forum' && place.posts === 'reused'
  const heading: PostHeading = {
    title,
    language,
    zone: schedule.zone,
    hasTime: 'cron' in schedule || schedule.times.length > 1,
    ...(isReused ? {} : { slot }),
  }
  return {
    kind: 'forum',
    guildId,
    channelId,
    tagIds: place?.kind === 'forum' ? place.tagIds : [],
    heading,
  }
}

/** The channel under which the ledger notes where a message is to be posted; a member's is not known before it was opened. */
export function channelOf(target: Target): ChannelId | undefined {
  return target.kind === 'member' ? undefined : target.channelId
}
