/**
 * One stage for any number of open tabs: it tells each what its viewer may see, and turns their actions into the hands
 * of a member, fault switches and the clock.
 */
import { messageOf } from '../errors.ts'
import { changesSnapshot, eventFor } from './page-events.ts'
import { faultSwitches } from './page-faults.ts'
import { createPageHands, failed, type Interaction } from './page-hands.ts'
import type { ActionReply, MessageView, PageAction, PageEvent, RequestView } from './page-protocol.ts'
import { messageView, playableRoles, requestView, snapshotOf } from './page-views.ts'
import type { StandIn, WorldChange } from './standin/types.ts'

export interface PageClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Moves the clock to the next slot and resolves when what was due has been done. */
  nextSlot?: () => Promise<void>
  /** Moves the clock on and resolves when what came due on the way has been done. */
  moveBy?: (ms: number) => Promise<void>
}

export interface Stage {
  now(): number
  messages(channelId: string, viewer: string | undefined): readonly MessageView[]
  file(url: string): Uint8Array | undefined
  act(action: PageAction): Promise<ActionReply>
  /** Keeps a file that goes along with a command; gives the id that its option takes. */
  upload(name: string, bytes: Uint8Array, contentType: string): string
  /** Tells everything that happens to one viewer, beginning with a snapshot. Returns the way to stop. */
  watch(viewer: string | undefined, send: (event: PageEvent) => void): () => void
  close(): void
}

export interface StageOptions {
  readonly standIn: StandIn
  readonly me: { readonly userId: string; readonly guildId: string }
  readonly clock?: PageClock
}

interface Tab {
  readonly viewer: string
  readonly send: (event: PageEvent) => void
}

const keptRequests = 300
const anHourMs = 3_600_000

/** Subscribes to the stand-in's world until `close`. */
export function pageStage({ standIn, me, clock }: StageOptions): Stage {
  const { world } = standIn
  const roles = playableRoles(world.guild(me.guildId), me.userId)
  const faults = faultSwitches(standIn)
  const now = () => clock?.now() ?? Date.now()
  const tabs = new Set<Tab>()
  const requests: RequestView[] = standIn.requests.slice(-keptRequests).map(requestView)
  let isSnapshotDue = false

  const hands = createPageHands(standIn)
  const playing = (viewer: string | undefined) =>
    viewer === roles.owner || viewer === roles.member ? viewer : me.userId

  const snapshotFor = (viewer: string): PageEvent => ({
    kind: 'snapshot',
    snapshot: snapshotOf({
      standIn,
      guildId: me.guildId,
      roles,
      viewer,
      handsIn: (channel) => hands.of(viewer, 'en-US', channel),
      faults,
      clock: { now: now(), canMove: clock?.nextSlot !== undefined, canMoveFar: clock?.moveBy !== undefined },
    }),
  })

  /** Many changes in one turn of the event loop make one snapshot. */
  const scheduleSnapshot = () => {
    if (isSnapshotDue) return
    isSnapshotDue = true
    setImmediate(() => {
      isSnapshotDue = false
      for (const tab of tabs) tab.send(snapshotFor(tab.viewer))
    })
  }

  const isSeenBy = (channelId: string, viewer: string) => {
    const channel = world.channel(channelId)
    if (channel?.kind === 'dm') return channel.wire.recipients?.some(({ id }) => id === viewer) === true
    return channel?.guildId === me.guildId && (world.permissions(channelId, viewer) & (1n << 10n)) !== 0n
  }

  const tell = (change: WorldChange) => {
    hands.hear(change)
    for (const tab of tabs) {
      const event = eventFor(change, tab.viewer, isSeenBy, hands.commands)
      if (event) tab.send(event)
    }
    if (change.kind === 'request.answered') {
      const request = requestView(change.request, (requests.at(-1)?.number ?? -1) + 1)
      requests.push(request)
      if (requests.length > keptRequests) requests.shift()
      for (const tab of tabs) tab.send({ kind: 'requests', requests: [request] })
    }
    if (changesSnapshot(change, (id) => world.channel(id)?.kind)) scheduleSnapshot()
  }
  const unsubscribe = world.subscribe(tell)

  return {
    now,
    file: (url) => world.file(url),
    messages: (channelId, viewer) => {
      const who = playing(viewer)
      return isSeenBy(channelId, who)
        ? world.messages(channelId, who).map((message) => messageView(message, hands.commands))
        : []
    },
    act: async (action) => {
      switch (action.kind) {
        case 'fault':
          faults.set(action.fault, action.on)
          break
        case 'channel-fault': {
          const channel = world.channel(action.channelId)
          if (!channel) return failed('That channel is gone.')
          faults.setPermission(channel, playing(action.as), action.on)
          break
        }
        case 'next-slot':
          return moveClock(clock?.nextSlot)
        case 'move-clock':
          return moveClock(clock?.moveBy && (() => clock.moveBy?.(action.hours * anHourMs)))
        case 'say':
          return say(action)
        default:
          return interact(action)
      }
      scheduleSnapshot()
      return { kind: 'done' }
    },
    upload: (name, bytes, contentType) => standIn.member(me.userId).upload(name, bytes, contentType),
    watch: (viewer, send) => {
      const tab: Tab = { viewer: playing(viewer), send }
      tabs.add(tab)
      send(snapshotFor(tab.viewer))
      send({ kind: 'requests', requests: [...requests] })
      return () => tabs.delete(tab)
    },
    close: () => {
      unsubscribe()
      tabs.clear()
    },
  }

  async function moveClock(move: (() => Promise<void> | undefined) | undefined): Promise<ActionReply> {
    if (move === undefined) return failed('This clock cannot be moved.')
    try {
      await move()
    } catch (error) {
      return failed(messageOf(error))
    }
    scheduleSnapshot()
    return { kind: 'done' }
  }

  function say({ as, locale, channelId, text }: Extract<PageAction, { kind: 'say' }>): ActionReply {
    const channel = world.channel(channelId)
    if (!channel) return failed('That channel is gone.')
    if (channel.kind === 'forum') return failed('A forum takes posts only.')
    const viewer = playing(as)
    if (channel.kind !== 'dm' && (world.permissions(channelId, viewer) & (1n << 11n)) === 0n)
      return failed('You may not write in this channel.')
    hands.of(viewer, locale, channel).send(channelId, text)
    return { kind: 'done' }
  }

  async function interact(action: Interaction): Promise<ActionReply> {
    const channel = world.channel(action.channelId)
    if (!channel) return failed('That channel is gone.')
    const viewer = playing(action.as)
    return hands.interact(action, viewer, channel, (reason) => {
      for (const tab of tabs) {
        if (tab.viewer === viewer) tab.send({ kind: 'failed', channelId: channel.id, reason })
      }
    })
  }
}
