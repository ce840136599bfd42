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
import type { PlannedTo } from './due-slots.ts'
import type { EditionId } from './edition.ts'
import type { LocalKey } from './local-clock.ts'
import type { Schedule, Slot } from './schedule.ts'

export type SubscriptionId = string & { readonly __brand: 'SubscriptionId' }
export type DeliveryId = string & { readonly __brand: 'DeliveryId' }
export type GuildId = string & { readonly __brand: 'GuildId' }
export type ChannelId = string & { readonly __brand: 'ChannelId' }
export type MessageId = string & { readonly __brand: 'MessageId' }
export type RoleId = string & { readonly __brand: 'RoleId' }
export type UserId = string & { readonly __brand: 'UserId' }
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
}

/** What is absent stays as it is. */
export interface SubscriptionChange {
  readonly schedule?: Schedule
  readonly channelId?: ChannelId
  readonly notice?: Notice
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
}

/** Why a subscription could not be served: a code of Discord's or of ours, and a sentence. */
export interface Refusal {
  readonly code: string
  readonly reason: string
}

/** A subscription that is not being served, and since when. It has no health row while all is well. */
export interface Health {
  readonly subscriptionId: SubscriptionId
  readonly failingSince: Instant
  readonly failedAt: Instant
  readonly code: string
  readonly reason: string
  /** Absent until the owner of the server was told of this failure. */
  readonly toldOwnerAt?: Instant
}

export interface Subscriptions {
  /** `exists` where the digest is posted in that channel already. */
  readonly add: (subscription: Omit<Subscription, 'id' | 'lastEditionId'>) => Promise<'added' | 'exists'>
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
  /** Has every schedule searched anew, as after a change of the rules of time zones. */
  readonly searchAnew: () => Promise<void>
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
      readonly now: Instant
      readonly leaseUntil: Instant
    },
  ) => Promise<boolean>
  /** A part that was begun and certainly not posted. */
  readonly cancelPart: (claim: Claim, part: number) => Promise<boolean>
  /** A part that stands; without id: that counts as posted. */
  readonly recordPart: (
    claim: Claim,
    part: number,
    messageId: MessageId | undefined,
    now: Instant,
  ) => Promise<boolean>
  /**
   * All parts stand or count as posted: `sent`, or `uncertain` with a reason. The subscription's memory moves to the edition and it
   * is in good health, in the same transaction.
   */
  readonly markSent: (claim: Claim, now: Instant, uncertain?: string) => Promise<boolean>
  readonly markSkipped: (claim: Claim, reason: string, now: Instant) => Promise<boolean>
  /** The slot is over; the subscription stays, fails from now on if it did not before, and its next slot tries again. */
  readonly markFailed: (claim: Claim, refusal: Refusal, now: Instant) => Promise<boolean>
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
  /** Subscriptions that are failing, of one server. */
  readonly health: (guildId: GuildId) => Promise<readonly Health[]>
}
