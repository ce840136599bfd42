/**
 * The ledger of deliveries: the promise to post one edition for one subscription and slot, and how that went.
 *
 *   planned → claimed → sending (part i of n) → sent
 *                     ↘ failed(reason) | skipped(reason)
 *                     ↘ uncertain → sent, or settled as it is
 *
 * The row is the promise: `unique (subscription, slot)`. A delivery is claimed with a lease; when a process dies its lease runs out and
 * another claims it, sees which parts are recorded, and finds out about a part that was begun and not recorded. `uncertain` says that
 * such a part may stand in the channel or not. Where nobody can tell any more the delivery is settled as `uncertain` and
 * counts as posted, for the memory of its subscription too.
 *
 * A subscription delivers its slots in their order: the next edition follows from what the one before has carried.
 */
import type { Instant } from '../article/article.ts'
import type { DigestId } from './definition.ts'
import type { ChannelId, GuildId, MessageId, RoleId, UserId } from './discord-ids.ts'
import type { PlannedTo } from './due-slots.ts'
import type { EditionId } from './edition.ts'
import type { LocalKey } from './local-clock.ts'
import type { Place } from './place.ts'
import type { Schedule, Slot } from './schedule.ts'

export type { ChannelId, GuildId, MessageId, RoleId, TagId, UserId } from './discord-ids.ts'
export type SubscriptionId = string & { readonly __brand: 'SubscriptionId' }
export type DeliveryId = string & { readonly __brand: 'DeliveryId' }
/** Names one process while it runs. */
export type WorkerId = string & { readonly __brand: 'WorkerId' }

/** How a message comes to its readers' notice; `role` mentions the role that the server's settings name. */
export type Notice = 'usual' | 'silent' | 'role'

export interface Subscription {
  readonly id: SubscriptionId
  readonly guildId: GuildId
  readonly channelId: ChannelId
  readonly digestId: DigestId
  readonly schedule: Schedule
  readonly createdAt: Instant
  /** Slots up to here have been planned; the next search for due slots begins here. */
  readonly plannedUntil: Instant
  /** The local time of that instant; see `PlannedTo`. */
  readonly plannedKey?: LocalKey
  /** The newest edition it has carried: its memory. */
  readonly lastEditionId?: EditionId
  /** Nothing is planned for it since then. */
  readonly pausedAt?: Instant
  /** Absent for the usual one. */
  readonly notice?: Notice
  /** When it was moved into its channel: what it posted before lies elsewhere. */
  readonly channelSince?: Instant
  /** Who set it up. */
  readonly addedBy?: UserId
  /** Absent for a text channel, and in what older versions wrote. */
  readonly place?: Place
  /** The forum post that it has opened last. */
  readonly threadId?: ChannelId
}

/** What is absent stays as it is. */
export interface SubscriptionChange {
  readonly schedule?: Schedule
  readonly channelId?: ChannelId
  readonly notice?: Notice
  readonly place?: Place
}

export interface Delivery {
  readonly id: DeliveryId
  /** Whoever holds the lease; what anybody else writes about the delivery is refused. */
  readonly owner: WorkerId
  readonly subscription: Subscription
  readonly slot: Instant
  /** Set from the moment at which its first part was begun. */
  readonly editionId?: EditionId
  /** Whether it is marked as late: decided once, so that every attempt renders the same messages. */
  readonly late?: boolean
  /** 1 for the first claim; more means that earlier ones ended without an end. */
  readonly attempt: number
  readonly parts: readonly DeliveryPart[]
}

/** A message of a delivery. */
export interface DeliveryPart {
  readonly part: number
  readonly begunAt: Instant
  /** Absent while the outcome is not known. */
  readonly sentAt?: Instant
  /** Absent for a part that counts as posted and was never seen. */
  readonly messageId?: MessageId
  /** The channel or thread in which it stands or was begun; absent in what older versions wrote: that of the subscription. */
  readonly channelId?: ChannelId
}

/** A message that stands in a channel. */
export interface PostedMessage {
  readonly channelId: ChannelId
  readonly messageId: MessageId
  /** It opened that thread: a forum post. */
  readonly opensThread?: boolean
  /** The role that it mentions. */
  readonly roleId?: RoleId
}

/** A message that is to go to the servers that follow its channel. */
export interface Crosspost {
  readonly deliveryId: DeliveryId
  readonly part: number
  readonly channelId: ChannelId
  readonly messageId: MessageId
  /** When its edition was posted. */
  readonly since: Instant
}

/** The lease on a delivery. Verbs that take one give `false` where it is no longer held, and then have done nothing. */
export type Claim = Pick<Delivery, 'id' | 'owner'>

export interface DueSubscription extends Subscription {
  /** Since when its slot waits to be planned; 0 where its schedule changed and nobody knows yet. */
  readonly dueAt: Instant
}

/** What a search for due slots found for one subscription. */
export interface SlotPlan {
  readonly subscription: SubscriptionId
  /** As it was when the search began: where it changed since, the subscription is searched again. */
  readonly dueAt: Instant
  readonly slots: readonly (Slot & { readonly skipped?: string })[]
  /** How far its slots were planned when the search began, and how far they are now; the latter counts only where the former still holds. */
  readonly from: PlannedTo
  readonly planned: PlannedTo
  /** When the next search is worth while; undefined where the schedule has no slot any more. */
  readonly nextSlotAt: Instant | undefined
  /** Why there is nothing to plan: the subscription fails from now on. */
  readonly refusal?: Refusal
}

/** Why a subscription could not be served: a code of Discord's or of ours, and a sentence. */
export interface Refusal {
  readonly code: string
  readonly reason: string
}

/** A refusal that ends a slot. */
export interface Failure extends Refusal {
  /** Somebody on that server can mend it: whoever set the digest up is told, once (see `notice.ts`). */
  readonly isToBeTold?: boolean
  /** Permissions that the bot lacked, as discord.js names them. */
  readonly missing?: readonly string[]
}

/** Its schedule cannot be read any more; it fails until it is given another one. */
export const unreadableCode = 'schedule-unreadable'

/** A subscription that is not being served, and since when. It has no health row while all is well. */
export interface Health {
  readonly subscriptionId: SubscriptionId
  readonly failingSince: Instant
  readonly failedAt: Instant
  readonly code: string
  readonly reason: string
}

export interface Subscriptions {
  /** `exists` where the digest is posted in that channel already. */
  readonly add: (
    subscription: Omit<Subscription, 'id' | 'lastEditionId' | 'threadId'>,
  ) => Promise<'added' | 'exists'>
  readonly remove: (guildId: GuildId, id: SubscriptionId) => Promise<boolean>
  readonly find: (guildId: GuildId, id: SubscriptionId) => Promise<Subscription | undefined>
  /**
   * `exists`: the digest is posted in that channel already. `busy`: an edition is being posted, and its messages belong in one
   * channel; nothing was changed.
   */
  readonly change: (
    guildId: GuildId,
    id: SubscriptionId,
    change: SubscriptionChange,
    now: Instant,
  ) => Promise<'changed' | 'unknown' | 'exists' | 'busy'>
  /** Plans nothing more for it; a delivery that was begun is ended. False where there is no such subscription. */
  readonly pause: (guildId: GuildId, id: SubscriptionId, now: Instant) => Promise<boolean>
  /** Its next slot is the first after `now`; what came meanwhile is still to be carried. */
  readonly resume: (guildId: GuildId, id: SubscriptionId, now: Instant) => Promise<boolean>
  readonly ofGuild: (guildId: GuildId) => Promise<readonly Subscription[]>
  readonly all: () => Promise<readonly Subscription[]>
}

export interface Ledger {
  /** Subscriptions whose next slot has come, the longest due first. Those of a withdrawn digest, and those that are paused, rest. */
  readonly due: (now: Instant, limit: number) => Promise<readonly DueSubscription[]>
  /**
   * Promises slots and moves the searches of their subscriptions on, in one transaction. A slot that is promised already stays as it is.
   * Older slots of which nothing was posted fold into the newest one promised here.
   */
  readonly plan: (plans: readonly SlotPlan[], now: Instant) => Promise<void>
  /**
   * Promises a slot that no schedule has, paused or not; the search for slots stays where it is. Older slots of which nothing was posted
   * fold into it. False where that slot was promised before.
   */
  readonly planExtra: (id: SubscriptionId, slot: Instant, now: Instant) => Promise<boolean>
  /** Has every schedule searched anew under these rules of time zones, if the search before was under others; says whether it was. */
  readonly searchAnew: (rules: string) => Promise<boolean>
  /**
   * Deliveries that are due or whose lease ran out, now leased to `owner`; servers take turns. One of a subscription at a time,
   * its oldest.
   */
  readonly claim: (claim: {
    readonly owner: WorkerId
    readonly now: Instant
    readonly leaseMs: number
    readonly limit: number
  }) => Promise<readonly Delivery[]>
  /** Holds the leases of these deliveries for longer, as far as they are `owner`'s. */
  readonly renew: (owner: WorkerId, ids: readonly DeliveryId[], leaseUntil: Instant) => Promise<void>
  /** Gives claimed deliveries back as if they had not been claimed. */
  readonly release: (claims: readonly Claim[], now: Instant) => Promise<void>
  /** Ends all leases. Only for a process that is alone with its database: then every lease is that of a dead one. */
  readonly endLeases: (now: Instant) => Promise<number>
  /** When the next delivery that is not settled may be claimed. */
  readonly nextClaimAt: () => Promise<Instant | undefined>
  /**
   * Notes that a part is about to be posted, and as what; the lease is renewed. A part that was begun before keeps its instant,
   * unless `anew`: it is certain that it was not posted.
   */
  readonly beginPart: (
    claim: Claim,
    begun: {
      readonly editionId: EditionId
      readonly parts: number
      readonly late: boolean
      readonly part: number
      readonly anew: boolean
      /** Where it is to be posted. */
      readonly channelId?: ChannelId
      readonly now: Instant
      readonly leaseUntil: Instant
    },
  ) => Promise<boolean>
  /** A part that was begun and certainly not posted. */
  readonly cancelPart: (claim: Claim, part: number) => Promise<boolean>
  /** A part that stands; undefined: that counts as posted. A thread that it opened is remembered with the subscription. */
  readonly recordPart: (
    claim: Claim,
    part: number,
    posted: PostedMessage | undefined,
    now: Instant,
  ) => Promise<boolean>
  /**
   * All parts stand or count as posted: `sent`, or `uncertain` with a reason. The subscription's memory moves to the edition, it
   * is in good health, and what is to be crossposted is promised, in the same transaction.
   */
  readonly markSent: (claim: Claim, now: Instant, uncertain?: string) => Promise<boolean>
  readonly markSkipped: (claim: Claim, reason: string, now: Instant) => Promise<boolean>
  /**
   * The slot is over; the subscription stays, fails from now on if it did not before, and its next slot tries again. `pauses`: it
   * has none until somebody resumes it.
   */
  readonly markFailed: (
    claim: Claim,
    failure: Failure,
    now: Instant,
    options?: { readonly pauses: boolean },
  ) => Promise<boolean>
  /** Gives the delivery back to be claimed again at `at`. `uncertain`: a part of it may stand or not. */
  readonly postpone: (
    claim: Claim,
    until: {
      readonly at: Instant
      readonly reason: string
      readonly uncertain: boolean
      readonly now: Instant
    },
  ) => Promise<boolean>
  /**
   * Drops deliveries with slots before an instant, so many at a time; returns how many. What is not settled stays, and so do the
   * newest of every subscription and all that a search for slots may come upon again (`searchedBackMs`).
   */
  readonly dropOld: (drop: {
    readonly before: Instant
    readonly now: Instant
    readonly limit: number
  }) => Promise<number>
  /** Subscriptions that are failing, of one server. */
  readonly health: (guildId: GuildId) => Promise<readonly Health[]>
}

/** Messages to be crossposted. Discord does it once however often it is asked, so a claim needs no owner: it only keeps others busy elsewhere. */
export interface Crossposts {
  /** Those that are due, put off until `leaseUntil`; the oldest first. */
  readonly claim: (now: Instant, leaseUntil: Instant, limit: number) => Promise<readonly Crosspost[]>
  /** Done; with a reason: given up. */
  readonly end: (crosspost: Crosspost, now: Instant, reason?: string) => Promise<void>
  /** All that wait in a channel wait until then. */
  readonly postpone: (channelId: ChannelId, until: Instant, reason: string) => Promise<void>
}
