/**
 * The ledger of deliveries: the promise to post one edition for one subscription and slot, and how that went.
 *
 *   planned → claimed → sending (part i of n) → sent
 *                     ↘ failed(reason) | skipped(reason)
 *
 * The row is the promise: `unique (subscription, slot)`. A delivery is claimed with a lease; when a process dies its lease runs out and
 * another claims it, sees which parts are recorded, and asks Discord about a part that was begun and not recorded.
 */
import type { Instant } from '../article/article.ts'
import type { DigestId } from './definition.ts'
import type { EditionId } from './edition.ts'
import type { Schedule } from './schedule.ts'

export type SubscriptionId = string & { readonly __brand: 'SubscriptionId' }
export type DeliveryId = string & { readonly __brand: 'DeliveryId' }
export type GuildId = string & { readonly __brand: 'GuildId' }
export type ChannelId = string & { readonly __brand: 'ChannelId' }
export type MessageId = string & { readonly __brand: 'MessageId' }
/** Names one process while it runs. */
export type WorkerId = string & { readonly __brand: 'WorkerId' }

export interface Subscription {
  readonly id: SubscriptionId
  readonly guildId: GuildId
  readonly channelId: ChannelId
  readonly digestId: DigestId
  readonly schedule: Schedule
  readonly createdAt: Instant
  /** Slots up to here have been planned; the next search for due slots begins here. */
  readonly plannedUntil: Instant
  /** The newest edition it has carried: its memory. */
  readonly lastEditionId?: EditionId
}

export interface Delivery {
  readonly id: DeliveryId
  readonly subscription: Subscription
  readonly slot: Instant
  readonly editionId?: EditionId
  /** 1 for the first claim; more means that an earlier one ended without a record. */
  readonly attempt: number
  readonly parts: readonly DeliveryPart[]
}

/** A message of a delivery. Without `messageId` it was begun and its outcome is not known. */
export interface DeliveryPart {
  readonly part: number
  readonly begunAt: Instant
  readonly messageId?: MessageId
}

export interface Subscriptions {
  /** `exists` where the digest is posted in that channel already. */
  readonly add: (subscription: Omit<Subscription, 'id' | 'lastEditionId'>) => Promise<'added' | 'exists'>
  readonly remove: (guildId: GuildId, id: SubscriptionId) => Promise<boolean>
  readonly ofGuild: (guildId: GuildId) => Promise<readonly Subscription[]>
  readonly all: () => Promise<readonly Subscription[]>
}

export interface Ledger {
  /** Promises a slot and moves the subscription's search on, in one transaction. A slot that is promised already stays as it is. */
  readonly plan: (plan: {
    readonly subscription: SubscriptionId
    readonly slots: readonly { readonly slot: Instant; readonly skipped?: string }[]
    readonly plannedUntil: Instant
  }) => Promise<void>
  /** The oldest delivery that is planned and due, or whose lease ran out; now leased to `owner`. */
  readonly claim: (owner: WorkerId, now: Instant, leaseMs: number) => Promise<Delivery | undefined>
  readonly setEdition: (id: DeliveryId, editionId: EditionId, parts: number, now: Instant) => Promise<void>
  readonly beginPart: (id: DeliveryId, part: number, now: Instant) => Promise<void>
  /** A part that was begun and certainly not posted. */
  readonly cancelPart: (id: DeliveryId, part: number) => Promise<void>
  readonly recordPart: (id: DeliveryId, part: number, messageId: MessageId, now: Instant) => Promise<void>
  /** All parts stand; the subscription's memory moves to the edition, in the same transaction. */
  readonly markSent: (id: DeliveryId, now: Instant) => Promise<void>
  readonly markEnded: (
    id: DeliveryId,
    end: { state: 'failed' | 'skipped'; reason: string },
    now: Instant,
  ) => Promise<void>
  /** Gives the delivery back to be claimed again at `at`. */
  readonly postpone: (id: DeliveryId, reason: string, at: Instant) => Promise<void>
}
