/**
 * What Discord's answers mean for a message: one table, by Discord's own codes (developers/topics/opcodes-and-status-codes,
 * JSON Error Codes), with what follows from the HTTP status for codes that are not in it.
 *
 *   done        what was asked had been done before, or there is nothing left to do it to
 *   retry       nobody knows what came of it: the same again, with the same nonce
 *   wait        not now; `who` says whether only this place waits or everything does
 *   stop        the place is gone or takes no messages: its subscription rests until that changes
 *   tell-owner  somebody on that server can mend it, and the words say how
 *   bug         a mistake of ours
 *
 * In no case is a setting dropped: the next slot of the subscription tries again.
 */
import type { PermissionFlagsBits } from 'discord.js'
import type { TextKey } from './text/en.ts'

export type PermissionName = keyof typeof PermissionFlagsBits

export type Outcome =
  | { readonly kind: 'done' | 'retry' | 'stop' | 'bug'; readonly words: TextKey }
  | {
      readonly kind: 'wait'
      readonly words: TextKey
      readonly who: 'place' | 'everybody'
      readonly afterMs: number
    }
  | { readonly kind: 'tell-owner'; readonly words: TextKey; readonly permission?: PermissionName }

const second = 1000
const minute = 60 * second

const place = { kind: 'wait', who: 'place', words: 'outcome.asked-to-wait' } as const
const everybody = { kind: 'wait', who: 'everybody' } as const

export const outcomes: ReadonlyMap<number, Outcome> = new Map<number, Outcome>([
  [10008, { kind: 'done', words: 'outcome.message-gone' }],
  [40033, { kind: 'done', words: 'outcome.done' }],
  [40060, { kind: 'done', words: 'outcome.done' }],
  [160004, { kind: 'done', words: 'outcome.done' }],

  [130000, { kind: 'retry', words: 'outcome.no-answer' }],

  [20016, { ...place, afterMs: minute }],
  [20022, { ...place, afterMs: 10 * minute }],
  [20028, { ...place, afterMs: minute }],
  [20029, { ...place, afterMs: minute }],
  [30046, { ...place, afterMs: 10 * minute }],
  [40003, { ...place, afterMs: 10 * minute }],
  [40004, { ...place, afterMs: 5 * minute }],
  [40006, { ...place, afterMs: 5 * minute }],
  [40062, { ...place, afterMs: 10 * second }],
  [110001, { ...place, afterMs: minute }],
  [40001, { ...everybody, words: 'outcome.token-refused', afterMs: minute }],
  [50014, { ...everybody, words: 'outcome.token-refused', afterMs: minute }],
  [40333, { ...everybody, words: 'outcome.blocked', afterMs: 10 * minute }],

  [10003, { kind: 'stop', words: 'outcome.channel-gone' }],
  [10004, { kind: 'stop', words: 'outcome.guild-gone' }],
  [50055, { kind: 'stop', words: 'outcome.guild-gone' }],
  [40007, { kind: 'stop', words: 'outcome.guild-gone' }],
  [10013, { kind: 'stop', words: 'outcome.person-gone' }],
  [50007, { kind: 'stop', words: 'outcome.person-closed' }],
  [50278, { kind: 'stop', words: 'outcome.person-closed' }],
  [40058, { kind: 'stop', words: 'outcome.wrong-kind' }],
  [50008, { kind: 'stop', words: 'outcome.wrong-kind' }],
  [50024, { kind: 'stop', words: 'outcome.wrong-kind' }],

  [50001, { kind: 'tell-owner', words: 'outcome.missing', permission: 'ViewChannel' }],
  [50013, { kind: 'tell-owner', words: 'outcome.missing', permission: 'SendMessages' }],
  [50083, { kind: 'tell-owner', words: 'outcome.thread-locked', permission: 'ManageThreads' }],
  [160005, { kind: 'tell-owner', words: 'outcome.thread-locked', permission: 'ManageThreads' }],
  [160006, { kind: 'tell-owner', words: 'outcome.too-many-threads' }],
  [160007, { kind: 'tell-owner', words: 'outcome.too-many-threads' }],
  [10087, { kind: 'tell-owner', words: 'outcome.tag-gone' }],
  [40066, { kind: 'tell-owner', words: 'outcome.tag-moderated', permission: 'ManageThreads' }],
  [40067, { kind: 'tell-owner', words: 'outcome.tag-required' }],
  [10011, { kind: 'tell-owner', words: 'outcome.role-gone' }],
  [50028, { kind: 'tell-owner', words: 'outcome.role-gone' }],
  [50009, { kind: 'tell-owner', words: 'outcome.verification' }],
  [60003, { kind: 'tell-owner', words: 'outcome.two-factor' }],
  [20009, { kind: 'tell-owner', words: 'outcome.filtered' }],
  [200000, { kind: 'tell-owner', words: 'outcome.filtered' }],
  [200001, { kind: 'tell-owner', words: 'outcome.filtered' }],
  [240000, { kind: 'tell-owner', words: 'outcome.filtered' }],

  [20001, { kind: 'bug', words: 'outcome.bug' }],
  [40005, { kind: 'bug', words: 'outcome.bug' }],
  [50003, { kind: 'bug', words: 'outcome.bug' }],
  [50005, { kind: 'bug', words: 'outcome.bug' }],
  [50006, { kind: 'bug', words: 'outcome.bug' }],
  [50021, { kind: 'bug', words: 'outcome.bug' }],
  [50035, { kind: 'bug', words: 'outcome.bug' }],
  [50041, { kind: 'bug', words: 'outcome.bug' }],
  [50068, { kind: 'bug', words: 'outcome.bug' }],
  [50109, { kind: 'bug', words: 'outcome.bug' }],
])

/** For an answer whose code is not in the table. */
export function outcomeOfStatus(status: number): Outcome {
  if (status === 401) return { ...everybody, words: 'outcome.token-refused', afterMs: minute }
  if (status === 403) return { kind: 'tell-owner', words: 'outcome.refused' }
  if (status === 404) return { kind: 'stop', words: 'outcome.channel-gone' }
  if (status === 429) return { ...place, afterMs: 10 * second }
  if (status === 408 || status >= 500) return { kind: 'retry', words: 'outcome.no-answer' }
  return { kind: 'bug', words: 'outcome.bug' }
}

/** A 401 says nothing of the message, whatever its code. */
export function outcomeOf(code: number, status: number): Outcome {
  return (status === 401 ? undefined : outcomes.get(code)) ?? outcomeOfStatus(status)
}
