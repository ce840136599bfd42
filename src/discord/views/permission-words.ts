/** What the bot lacks, and what Discord refused, in words with the remedy. */
import { type Refusal, unreadableCode } from '../../digest/ledger.ts'
import type { PickedChannel } from '../context.ts'
import { outcomeOfStatus, outcomes } from '../outcomes.ts'
import { isTextKey, type Say } from '../text/say.ts'
import { foreign } from './foreign.ts'

/** “View Channel”, “Send Messages”, as Discord's client calls them. */
export function sayPermissions(names: readonly string[], say: Say): string {
  return names
    .map((name) => {
      const key = `permission.${name}`
      return isTextKey(key) ? say(key) : name
    })
    .join(', ')
}

/** Undefined where nothing is lacking. */
export function sayMissing(
  { id, missing }: Pick<PickedChannel, 'id' | 'missing'>,
  say: Say,
): string | undefined {
  if (missing.length === 0) return undefined
  return say('permissions.missing', { channel: `<#${id}>`, permissions: sayPermissions(missing, say) })
}

/** A refusal of Discord's, by its code; what has no words of its own is shown as the ledger has it. */
export function sayRefusal({ code, reason }: Refusal, missing: readonly string[], say: Say): string {
  const status = /^(\d{3})\//.exec(code)?.[1]
  const outcome =
    outcomes.get(Number(code)) ?? (status === undefined ? undefined : outcomeOfStatus(Number(status)))
  if (code === 'tried-too-often') return say('outcome.tried-too-often')
  if (code === unreadableCode) return say('outcome.schedule-unreadable')
  if (outcome === undefined) return foreign(reason, 160)
  const asked = outcome.kind === 'tell-owner' && outcome.permission !== undefined ? [outcome.permission] : []
  return say(outcome.words, { permissions: sayPermissions(missing.length > 0 ? missing : asked, say) })
}
