/** The page's fault switches: what each does to the stand-in, and how it is taken back. */
import type { ChannelFault, WideFault } from './page-protocol.ts'
import type { Channel, FaultRule, OverwriteSeed, StandIn } from './standin/types.ts'

export interface FaultSwitches {
  set(fault: WideFault, on: boolean): void
  /** Takes from the bot, or gives back, what it needs to post there; in a DM the person closes their DMs. */
  setPermission(channel: Channel, userId: string, on: boolean): void
  wide(): readonly WideFault[]
  inChannel(channelId: string): readonly ChannelFault[]
}

const untilSwitchedOff = Number.MAX_SAFE_INTEGER

const rules: Readonly<Record<WideFault, FaultRule>> = {
  'rate-limit': {
    path: /^\/channels\//,
    times: untilSwitchedOff,
    effect: { kind: 'rate-limit', retryAfterMs: 5000, scope: 'user' },
  },
  outage: { times: untilSwitchedOff, effect: { kind: 'status', status: 500, when: 'before' } },
}

/** SEND_MESSAGES, and SEND_MESSAGES_IN_THREADS, which it does not imply. */
const writing = (1n << 11n) | (1n << 38n)

export function faultSwitches(standIn: StandIn): FaultSwitches {
  const undo = new Map<WideFault, () => void>()
  const before = new Map<string, readonly OverwriteSeed[]>()
  const closedDirectMessages = new Set<string>()
  /** Threads have no permissions of their own. */
  const ruledBy = (channel: Channel) =>
    channel.kind === 'thread' && channel.parentId !== undefined ? channel.parentId : channel.id

  return {
    set: (fault, on) => {
      undo.get(fault)?.()
      undo.delete(fault)
      if (on) undo.set(fault, standIn.faults.inject(rules[fault]))
    },
    setPermission: (channel, userId, on) => {
      if (channel.kind === 'dm') {
        standIn.admin.setDirectMessages(userId, !on)
        if (on) closedDirectMessages.add(channel.id)
        else closedDirectMessages.delete(channel.id)
        return
      }
      const id = ruledBy(channel)
      const kept = before.get(id) ?? seedsOf(standIn.world.channel(id))
      if (on) before.set(id, kept)
      else before.delete(id)
      const withoutBot = kept.filter((seed) => seed.id !== 'bot' && seed.id !== standIn.world.bot.id)
      standIn.admin.setOverwrites(id, on ? [...withoutBot, { id: 'bot', deny: writing }] : kept)
    },
    wide: () => [...undo.keys()],
    inChannel: (channelId) => {
      const channel = standIn.world.channel(channelId)
      const isOn = channel !== undefined && before.has(ruledBy(channel))
      return isOn || closedDirectMessages.has(channelId) ? ['missing-permission'] : []
    },
  }
}

function seedsOf(channel: Channel | undefined): readonly OverwriteSeed[] {
  return (channel?.overwrites ?? []).map((overwrite) => ({
    id: overwrite.id,
    type: overwrite.type === 0 ? 'role' : 'member',
    allow: BigInt(overwrite.allow),
    deny: BigInt(overwrite.deny),
  }))
}
